"""What becomes of a question: asked, marked, released in one of three ways, answered, and the answer that helped."""

from datetime import datetime, timedelta

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import contains_eager

from meetup.accounts.models import Person
from meetup.extensions import db
from meetup.rooms import policy
from meetup.rooms.line import record
from meetup.rooms.models import Change, Kind, Message, Question, Release, TableEvent
from meetup.rooms.voice import SHUT
from meetup.sessions.models import BofTable
from meetup.sessions.phases import Phase
from meetup.shared.errors import Refused, require

GONE = "What this is about has been taken away."
NO_EXPERT = "Nobody of the brand sits at this table."


def thread_of(message: Message | None) -> Question | None:
    """The question under which a reply to this message stands."""
    if message is None:
        return None
    return db.session.scalar(_questions_at(message).where(Message.id == (message.thread_id or message.id)))


def question_of(message: Message) -> Question | None:
    """The question that this message is."""
    return db.session.scalar(_questions_at(message).where(Message.id == message.id))


def _questions_at(message: Message) -> Select[Question]:
    return (
        select(Question)
        .join(Message, Message.id == Question.message_id)
        .where(
            Question.brand_id == message.brand_id,
            Question.table_id == message.table_id,
            Message.brand_id == message.brand_id,
        )
        .options(contains_eager(Question.message))
    )


def require_peer(person: Person, table: BofTable, at: datetime, reason: str) -> None:
    """Go on only for somebody who sits here, while people talk.

    Raises:
        NotAllowed: to everybody else, with the reason.
        Refused: once the door is shut.
    """
    require(policy.footing_of(person, table).is_peer_here, reason)
    if table.bof_session.phase(at) not in policy.TALKING:
        raise Refused(SHUT)


def mark(person: Person, table: BofTable, message: Message, at: datetime) -> None:
    """Say that a message asks: by anyone who sits here, never by the brand. Marking twice changes nothing."""
    require_peer(person, table, at, "Questions are marked by those who sit at this table.")
    if question_of(message) is not None:
        return
    if message.kind != Kind.SAY or message.removed_at is not None:
        raise Refused("Only what somebody at the table said can be a question.")
    if message.thread_id is not None:
        raise Refused("This stands under a question already. Ask it anew, on its own.")
    ask(person, table, message, at)
    record(table, Change.ASKED, at, message=message)


def ask(person: Person, table: BofTable, message: Message, at: datetime, *, only_brand: bool = False) -> None:
    """Make a message a question. Peers first, or at once to the brand if only the brand can know.

    Raises:
        Refused: before the open part; and for the brand's own matters where nobody of the brand sits.
    """
    if table.bof_session.phase(at) is not Phase.OPEN:
        raise Refused("Questions begin when the table opens. For now, say hello.")
    if only_brand and table.expert_id is None:
        raise Refused(NO_EXPERT)
    question = Question(
        brand_id=table.brand_id,
        table_id=table.id,
        message=message,
        marked_by_id=person.id,
        only_brand=only_brand,
        asked_at=at,
        due_at=at + timedelta(minutes=table.bof_session.peer_window),
    )
    if only_brand:
        question.release(Release.ONLY_BRAND, at)
    db.session.add(question)
    _gather_replies(message, question, at)


def _gather_replies(message: Message, question: Question, at: datetime) -> None:
    """What replied to it before it was marked stands under it from now on, and counts."""
    direct = (
        Message.brand_id == message.brand_id,
        Message.reply_to_id == message.id,
        Message.thread_id.is_(None),
        Message.kind == Kind.SAY,
        Message.id.not_in(select(Question.message_id).where(Question.brand_id == message.brand_id)),
    )
    for author_id in db.session.scalars(select(Message.author_id).where(*direct)):
        question.note_answer(author_id, message.author_id, False, at)
    db.session.execute(update(Message).where(*direct).values(thread_id=message.id))


