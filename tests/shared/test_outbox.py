from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select

from meetup.extensions import db
from meetup.shared import outbox, sending
from meetup.shared.outbox import OutboxItem
from tests.makers import NOON
from tests.shared.mailbox import text_of

ADA = "ada@shop.example"


pytestmark = pytest.mark.usefixtures("note")


def tell(to=ADA, text="Hello.", **more):
    return outbox.enqueue("test.note", {"to": to, "text": text}, **{"at": NOON} | more)


def only_row():
    db.session.expire_all()
    return db.session.scalars(select(OutboxItem)).one()


def test_what_is_committed_is_sent(mailbox):
    tell(text="Come at six.")

    (sent,) = mailbox.deliver(NOON)

    assert sent["To"].addresses[0].addr_spec == ADA
    assert text_of(sent) == "Come at six.\n"


def test_what_is_rolled_back_is_never_told(mailbox):
    tell()
    db.session.rollback()

    assert mailbox.deliver(NOON) == []


def test_a_sent_row_keeps_neither_words_nor_address(app, mailbox):
    tell(text="A secret.", person_id=7, once_key="note:7")
    mailbox.deliver(NOON)

    row = only_row()
    assert (row.payload, row.reason, row.leased_by) == ({}, None, None)
    assert NOON <= row.sent_at < NOON + timedelta(minutes=1)


def test_nothing_is_sent_before_it_is_due(mailbox):
    tell(due_at=NOON + timedelta(hours=1))

    assert mailbox.deliver(NOON + timedelta(minutes=59)) == []
    assert len(mailbox.deliver(NOON + timedelta(minutes=60))) == 1


def test_what_has_lost_its_reason_is_dropped(mailbox, note):
    tell()
    note.add(ADA)

    assert mailbox.deliver(NOON) == []
    assert (only_row().payload, only_row().sent_at, only_row().dropped_at is not None) == ({}, None, True)


def test_a_message_says_what_is_true_when_it_is_sent(mailbox):
    tell(text="old")
    db.session.commit()
    only_row().payload = {"to": ADA, "text": "new"}

    assert text_of(mailbox.deliver(NOON)[0]) == "new\n"


def test_a_key_is_told_once(mailbox):
    assert tell(once_key="reminder:1:7") is True
    assert tell(once_key="reminder:1:7") is False
    assert len(mailbox.deliver(NOON)) == 1
    assert tell(once_key="reminder:1:7", at=NOON + timedelta(days=90)) is False


def test_without_a_key_each_is_told(mailbox):
    tell()
    tell()

    assert len(mailbox.deliver(NOON)) == 2


def test_ten_who_enqueue_the_same_at_once_enqueue_one_and_none_fails(app):
    together = Barrier(10)

    def try_it(_):
        with app.app_context():
            together.wait()
            told = tell(once_key="the same")
            db.session.commit()
            return told

    with ThreadPoolExecutor(10) as threads:
        assert sorted(threads.map(try_it, range(10))) == [False] * 9 + [True]
    assert db.session.scalar(select(func.count(OutboxItem.id))) == 1


def test_a_kind_that_nobody_handles_is_refused(app):
    with pytest.raises(LookupError, match=r"test\.unknown"):
        outbox.enqueue("test.unknown", {}, at=NOON)


def test_what_waits_can_be_withdrawn_and_its_key_is_free_again(mailbox):
    tell(once_key="reminder")
    db.session.commit()

    assert outbox.withdraw("reminder") is True
    assert mailbox.deliver(NOON) == []
    assert tell(once_key="reminder") is True


def test_what_was_told_cannot_be_withdrawn(mailbox):
    tell(once_key="reminder")
    mailbox.deliver(NOON)

    assert outbox.withdraw("reminder") is False


def test_forgetting_a_person_erases_what_waits_for_them(mailbox):
    tell(person_id=7)
    tell("grace@shop.example", person_id=8)
    db.session.commit()

    outbox.forget(7)

    assert [each["To"] for each in mailbox.deliver(NOON)] == ["grace@shop.example"]


def test_a_handler_only_reads(app, mailbox):
    @outbox.handler("test.note")
    def draw(payload, item):
        item.kind = "other"
        db.session.flush()

    tell()
    mailbox.deliver(NOON)

    assert (only_row().kind, only_row().tries, only_row().sent_at) == ("test.note", 1, None)
    assert only_row().reason in ("OperationalError", "InternalError")


def test_the_worker_knows_when_the_next_falls_due(app):
    assert outbox.next_due() is None
    tell(due_at=NOON + timedelta(hours=2))
    tell(due_at=NOON + timedelta(hours=1))

    assert outbox.next_due() == NOON + timedelta(hours=1)


def test_done_rows_are_swept_and_keys_are_remembered_for_a_year(mailbox):
    tell()
    tell(once_key="kept")
    mailbox.deliver(NOON)

    outbox.sweep(NOON + timedelta(days=8))
    assert only_row().once_key == "kept"
    outbox.sweep(NOON + timedelta(days=401))
    assert db.session.scalar(select(func.count(OutboxItem.id))) == 0


def test_what_waits_is_never_swept(app):
    tell(due_at=NOON + timedelta(days=500))

    outbox.sweep(NOON + timedelta(days=450))

    assert only_row().payload == {"to": ADA, "text": "Hello."}


def test_workers_share_the_rows_and_send_each_once(app, mailbox):
    for n in range(40):
        tell(f"person{n}@shop.example")
    db.session.commit()

    def run(_):
        with app.app_context():
            return sum(sending.work(NOON, limit=3).sent for _ in range(40))

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(run, range(4))) == 40
    assert len({mail["Message-ID"] for mail in mailbox.messages}) == len(mailbox.messages) == 40
