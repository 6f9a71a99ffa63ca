"""Sends what waits in the outbox: claims a few rows, draws each message, hands it over outside any transaction."""

import secrets
import smtplib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event, Thread
from typing import Any

import structlog
from flask import Flask, current_app
from sqlalchemy import or_, select, update
from sqlalchemy.exc import SQLAlchemyError

from meetup.extensions import db
from meetup.shared import mail
from meetup.shared.database import reading
from meetup.shared.outbox import FIRST_PAUSE, LONGEST_PAUSE, MOST_TRIES, OutboxItem, handler_of, is_waiting
from meetup.shared.transport import Post, post_office

# A worker that was killed is missed after this long. While it lives it renews its leases three times as often.
LEASE = timedelta(seconds=60)
ABOUT_ONE_MAIL = (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError)

log = structlog.get_logger(__name__)


@dataclass
class Round:
    """What came of one look into the outbox."""

    sent: int = 0
    dropped: int = 0
    failed: int = 0
    # The mail server itself cannot be had: nothing else is tried in this round.
    is_closed: bool = False

    @property
    def handled(self) -> int:
        return self.sent + self.dropped + self.failed


def work(at: datetime, limit: int = 20, stop: Event | None = None) -> Round:
    """Send what is due at `at`, at most `limit`; `stop` ends it after the mail in hand. Commits as it goes.

    Any number of workers may do this at once: a row is leased to one of them.
    """
    me, began = secrets.token_hex(8), time.monotonic()
    done = Round()

    def moment() -> datetime:
        return at + timedelta(seconds=time.monotonic() - began)

    claimed = _claim(me, at, limit)
    if not claimed:
        return done
    with _heartbeat(me, moment), post_office() as post:
        for item_id in claimed:
            if done.is_closed or (stop and stop.is_set()):
                break
            _deliver(item_id, me, moment(), post, done)
    _release(me)
    return done


def _claim(me: str, at: datetime, limit: int) -> list[int]:
    free = or_(OutboxItem.lease_until.is_(None), OutboxItem.lease_until <= at)
    due = select(OutboxItem.id).where(is_waiting(), free, OutboxItem.due_at <= at)
    # SQLite has no row locks and needs none: there the transaction itself is the lock.
    chosen = due.order_by(OutboxItem.due_at, OutboxItem.id).limit(limit).with_for_update(skip_locked=True)
    ids = list(db.session.scalars(chosen))
    if ids:
        _write(OutboxItem.id.in_(ids), leased_by=me, lease_until=at + LEASE)
    db.session.commit()
    return ids


def _deliver(item_id: int, me: str, at: datetime, post: Post, done: Round) -> None:
    mine = (OutboxItem.id == item_id, OutboxItem.leased_by == me, is_waiting())
    # Counted before it is tried, so that a message that kills its worker is given up some day, too.
    if not _write(*mine, tries=OutboxItem.tries + 1, lease_until=at + LEASE):
        db.session.rollback()
        return  # withdrawn, forgotten, or taken over by another worker
    db.session.commit()
    kind, tries, octets = "", 0, None
    try:
        with reading():
            item = db.session.get_one(OutboxItem, item_id)
            kind, tries = item.kind, item.tries
            octets = handler_of(kind)(item.payload, item)
        # Nothing stays open while a mail server thinks.
        db.session.rollback()
        if octets is not None:
            post.send(mail.envelope(octets), octets)
    # Whatever it is, one message must not keep the others from being sent. It is told by its class.
    except Exception as error:
        db.session.rollback()
        _put_off(mine, at, tries, error)
        done.failed += 1
        done.is_closed = isinstance(error, OSError) and not isinstance(error, ABOUT_ONE_MAIL)
        log.warning("message not sent", kind=kind, item=item_id, tries=tries, error=_class_of(error))
        return
    fate = "dropped_at" if octets is None else "sent_at"
    _write(*mine, **{fate: at}, payload={}, leased_by=None, lease_until=None, reason=None)
    db.session.commit()
    done.sent += octets is not None
    done.dropped += octets is None
    log.info("message sent" if octets else "message dropped", kind=kind, item=item_id)


def _put_off(mine: tuple[Any, ...], at: datetime, tries: int, error: Exception) -> None:
    is_dead = tries >= MOST_TRIES or _is_final(error)
    pause = min(FIRST_PAUSE * 2 ** min(max(tries - 1, 0), 10), LONGEST_PAUSE)
    _write(
        *mine,
        due_at=at + pause,
        dead_at=at if is_dead else None,
        reason=_class_of(error),
        leased_by=None,
        lease_until=None,
    )
    db.session.commit()


def _is_final(error: Exception) -> bool:
    """Will trying again change nothing? The mailbox does not exist, or a message that must not leave."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _words in error.recipients.values())
    if isinstance(error, smtplib.SMTPDataError):
        return error.smtp_code >= 500
    return isinstance(error, mail.UnsafeMail)


def _class_of(error: Exception) -> str:
    """What went wrong, without the words: a server's answer often repeats the address."""
    code = getattr(error, "smtp_code", None)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = max((code for code, _words in error.recipients.values()), default=None)
    return f"{type(error).__name__} {code}" if isinstance(code, int) else type(error).__name__


def _write(*where: Any, **values: Any) -> bool:
    changed = update(OutboxItem).where(*where).values(**values).execution_options(synchronize_session=False)
    return db.session.scalar(changed.returning(OutboxItem.id)) is not None


def _release(me: str) -> None:
    _write(OutboxItem.leased_by == me, is_waiting(), leased_by=None, lease_until=None)
    db.session.commit()


@contextmanager
def _heartbeat(me: str, moment: Callable[[], datetime]) -> Iterator[None]:
    """Renew this worker's leases while it lives: a slow mail server is no reason for another to send the same."""
    over = Event()
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # what the proxy stands for

    def beat() -> None:
        while not over.wait(LEASE.total_seconds() / 3):
            # A beat that is missed is made up for by the next: a lease outlives two.
            with app.app_context(), suppress(SQLAlchemyError):
                _write(OutboxItem.leased_by == me, is_waiting(), lease_until=moment() + LEASE)
                db.session.commit()

    heart = Thread(target=beat, name="outbox-heartbeat", daemon=True)
    heart.start()
    try:
        yield
    finally:
        over.set()
        heart.join()
