"""Sessions and their tables."""

from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, String, Table, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetup.brands.models import Brand, Interest, Membership, Vertical
from meetup.sessions.phases import Phase, phase_at
from meetup.shared.database import Base, public_id
from meetup.shared.errors import Refused

# “Table” is a word of ours too; the database's own kind is used here only.
session_interests = Table(
    "bof_session_interests",
    Base.metadata,
    Column("bof_session_id", ForeignKey("bof_sessions.id", ondelete="CASCADE"), primary_key=True),
    Column("interest_id", ForeignKey("interests.id", ondelete="CASCADE"), primary_key=True),
)


class BofSession(Base):
    """One birds-of-a-feather gathering, with a time, an audience, tables and phases."""

    __tablename__ = "bof_sessions"
    __table_args__ = (
        UniqueConstraint("brand_id", "slug"),
        Index("ix_bof_sessions_brand_starts", "brand_id", "starts_at", "id"),
        CheckConstraint("doors_at <= starts_at", name="doors_first"),
        CheckConstraint("starts_at <= closes_at", name="open_before_closed"),
        CheckConstraint("closes_at <= ends_at", name="closed_before_end"),
        CheckConstraint("starts_at < ends_at", name="takes_time"),
        CheckConstraint("peer_window BETWEEN 0 AND 10", name="peer_window"),
        # An id is never given twice: keys made from it outlive the row.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=public_id)
    brand_id: Mapped[int] = mapped_column(ForeignKey("brands.id", ondelete="CASCADE"))
    slug: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(100))
    summary: Mapped[str] = mapped_column(Text, default="")
    vertical_id: Mapped[int | None] = mapped_column(ForeignKey("verticals.id", ondelete="SET NULL"))
    # An address, where people meet in person; empty when it is online only.
    place: Mapped[str] = mapped_column(String(200), default="")
    is_online: Mapped[bool] = mapped_column(default=True)
    # The zone it is hosted in: kept for pages and for the words in an invite. The instants are UTC.
    zone: Mapped[str] = mapped_column(String(64))
    doors_at: Mapped[datetime]
    starts_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    # Minutes that a question belongs to the table before the expert may answer.
    peer_window: Mapped[int] = mapped_column(default=3)
    admits_guests: Mapped[bool] = mapped_column(default=True)
    published_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    # Calendar programs find “the same” event by UID and believe the highest SEQUENCE, then the latest DTSTAMP.
    uid: Mapped[str] = mapped_column(String(120), unique=True)
    sequence: Mapped[int] = mapped_column(default=0)
    stamped_at: Mapped[datetime]
    made_at: Mapped[datetime]
    # Raised by every change at all: a form that was drawn before the last one is not obeyed blindly.
    revision: Mapped[int] = mapped_column(default=0)
    host_id: Mapped[int | None] = mapped_column(ForeignKey("memberships.id", ondelete="SET NULL"))
    # Made by the demo, which removes its own at the next start and leaves everybody else's alone.
    is_demo: Mapped[bool] = mapped_column(default=False)

    brand: Mapped[Brand] = relationship()
    vertical: Mapped[Vertical | None] = relationship()
    interests: Mapped[list[Interest]] = relationship(secondary=session_interests, order_by=Interest.name)
    tables: Mapped[list["BofTable"]] = relationship(
        back_populates="bof_session", order_by="BofTable.number", cascade="all, delete-orphan"
    )
    host: Mapped[Membership | None] = relationship(foreign_keys=[host_id])

    def phase(self, at: datetime) -> Phase:
        return phase_at(at, self.instants, self.published_at, self.cancelled_at)

    @property
    def instants(self) -> tuple[datetime, datetime, datetime, datetime]:
        return (self.doors_at, self.starts_at, self.closes_at, self.ends_at)

    @property
    def has_closed_part(self) -> bool:
        return self.closes_at < self.ends_at

    @property
    def has_open_part(self) -> bool:
        return self.starts_at < self.closes_at

    @property
    def closed_for(self) -> timedelta:
        """How long the room is the customers' alone."""
        return self.ends_at - self.closes_at

    @property
    def takes_guests(self) -> bool:
        """Guests sit in the open part only; where there is none, there is no seat for them."""
        return self.admits_guests and self.has_open_part

    def publish(self, at: datetime) -> None:
        """Show it to everybody. Publishing twice changes nothing."""
        if self.cancelled_at:
            raise Refused("This session was called off; make a new one.")
        if not self.tables:
            raise Refused("Add a table first: people sit at tables.")
        if self.published_at is None:
            if self.starts_at <= at:
                raise Refused("It would already have begun. Choose a time to come.")
            # Nobody has seen the time of a draft's doors: one that went by while it was written holds nobody up.
            self.doors_at = max(self.doors_at, at)
            self.published_at = at

    def cancel(self, at: datetime) -> None:
        """Call it off. Nothing can be called off once the door is shut. Calling off twice changes nothing."""
        phase = self.phase(at)
        if phase is Phase.CANCELLED:
            return
        if phase in (Phase.CLOSED, Phase.ENDED):
            raise Refused("The door is shut: from here on nobody changes or calls off anything.")
        self.cancelled_at = at
        self.sequence += 1
        self.stamped_at = at

    def move(self, doors: datetime, starts: datetime, closes: datetime, ends: datetime, at: datetime) -> bool:
        """Give it other times; says whether anything changed. An instant that has passed never moves.

        Raises:
            Refused: when the order is wrong, the door is shut, or a passed instant would move.
        """
        wanted = (doors, starts, closes, ends)
        if wanted == self.instants:
            return False
        if self.phase(at) in (Phase.CLOSED, Phase.ENDED, Phase.CANCELLED):
            raise Refused("The door is shut: from here on nobody changes or calls off anything.")
        if not (doors <= starts <= closes <= ends and starts < ends):
            raise Refused("Doors, start, closing and end must come in this order.")
        if self.published_at is not None:
            for old, new in zip(self.instants, wanted, strict=True):
                if old != new and (old <= at or new < at):
                    raise Refused("What has passed stays as it was, and nothing moves into the past.")
        self.doors_at, self.starts_at, self.closes_at, self.ends_at = wanted
        self.sequence += 1
        self.stamped_at = at
        return True


