"""The one order of a table: whoever changes something takes the table's row, and with it the next number."""

from datetime import datetime
from functools import partial

from meetup.extensions import db
from meetup.live.sources import Topic
from meetup.live.wake import wake
from meetup.rooms.models import Change, Message, TableEvent
from meetup.sessions.models import BofTable
from meetup.shared.database import after_commit


def topic_of(table: BofTable) -> Topic:
    return Topic("table", table.id)


def generation(table: BofTable) -> str:
    """The open part's own: a cursor of another table, or of a closed part, means nothing here."""
    return f"open-{table.public_id}"


def number(table: BofTable) -> int:
    """The next number of this table, whose row the caller holds. Listeners look again once it is committed."""
    after_commit(db.session(), partial(wake, topic_of(table)))
    table.last_seq += 1
    return table.last_seq


def record(
    table: BofTable,
    change: Change,
    at: datetime,
    *,
    message: Message | None = None,
    seq: int | None = None,
    told: str | None = None,
) -> None:
    """Write one event into the order of this table, whose row the caller holds."""
    event = TableEvent(
        brand_id=table.brand_id,
        table_id=table.id,
        seq=number(table) if seq is None else seq,
        kind=change,
        message_id=message.id if message else None,
        told=told,
        at=at,
    )
    db.session.add(event)
