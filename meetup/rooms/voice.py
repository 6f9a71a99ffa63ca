"""The expert's rule, and everybody else's: what a person may say at a table right now, or why not.

The page asks, to show a composer open or shut with its reason; the post asks again, in its own transaction, while the
table's row is held. Nothing is said that was not asked here.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select

from meetup.extensions import db
from meetup.rooms.models import Kind, Message, Question
from meetup.rooms.policy import TALKING, Footing
from meetup.sessions.models import BofTable
from meetup.sessions.phases import Phase
from meetup.shared.errors import NotAllowed, Refused

TOO_SOON = "The doors are not open yet."
SHUT = "The door is shut: nothing more is taken here."
GREETED = "You have said hello. From the start of the open part you listen, and answer what is released to you."
LISTENING = "You are here to listen. You may answer a question once it is released to you."
PEERS_FIRST = (
    "This question is with the table still: you may answer when its window has passed, or when somebody calls you."
)
ANSWERED = "You have answered this question; its five minutes for following up are over."


@dataclass(frozen=True)
class Voice:
    """What somebody may say now: a kind of message, or nothing and the reason."""

    kind: Kind | None
    reason: str = ""
    # They could never say it here, whatever the clock does: 403, not 409.
    is_for_others: bool = False

    def demand(self) -> Kind:
        """The kind.

        Raises:
            NotAllowed, Refused: with the reason.
        """
        if self.kind is not None:
            return self.kind
        raise NotAllowed(self.reason) if self.is_for_others else Refused(self.reason)


def voice(footing: Footing, table: BofTable, at: datetime, question: Question | None = None) -> Voice:
    """What this person may say, in the flow, or under `question`."""
    phase = table.bof_session.phase(at)
    if not footing.belongs:
        return Voice(None, "This table is for those who have a seat at this session.", is_for_others=True)
    if phase not in TALKING:
        return Voice(None, TOO_SOON if phase in (Phase.DRAFT, Phase.SCHEDULED) else SHUT)
    if footing.is_its_expert:
        return _of_the_expert(footing, table, phase, at, question)
    if footing.is_host:
        return Voice(Kind.NOTICE)
    if not footing.sits_here:
        return Voice(None, "You sit at another table. Here you may read.", is_for_others=True)
    return Voice(Kind.SAY)


def _of_the_expert(footing: Footing, table: BofTable, phase: Phase, at: datetime, question: Question | None) -> Voice:
    if phase is Phase.DOORS:
        if question is not None or has_greeted(footing, table):
            return Voice(None, GREETED)
        return Voice(Kind.GREETING)
    if question is None:
        return Voice(None, LISTENING)
    if question.is_open_to_the_expert(at):
        return Voice(Kind.ANSWER)
    return Voice(None, ANSWERED if question.expert_answered_at else PEERS_FIRST)


def has_greeted(footing: Footing, table: BofTable) -> bool:
    """One greeting each, removed or not: taking it back does not give another."""
    mine = exists().where(
        Message.brand_id == table.brand_id,
        Message.table_id == table.id,
        Message.author_id == footing.person_id,
        Message.kind == Kind.GREETING,
    )
    return bool(db.session.scalar(select(mine)))
