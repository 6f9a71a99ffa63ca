"""What is to be told once a transaction holds. A row here is written with the business row, and sent after it.

Nobody is told of what did not happen; nothing that happened goes untold. A message is drawn when it is sent, from what
is true then, so nothing is sent whose reason has gone. Each is sent at least once; a killed worker can send one more
copy, with the same Message-ID.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, ColumnElement, Index, String, and_, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from meetup.extensions import db
from meetup.shared import bell, due
from meetup.shared.database import Base, after_commit

# After 1, 2, 4 … minutes, then every hour: a mail server may be away for a weekend.
FIRST_PAUSE, LONGEST_PAUSE, MOST_TRIES = timedelta(minutes=1), timedelta(hours=1), 60
# How long a row stays when its work is done. One with a once_key keeps a second one away, and outlives its session.
KEPT, KEPT_ONCE, KEPT_DEAD = timedelta(days=7), timedelta(days=400), timedelta(days=30)


class OutboxItem(Base):
    """One thing to tell one person. Sent, dropped or given up, it keeps neither words nor address."""

    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(80))
    once_key: Mapped[str | None] = mapped_column(String(200), unique=True)
    # Plain numbers: this table knows no feature, and outlives what it tells about.
    brand_id: Mapped[int | None]
    person_id: Mapped[int | None] = mapped_column(index=True)
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    enqueued_at: Mapped[datetime]
    due_at: Mapped[datetime]
    leased_by: Mapped[str | None] = mapped_column(String(32))
    lease_until: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    # Its reason had gone before it was sent.
    dropped_at: Mapped[datetime | None]
    # Given up. The operator may revive it.
    dead_at: Mapped[datetime | None]
    # The class of what went wrong last: no words, no address.
    reason: Mapped[str | None] = mapped_column(String(120))


def is_waiting() -> ColumnElement[bool]:
    return and_(OutboxItem.sent_at.is_(None), OutboxItem.dropped_at.is_(None), OutboxItem.dead_at.is_(None))


Index("ix_outbox_waiting", OutboxItem.due_at, postgresql_where=is_waiting(), sqlite_where=is_waiting())

Handler = Callable[[dict[str, Any], OutboxItem], bytes | None]
_handlers: dict[str, Handler] = {}


def handler(kind: str) -> Callable[[Handler], Handler]:
    """Say who draws this kind's message when it is sent: the octets of a mail, or None when its reason has gone.

    It only reads: on SQLite a write raises. Registering a kind again replaces its handler, so an app can be made twice.
    """

    def register(draw: Handler) -> Handler:
        _handlers[kind] = draw
        return draw

    return register


def handler_of(kind: str) -> Handler:
    """Who draws this kind.

    Raises:
        LookupError: when nobody does.
    """
    if kind not in _handlers:
        raise LookupError(f"nobody handles the outbox's kind {kind}")
    return _handlers[kind]


def kinds() -> frozenset[str]:
    """Every kind that somebody handles."""
    return frozenset(_handlers)


def enqueue(
    kind: str,
    payload: dict[str, Any],
    *,
    at: datetime,
    due_at: datetime | None = None,
    once_key: str | None = None,
    person_id: int | None = None,
    brand_id: int | None = None,
) -> bool:
    """Tell it once this transaction is committed (or at `due_at`). Never commits.

    False when something with this `once_key` was enqueued before, by whomever and however long ago: two people in the
    same second enqueue one row, and neither transaction fails.

    Raises:
        LookupError: for a kind that nobody handles.
    """
    handler_of(kind)
    session = db.session()
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    row = insert(OutboxItem).values(
        kind=kind,
        payload=payload,
        once_key=once_key,
        person_id=person_id,
        brand_id=brand_id,
        enqueued_at=at,
        due_at=due_at or at,
        tries=0,
    )
    added = session.execute(row.on_conflict_do_nothing(index_elements=["once_key"]).returning(OutboxItem.id)).first()
    if added:
        after_commit(session, bell.nudge)
    return added is not None


def withdraw(once_key: str) -> bool:
    """Take back what waits under this key, in this transaction; the key is free again. False if it was told already."""
    waiting = delete(OutboxItem).where(OutboxItem.once_key == once_key, is_waiting())
    return db.session.scalar(waiting.returning(OutboxItem.id)) is not None


def forget(person_id: int) -> None:
    """Erase what waits for a person, in this transaction. What was sent holds nothing of theirs but this number."""
    db.session.execute(delete(OutboxItem).where(OutboxItem.person_id == person_id))


@dataclass(frozen=True)
class DeadLetter:
    """What the operator may know of a message that was given up."""

    id: int
    kind: str
    age: timedelta
    tries: int
    reason: str


def dead_letters(at: datetime, limit: int = 100) -> list[DeadLetter]:
    """The messages that were given up, newest first."""
    dead = select(OutboxItem).where(OutboxItem.dead_at.is_not(None)).order_by(OutboxItem.id.desc()).limit(limit)
    return [
        DeadLetter(item.id, item.kind, at - item.enqueued_at, item.tries, item.reason or "")
        for item in db.session.scalars(dead)
    ]


def revive(dead_ids: list[int], at: datetime) -> int:
    """Try these once more from the beginning, in this transaction. Says how many there were."""
    chosen = OutboxItem.id.in_(dead_ids), OutboxItem.dead_at.is_not(None)
    again = update(OutboxItem).where(*chosen).values(dead_at=None, tries=0, due_at=at, reason=None)
    after_commit(db.session(), bell.nudge)
    return len(db.session.scalars(again.returning(OutboxItem.id)).all())


def next_due() -> datetime | None:
    """When the next row may be sent, if any waits."""
    free_at = func.coalesce(OutboxItem.lease_until, OutboxItem.due_at)
    return db.session.scalar(select(func.min(free_at)).where(is_waiting()))


def sweep(at: datetime) -> None:
    """Remove rows whose work is long done."""
    done_at = func.coalesce(OutboxItem.sent_at, OutboxItem.dropped_at)
    db.session.execute(delete(OutboxItem).where(done_at < at - KEPT, OutboxItem.once_key.is_(None)))
    db.session.execute(delete(OutboxItem).where(done_at < at - KEPT_ONCE))
    db.session.execute(delete(OutboxItem).where(OutboxItem.dead_at < at - KEPT_DEAD))


due.register("outbox.sweep", sweep, every=timedelta(hours=1))
