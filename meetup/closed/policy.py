"""Who may enter a closed table. Everybody else is told that there is none, at any time and on every way."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Select, select

from meetup.accounts.models import SignIn
from meetup.brands.models import Membership, Role, Standing
from meetup.closed.models import EDIT_WITHIN, ClosedEntry, Kind
from meetup.extensions import db
from meetup.registrations.models import Place, Registration, Seat
from meetup.sessions.models import BofTable
from meetup.sessions.phases import Phase

if TYPE_CHECKING:
    from meetup.accounts.models import Person


def seated_customers(table: BofTable) -> Select[Membership]:
    """The people of this closed table as they are now: confirmed customers, never of the brand, seated at it.

    The one place that says whose the room is: pages, posts and streams all ask with it.
    """
    return (
        select(Membership)
        .join(Registration, Registration.person_id == Membership.person_id)
        .join(Seat, Seat.registration_id == Registration.id)
        .where(
            Membership.brand_id == table.brand_id,
            Membership.role == Role.CUSTOMER,
            Membership.standing == Standing.CONFIRMED,
            Membership.brand_side_since.is_(None),
            Membership.own_address_since.is_(None),
            Registration.brand_id == table.brand_id,
            Registration.bof_session_id == table.bof_session_id,
            Registration.standing == Place.GOING,
            Seat.brand_id == table.brand_id,
            Seat.table_id == table.id,
        )
    )


def may_enter(person: "Person", table: BofTable, at: datetime) -> bool:
    """Seated at it, a customer, and the room is closed at this moment. For everybody else it does not exist."""
    if not person.is_authenticated or table.bof_session.phase(at) is not Phase.CLOSED:
        return False
    mine = seated_customers(table).where(Membership.person_id == person.id)
    return db.session.scalar(mine) is not None


def who_may_hear(table: BofTable, at: datetime) -> set[int]:
    """The sign-ins that may hear this table now. One query; empty unless the room is closed."""
    if table.bof_session.phase(at) is not Phase.CLOSED:
        return set()
    seated = seated_customers(table).with_only_columns(Membership.person_id)
    alive = select(SignIn.id).where(SignIn.person_id.in_(seated), SignIn.ended_at.is_(None), SignIn.ends_at > at)
    return set(db.session.scalars(alive))


def may_edit(person: "Person", entry: ClosedEntry, at: datetime) -> bool:
    """Its writer, for five minutes, unless it was taken back."""
    is_there = entry.kind == Kind.SAY and entry.body is not None
    return is_there and entry.author_id == person.id and at - entry.at <= EDIT_WITHIN


def entries_of(table: BofTable) -> Select[ClosedEntry]:
    """The table's line. Only for whoever may enter: ask first."""
    return select(ClosedEntry).where(ClosedEntry.brand_id == table.brand_id, ClosedEntry.table_id == table.id)
