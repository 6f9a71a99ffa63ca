"""What registrations give to others: a person's own data, and how to let go of it."""

from datetime import datetime
from typing import Any

from flask import Flask
from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload

from meetup.extensions import db
from meetup.registrations.models import Registration
from meetup.sessions.models import BofSession
from meetup.shared import owndata
from meetup.shared.when import iso


def wire(app: Flask) -> None:
    owndata.register(owndata.Part("registrations", held=held, erase=erase))


def held(person_id: int) -> list[dict[str, Any]]:
    """Every session in which a person has or had a place, the first one first."""
    theirs = (
        select(Registration)
        .join(Registration.bof_session)
        .where(Registration.person_id == person_id)
        .order_by(BofSession.starts_at, BofSession.id)
        .options(
            joinedload(Registration.bof_session).joinedload(BofSession.brand),
            joinedload(Registration.seat),
        )
    )
    return [_in_words(registration) for registration in db.session.scalars(theirs)]


def _in_words(registration: Registration) -> dict[str, Any]:
    bof_session, seat = registration.bof_session, registration.seat
    return {
        "brand": bof_session.brand.name,
        "session": bof_session.title,
        "starts_at": iso(bof_session.starts_at),
        "ends_at": iso(bof_session.ends_at),
        "standing": str(registration.standing),
        "since": iso(registration.made_at),
        "came_at": iso(registration.attended_at) if registration.attended_at else None,
        "table": seat.table.topic if seat else None,
        "seat": seat.number if seat else None,
    }


def erase(person_id: int, _at: datetime) -> None:
    """Remove every place this person has or had; their seats are free."""
    # The seats go with the rows: the database sees to it.
    db.session.execute(delete(Registration).where(Registration.person_id == person_id))
