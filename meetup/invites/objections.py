"""Why a session cannot be changed as planned, said before anything is; and how a table shrinks around its people."""

from datetime import datetime

from sqlalchemy import func, select

from meetup.brands.models import Membership, Role
from meetup.extensions import db
from meetup.registrations.models import Registration, Seat
from meetup.sessions.models import BofSession
from meetup.sessions.phases import LIVE
from meetup.sessions.rules import Plan


def objections(bof_session: BofSession, plan: Plan, at: datetime) -> list[str]:
    """Why it cannot be as planned: what has passed would move, or somebody would lose their seat."""
    found = []
    is_live = bof_session.phase(at) in LIVE
    if bof_session.published_at is not None and any(
        old != new and old <= at for old, new in zip(bof_session.instants, plan.instants, strict=True)
    ):
        found.append("What has passed stays as it was: only what is still to come can move.")
    seated = _seated(bof_session)
    kept = {each.table.id: each for each in plan.tables if each.table}
    for table in bof_session.tables:
        people = seated.get(table.id, 0)
        if table.id in kept:
            if kept[table.id].capacity < people:
                found.append(f"“{table.topic}” has {_people(people)} at it: it needs {people} seats or more.")
        elif people:
            found.append(f"“{table.topic}” has {_people(people)} at it. Ask them to move before you take it away.")
        elif is_live:
            found.append(f"The doors are open: “{table.topic}” stays until the end.")
    _doors, starts, closes, _ends = plan.instants
    if starts == closes and (guests := _guests(bof_session)):
        found.append(f"{_people(guests, 'guest', 'guests')} could not stay: they need an open part before you leave.")
    if bof_session.published_at is not None and not plan.tables:
        found.append("A session needs a table: people sit at tables.")
    return found


def seat_within(bof_session: BofSession) -> None:
    """A table that shrank keeps its people: whoever sat on a chair that went takes the first free one."""
    seats = list(
        db.session.scalars(
            select(Seat)
            .where(Seat.brand_id == bof_session.brand_id, Seat.bof_session_id == bof_session.id)
            .order_by(Seat.number)
        )
    )
    for table in bof_session.tables:
        here = [seat for seat in seats if seat.table_id == table.id]
        taken = {seat.number for seat in here}
        for seat in here:
            if seat.number > table.capacity:
                seat.number = min(set(range(1, table.capacity + 1)) - taken)
                taken.add(seat.number)
                db.session.flush()


def _seated(bof_session: BofSession) -> dict[int, int]:
    """How many sit at each table."""
    rows = db.session.execute(
        select(Seat.table_id, func.count())
        .where(Seat.brand_id == bof_session.brand_id, Seat.bof_session_id == bof_session.id)
        .group_by(Seat.table_id)
    )
    return {row[0]: row[1] for row in rows}


def _guests(bof_session: BofSession) -> int:
    guests = (
        select(func.count())
        .select_from(Seat)
        .join(Seat.registration)
        .join(Membership, Membership.person_id == Registration.person_id)
        .where(
            Seat.brand_id == bof_session.brand_id,
            Seat.bof_session_id == bof_session.id,
            Membership.brand_id == bof_session.brand_id,
            Membership.role == Role.GUEST,
        )
    )
    return db.session.scalar(guests) or 0


def _people(count: int, one: str = "person", many: str = "people") -> str:
    return f"one {one}" if count == 1 else f"{count} {many}"
