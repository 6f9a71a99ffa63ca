"""My agenda: every session in which a person has a part, what is to come first and then what has been."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, literal, select, tuple_, union
from sqlalchemy.orm import joinedload

from meetup.accounts.models import Person
from meetup.brands.models import HOSTS, Membership, Role, Standing
from meetup.extensions import db
from meetup.registrations.models import Place, Registration, Seat
from meetup.sessions.models import BofSession, BofTable

PAGE = 20
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TICK = timedelta(microseconds=1)
# Microseconds since 1970 of the latest instant that a datetime can hold.
LAST_TICK = (datetime.max.replace(tzinfo=UTC) - EPOCH) // TICK


class Part(StrEnum):
    """What somebody is to a session in their agenda."""

    SEAT = "seat"
    EXPERT = "expert"
    HOST = "host"


@dataclass(frozen=True)
class Entry:
    """One session of somebody's agenda, and their part in it."""

    bof_session: BofSession
    part: Part
    table: BofTable | None = None
    attended: bool = False
    # Customers alone are in a closed room.
    is_customer: bool = False

    @property
    def mark(self) -> str:
        """Where the next page goes on: the instant, then a name that no other session has."""
        return f"{(self.bof_session.starts_at - EPOCH) // TICK}.{self.bof_session.public_id}"


@dataclass
class Page:
    """Some of an agenda, and where it goes on."""

    entries: list[Entry] = field(default_factory=list)
    goes_on_at: str | None = None


def to_come(person: Person, at: datetime, after: str | None = None) -> Page:
    """What runs and what is to come, the next first."""
    here = tuple_(BofSession.starts_at, BofSession.public_id)
    wanted = _mine(person).where(BofSession.ends_at > at).order_by(BofSession.starts_at, BofSession.public_id)
    return _page(person, wanted.where(here > _place(after)) if after else wanted)


def been(person: Person, at: datetime, before: str | None = None) -> Page:
    """What has been, the latest first."""
    here = tuple_(BofSession.starts_at, BofSession.public_id)
    newest_first = (BofSession.starts_at.desc(), BofSession.public_id.desc())
    wanted = _mine(person).where(BofSession.ends_at <= at).order_by(*newest_first)
    return _page(person, wanted.where(here < _place(before)) if before else wanted)


def is_mark(typed: str) -> bool:
    """Can a page go on here?"""
    ticks, dot, name = typed.partition(".")
    is_number = ticks.isascii() and ticks.isdigit() and len(ticks) < 20 and int(ticks) <= LAST_TICK
    return bool(is_number and dot and 0 < len(name) <= 16 and name.isascii() and name.isprintable())


def _place(mark: str) -> ColumnElement[Any]:
    ticks, _, name = mark.partition(".")
    return tuple_(literal(EPOCH + int(ticks) * TICK, BofSession.starts_at.type), literal(name))


def _mine(person: Person) -> Select[BofSession]:
    """Where this person sits, is the expert of a table, or hosts; drafts only for who hosts them."""
    is_published = BofSession.published_at.is_not(None)
    sits = (
        select(Registration.bof_session_id)
        .join(
            BofSession,
            and_(
                BofSession.id == Registration.bof_session_id,
                BofSession.brand_id == Registration.brand_id,
                is_published,
            ),
        )
        .where(Registration.person_id == person.id, Registration.standing == Place.GOING)
    )
    mine = and_(Membership.person_id == person.id, Membership.standing == Standing.CONFIRMED)
    hosts = (
        select(BofSession.id)
        .join(Membership, and_(Membership.id == BofSession.host_id, Membership.brand_id == BofSession.brand_id))
        .where(mine, Membership.role.in_(HOSTS))
    )
    listens = (
        select(BofTable.bof_session_id)
        .join(Membership, and_(Membership.id == BofTable.expert_id, Membership.brand_id == BofTable.brand_id))
        .join(
            BofSession,
            and_(BofSession.id == BofTable.bof_session_id, BofSession.brand_id == BofTable.brand_id, is_published),
        )
        .where(mine, Membership.role == Role.EXPERT)
    )
    return (
        select(BofSession).where(BofSession.id.in_(union(sits, hosts, listens))).options(joinedload(BofSession.brand))
    )


def _page(person: Person, wanted: Select[BofSession]) -> Page:
    found = list(db.session.scalars(wanted.limit(PAGE + 1)))
    shown = found[:PAGE]
    seats, tables = _seats(person, shown), _expert_seats(person, shown)
    entries = []
    for bof_session in shown:
        if bof_session.id in seats:
            table, attended_at, role = seats[bof_session.id]
            came, is_customer = attended_at is not None, role == Role.CUSTOMER
            entries.append(Entry(bof_session, Part.SEAT, table, came, is_customer))
        elif bof_session.id in tables:
            entries.append(Entry(bof_session, Part.EXPERT, tables[bof_session.id]))
        else:
            entries.append(Entry(bof_session, Part.HOST))
    return Page(entries, entries[-1].mark if len(found) > PAGE else None)


def _seats(person: Person, sessions: list[BofSession]) -> dict[int, tuple[BofTable, datetime | None, Role | None]]:
    """Where they sit in these sessions, when they first came in, and their role if it counts."""
    rows = db.session.execute(
        select(BofTable, Registration.attended_at, Membership.role)
        .select_from(Registration)
        .join(Seat, Seat.registration_id == Registration.id)
        .join(BofTable, BofTable.id == Seat.table_id)
        .outerjoin(
            Membership,
            and_(
                Membership.person_id == Registration.person_id,
                Membership.brand_id == Registration.brand_id,
                Membership.standing == Standing.CONFIRMED,
            ),
        )
        .where(
            Registration.person_id == person.id,
            Registration.standing == Place.GOING,
            Registration.bof_session_id.in_([each.id for each in sessions]),
            Registration.brand_id.in_({each.brand_id for each in sessions}),
        )
    )
    return {table.bof_session_id: (table, attended_at, role) for table, attended_at, role in rows}


def _expert_seats(person: Person, sessions: list[BofSession]) -> dict[int, BofTable]:
    tables = db.session.scalars(
        select(BofTable)
        .join(Membership, and_(Membership.id == BofTable.expert_id, Membership.brand_id == BofTable.brand_id))
        .where(
            Membership.person_id == person.id,
            BofTable.bof_session_id.in_([each.id for each in sessions]),
            BofTable.brand_id.in_({each.brand_id for each in sessions}),
        )
        .order_by(BofTable.number.desc())
    )
    return {table.bof_session_id: table for table in tables}