def call_expert(person: Person, table: BofTable, message: Message, at: datetime) -> None:
    """Call the expert on a question: everybody sees who called. Calling twice changes nothing."""
    require_peer(person, table, at, "The expert is called by those who sit at this table.")
    question = question_of(message)
    if question is None or message.removed_at is not None:
        raise Refused("This is not a question.")
    if table.expert_id is None:
        raise Refused(NO_EXPERT)
    if not question.is_released(at):
        question.release(Release.CALL, at, called_by_id=person.id)
        record(table, Change.QUESTION, at, message=message)


def note_what_helped(person: Person, table: BofTable, answer: Message, at: datetime) -> None:
    """The asker says which answer helped. They may change their mind."""
    require_peer(person, table, at, "Who asked says what helped.")
    question = thread_of(answer)
    if question is None or answer.thread_id is None or answer.removed_at is not None:
        raise Refused("This is not an answer to a question.")
    require(question.message.author_id == person.id, "Who asked says what helped.")
    if answer.author_id == person.id:
        raise Refused("What helped came from somebody else.")
    if question.helped_id == answer.id:
        return
    before = db.session.scalar(policy.messages_of(table).where(Message.id == question.helped_id))
    question.helped_id, question.helped_at = answer.id, at
    for no_longer_or_now in filter(None, (before, answer)):
        record(table, Change.HELPED, at, message=no_longer_or_now)
    record(table, Change.QUESTION, at, message=question.message)


def overdue_at(table: BofTable, at: datetime) -> Select[Question]:
    """The questions that time has released, and nobody has written that down yet."""
    return (
        policy.questions_of(table)
        .join(Message, Message.id == Question.message_id)
        .where(
            Message.brand_id == table.brand_id,
            Message.removed_at.is_(None),
            Question.released_at.is_(None),
            Question.due_at <= at,
            (Question.peer_answered_at.is_(None)) | (Question.peer_answered_at >= Question.due_at),
        )
        .options(contains_eager(Question.message))
        .order_by(Question.due_at, Question.id)
    )


def waiting_for_the_expert(table: BofTable, at: datetime) -> int:
    """How many questions are the expert's turn."""
    is_late = (Question.due_at <= at) & (
        Question.peer_answered_at.is_(None) | (Question.peer_answered_at >= Question.due_at)
    )
    unanswered = Question.peer_answered_at.is_(None) | Question.released_why.in_((Release.CALL, Release.ONLY_BRAND))
    waiting = (
        policy.questions_of(table)
        .join(Message, Message.id == Question.message_id)
        .where(
            Message.brand_id == table.brand_id,
            Message.removed_at.is_(None),
            Question.helped_id.is_(None),
            Question.expert_answered_at.is_(None),
            Question.released_at.is_not(None) | is_late,
            unanswered,
        )
    )
    return db.session.scalar(select(func.count()).select_from(waiting.subquery())) or 0


def settle(table: BofTable, at: datetime) -> None:
    """Write down what the clock has done, for the page's sake: a phase, new times, questions whose window passed.

    No right waits for it. Whoever notices first writes it, holding the table's row; the others find it told.
    """
    told = tidings(table, at)
    if told and not is_told(table, told):
        record(table, Change.PHASE, at, told=told)
    if table.expert_id is not None and table.bof_session.phase(at) is Phase.OPEN:
        for question in db.session.scalars(overdue_at(table, at)).all():
            question.release(Release.TIME, question.due_at)
            record(table, Change.QUESTION, at, message=question.message)


def tidings(table: BofTable, at: datetime) -> str | None:
    """What a table has been told once it knows the phase and the times; None while nobody could be listening."""
    phase = table.bof_session.phase(at)
    return f"{phase}:{table.bof_session.sequence}" if phase in policy.TALKING else None


def is_told(table: BofTable, told: str) -> bool:
    return bool(db.session.scalar(select(policy.events_of(table).where(TableEvent.told == told).exists())))
