"""What a room's page shows: the last fifty things said, each whole, in a number of queries that never grows."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from meetup.accounts.models import Person
from meetup.extensions import db
from meetup.rooms import policy
from meetup.rooms.models import Feeling, Message, Question, Reaction
from meetup.sessions.models import BofTable

AT_ONCE = 50
# Under all the questions of one page together. What is older stands on the question's own page.
MOST_ANSWERS = 300


@dataclass
class Line:
    """One thing said, with what a page shows around it."""

    message: Message
    question: Question | None = None
    quoted: Message | None = None
    # Whoever gave each of the six words, in the order in which they did.
    reactions: dict[Feeling, list[Person]] = field(default_factory=dict)
    answers: list["Line"] = field(default_factory=list)
    # The question under which it stands.
    under: Question | None = None

    @property
    def is_helped(self) -> bool:
        return self.under is not None and self.under.helped_id == self.message.id

    @property
    def helper(self) -> str | None:
        """Whose answer helped."""
        return next((answer.message.author.first_name for answer in self.answers if answer.is_helped), None)

    @property
    def first_answer(self) -> Message | None:
        """The first by somebody who did not ask."""
        asker = self.message.author_id
        return next((answer.message for answer in self.answers if answer.message.author_id != asker), None)


@dataclass
class Window:
    """Some of what was said, oldest first, and where there is more."""

    lines: Sequence[Line]
    older: int | None


def window(table: BofTable, before: int | None = None) -> Window:
    """The last fifty lines of the conversation, before a number if one is given."""
    flow = _spoken(table).where(Message.thread_id.is_(None)).order_by(Message.seq.desc()).limit(AT_ONCE + 1)
    if before is not None:
        flow = flow.where(Message.seq < before)
    latest = db.session.scalars(flow).all()
    shown = list(reversed(latest[:AT_ONCE]))
    older = shown[0].seq if len(latest) > AT_ONCE else None
    return Window(_with_answers(table, shown), older)


def thread(table: BofTable, message: Message, before: int | None = None) -> tuple[Line, int | None]:
    """One message, and the last fifty answers under it; and where there are older ones."""
    under = _spoken(table).where(Message.thread_id == message.id).order_by(Message.seq.desc()).limit(AT_ONCE + 1)
    if before is not None:
        under = under.where(Message.seq < before)
    latest = db.session.scalars(under).all()
    answers = list(reversed(latest[:AT_ONCE]))
    line, *rest = lines_of(table, [message, *answers])
    line.answers = rest
    return line, answers[0].seq if len(latest) > AT_ONCE else None


def lines(table: BofTable, ids: Collection[int]) -> dict[int, Line]:
    """These messages, by id, each with the answers under it: what the stream draws from."""
    messages = db.session.scalars(_spoken(table).where(Message.id.in_(ids))).all()
    return {line.message.id: line for line in _with_answers(table, messages)}


def _with_answers(table: BofTable, messages: Sequence[Message]) -> list[Line]:
    asked = [message.id for message in messages if message.thread_id is None]
    newest = _spoken(table).where(Message.thread_id.in_(asked)).order_by(Message.seq.desc()).limit(MOST_ANSWERS)
    answers = list(reversed(db.session.scalars(newest).all()))
    drawn = lines_of(table, [*messages, *answers])
    shown = drawn[: len(messages)]
    by_id = {line.message.id: line for line in shown}
    for line in drawn[len(messages) :]:
        by_id[line.message.thread_id or 0].answers.append(line)
    return shown


def lines_of(table: BofTable, messages: Sequence[Message]) -> list[Line]:
    """These messages with their questions, quotations and reactions: three queries, however many they are."""
    ids = {message.id for message in messages}
    questions = _questions(table, ids | {message.thread_id for message in messages if message.thread_id})
    quoted = _quoted(table, messages)
    reactions = _reactions(table, ids)
    return [
        Line(
            message,
            question=questions.get(message.id),
            quoted=quoted.get(message.reply_to_id or 0) if message.reply_to_id != message.thread_id else None,
            reactions=reactions[message.id],
            under=questions.get(message.thread_id or 0),
        )
        for message in messages
    ]


def _spoken(table: BofTable) -> Select[Message]:
    return policy.messages_of(table).options(joinedload(Message.author), joinedload(Message.removed_by))


def _questions(table: BofTable, ids: Collection[int]) -> dict[int, Question]:
    asked = policy.questions_of(table).where(Question.message_id.in_(ids)).options(joinedload(Question.called_by))
    return {question.message_id: question for question in db.session.scalars(asked)}


def _quoted(table: BofTable, messages: Iterable[Message]) -> dict[int, Message]:
    wanted = {message.reply_to_id for message in messages if message.reply_to_id}
    found = db.session.scalars(_spoken(table).where(Message.id.in_(wanted)))
    return {message.id: message for message in found}


def _reactions(table: BofTable, ids: Collection[int]) -> defaultdict[int, dict[Feeling, list[Person]]]:
    given = (
        select(Reaction)
        .join(Reaction.person)
        .where(Reaction.brand_id == table.brand_id, Reaction.message_id.in_(ids))
        .order_by(Reaction.id)
        .options(contains_eager(Reaction.person))
    )
    sorted_out: defaultdict[int, dict[Feeling, list[Person]]] = defaultdict(dict)
    for reaction in db.session.scalars(given):
        sorted_out[reaction.message_id].setdefault(Feeling(reaction.feeling), []).append(reaction.person)
    return sorted_out


def recent_questions(table: BofTable, most: int = 12) -> Sequence[Question]:
    """The latest questions of a table, newest first, for the list beside the conversation."""
    asked = (
        policy.questions_of(table)
        .join(Question.message)
        .where(Message.brand_id == table.brand_id, Message.removed_at.is_(None))
        .order_by(Question.asked_at.desc(), Question.id.desc())
        .limit(most)
        .options(contains_eager(Question.message))
    )
    return db.session.scalars(asked).all()
