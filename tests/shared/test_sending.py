import os
import signal
import smtplib
import subprocess
import sys
import time
from dataclasses import replace
from datetime import timedelta
from threading import Event

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from sqlalchemy import select

from meetup.config import ROOT
from meetup.extensions import db
from meetup.shared import mail, outbox, sending, transport
from meetup.shared.outbox import MOST_TRIES, OutboxItem
from meetup.shared.sending import LEASE
from tests.makers import NOON

pytestmark = pytest.mark.usefixtures("note")


class Server:
    """A mail server that keeps what it takes, and answers each DATA with `answer` after `wait` seconds."""

    def __init__(self):
        self.taken, self.answer, self.wait, self.refused, self.sessions = [], "250 OK", 0, set(), set()

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802  # aiosmtpd's name
        self.sessions.add(session)
        if address in self.refused:
            return f"550 <{address}> is nobody here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  # aiosmtpd's name
        self.taken.append(envelope)
        return self.answer


class OnAFreePort(Controller):
    """aiosmtpd asks for a number; this one takes what the machine gives."""

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture
def server(app):
    handler = Server()
    controller = OnAFreePort(handler, hostname="127.0.0.1", port=0)
    controller.start()
    before = app.extensions["meetup_settings"]
    app.extensions["meetup_settings"] = replace(before, smtp_url=f"smtp://127.0.0.1:{controller.port}")
    yield handler
    app.extensions["meetup_settings"] = before
    controller.stop()


def tell(to="ada@shop.example", **more):
    outbox.enqueue("test.note", {"to": to}, **{"at": NOON} | more)
    db.session.commit()


def only_row():
    db.session.expire_all()
    return db.session.scalars(select(OutboxItem)).one()


def test_a_mail_server_is_handed_the_message_for_one_recipient(server):
    tell()

    assert sending.work(NOON).sent == 1

    (taken,) = server.taken
    assert (taken.mail_from, taken.rcpt_tos) == ("tables@tables.example", ["ada@shop.example"])
    assert mail.envelope(taken.original_content).recipient.email == "ada@shop.example"


def test_a_round_uses_one_connection(server):
    for n in range(5):
        tell(f"person{n}@shop.example")

    assert sending.work(NOON).sent == 5
    assert len(server.sessions) == 1


def test_an_address_that_is_refused_is_given_up_at_once_and_its_neighbours_are_sent(server):
    server.refused.add("ada@shop.example")
    tell()
    tell("grace@shop.example")

    done = sending.work(NOON)

    assert (done.sent, done.failed) == (1, 1)
    (letter,) = outbox.dead_letters(NOON + timedelta(hours=2))
    assert (letter.kind, letter.reason, letter.tries) == ("test.note", "SMTPRecipientsRefused 550", 1)
    assert letter.age == timedelta(hours=2)


def test_a_busy_server_is_asked_again_after_a_pause_that_doubles(server):
    server.answer = "451 try later"
    tell()
    pauses, at = [], NOON

    for _ in range(8):
        sending.work(at)
        row = only_row()
        pauses.append(round((row.due_at - at) / timedelta(minutes=1)))
        assert sending.work(row.due_at - timedelta(seconds=1)).handled == 0
        at = row.due_at

    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60]
    assert row.reason == "SMTPDataError 451"


def test_a_message_that_never_leaves_is_a_dead_letter_in_the_end_and_can_be_revived(server):
    server.answer = "451 try later"
    tell()
    row = only_row()
    row.tries = MOST_TRIES - 1
    db.session.commit()

    sending.work(NOON)

    (letter,) = outbox.dead_letters(NOON)
    assert letter.tries == MOST_TRIES
    assert sending.work(NOON + timedelta(days=9)).handled == 0
    server.answer = "250 OK"
    assert outbox.revive([letter.id], NOON) == 1
    assert sending.work(NOON).sent == 1
    assert outbox.dead_letters(NOON) == []


def test_without_a_server_one_message_is_tried_and_the_rest_wait_untried(app, server):
    app.extensions["meetup_settings"] = replace(app.extensions["meetup_settings"], smtp_url="smtp://127.0.0.1:1")
    for n in range(5):
        tell(f"person{n}@shop.example")

    done = sending.work(NOON)

    assert (done.sent, done.failed, done.is_closed) == (0, 1, True)
    rows = db.session.scalars(select(OutboxItem).order_by(OutboxItem.id)).all()
    assert [(row.tries, row.leased_by) for row in rows] == [(1, None)] + [(0, None)] * 4


def test_a_message_that_cannot_be_drawn_keeps_no_other_from_leaving(app, mailbox):
    @outbox.handler("test.broken")
    def draw(payload, item):
        raise RuntimeError(f"words of {payload['to']}")

    outbox.enqueue("test.broken", {"to": "eve@example.com"}, at=NOON)
    tell()

    done = sending.work(NOON)

    assert (done.sent, done.failed) == (1, 1)
    broken = db.session.scalars(select(OutboxItem).where(OutboxItem.kind == "test.broken")).one()
    assert (broken.reason, broken.dead_at) == ("RuntimeError", None)


def test_a_message_with_other_headers_than_ours_is_never_handed_over(app, mailbox):
    @outbox.handler("test.note")
    def draw(payload, item):
        return b"From: tables@tables.example\r\nTo: ada@shop.example\r\nBcc: eve@example.com\r\n\r\nHello\r\n"

    tell()

    assert sending.work(NOON).failed == 1
    assert (mailbox.messages, only_row().reason, only_row().dead_at is not None) == ([], "UnsafeMail", True)