class BofTable(Base):
    """One conversation of a session: a label, a seat limit and, if wanted, one expert seat."""

    __tablename__ = "bof_tables"
    __table_args__ = (
        UniqueConstraint("bof_session_id", "number"),
        # What a seat points to, so that no seat is ever at a table of another session than its registration's.
        UniqueConstraint("id", "bof_session_id"),
        CheckConstraint("capacity BETWEEN 2 AND 40", name="capacity"),
        Index("ix_bof_tables_expert", "expert_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=public_id)
    brand_id: Mapped[int] = mapped_column(ForeignKey("brands.id", ondelete="CASCADE"), index=True)
    bof_session_id: Mapped[int] = mapped_column(ForeignKey("bof_sessions.id", ondelete="CASCADE"))
    number: Mapped[int]
    topic: Mapped[str] = mapped_column(String(80))
    vertical_id: Mapped[int | None] = mapped_column(ForeignKey("verticals.id", ondelete="SET NULL"))
    capacity: Mapped[int] = mapped_column(default=10)
    expert_id: Mapped[int | None] = mapped_column(ForeignKey("memberships.id", ondelete="SET NULL"))
    # The last event's number in the open part's one order, taken under this row's lock.
    last_seq: Mapped[int] = mapped_column(default=0)
    # The closed part's line is its own, so that a cursor of one means nothing to the other.
    closed_seq: Mapped[int] = mapped_column(default=0)

    bof_session: Mapped[BofSession] = relationship(back_populates="tables")
    vertical: Mapped[Vertical | None] = relationship()
    expert: Mapped[Membership | None] = relationship(foreign_keys=[expert_id])
