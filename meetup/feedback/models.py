"""What people say afterwards.

Anonymous by construction: who has answered stands in one table, what was said in another, and nothing joins them.
Neither keeps a time, and neither keeps its rows in the order in which they came.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetup.accounts.models import Person
from meetup.shared.database import Base, public_id
from meetup.shared.triggers import immutable


class HandedIn(Base):
    """That somebody has answered, so that they do so once. Nothing of what they said."""

    __tablename__ = "feedback_handed_in"
    # Without a hidden row number on SQLite, which would tell who came first.
    __table_args__ = ({"sqlite_with_rowid": False},)

    bof_session_id: Mapped[int] = mapped_column(ForeignKey("bof_sessions.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    brand_id: Mapped[int] = mapped_column(ForeignKey("brands.id", ondelete="CASCADE"))


class Answer(Base):
    """What somebody said of a session. Nobody can find it again, who wrote it neither; so it never changes."""

    __tablename__ = "feedback_answers"
    __table_args__ = (
        CheckConstraint("again BETWEEN 1 AND 5", name="again"),
        CheckConstraint("recommend BETWEEN 0 AND 10", name="recommend"),
        Index("ix_feedback_answers_session", "bof_session_id"),
        {"sqlite_with_rowid": False},
    )

    # Random: a number counted up would put the answers in the order of the people.
    public_id: Mapped[str] = mapped_column(String(16), primary_key=True, default=public_id)
    brand_id: Mapped[int] = mapped_column(ForeignKey("brands.id", ondelete="CASCADE"))
    bof_session_id: Mapped[int] = mapped_column(ForeignKey("bof_sessions.id", ondelete="CASCADE"))
    on_day: Mapped[date]
    again: Mapped[int | None]
    recommend: Mapped[int | None]
    took_home: Mapped[str] = mapped_column(Text, default="")
    next_topic: Mapped[str] = mapped_column(Text, default="")


immutable("feedback_answers", "bof_session_id", "on_day", "again", "recommend", "took_home", "next_topic")


class ContactWish(Base):
    """Somebody who may be written to about the session. Linked to the person, and to no answer."""

    __tablename__ = "feedback_contact_wishes"
    __table_args__ = ({"sqlite_with_rowid": False},)

    bof_session_id: Mapped[int] = mapped_column(ForeignKey("bof_sessions.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    brand_id: Mapped[int] = mapped_column(ForeignKey("brands.id", ondelete="CASCADE"), index=True)

    person: Mapped[Person] = relationship()


class Voice(Base):
    """A sentence that somebody released with their name. It stands in no answer: the same words would link the two."""

    __tablename__ = "voices"
    __table_args__ = (
        UniqueConstraint("bof_session_id", "person_id"),
        Index("ix_voices_brand_day", "brand_id", "on_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    brand_id: Mapped[int] = mapped_column(ForeignKey("brands.id", ondelete="CASCADE"))
    # The sentence outlives the session it was said of.
    bof_session_id: Mapped[int | None] = mapped_column(ForeignKey("bof_sessions.id", ondelete="SET NULL"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    text: Mapped[str] = mapped_column(String(300))
    on_day: Mapped[date]

    person: Mapped[Person] = relationship()


class AskedRound(Base):
    """That a session's people were asked, once, by mail."""

    __tablename__ = "feedback_rounds"

    bof_session_id: Mapped[int] = mapped_column(ForeignKey("bof_sessions.id", ondelete="CASCADE"), primary_key=True)
    asked_at: Mapped[datetime]
