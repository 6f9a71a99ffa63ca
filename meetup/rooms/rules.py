"""What is said at an open table. Each verb is judged in its own transaction, while the table's row is held.

Call `hold_table` first, take the time after it, and commit: an event with its own number is written for each change.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import delete, select

from meetup.accounts.models import Person
from meetup.extensions import db
from meetup.rooms import policy, questions
from meetup.rooms.line import number, record
from meetup.rooms.models import Change, Feeling, Kind, Message, Question, Reaction
from meetup.rooms.questions import GONE, require_peer, settle, thread_of
from meetup.rooms.voice import voice
from meetup.sessions.models import BofTable
from meetup.shared.errors import Refused, require


@dataclass(frozen=True)
class Words:
    """What somebody sends: text, what it replies to, and whether it asks. `key` is the page's name for it."""

    key: str
    body: str
    reply_to: Message | None = None
    asks: bool = False
    only_brand: bool = False

    @property
    def hash(self) -> str:
        parts = (self.body, self.reply_to.seq if self.reply_to else 0, self.asks, self.only_brand)
        return sha256(repr(parts).encode()).hexdigest()


def say(person: Person, table: BofTable, words: Words, at: datetime) -> tuple[Message, bool]:
    """Say something; tells whether it is new. Saying it again with the same key gives what was said then.

    Raises:
        NotAllowed: to whoever never speaks here.
        Refused: by the phase or the expert's rule, and for other words under a key that was used.
    """
    stored = _said_before(person, table, words)
    if stored is not None:
        return stored, False
    settle(table, at)
    footing = policy.footing_of(person, table)
    question = thread_of(words.reply_to)
    kind = voice(footing, table, at, question).demand()
    _refuse_what_does_not_fit(words, kind, question)
    message = Message(
        brand_id=table.brand_id,
        table_id=table.id,
        seq=number(table),
        author_id=person.id,
        author_role=footing.role,
        kind=kind,
        client_key=words.key,
        sent_hash=words.hash,
        body=words.body,
        reply_to_id=words.reply_to.id if words.reply_to else None,
        thread_id=question.message_id if question else None,
        posted_at=at,
    )
    db.session.add(message)
    db.session.flush()
    record(table, Change.MESSAGE, at, message=message, seq=message.seq)
    if words.asks:
        questions.ask(person, table, message, at, only_brand=words.only_brand)
    if question is not None:
        question.note_answer(person.id, question.message.author_id, kind is Kind.ANSWER, at)
        record(table, Change.QUESTION, at, message=question.message)
    db.session.flush()
    return message, True


def _said_before(person: Person, table: BofTable, words: Words) -> Message | None:
    stored = db.session.scalar(
        policy.messages_of(table).where(Message.author_id == person.id, Message.client_key == words.key)
    )
    if stored is not None and stored.sent_hash not in (None, words.hash):
        raise Refused("That was sent before, with other words. Send it anew.")
    return stored


def _refuse_what_does_not_fit(words: Words, kind: Kind, question: Question | None) -> None:
    if words.reply_to is not None and words.reply_to.removed_at is not None:
        raise Refused(GONE)
    if kind is Kind.ANSWER and question is not None and question.message.removed_at is not None:
        raise Refused(GONE)
    if kind in (Kind.NOTICE, Kind.GREETING) and words.reply_to is not None:
        raise Refused("This stands on its own: it replies to nobody.")
    if words.asks and kind is not Kind.SAY:
        raise Refused("Questions are the table's.")
    if words.asks and question is not None:
        raise Refused("This stands under a question already. Ask it anew, on its own.")


def edit(person: Person, table: BofTable, message: Message, body: str, at: datetime) -> None:
    """Change one's own words, within five minutes. The same words again change nothing.

    Raises:
        NotAllowed: to everybody but who wrote it.
        Refused: when it is too late for it.
    """
    require(message.author_id == person.id, "Only who wrote it can change it.")
    footing = policy.footing_of(person, table)
    answered = thread_of(message) if message.kind == Kind.ANSWER else None
    is_too_late = answered is not None and not answered.is_open_to_the_expert(at)
    if is_too_late or not policy.may_edit(footing, message, table.bof_session, at):
        raise Refused("It can be changed for five minutes, while you may speak here. Write what you mean below it.")
    if body != message.body:
        message.edit(body, at)
        record(table, Change.EDIT, at, message=message)


def remove(person: Person, table: BofTable, message: Message, why: str, at: datetime) -> None:
    """Take words away: one's own, or, as a host, anybody's. Removing twice changes nothing.

    Raises:
        NotAllowed: to everybody else.
        Refused: once the door is shut.
    """
    footing = policy.footing_of(person, table)
    is_mine = message.author_id == person.id
    require(is_mine or footing.is_host, "Only who wrote it, or a host, can take it away.")
    if message.removed_at is not None:
        return
    if not policy.may_remove(footing, message, table.bof_session, at):
        raise Refused("The door is shut: what was said stays as it is.")
    take_away(table, message, person.id, "" if is_mine else why, at)


def take_away(table: BofTable, message: Message, by_id: int, why: str, at: datetime) -> None:
    """Remove a message with what others said about it in a word, and tell the table."""
    message.remove(by_id, why, at)
    db.session.execute(delete(Reaction).where(Reaction.brand_id == table.brand_id, Reaction.message_id == message.id))
    record(table, Change.REMOVAL, at, message=message)


def react(person: Person, table: BofTable, message: Message, feeling: Feeling, on: bool | None, at: datetime) -> None:
    """Give one of the six words, or take it back; without `on`, the other way round than it is.

    Raises:
        NotAllowed: to whoever does not sit here.
        Refused: once the door is shut, or for what was taken away.
    """
    require_peer(person, table, at, "Reactions are for those who sit at this table.")
    if message.removed_at is not None:
        raise Refused(GONE)
    mine = select(Reaction).where(
        Reaction.brand_id == table.brand_id,
        Reaction.message_id == message.id,
        Reaction.person_id == person.id,
        Reaction.feeling == feeling,
    )
    given = db.session.scalar(mine)
    if on is None:
        on = given is None
    if on == (given is not None):
        return
    if given is None:
        given = Reaction(brand_id=table.brand_id, message_id=message.id, person_id=person.id, feeling=feeling, at=at)
        db.session.add(given)
    else:
        db.session.delete(given)
    record(table, Change.REACTION, at, message=message)
