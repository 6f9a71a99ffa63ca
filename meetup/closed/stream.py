"""A closed table, heard live: by the customers who sit at it, while it is closed, and by nobody else."""

import json

from sqlalchemy.orm import joinedload

from meetup.closed import policy
from meetup.closed.models import ClosedEntry
from meetup.closed.window import as_json
from meetup.extensions import db
from meetup.live.sources import Batch, Event, Topic
from meetup.sessions.models import BofTable
from meetup.shared.clock import now


class ClosedTables:
    """Answers for the topics ("closed", table id)."""

    def read(self, topic: Topic, after: int, limit: int) -> Batch:
        """Entries after a seq, and who may hear them now. Not closed at this moment: over, for everybody."""
        table = db.session.get(BofTable, topic.key, populate_existing=True)
        if table is None:
            return Batch.over("ended")
        entries = db.session.scalars(
            policy.entries_of(table)
            .where(ClosedEntry.seq > after)
            .order_by(ClosedEntry.seq)
            .limit(limit)
            .options(joinedload(ClosedEntry.author), joinedload(ClosedEntry.about).joinedload(ClosedEntry.author))
        ).all()
        events = [Event(entry.seq, "entry", json.dumps(as_json(entry))) for entry in entries]
        at = now()
        return Batch(
            events,
            {"": policy.who_may_hear(table, at)},
            top=table.closed_seq,
            generation=generation(table),
            look_again_at=table.bof_session.ends_at,
            gone="ended" if at >= table.bof_session.ends_at else "out",
        )


def generation(table: BofTable) -> str:
    """The closed line's own: a cursor of the open part means nothing here."""
    return f"closed-{table.public_id}"
