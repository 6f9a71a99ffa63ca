"""Who may answer, who may read what came of it, and from how many answers on."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import joinedload

from meetup.brands import policy as brand_policy
from meetup.extensions import db
from meetup.feedback.models import Answer, ContactWish, HandedIn, Voice
from meetup.registrations import policy as registration_policy
from meetup.registrations.models import Place, Registration
from meetup.sessions.models import BofSession
from meetup.sessions.phases import Phase

if TYPE_CHECKING:
    from meetup.accounts.models import Person

FEWEST = 5
OPEN_FOR = timedelta(days=30)


def attended(person: "Person", bof_session: BofSession) -> bool:
    """Came in, as a customer or guest who still is one. Nobody of the brand was a guest at its own table."""
    registration = registration_policy.registration_of(person, bof_session)
    if registration is None:
        return False
    came = db.session.scalar(select(those_who_came(bof_session).where(Registration.id == registration.id).exists()))
    return bool(came) and registration_policy.is_still_peer(person, bof_session.brand_id)


def those_who_came(bof_session: BofSession) -> Select[Registration]:
    """Everybody who came in; where the door is shut from the beginning nobody notes that, and a seat counts."""
    noted: ColumnElement[bool] = Registration.attended_at.is_not(None)
    if not bof_session.has_open_part:
        noted = or_(noted, Registration.standing == Place.GOING)
    return select(Registration).where(
        Registration.brand_id == bof_session.brand_id, Registration.bof_session_id == bof_session.id, noted
    )


def may_answer(person: "Person", bof_session: BofSession, at: datetime) -> bool:
    """Who came may answer, from the end on, for thirty days."""
    is_time = bof_session.phase(at) is Phase.ENDED and at < bof_session.ends_at + OPEN_FOR
    return is_time and attended(person, bof_session)


def has_answered(person: "Person", bof_session: BofSession) -> bool:
    mine = exists().where(HandedIn.bof_session_id == bof_session.id, HandedIn.person_id == person.id)
    return bool(db.session.scalar(select(mine)))


def may_read_results(person: "Person", bof_session: BofSession) -> bool:
    """Hosts. How many answers it takes before they see anything is for `answer_count` to say."""
    return brand_policy.is_host(person, bof_session.brand_id)


def answer_count(bof_session: BofSession) -> int:
    of_it = (Answer.brand_id == bof_session.brand_id, Answer.bof_session_id == bof_session.id)
    return db.session.scalar(select(func.count()).select_from(Answer).where(*of_it)) or 0


def voices(brand_id: int, limit: int) -> Sequence[Voice]:
    """What people released with their names, the newest first."""
    return db.session.scalars(
        select(Voice)
        .where(Voice.brand_id == brand_id)
        .order_by(Voice.on_day.desc(), Voice.id.desc())
        .limit(limit)
        .options(joinedload(Voice.person))
    ).all()


def contact_wishes(bof_session: BofSession, limit: int) -> Sequence[ContactWish]:
    """Who may be written to, by name: the order says nothing about when, or what, they answered."""
    wishes = db.session.scalars(
        select(ContactWish)
        .where(ContactWish.brand_id == bof_session.brand_id, ContactWish.bof_session_id == bof_session.id)
        .order_by(ContactWish.person_id)
        .limit(limit)
        .options(joinedload(ContactWish.person))
    ).all()
    return sorted(wishes, key=lambda wish: wish.person.shown_name.casefold())
