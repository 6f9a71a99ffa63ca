"""An open table, heard live: by whoever may read it at this moment, until the door shuts."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import joinedload

from meetup.extensions import db
from meetup.live.sources import EVERYONE, Batch, Event, Topic
from meetup.rooms import policy
from meetup.rooms.drawing import draw_change, draw_line, draw_people, neutral
from meetup.rooms.line import generation
from meetup.rooms.models import Audience, Change, Question, TableEvent
from meetup.rooms.questions import is_told, overdue_at, settle, tidings
from meetup.rooms.window import lines
from meetup.sessions.models import BofSession, BofTable
from meetup.sessions.phases import Phase
from meetup.sessions.rules import hold_table
from meetup.shared import database
from meetup.shared.clock import now

WHOLE = frozenset({Change.MESSAGE, Change.ASKED})
AUDIENCES = {Audience.TABLE: EVERYONE}


class OpenTables:
    """Answers for the topics ("table", table id)."""

    def read(self, topic: Topic, after: int, limit: int) -> Batch:
        """Events after a number, as they stand now, and who may hear them at this moment."""
        table = _find(topic.key)
        if table is None:
            return Batch.over("ended")
        if _has_something_to_tell(table, now()):
            _tell(table)
            table = _find(topic.key)
        at = now()
        if table is None or table.bof_session.phase(at) not in policy.TALKING:
            return Batch.over(_reason(table, at))
        top = table.last_seq
        happened = db.session.scalars(
            policy.events_of(table).where(TableEvent.seq > after).order_by(TableEvent.seq).limit(limit)
        ).all()
        return Batch(
            drawn(table, happened, at),
            {EVERYONE: policy.who_may_hear(table, now())},
            top=top,
            generation=generation(table),
            look_again_at=look_again_at(table, at),
            gone="left",
        )


def drawn(table: BofTable, happened: Sequence[TableEvent], at: datetime) -> list[Event]:
    """Each change with what it concerns as it stands now: whoever replays them all arrives at the same page."""
    around = neutral(table, at) if happened else {}
    found = lines(table, {event.message_id for event in happened if event.message_id}) if happened else {}
    last_people = max((event.seq for event in happened if event.kind == Change.PEOPLE), default=0)

    def data(event: TableEvent) -> str:
        if event.kind == Change.PHASE:
            return str(around["phase"])
        if event.kind == Change.PEOPLE:
            return draw_people(table, around) if event.seq == last_people else ""
        line = found.get(event.message_id or 0)
        if line is None:
            return ""
        return draw_line(line, around) if event.kind in WHOLE else draw_change(line, around)

    return [Event(event.seq, str(event.kind), data(event), AUDIENCES[event.audience]) for event in happened]


def look_again_at(table: BofTable, at: datetime) -> datetime | None:
    """The next instant at which the clock alone changes something: a phase, or a question's window."""
    coming = [instant for instant in table.bof_session.instants if instant > at]
    if table.expert_id is not None and table.bof_session.phase(at) is Phase.OPEN:
        due = db.session.scalar(
            select(func.min(Question.due_at)).where(
                Question.brand_id == table.brand_id,
                Question.table_id == table.id,
                Question.released_at.is_(None),
                Question.due_at > at,
            )
        )
        coming += [due] if due else []
    return min(coming, default=None)


def _find(table_id: int) -> BofTable | None:
    whole = joinedload(BofTable.bof_session, innerjoin=True).joinedload(BofSession.brand, innerjoin=True)
    wanted = select(BofTable).where(BofTable.id == table_id).options(whole)
    return db.session.scalar(wanted.execution_options(populate_existing=True))


def _reason(table: BofTable | None, at: datetime) -> str:
    phase = table.bof_session.phase(at) if table else Phase.ENDED
    return str(phase) if phase in (Phase.CLOSED, Phase.ENDED, Phase.CANCELLED) else "left"


def _has_something_to_tell(table: BofTable, at: datetime) -> bool:
    told = tidings(table, at)
    if told and not is_told(table, told):
        return True
    if table.expert_id is None or table.bof_session.phase(at) is not Phase.OPEN:
        return False
    return db.session.scalar(overdue_at(table, at).limit(1)) is not None


def _tell(table: BofTable) -> None:
    """Write down what the clock has done, in a transaction of its own: the one a stream reads in cannot write."""
    table_id, brand_id = table.id, table.brand_id
    db.session.rollback()
    database.read_only(False)
    try:
        held = hold_table(BofTable(id=table_id, brand_id=brand_id))
        settle(held, now())
        db.session.commit()
    except OperationalError:
        # For the page's sake only: the rights are judged without it, and the next reading tries again.
        db.session.rollback()
    finally:
        database.read_only(True)