def test_a_dead_letter_tells_no_words_and_no_address(server):
    server.refused.add("ada@shop.example")
    tell()
    sending.work(NOON)

    assert "ada" not in repr(outbox.dead_letters(NOON))
    assert "nobody" not in repr(outbox.dead_letters(NOON))


def test_stopping_ends_after_the_mail_in_hand_and_hands_the_rest_back(app, mailbox):
    stop = Event()

    @outbox.handler("test.note")
    def draw(payload, item):
        stop.set()
        return mail.compose(
            mail.Address(payload["to"]), "A note", "Hi", sender_name="F", message_id=mail.message_id(item.id)
        )

    tell()
    tell("grace@shop.example")

    assert sending.work(NOON, stop=stop).sent == 1
    assert sending.work(NOON).sent == 1


def test_no_transaction_is_open_while_a_server_thinks(app, monkeypatch):
    seen = []

    class Slow:
        def __init__(self, *_):
            """Takes any address."""

        def send(self, envelope, octets):
            seen.append(db.session().in_transaction())

    monkeypatch.setattr(transport, "FolderPost", Slow)
    tell()
    sending.work(NOON)

    assert seen == [False]


def test_leases_are_renewed_while_a_server_thinks(app, monkeypatch):
    monkeypatch.setattr(sending, "LEASE", timedelta(seconds=0.3))
    rivals = []

    class Slow:
        def __init__(self, *_):
            """Takes any address."""

        def send(self, envelope, octets):
            time.sleep(1)
            with app.app_context():
                rivals.append(sending.work(NOON + timedelta(seconds=0.9)).handled)

    monkeypatch.setattr(transport, "FolderPost", Slow)
    tell()

    assert sending.work(NOON).sent == 1
    assert rivals == [0]


def test_a_lost_answer_gives_one_more_copy_with_the_same_message_id(app, mailbox, monkeypatch):
    send = transport.FolderPost.send

    def taken_but_unheard(post, envelope, octets):
        send(post, envelope, octets)
        raise smtplib.SMTPServerDisconnected

    monkeypatch.setattr(transport.FolderPost, "send", taken_but_unheard)
    tell()
    sending.work(NOON)
    monkeypatch.setattr(transport.FolderPost, "send", send)
    sending.work(NOON + timedelta(minutes=1))
    sending.work(NOON + timedelta(hours=1))

    assert len(mailbox.messages) == 2
    assert len({each["Message-ID"] for each in mailbox.messages}) == 1


KILLED = """
import sys, time
from dataclasses import replace
import meetup
meetup.FEATURES = ()
from meetup.shared import outbox, sending, transport, mail
from tests.makers import NOON

@outbox.handler("test.note")
def draw(payload, item):
    return mail.compose(mail.Address(payload["to"]), "A note", "Hi", sender_name="F",
                        message_id=mail.message_id("note", item.id))

send = transport.FolderPost.send
def send_and_hang(post, envelope, octets):
    send(post, envelope, octets)
    print("handed over", flush=True)
    time.sleep(60)
transport.FolderPost.send = send_and_hang
with meetup.create_app().app_context():
    sending.work(NOON)
"""


def test_a_worker_killed_at_the_worst_moment_costs_one_copy_with_the_same_message_id(app, settings, mailbox):
    for n in range(3):
        tell(f"person{n}@shop.example")
    environ = {
        "MEETUP_INSTANCE": str(settings.instance), "DATABASE_URL": settings.database_url, "MEETUP_DEMO": "no",
        "MAIL_FROM": settings.mail_from, "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    worker = subprocess.Popen([sys.executable, "-c", KILLED], env=environ, stdout=subprocess.PIPE)
    with worker:
        assert worker.stdout.readline() == b"handed over\n"
        worker.send_signal(signal.SIGKILL)

    assert sending.work(NOON + LEASE / 2).handled == 0
    assert sending.work(NOON + LEASE * 1.5).sent == 3
    ids = [each["Message-ID"] for each in mailbox.messages]
    assert (len(ids), len(set(ids))) == (4, 3)


def test_a_password_goes_to_a_server_only_behind_tls():
    def wants(url):
        return transport.SmtpPost(url, "tables.example")._wants_starttls()

    assert wants("smtp://ada:secret@mail.example:587")
    assert wants("smtp://mail.example?starttls=1")
    assert not wants("smtp://mail.example")
    assert not wants("smtp://ada:secret@127.0.0.1:25")
    assert not wants("smtps://ada:secret@mail.example")


def test_name_and_password_are_those_of_the_url(app):
    seen = []

    def check(server, session, envelope, mechanism, data):
        seen.append((data.login, data.password))
        return AuthResult(success=True)

    controller = OnAFreePort(Server(), hostname="127.0.0.1", port=0, authenticator=check, auth_require_tls=False)
    controller.start()
    post = transport.SmtpPost(f"smtp://ada%40shop:p%3Ass@127.0.0.1:{controller.port}", "tables.example")
    octets = mail.compose(mail.Address("a@b.example"), "s", "t", sender_name="F", message_id=mail.message_id(1))
    post.send(mail.envelope(octets), octets)
    post.close()
    controller.stop()

    assert seen == [(b"ada@shop", b"p:ss")]


def test_development_keeps_the_newest_mails(app, mailbox, monkeypatch):
    monkeypatch.setattr(transport, "KEPT_IN_DEVELOPMENT", 3)
    for n in range(5):
        tell(f"person{n}@shop.example")

    mailbox.deliver(NOON)

    assert [each["To"] for each in mailbox.messages] == [f"person{n}@shop.example" for n in (2, 3, 4)]
    assert {file.suffix for file in mailbox.folder.iterdir()} == {".eml"}
