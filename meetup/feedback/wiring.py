"""What reaches from feedback to the left: who is asked when, and what is held of a person."""

from datetime import datetime
from typing import Any

from flask import Flask
from sqlalchemy import delete, select

from meetup.extensions import db
from meetup.feedback import mails, rules
from meetup.feedback.models import ContactWish, HandedIn, Voice
from meetup.shared import due, outbox, owndata


def wire(_app: Flask) -> None:
    outbox.handler("feedback.request")(mails.ask)
    due.register("feedback.ask", ask)
    owndata.register(owndata.Part("feedback", held, erase))


def ask(at: datetime) -> bool:
    """Ask those who came to what has ended; more to do when there were as many sessions as are taken at once."""
    return rules.ask_those_who_came(at) == rules.AT_ONCE


def held(person_id: int) -> dict[str, Any]:
    """That they answered, what they released, where they may be written to. What they answered, nobody can find."""
    handed_in = db.session.scalars(select(HandedIn.bof_session_id).where(HandedIn.person_id == person_id)).all()
    wishes = db.session.scalars(select(ContactWish.bof_session_id).where(ContactWish.person_id == person_id)).all()
    released = db.session.scalars(select(Voice).where(Voice.person_id == person_id)).all()
    return {
        "answered_sessions": list(handed_in),
        "may_be_contacted_about": list(wishes),
        "released_sentences": [{"text": voice.text, "day": voice.on_day.isoformat()} for voice in released],
    }


def erase(person_id: int, _at: datetime) -> None:
    """Their name goes from everything; the answers have none. That they answered goes with their row."""
    db.session.execute(delete(Voice).where(Voice.person_id == person_id))
    db.session.execute(delete(ContactWish).where(ContactWish.person_id == person_id))
