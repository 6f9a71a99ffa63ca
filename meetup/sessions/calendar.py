"""The hosts' calendar: what is to come, what is drafted, what was. Read page by page, by key."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Select, func, or_, select, tuple_
from sqlalchemy.orm import joinedload, selectinload

from meetup.extensions import db
from meetup.sessions.models import BofSession, BofTable
from meetup.sessions.times import to_wall

PAGE = 20
SHOWN = ("coming", "drafts", "past")
KEY = re.compile(r"(\d{1,17})-(\d{1,15})", re.ASCII)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Key:
    """Where a page ends and the next one begins."""

    starts_at: datetime
    id: int

    def __str__(self) -> str:
        return f"{(self.starts_at - EPOCH) // timedelta(microseconds=1)}-{self.id}"

    @classmethod
    def read(cls, typed: str) -> "Key | None":
        """The key that an address carries; None for anything that is none of ours: the list begins anew."""
        found = KEY.fullmatch(typed)
        if found is None:
            return None
        try:
            return cls(EPOCH + timedelta(microseconds=int(found[1])), int(found[2]))
        except OverflowError:
            return None


@dataclass(frozen=True)
class Page:
    """One page of sessions, by month, and the key of the next page if there is more."""

    months: list[tuple[datetime, list[BofSession]]]
    more: Key | None

    @property
    def sessions(self) -> list[BofSession]:
        return [bof_session for _, of_month in self.months for bof_session in of_month]


def page(visible: Select[BofSession], shown: str, after: Key | None, at: datetime) -> Page:
    """A page of what this person may see: the next first; of what was, the latest first."""
    order = [BofSession.starts_at, BofSession.id]
    place = tuple_(*order)
    wanted = visible.where(*_kind(shown, at)).options(
        joinedload(BofSession.vertical), selectinload(BofSession.tables).load_only(BofTable.capacity)
    )
    backwards = shown == "past"
    if after is not None:
        # Row values, so that the index on (brand, start, id) finds the place by itself.
        key = (after.starts_at, after.id)
        wanted = wanted.where(place < key if backwards else place > key)
    wanted = wanted.order_by(*(each.desc() if backwards else each for each in order)).limit(PAGE + 1)
    found = list(db.session.scalars(wanted))
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Page(_by_month(found[:PAGE]), Key(last.starts_at, last.id) if last else None)


def how_many_drafts(brand_id: int) -> int:
    """Drafts that wait to be finished."""
    drafts = select(func.count()).where(BofSession.brand_id == brand_id, *_kind("drafts", EPOCH))
    return db.session.scalar(drafts) or 0


def _kind(shown: str, at: datetime) -> tuple[ColumnElement[bool], ...]:
    if shown == "drafts":
        return BofSession.published_at.is_(None), BofSession.cancelled_at.is_(None)
    if shown == "past":
        return (
            or_(
                BofSession.cancelled_at.is_not(None), BofSession.published_at.is_not(None) & (BofSession.ends_at <= at)
            ),
        )
    return BofSession.published_at.is_not(None), BofSession.cancelled_at.is_(None), BofSession.ends_at > at


def _by_month(sessions: list[BofSession]) -> list[tuple[datetime, list[BofSession]]]:
    months: list[tuple[datetime, list[BofSession]]] = []
    for bof_session in sessions:
        here = to_wall(bof_session.starts_at, bof_session.zone)
        if not months or (months[-1][0].year, months[-1][0].month) != (here.year, here.month):
            months.append((here, []))
        months[-1][1].append(bof_session)
    return months
