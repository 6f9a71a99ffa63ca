"""Who has a place, who may take one, and who sees whom. Nobody else decides; everyone else asks."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Select, select

from meetup.brands import policy as brand_policy
from meetup.brands.models import Role
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
    role = brand_policy.confirmed_role(person, bof_session.brand_id)
    return role == Role.CUSTOMER or (role == Role.GUEST and bof_session.takes_guests)


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
