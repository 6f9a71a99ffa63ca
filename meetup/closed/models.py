"""What is said at a closed table. Rows of their own, which nothing outside this feature may read, or name."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetup.accounts.models import Person
from meetup.shared.database import Base, public_id
from meetup.shared.triggers import immutable

EDIT_WITHIN = timedelta(minutes=5)


class Kind(StrEnum):
    """What an entry does. Everything that happens is one, in one line per table."""

    ARRIVE = "arrive"
    LEAVE = "leave"
    SAY = "say"
    EDIT = "edit"
    REMOVE = "remove"
    REACT = "react"


class ClosedEntry(Base):
    """One entry of a closed table's line.

    Being closed is not asked of the clock later: it is what a row in this table is, from its first moment to its
    last. Nothing but its words ever changes, and they only to nothing.
    """

    __tablename__ = "closed_entries"
    __table_args__ = (
        UniqueConstraint("table_id", "seq"),
        UniqueConstraint("table_id", "author_id", "client_key"),
        Index("ix_closed_entries_about", "about_id"),
        CheckConstraint("kind IN ('arrive', 'leave', 'say', 'edit', 'remove', 'react')", name="kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=public_id)
    brand_id: Mapped[int] = mapped_column(ForeignKey("brands.id", ondelete="CASCADE"))
    table_id: Mapped[int] = mapped_column(ForeignKey("bof_tables.id", ondelete="CASCADE"))
    seq: Mapped[int]
    kind: Mapped[Kind] = mapped_column(String(6))
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    client_key: Mapped[str] = mapped_column(String(36))
    # The words, or the sign of a reaction. Null once taken back.
    body: Mapped[str | None] = mapped_column(Text)
    # What is edited, removed, reacted or replied to.
    about_id: Mapped[int | None] = mapped_column(ForeignKey("closed_entries.id", ondelete="CASCADE"))
    at: Mapped[datetime]

    author: Mapped[Person] = relationship()
    about: Mapped["ClosedEntry | None"] = relationship(remote_side=[id])


immutable("closed_entries", "table_id", "seq", "kind", "author_id", "client_key", "about_id", "at", erasable=("body",))


class Erasure(Base):
    """That a table's closed part is gone: deleted, and then swept from the journal that may still hold its bytes."""

    __tablename__ = "closed_erasures"

    table_id: Mapped[int] = mapped_column(ForeignKey("bof_tables.id", ondelete="CASCADE"), primary_key=True)
    erased_at: Mapped[datetime]
    swept_at: Mapped[datetime | None]
