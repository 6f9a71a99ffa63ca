"""A person's place in a session, and the numbered seat that holds it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetup.accounts.models import Person
from meetup.sessions.models import BofSession, BofTable
from meetup.shared.database import Base


class Place(StrEnum):
    """How a registration stands."""

    GOING = "going"
    WAITLISTED = "waitlisted"
    DECLINED = "declined"
    CANCELLED = "cancelled"


class Registration(Base):
    """A person's place in a session. One row per person and session, whatever becomes of it."""

    __tablename__ = "registrations"
    __table_args__ = (
        UniqueConstraint("bof_session_id", "person_id"),
        UniqueConstraint("id", "bof_session_id"),
        Index("ix_registrations_person_standing", "person_id", "standing"),
        CheckConstraint("standing IN ('going', 'waitlisted', 'declined', 'cancelled')", name="standing"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    brand_id: Mapped[int] = mapped_column(ForeignKey("brands.id", ondelete="CASCADE"), index=True)
    bof_session_id: Mapped[int] = mapped_column(ForeignKey("bof_sessions.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    standing: Mapped[Place] = mapped_column(String(10), default=Place.GOING)
    made_at: Mapped[datetime]
    # When they first came in to a room of it. Coming in is a POST; reading a page is not attendance.
    attended_at: Mapped[datetime | None]

    bof_session: Mapped[BofSession] = relationship()
    person: Mapped[Person] = relationship()
    seat: Mapped["Seat | None"] = relationship(back_populates="registration", cascade="all, delete-orphan")


class Seat(Base):
    """A numbered place at a table.

    Two people may reach for the last seat in the same second. Counting cannot stop
    them, so the number does: the database will not store the same one twice.
    """

    __tablename__ = "seats"
    __table_args__ = (
        UniqueConstraint("table_id", "number"),
        UniqueConstraint("registration_id"),
        CheckConstraint("number >= 1", name="number"),
        # The table is one of the very session that the registration is for: both keys end in the session's id.
        ForeignKeyConstraint(
            ["table_id", "bof_session_id"], ["bof_tables.id", "bof_tables.bof_session_id"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(
            ["registration_id", "bof_session_id"],
            ["registrations.id", "registrations.bof_session_id"],
            ondelete="CASCADE",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    brand_id: Mapped[int] = mapped_column(ForeignKey("brands.id", ondelete="CASCADE"))
    bof_session_id: Mapped[int]
    table_id: Mapped[int]
    registration_id: Mapped[int]
    number: Mapped[int]
    taken_at: Mapped[datetime]

    registration: Mapped[Registration] = relationship(back_populates="seat")
    # Both relationships fill the session's id, with the same value; the keys above see to that.
    table: Mapped[BofTable] = relationship(overlaps="registration,seat")
