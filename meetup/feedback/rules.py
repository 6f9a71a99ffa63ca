"""Asking once, and taking in an answer that nobody can find again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from meetup.accounts.models import Person
from meetup.extensions import db
from meetup.feedback import policy
from meetup.feedback.models import Answer, AskedRound, ContactWish, HandedIn, Voice
from meetup.registrations.models import Registration
from meetup.sessions.models import BofSession
from meetup.shared import outbox
from meetup.shared.errors import Refused

ASK_WITHIN = timedelta(days=7)
AT_ONCE = 20


@dataclass(frozen=True)
class Said:
    """What somebody typed into the form. Everything may be left out."""

    again: int | None = None
    recommend: int | None = None
    took_home: str = ""
    next_topic: str = ""
    sentence: str = ""
    is_released: bool = False
    may_contact: bool = False

    @property
    def is_empty(self) -> bool:
        """Not one question answered. A tick beside a sentence that is not there answers none."""
        numbers, words = (self.again, self.recommend), (self.took_home, self.next_topic, self.sentence)
        return all(number is None for number in numbers) and not any(words) and not self.may_contact


def hand_in(person: Person, bof_session: BofSession, said: Said, at: datetime) -> None:
    """Take an answer in. Once handed in nobody can find it again, so it is taken once.

    Raises:
        Refused: when this person may not answer (any more), or has.
    """
    if not policy.may_answer(person, bof_session, at):
        raise Refused("Only those who came can answer, for thirty days after the end.")
    if policy.has_answered(person, bof_session):
        raise Refused("You have handed yours in already. Nobody can find it again, you neither.")
    ids = {"brand_id": bof_session.brand_id, "bof_session_id": bof_session.id}
    db.session.add(HandedIn(person_id=person.id, **ids))
    db.session.add(
        Answer(
            on_day=at.date(),
            again=said.again,
            recommend=said.recommend,
            took_home=said.took_home,
            next_topic=said.next_topic,
            **ids,
        )
    )
    if said.may_contact:
        db.session.add(ContactWish(person_id=person.id, **ids))
    if said.is_released and said.sentence:
        db.session.add(Voice(person_id=person.id, text=said.sentence, on_day=at.date(), **ids))
    # Told now and not at the commit: two at once end as one, and the slower hears why.
    db.session.flush()


def ask_those_who_came(at: datetime) -> int:
    """Ask everybody who came to a session that has ended, by mail, once; says how many sessions it was."""
    over = db.session.scalars(
        select(BofSession)
        .where(
            BofSession.ends_at <= at,
            BofSession.ends_at > at - ASK_WITHIN,
            BofSession.published_at.is_not(None),
            BofSession.cancelled_at.is_(None),
            ~select(AskedRound).where(AskedRound.bof_session_id == BofSession.id).exists(),
        )
        .order_by(BofSession.ends_at)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    ).all()
    for bof_session in over:
        _ask(bof_session, at)
    return len(over)


def _ask(bof_session: BofSession, at: datetime) -> None:
    db.session.add(AskedRound(bof_session_id=bof_session.id, asked_at=at))
    came = policy.those_who_came(bof_session).with_only_columns(Registration.person_id)
    for person_id in db.session.scalars(came):
        outbox.enqueue(
            "feedback.request",
            {"bof_session_id": bof_session.id},
            once_key=f"feedback:{bof_session.public_id}:{person_id}",
            person_id=person_id,
            brand_id=bof_session.brand_id,
            at=at,
        )
