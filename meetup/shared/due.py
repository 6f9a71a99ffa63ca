"""Work that falls due by itself: erasing, reminding, sweeping. Each piece is retried until it is done.

A piece of work is a function of an instant that does whatever is due by then and has not been done; doing it twice
changes nothing. It runs in a transaction of its own, in one worker at a time.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import String, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from meetup.extensions import db
from meetup.shared.database import Base, reading

EVERY = timedelta(minutes=1)
# After an accident; never sooner than the work's own rhythm asks for.
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=5), timedelta(minutes=10)

log = structlog.get_logger(__name__)

# True when there is more to do than was done: it goes on at once, in another transaction.
Work = Callable[[datetime], bool | None]


class DueWork(Base):
    """When a piece of work is done next. The row is locked while it is being done."""

    __tablename__ = "due_work"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    next_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0)
    # The class of what went wrong last: no words.
    reason: Mapped[str | None] = mapped_column(String(80))


@dataclass(frozen=True)
class _Registered:
    work: Work
    every: timedelta


_registered: dict[str, _Registered] = {}


def register(name: str, work: Work, every: timedelta = EVERY) -> None:
    """Have `work(at)` done again and again. Registering a name again replaces its work, so an app can be made twice."""
    if not callable(work):
        raise TypeError(f"due.register({name!r}, work, every=…): the second is the function")
    _registered[name] = _Registered(work, every)


def names() -> frozenset[str]:
    """Every piece of work that is registered."""
    return frozenset(_registered)


def run(at: datetime) -> int:
    """Do what is due at `at`; says how many pieces were done. Commits after each. An accident stops none but itself."""
    with reading():
        known = set(db.session.scalars(select(DueWork.name)))
        late = (
            select(DueWork.name).where(DueWork.next_at <= at, DueWork.name.in_(_registered)).order_by(DueWork.next_at)
        )
        due = list(db.session.scalars(late))
    db.session.rollback()
    new = sorted(_registered.keys() - known)
    _plan(new, at)
    return sum(_attempt(name, at) for name in due + new)


def next_due() -> datetime | None:
    """When something falls due next."""
    planned = select(DueWork.next_at).where(DueWork.name.in_(_registered)).order_by(DueWork.next_at).limit(1)
    return db.session.scalar(planned)


def _plan(new: list[str], at: datetime) -> None:
    """Give new work its row: it is due at once."""
    insert = postgresql.insert if db.session.get_bind().dialect.name == "postgresql" else sqlite.insert
    for name in new:
        db.session.execute(insert(DueWork).values(name=name, next_at=at, failures=0).on_conflict_do_nothing())
    db.session.commit()


def _attempt(name: str, at: datetime) -> bool:
    try:
        return _do(name, at)
    # Whatever it is, one accident must not keep the other work from being done. It is told by its class.
    except Exception as error:
        db.session.rollback()
        failures = db.session.scalar(select(DueWork.failures).where(DueWork.name == name)) or 0
        pause = min(FIRST_PAUSE * 2 ** min(failures, 10), LONGEST_PAUSE)
        missed = {"next_at": at + pause, "failures": failures + 1, "reason": type(error).__name__}
        db.session.execute(update(DueWork).where(DueWork.name == name).values(**missed))
        db.session.commit()
        log.error("due work failed", work=name, failures=failures + 1, error=type(error).__name__)
        return False


def _do(name: str, at: datetime) -> bool:
    # Locked until the commit, so a killed worker's half is rolled back and free for another at once.
    mine = select(DueWork).where(DueWork.name == name, DueWork.next_at <= at).with_for_update(skip_locked=True)
    row = db.session.scalar(mine)
    if row is None:
        db.session.rollback()
        return False
    registered = _registered[name]
    has_more = registered.work(at)
    row.next_at = at if has_more else at + registered.every
    row.done_at, row.failures, row.reason = at, 0, None
    db.session.commit()
    return True
