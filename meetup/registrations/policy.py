"""Who has a place, who may take one, and who sees whom. Nobody else decides; everyone else asks."""

from typing import TYPE_CHECKING

from sqlalchemy import select

from meetup.brands import policy as brand_policy
from meetup.brands.models import Membership, Role, Standing
from meetup.extensions import db
from meetup.registrations.models import Place, Registration, Seat
from meetup.sessions.models import BofSession

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


def is_still_peer(person: "Person", brand_id: int) -> bool:
    """Still a confirmed customer or guest: a seat alone opens nothing."""
    return brand_policy.confirmed_role(person, brand_id) in (Role.CUSTOMER, Role.GUEST)


def may_give_up(person: "Person", bof_session: BofSession) -> bool:
    """Whoever has a place, or had one: giving it up twice changes nothing."""
    return registration_of(person, bof_session) is not None


def may_see_roster(person: "Person", bof_session: BofSession) -> bool:
    """The list of who is coming, with their roles and who came, is the hosts'."""
    return brand_policy.is_host(person, bof_session.brand_id)
