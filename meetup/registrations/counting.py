"""How many seats are taken, for lists of sessions: counted for all of them at once."""

from collections.abc import Iterable

from sqlalchemy import func, select

from meetup.extensions import db
from meetup.registrations.models import Seat


def seats_taken(brand_id: int, session_ids: Iterable[int]) -> dict[int, int]:
    """Seats taken, by session; those without any are missing."""
    rows = db.session.execute(
        select(Seat.bof_session_id, func.count())
        .where(Seat.brand_id == brand_id, Seat.bof_session_id.in_(list(session_ids)))
        .group_by(Seat.bof_session_id)
    )
    return {row[0]: row[1] for row in rows}
