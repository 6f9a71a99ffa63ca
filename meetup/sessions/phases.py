"""The phase of a session: a pure function of four instants, two moments and now. Derived, never stored."""

from bisect import bisect_right
from datetime import datetime
from enum import StrEnum


class Phase(StrEnum):
    DRAFT = "draft"
    SCHEDULED = "scheduled"
    DOORS = "doors"
    OPEN = "open"
    CLOSED = "closed"
    ENDED = "ended"
    CANCELLED = "cancelled"


IN_ORDER = (Phase.SCHEDULED, Phase.DOORS, Phase.OPEN, Phase.CLOSED, Phase.ENDED)
LIVE = frozenset({Phase.DOORS, Phase.OPEN, Phase.CLOSED})


def phase_at(
    at: datetime,
    instants: tuple[datetime, datetime, datetime, datetime],
    published_at: datetime | None,
    cancelled_at: datetime | None,
) -> Phase:
    """The phase at an instant. `instants` are doors, start, close and end, in this order.

    A part of no length is never seen: with `closes_at == ends_at` nothing is ever closed.
    """
    if cancelled_at:
        return Phase.CANCELLED
    if not published_at:
        return Phase.DRAFT
    return IN_ORDER[bisect_right(instants, at)]
