"""“Five more minutes”, “close the doors now”: what a host may move by one press while it runs."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from meetup.sessions.models import BofSession
from meetup.sessions.phases import Phase
from meetup.shared.errors import Refused

LONGER = timedelta(minutes=5)
Instants = tuple[datetime, datetime, datetime, datetime]


@dataclass(frozen=True)
class Move:
    """The times as they will be, and what to say of it."""

    instants: Instants
    words: str


def move(kind: str, bof_session: BofSession, at: datetime) -> Move:
    """What this press means in the phase that it is.

    Raises:
        Refused: when it means nothing now.
    """
    phase = bof_session.phase(at)
    if kind == "longer" and phase in (Phase.DOORS, Phase.OPEN):
        return Move(_longer(bof_session, phase), "Five more minutes. Everybody at the tables sees it.")
    if kind == "begin" and phase is Phase.DOORS:
        return Move(_begin(bof_session, at), "It has begun.")
    if kind == "close" and phase is Phase.OPEN:
        return Move(_close(bof_session, at), _closed_words(bof_session))
    raise Refused("That is not possible now: look at the times as they are.")


def _longer(bof_session: BofSession, phase: Phase) -> Instants:
    doors, starts, closes, ends = bof_session.instants
    return doors, starts + LONGER if phase is Phase.DOORS else starts, closes + LONGER, ends + LONGER


def _begin(bof_session: BofSession, at: datetime) -> Instants:
    doors, starts, closes, ends = bof_session.instants
    # Closed from the start stays closed from the start.
    return doors, at, at if closes == starts else closes, ends


def _close(bof_session: BofSession, at: datetime) -> Instants:
    doors, starts, _closes, ends = bof_session.instants
    # The hour of erasure that people were promised stays; without a closed part, closing is the end.
    return doors, starts, at, ends if bof_session.has_closed_part else at


def _closed_words(bof_session: BofSession) -> str:
    if bof_session.has_closed_part:
        return "The door is shut. The room is theirs until the end."
    return "It is over. Thank you for having them."
