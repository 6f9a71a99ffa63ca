"""What is said at an open table, and everything that happens to it: each change is an event in one order per table."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetup.accounts.models import Person
from meetup.brands.models import BRAND_SIDE, Role
from meetup.shared.database import Base
from meetup.shared.triggers import immutable

LONGEST = 8000  # characters of one message
EDIT_WITHIN = timedelta(minutes=5)
FOLLOW_UP = timedelta(minutes=5)
HERE_FOR = timedelta(seconds=100)  # a page says every 40 seconds that somebody still looks at it


class Kind(StrEnum):
    """What a message is: peers say; hosts give notice; the expert greets once, and answers."""

    SAY = "say"
    NOTICE = "notice"
    GREETING = "greeting"
    ANSWER = "answer"


class Audience(StrEnum):
    """Who an entry is for. The open part has one: whoever may be in it."""

    TABLE = "table"


class Change(StrEnum):
    """What happened, as the stream calls it."""

    MESSAGE = "message"
    EDIT = "edit"
    REMOVAL = "removal"
    REACTION = "reaction"
    # Marked later as one; how it stands with it; that an answer helped, or no longer.
    ASKED = "asked"
    QUESTION = "question"
    HELPED = "helped"
    PHASE = "phase"
    PEOPLE = "people"


class Feeling(StrEnum):
    """The six reactions. Words, because a word is what one would say across a table."""

    SAME = "same"
    THANKS = "thanks"
    TRYING = "trying"
    CLEVER = "clever"
    LAUGH = "laugh"
    SORRY = "sorry"

    @property
    def words(self) -> str:
        return WORDS[self]


WORDS = {
    Feeling.SAME: "Same here",
    Feeling.THANKS: "Thank you",
    Feeling.TRYING: "I will try this",
    Feeling.CLEVER: "Clever",
    Feeling.LAUGH: "Ha!",
    Feeling.SORRY: "Sorry to hear",
}


class Release(StrEnum):
    """Why a question went to the expert."""

    TIME = "time"
    CALL = "call"
    ONLY_BRAND = "only_brand"


class Turn(StrEnum):
    """Whose turn a question is."""

    PEERS = "peers"
    EXPERT = "expert"
    TABLE = "table"
    ANSWERED = "answered"
    HELPED = "helped"


class Message(Base):
    """Something said at a table. Who said it to whom, where and when, never changes; its words may, for a while."""

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("table_id", "seq"),
        # Sending twice says it once, however often a page tries.
        UniqueConstraint("table_id", "author_id", "client_key"),
        Index("ix_messages_thread", "thread_id"),
        Index("ix_messages_reply_to", "reply_to_id"),
        Index("ix_messages_author", "author_id"),
        CheckConstraint("kind IN ('say', 'notice', 'greeting', 'answer')", name="kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    brand_id: Mapped[int] = mapped_column(ForeignKey("brands.id", ondelete="CASCADE"))
    table_id: Mapped[int] = mapped_column(ForeignKey("bof_tables.id", ondelete="CASCADE"))
    # The number of the event with which it was said; within its table, a message goes by this name.
    seq: Mapped[int]
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    # As it was when they spoke: who changes sides later has not spoken for the other side.
    author_role: Mapped[Role] = mapped_column(String(10))
    kind: Mapped[Kind] = mapped_column(String(10))
    audience: Mapped[Audience] = mapped_column(String(10), default=Audience.TABLE)
    client_key: Mapped[str] = mapped_column(String(36))
    # SHA-256 of what was sent, to know a repeat from other words under the same key. Gone when the words are.
    sent_hash: Mapped[str | None] = mapped_column(String(64))
    body: Mapped[str] = mapped_column(Text)
    reply_to_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id", ondelete="SET NULL"))
    # The question under which it stands. Null in the flow of the conversation.
    thread_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id", ondelete="SET NULL"))
    posted_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]
    removed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    removed_why: Mapped[str] = mapped_column(String(120), default="")

    author: Mapped[Person] = relationship(foreign_keys=[author_id])
    removed_by: Mapped[Person | None] = relationship(foreign_keys=[removed_by_id])

    @property
    def side(self) -> str:
        return "brand" if self.author_role in BRAND_SIDE else str(self.author_role)

    def edit(self, body: str, at: datetime) -> None:
        self.body, self.edited_at = body, at

    def remove(self, by_id: int, why: str, at: datetime) -> None:
        """Take the words away; that something was said here stays. Removing twice changes nothing."""
        if self.removed_at is None:
            self.body, self.sent_hash = "", None
            self.removed_at, self.removed_by_id, self.removed_why = at, by_id, why


immutable(
    "messages",
    *("brand_id", "table_id", "seq", "author_id", "author_role", "kind", "audience", "client_key", "posted_at"),
    erasable=("reply_to_id",),
)


class TableEvent(Base):
    """One change at a table. Its number is taken under the table's row lock, so a higher one is a later one."""

    __tablename__ = "table_events"
    __table_args__ = (
        UniqueConstraint("table_id", "seq"),
        # A phase, or new times, is told once per table, by whichever process notices first.
        UniqueConstraint("table_id", "told"),
        Index("ix_table_events_message", "message_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    brand_id: Mapped[int] = mapped_column(ForeignKey("brands.id", ondelete="CASCADE"))
    table_id: Mapped[int] = mapped_column(ForeignKey("bof_tables.id", ondelete="CASCADE"))
    seq: Mapped[int]
    kind: Mapped[Change] = mapped_column(String(10))
    audience: Mapped[Audience] = mapped_column(String(10), default=Audience.TABLE)
    message_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"))
    told: Mapped[str | None] = mapped_column(String(60))
    at: Mapped[datetime]


immutable("table_events", "brand_id", "table_id", "seq", "kind", "audience", "told", "at")


class Reaction(Base):
    """A word of someone's about a message: each of the six at most once."""

    __tablename__ = "reactions"
    __table_args__ = (UniqueConstraint("message_id", "person_id", "feeling"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    brand_id: Mapped[int] = mapped_column(ForeignKey("brands.id", ondelete="CASCADE"))
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    feeling: Mapped[Feeling] = mapped_column(String(10))
    at: Mapped[datetime]

    person: Mapped[Person] = relationship()


class Question(Base):
    """A message that asks. Peers first; then, in three ways, it is the expert's to answer."""

    __tablename__ = "questions"
    __table_args__ = (
        UniqueConstraint("message_id"),
        Index("ix_questions_table_due", "table_id", "due_at"),
        CheckConstraint("released_why IN ('time', 'call', 'only_brand')", name="released_why"),
        CheckConstraint("(released_at IS NULL) = (released_why IS NULL)", name="released_for_a_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    brand_id: Mapped[int] = mapped_column(ForeignKey("brands.id", ondelete="CASCADE"))
    table_id: Mapped[int] = mapped_column(ForeignKey("bof_tables.id", ondelete="CASCADE"))
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"))
    marked_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    only_brand: Mapped[bool] = mapped_column(default=False)
    asked_at: Mapped[datetime]
    # The end of the peer window, fixed when it was asked: a window changed later moves no promise that was shown.
    due_at: Mapped[datetime]
    released_at: Mapped[datetime | None]
    released_why: Mapped[Release | None] = mapped_column(String(10))
    called_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    # The first answer by a peer who is not the asker, and the expert's first.
    peer_answered_at: Mapped[datetime | None]
    expert_answered_at: Mapped[datetime | None]
    helped_id: Mapped[int | None] = mapped_column(ForeignKey("messages.id", ondelete="SET NULL"))
    helped_at: Mapped[datetime | None]

    message: Mapped[Message] = relationship(foreign_keys=[message_id])
    called_by: Mapped[Person | None] = relationship(foreign_keys=[called_by_id])

    def is_released(self, at: datetime) -> bool:
        """May the expert answer? Time releases it by itself: no stored word has to be waited for."""
        return self.released_at is not None or self.is_overdue(at)

    def is_overdue(self, at: datetime) -> bool:
        """Did the window pass without an answer by a peer? One that came later does not take the question back."""
        return at >= self.due_at and (self.peer_answered_at is None or self.peer_answered_at >= self.due_at)

    def why(self, at: datetime) -> Release | None:
        """For which reason the expert may answer."""
        return self.released_why or (Release.TIME if self.is_overdue(at) else None)

    def turn(self, at: datetime, has_expert: bool) -> Turn:
        """Whose turn it is, as the card's first line says it."""
        if self.helped_id is not None:
            return Turn.HELPED
        is_called = self.why(at) in (Release.CALL, Release.ONLY_BRAND)
        is_answered = self.peer_answered_at is not None or self.expert_answered_at is not None
        if is_answered and (self.expert_answered_at is not None or not is_called):
            return Turn.ANSWERED
        if not has_expert:
            return Turn.TABLE
        return Turn.EXPERT if self.is_released(at) else Turn.PEERS

    def release(self, why: Release, at: datetime, called_by_id: int | None = None) -> None:
        """Give it to the expert. The first reason stands."""
        if self.released_at is None:
            self.released_at, self.released_why, self.called_by_id = at, why, called_by_id

    @property
    def follow_up_until(self) -> datetime | None:
        return self.expert_answered_at + FOLLOW_UP if self.expert_answered_at else None

    def is_open_to_the_expert(self, at: datetime) -> bool:
        """Released, and not answered by the expert longer ago than a follow-up may take."""
        if not self.is_released(at):
            return False
        return self.follow_up_until is None or at < self.follow_up_until

    def note_answer(self, by_id: int, asked_by_id: int, is_expert: bool, at: datetime) -> None:
        if is_expert:
            self.expert_answered_at = self.expert_answered_at or at
        elif by_id != asked_by_id:
            self.peer_answered_at = self.peer_answered_at or at


class Presence(Base):
    """Who is at a table, as their page last said, and how far they have read."""

    __tablename__ = "presences"
    __table_args__ = (UniqueConstraint("table_id", "person_id"), Index("ix_presences_person", "person_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    brand_id: Mapped[int] = mapped_column(ForeignKey("brands.id", ondelete="CASCADE"))
    table_id: Mapped[int] = mapped_column(ForeignKey("bof_tables.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    came_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    # Null while they are here. Set when they leave, or when their page has been silent for too long.
    left_at: Mapped[datetime | None]
    read_seq: Mapped[int] = mapped_column(default=0)

    person: Mapped[Person] = relationship()

    def is_here(self, at: datetime) -> bool:
        return self.left_at is None and at < self.seen_at + HERE_FOR
