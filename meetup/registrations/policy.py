"""Who has a place, who may take one, and who sees whom. Nobody else decides; everyone else asks."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from meetup.brands import policy as brand_policy
from meetup.brands.models import Membership, Role, Standing
from meetup.extensions import db
from meetup.registrations.models import Place, Registration, Seat
from meetup.sessions.models import BofSession, BofTable
from meetup.sessions.phases import Phase

if TYPE_CHECKING:
    from meetup.accounts.models import Person


def registration_of(person: "Person", bof_session: BofSession) -> Registration | None:
    """This person's registration, however it stands."""
    if not person.is_authenticated:
        return None
    return db.session.scalar(
        select(Registration).where(
            Registration.brand_id == bof_session.brand_id,
            Registration.bof_session_id == bof_session.id,
            Registration.person_id == person.id,
        )
    )


def seat_of(person: "Person", bof_session: BofSession) -> Seat | None:
    """The seat this person holds in the session now."""
    registration = registration_of(person, bof_session)
    return registration.seat if registration and registration.standing == Place.GOING else None


def going_to(bof_session: BofSession) -> Select[Registration]:
    """Everybody who has a place."""
    return select(Registration).where(
        Registration.brand_id == bof_session.brand_id,
        Registration.bof_session_id == bof_session.id,
        Registration.standing == Place.GOING,
    )


def is_admitted(person: "Person", bof_session: BofSession) -> bool:
    """Would a seat be given? To confirmed customers, to guests where the session takes them, to nobody of the brand."""
    return why_turned_away(brand_policy.membership_of(person, bof_session.brand_id), bof_session) is None


def why_turned_away(membership: Membership | None, bof_session: BofSession) -> str | None:
    """Why a person of this standing gets no seat, in words for them; None for whoever would get one."""
    brand = bof_session.brand.name
    if membership is None:
        return f"Join {brand} first: a seat is for its customers and their guests."
    if membership.is_brand_side:
        # It would take one away from a customer.
        return f"Seats are for customers and their guests. You are here for {brand}."
    if membership.standing == Standing.PENDING:
        return f"{brand} has not confirmed yet that you belong. You can take a seat once it has."
    if not membership.is_confirmed:
        return f"{brand} has put your membership on hold. Ask your host."
    if membership.role == Role.GUEST and not bof_session.takes_guests:
        return "This session is for customers only."
    return None


def may_take_seat(person: "Person", bof_session: BofSession, at: datetime) -> bool:
    """Admitted, and the door is not shut yet."""
    return bof_session.phase(at) in (Phase.SCHEDULED, Phase.DOORS, Phase.OPEN) and is_admitted(person, bof_session)


def sits_at(person: "Person", table: BofTable) -> bool:
    """Holds a seat at this very table, with a standing that still counts."""
    seat = seat_of(person, table.bof_session)
    return seat is not None and seat.table_id == table.id and is_still_peer(person, table.brand_id)


def is_still_peer(person: "Person", brand_id: int) -> bool:
    """Still a confirmed customer or guest: a seat alone opens nothing."""
    return brand_policy.confirmed_role(person, brand_id) in (Role.CUSTOMER, Role.GUEST)


def people_at(table: BofTable) -> Select[Membership]:
    """Who sits at a table, in the order of their seats; only those whose standing still counts."""
    return (
        select(Membership)
        .join(Registration, Registration.person_id == Membership.person_id)
        .join(Seat, Seat.registration_id == Registration.id)
        .where(
            Membership.brand_id == table.brand_id,
            Membership.standing == Standing.CONFIRMED,
            Membership.brand_side_since.is_(None),
            Registration.brand_id == table.brand_id,
            Registration.standing == Place.GOING,
            Seat.brand_id == table.brand_id,
            Seat.table_id == table.id,
        )
        .order_by(Seat.number)
        .options(joinedload(Membership.person))
    )


def taken_by_table(bof_session: BofSession) -> dict[int, int]:
    """How many seats are taken at each table, by the table's id; a table where nobody sits is not in it."""
    counted = (
        select(Seat.table_id, func.count())
        .where(Seat.brand_id == bof_session.brand_id, Seat.bof_session_id == bof_session.id)
        .group_by(Seat.table_id)
    )
    return dict(db.session.execute(counted).all())


def may_give_up(person: "Person", bof_session: BofSession) -> bool:
    """Whoever has a place, or had one: giving it up twice changes nothing."""
    return registration_of(person, bof_session) is not None


def may_see_roster(person: "Person", bof_session: BofSession) -> bool:
    """The list of who is coming, with their roles and who came, is the hosts'."""
    return brand_policy.is_host(person, bof_session.brand_id)
