"""The mail that asks, once, those who came."""

from typing import Any

from flask import render_template
from sqlalchemy import select

from meetup.accounts.models import Person
from meetup.config import settings
from meetup.extensions import db
from meetup.feedback import policy
from meetup.sessions.models import BofSession
from meetup.shared import mail
from meetup.shared.clock import now
from meetup.shared.outbox import OutboxItem


def ask(payload: dict[str, Any], item: OutboxItem) -> bytes | None:
    """How was it? None once they have answered, have gone, or the time is over."""
    bof_session = db.session.scalar(
        select(BofSession).where(BofSession.brand_id == item.brand_id, BofSession.id == payload["bof_session_id"])
    )
    person = db.session.get(Person, item.person_id) if item.person_id else None
    if bof_session is None or person is None or person.email is None:
        return None
    if not policy.may_answer(person, bof_session, now()) or policy.has_answered(person, bof_session):
        return None
    brand = bof_session.brand
    shown = {
        "person": person,
        "bof_session": bof_session,
        "brand_name": brand.name,
        "button_text": "Say how it was",
        "button_url": f"{settings().public_url}/b/{brand.slug}/s/{bof_session.slug}/feedback",
    }
    return mail.compose(
        mail.Address(person.email, person.name),
        f"How was it? {bof_session.title}",
        render_template("feedback/email/request.txt", **shown),
        render_template("feedback/email/request.html", **shown),
        sender_name=brand.name,
        colour=brand.colour,
        message_id=mail.message_id("feedback", bof_session.uid, person.public_id),
    )
