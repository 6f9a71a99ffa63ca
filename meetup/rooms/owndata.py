"""What open tables hold of a person, and how they let go of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from meetup.extensions import db
from meetup.rooms.models import Message, Presence, Question, Reaction
from meetup.rooms.rules import take_away
from meetup.sessions.models import BofTable
from meetup.sessions.rules import hold_table


def held(person_id: int) -> dict[str, Any]:
    """What they said and asked, and the words they gave."""
    said = db.session.scalars(select(Message).where(Message.author_id == person_id).order_by(Message.id))
    asked = set(
        db.session.scalars(select(Question.message_id).join(Question.message).where(Message.author_id == person_id))
    )
    reactions = db.session.scalars(select(Reaction).where(Reaction.person_id == person_id).order_by(Reaction.id))
    return {
        "messages": [
            {
                "table": message.table_id,
                "at": message.posted_at.isoformat(),
                "text": message.body,
                "asks": message.id in asked,
                "edited_at": message.edited_at.isoformat() if message.edited_at else None,
                "removed_at": message.removed_at.isoformat() if message.removed_at else None,
            }
            for message in said
        ],
        "reactions": [{"feeling": reaction.feeling, "at": reaction.at.isoformat()} for reaction in reactions],
    }


def erase(person_id: int, at: datetime) -> None:
    """Take back all that they said, and every trace of their being here; what others answered stays."""
    tables = select(BofTable).where(BofTable.id.in_(select(Message.table_id).where(Message.author_id == person_id)))
    # In one order, so that two who go at once do not wait for each other.
    for table in db.session.scalars(tables.order_by(BofTable.id)).all():
        table = hold_table(table)
        mine = select(Message).where(
            Message.brand_id == table.brand_id, Message.table_id == table.id, Message.author_id == person_id
        )
        for message in db.session.scalars(mine.where(Message.removed_at.is_(None))):
            take_away(table, message, person_id, "", at)
    db.session.execute(delete(Reaction).where(Reaction.person_id == person_id))
    db.session.execute(delete(Presence).where(Presence.person_id == person_id))
    db.session.execute(update(Question).where(Question.called_by_id == person_id).values(called_by_id=None))
    db.session.execute(update(Question).where(Question.marked_by_id == person_id).values(marked_by_id=None))
