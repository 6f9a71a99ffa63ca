"""Ninety days after a session its words are erased. Due work: retried until it is done."""

from datetime import datetime

from sqlalchemy import Select, delete, select

from meetup.extensions import db
from meetup.rooms.models import Message, Presence, Question, Reaction, TableEvent
from meetup.rooms.policy import REREAD_FOR
from meetup.sessions.models import BofSession, BofTable

AT_ONCE = 20  # tables in one transaction


def erase_transcripts(at: datetime) -> bool:
    """Delete all that was said at tables whose session ended long enough ago; tells whether there may be more."""
    ids = list(db.session.scalars(due_tables(at)))
    said = select(Message.id).where(Message.table_id.in_(ids))
    db.session.execute(delete(Reaction).where(Reaction.message_id.in_(said)))
    for kind in (Question, TableEvent, Presence, Message):
        db.session.execute(delete(kind).where(kind.table_id.in_(ids)))
    return len(ids) == AT_ONCE


def due_tables(at: datetime) -> Select[int]:
    is_old = BofSession.ends_at <= at - REREAD_FOR
    has_words = select(TableEvent.id).where(TableEvent.table_id == BofTable.id).exists()
    return (
        select(BofTable.id)
        .join(BofSession, BofSession.id == BofTable.bof_session_id)
        .where(is_old, has_words)
        .order_by(BofTable.id)
        .limit(AT_ONCE)
    )
