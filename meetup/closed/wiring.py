"""What reaches from closed rooms to the left: who answers for their streams, and that they are erased in time."""

from datetime import datetime
from typing import Any

from flask import Flask

from meetup.closed import rules
from meetup.closed.models import ClosedEntry
from meetup.closed.stream import ClosedTables
from meetup.extensions import db
from meetup.live import sources
from meetup.shared import backups, due, owndata
from meetup.shared.clock import now


def wire(_app: Flask) -> None:
    sources.register("closed", ClosedTables())
    due.register("closed.erase", erase_what_is_over)
    due.register("closed.sweep", sweep)
    owndata.register(owndata.Part("closed", held, erase))
    backups.LEFT_OUT.add(ClosedEntry.__tablename__)


def erase_what_is_over(at: datetime) -> None:
    """Delete the entries of every session that has ended. Retried until it is done."""
    rules.erase(rules.due_for_erasure(at), at)


def sweep(_at: datetime) -> None:
    """Get the deleted bytes out of the journal, too. Fails, and so is tried again, while somebody still reads there."""
    if not rules.is_unswept():
        return
    # Neither a checkpoint nor VACUUM works inside a transaction, ours included.
    db.session.commit()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if db.engine.dialect.name == "postgresql":
            connection.exec_driver_sql(f"VACUUM {ClosedEntry.__tablename__}")
    if db.engine.dialect.name == "sqlite":
        rules.checkpoint(db.engine)
    rules.note_swept(now())


def held(_person_id: int) -> dict[str, Any]:
    """Nothing: what is said at a closed table leaves it on no way, an export included."""
    return {}


def erase(person_id: int, _at: datetime) -> None:
    """What they wrote at a table that is still closed goes with them, and what others answered to it stays."""
    rules.forget(person_id)
