"""What a session's page offers to whoever reads it: one button, in its own words for every state."""

from enum import StrEnum

from meetup.brands.models import Membership, Role, Standing
from meetup.registrations.models import Registration, Seat
from meetup.sessions.models import BofSession
from meetup.sessions.phases import Phase


class Offer(StrEnum):
    """Each has its words in `templates/sessions/_offer.html`."""

    CALLED_OFF = "called-off"
    DRAFT = "draft"
    HOST = "host"
    EXPERT = "expert"
    OF_THE_BRAND = "of-the-brand"
    FEEDBACK = "feedback"
    OVER = "over"
    CLOSED_ROOM = "closed-room"
    SHUT = "shut"
    SIGN_IN = "sign-in"
    JOIN = "join"
    WAIT = "wait"
    ON_HOLD = "on-hold"
    CUSTOMERS_ONLY = "customers-only"
    ROOM = "room"
    SEATED = "seated"
    FULL = "full"
    TAKE = "take"


ONE_MAY_CHOOSE = frozenset({Offer.SIGN_IN, Offer.JOIN, Offer.TAKE, Offer.SEATED, Offer.ROOM})


def offer(
    bof_session: BofSession,
    phase: Phase,
    membership: Membership | None,
    registration: Registration | None,
    *,
    is_signed_in: bool,
    is_expert_here: bool,
    is_full: bool,
) -> Offer:
    """What this reader may do next, now."""
    if phase is Phase.CANCELLED:
        return Offer.CALLED_OFF
    if phase is Phase.DRAFT:
        return Offer.DRAFT
    if membership is not None and membership.is_brand_side:
        return _for_brand_side(membership, is_expert_here)
    is_peer = membership is not None and membership.is_confirmed
    seat = registration.seat if registration is not None and is_peer else None
    if phase is Phase.ENDED:
        came = seat is not None and registration is not None and registration.attended_at is not None
        return Offer.FEEDBACK if came else Offer.OVER
    if phase is Phase.CLOSED:
        is_in = seat is not None and membership is not None and membership.role == Role.CUSTOMER
        return Offer.CLOSED_ROOM if is_in else Offer.SHUT
    if not is_signed_in:
        return Offer.SIGN_IN
    return _before_the_door_shuts(bof_session, phase, membership, seat, is_full)


def _for_brand_side(membership: Membership, is_expert_here: bool) -> Offer:
    if membership.is_host:
        return Offer.HOST
    return Offer.EXPERT if is_expert_here else Offer.OF_THE_BRAND


def _before_the_door_shuts(
    bof_session: BofSession, phase: Phase, membership: Membership | None, seat: Seat | None, is_full: bool
) -> Offer:
    if membership is None:
        return Offer.JOIN
    if not membership.is_confirmed:
        return Offer.WAIT if membership.standing == Standing.PENDING else Offer.ON_HOLD
    if seat is not None:
        return Offer.SEATED if phase is Phase.SCHEDULED else Offer.ROOM
    if membership.role == Role.GUEST and not bof_session.takes_guests:
        return Offer.CUSTOMERS_ONLY
    return Offer.FULL if is_full else Offer.TAKE
