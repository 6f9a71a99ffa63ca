"""What invites give to the whole: who draws their mails, and what they hold of a person."""

from datetime import datetime
from typing import Any

from flask import Flask
from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload

from meetup.extensions import db
from meetup.invites import mails  # noqa: F401  # its handlers register themselves
from meetup.invites.models import Invite
from meetup.shared import owndata, when


def wire(_app: Flask) -> None:
    """Fill the registries."""
    owndata.register(owndata.Part("invites", held, erase))


def held(person_id: int) -> list[dict[str, Any]]:
    """Every entry that was put into this person's calendar."""
    theirs = (
        select(Invite).where(Invite.person_id == person_id).order_by(Invite.id).options(joinedload(Invite.bof_session))
    )
    return [
        {
            "session": invite.bof_session.title,
            "uid": invite.uid,
            "sequence": invite.sequence,
            "because": str(invite.because),
            "made_at": when.iso(invite.made_at),
            "withdrawn_at": when.iso(invite.withdrawn_at) if invite.withdrawn_at else None,
        }
        for invite in db.session.scalars(theirs)
    ]


def erase(person_id: int, _at: datetime) -> None:
    """Forget the entries. The copies in their own calendar stay theirs."""
    db.session.execute(delete(Invite).where(Invite.person_id == person_id))
