from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from meetup.extensions import db
from meetup.shared import due
from meetup.shared.due import DueWork
from meetup.shared.outbox import OutboxItem
from tests.makers import NOON

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def registry(app, monkeypatch):
    """No work but the test's own."""
    monkeypatch.setattr(due, "_registered", {})


@pytest.fixture
def done():
    return []


def row(name="test.work"):
    db.session.expire_all()
    return db.session.get(DueWork, name)


def test_new_work_is_done_at_once_and_then_in_its_rhythm(done):
    due.register("test.work", done.append, every=HOUR)

    assert [due.run(NOON + timedelta(minutes=m)) for m in (0, 30, 59, 60, 61, 125)] == [1, 0, 0, 1, 0, 1]
    assert done == [NOON, NOON + HOUR, NOON + timedelta(minutes=125)]


def test_the_worker_knows_when_something_falls_due(done):
    assert due.next_due() is None
    due.register("test.work", done.append, every=HOUR)
    due.register("test.other", done.append, every=HOUR * 2)
    due.run(NOON)

    assert due.next_due() == NOON + HOUR


def test_what_it_writes_is_kept_with_its_next_time():
    def work(at):
        db.session.add(OutboxItem(kind="test", payload={}, enqueued_at=at, due_at=at))

    due.register("test.work", work)
    due.run(NOON)
    db.session.rollback()

    assert db.session.scalars(select(OutboxItem.kind)).all() == ["test"]
    assert (row().done_at, row().next_at) == (NOON, NOON + timedelta(minutes=1))


def test_an_accident_undoes_its_half_and_it_is_tried_again_until_it_is_done(done):
    def work(at):
        db.session.add(OutboxItem(kind="half", payload={}, enqueued_at=at, due_at=at))
        db.session.flush()
        done.append(at)
        if len(done) < 3:
            raise RuntimeError("words of ada@example.com")

    due.register("test.work", work, every=HOUR)

    assert due.run(NOON) == 0
    assert (row().failures, row().reason, row().next_at) == (1, "RuntimeError", NOON + timedelta(seconds=5))
    assert due.run(NOON + timedelta(seconds=4)) == 0
    assert due.run(NOON + timedelta(seconds=5)) == 0
    assert row().next_at == NOON + timedelta(seconds=15)
    assert due.run(NOON + timedelta(seconds=15)) == 1
    assert (len(done), row().failures, row().reason) == (3, 0, None)
    assert db.session.scalars(select(OutboxItem.kind)).all() == ["half"]


def test_an_accident_keeps_no_other_work_from_being_done(done):
    due.register("test.broken", lambda at: 1 / 0)
    due.register("test.work", done.append)

    assert due.run(NOON) == 1
    assert done == [NOON]


def test_pauses_never_grow_beyond_ten_minutes():
    due.register("test.broken", lambda at: 1 / 0)
    at = NOON

    for _ in range(20):
        due.run(at)
        pause, at = row("test.broken").next_at - at, row("test.broken").next_at

    assert pause == timedelta(minutes=10)


def test_work_that_has_more_to_do_is_due_again_at_once(done):
    due.register("test.work", lambda at: done.append(at) or len(done) < 3, every=HOUR)

    assert [due.run(NOON) for _ in range(4)] == [1, 1, 1, 0]


def test_work_that_is_registered_no_more_is_not_run(done):
    due.register("test.work", done.append)
    due.run(NOON)
    due._registered.clear()

    assert due.run(NOON + HOUR) == 0
    assert due.next_due() is None


def test_many_workers_do_it_once(app, done):
    due.register("test.work", done.append, every=HOUR)

    def run(_):
        with app.app_context():
            return due.run(NOON)

    with ThreadPoolExecutor(6) as threads:
        assert sum(threads.map(run, range(6))) == 1
    assert done == [NOON]


def test_the_order_of_what_is_registered_is_told_when_it_is_wrong():
    with pytest.raises(TypeError, match="the second is the function"):
        due.register("test.work", HOUR)
