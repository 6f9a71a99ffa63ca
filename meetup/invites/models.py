"""Invites: the calendar object sent to one person for one session."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetup.accounts.models import Person
from meetup.sessions.models import BofSession
from meetup.shared.database import Base
from meetup.shared.triggers import immutable


class Because(StrEnum):
    """Why somebody has an entry."""

    SEAT = "seat"
    EXPERT = "expert"
    HOST = "host"


class Invite(Base):
    """One copy of a session's entry in one person's calendar.

    Whoever gave a seat up and takes one again gets a further copy under a UID of its own: some calendars would show
    the old one as cancelled for ever.
    """

    __tablename__ = "invites"
    __table_args__ = (
        UniqueConstraint("bof_session_id", "person_id", "copy"),
        # However often they came and went: one entry stands, or none.
        Index(
            "uq_invites_standing",
            "bof_session_id",
            "person_id",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
        Index("ix_invites_person", "person_id"),
        CheckConstraint("copy >= 1", name="copy"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    brand_id: Mapped[int] = mapped_column(ForeignKey("brands.id", ondelete="CASCADE"))
    bof_session_id: Mapped[int] = mapped_column(ForeignKey("bof_sessions.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    copy: Mapped[int] = mapped_column(default=1)
    # The session's own for the first copy. Calendars find “the same” entry by it, so it never changes.
    uid: Mapped[str] = mapped_column(String(140))
    because: Mapped[Because] = mapped_column(String(10))
    # Follow the session's when this person's own entry changes, and only then.
    sequence: Mapped[int]
    stamped_at: Mapped[datetime]
    made_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

    bof_session: Mapped[BofSession] = relationship()
    person: Mapped[Person] = relationship()

    def withdraw(self, at: datetime) -> None:
        """Take the entry out of their calendar. Doing it twice changes nothing."""
        if self.withdrawn_at is None:
            self.withdrawn_at = at
            self.stamped_at = at
            # The answer to a REQUEST must outrank it.
            self.sequence += 1


immutable("invites", "uid", "copy", "bof_session_id", "person_id", "brand_id")
