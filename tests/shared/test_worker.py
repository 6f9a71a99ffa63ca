import time
from datetime import timedelta

import pytest
from sqlalchemy import select

from meetup.extensions import db
from meetup.shared import bell, due, outbox, transport, worker
from meetup.shared.clock import now
from meetup.shared.outbox import OutboxItem
from meetup.shared.worker import Worker

pytestmark = pytest.mark.usefixtures("note")


@pytest.fixture
def running(app, monkeypatch):
    monkeypatch.setattr(due, "_registered", {})
    db.session.remove()
    running = Worker(app)
    yield running.start()
    running.stop(5)


def tell(**more):
    outbox.enqueue("test.note", {"to": "ada@shop.example"}, **{"at": now()} | more)
    db.session.commit()


def until(true, patience=10):
    """Wait for it, looking often, and fail when it does not come."""
    deadline = time.monotonic() + patience
    while not true():
        assert time.monotonic() < deadline
        db.session.rollback()
        time.sleep(0.02)


def test_a_commit_wakes_the_worker(running, mailbox, monkeypatch):
    monkeypatch.setattr(worker, "LONGEST_NAP", 60.0)
    time.sleep(0.3)  # into its nap
    began = time.monotonic()

    tell()

    until(lambda: mailbox.messages)
    assert time.monotonic() - began < 1.5


def test_a_row_of_another_process_is_found_without_a_bell(running, mailbox, monkeypatch):
    monkeypatch.setattr(bell, "nudge", lambda: None)

    tell()

    until(lambda: mailbox.messages)


def test_what_falls_due_later_is_sent_later(running, mailbox):
    tell(due_at=now() + timedelta(seconds=0.6))

    time.sleep(0.3)
    assert mailbox.messages == []
    until(lambda: mailbox.messages)


def test_due_work_goes_on_while_a_mail_server_thinks(running, mailbox, monkeypatch):
    done = []

    class Slow:
        def __init__(self, *_):
            """Takes any address."""

        def send(self, envelope, octets):
            until(lambda: done)

    monkeypatch.setattr(transport, "FolderPost", Slow)
    tell()
    time.sleep(0.2)
    due.register("test.work", done.append, every=timedelta(hours=1))
    bell.nudge()

    until(lambda: db.session.scalars(select(OutboxItem.sent_at)).one() is not None)
    assert len(done) == 1


def test_it_outlives_an_accident(running, mailbox, monkeypatch):
    monkeypatch.setattr(worker, "NAP_AFTER_ACCIDENT", 0.05)
    stumbles = []

    def stumble(*_, **__):
        stumbles.append(1)
        raise OSError("the database is away")

    with monkeypatch.context() as broken:
        broken.setattr(worker.sending, "work", stumble)
        tell()
        until(lambda: len(stumbles) > 2)

    until(lambda: mailbox.messages)


def test_it_ends_within_a_second(app):
    running = Worker(app).start()
    time.sleep(0.2)
    began = time.monotonic()

    running.stop()

    assert not any(loop.is_alive() for loop in running.loops)
    assert time.monotonic() - began < 1


def test_nothing_is_sent_after_it_ended(running, mailbox):
    running.stop(5)

    tell()
    time.sleep(0.5)

    assert mailbox.messages == []
