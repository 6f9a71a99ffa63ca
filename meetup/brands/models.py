"""Brands, the trades and interests by which birds flock, and memberships: who stands how with a brand."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetup.accounts.models import Person
from meetup.shared.database import Base, public_id


class Role(StrEnum):
    """What a person is to one brand."""

    CUSTOMER = "customer"
    GUEST = "guest"
    EXPERT = "expert"
    STAFF = "staff"
    OWNER = "owner"


class Standing(StrEnum):
    """How far a membership counts."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    SUSPENDED = "suspended"
    REVOKED = "revoked"


BRAND_SIDE = frozenset({Role.EXPERT, Role.STAFF, Role.OWNER})
HOSTS = frozenset({Role.STAFF, Role.OWNER})
PEERS = frozenset({Role.CUSTOMER, Role.GUEST})


class Brand(Base):
    """The company that hosts; the tenant. Everything but a person belongs to exactly one."""

    __tablename__ = "brands"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=public_id)
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(60))
    # The brand's own words about itself: last on its page.
    about: Mapped[str] = mapped_column(Text, default="")
    # What its tables are for, on the page's title and in mails: “tables for independent retailers”.
    tagline: Mapped[str] = mapped_column(String(120), default="")
    colour: Mapped[str] = mapped_column(String(7), default="#2b4a78")
    zone: Mapped[str] = mapped_column(String(64), default="Europe/London")
    house_rules: Mapped[str] = mapped_column(Text, default="")
    opened_at: Mapped[datetime]
    is_demo: Mapped[bool] = mapped_column(default=False)

    domains: Mapped[list["BrandDomain"]] = relationship(back_populates="brand", cascade="all, delete-orphan")
    verticals: Mapped[list["Vertical"]] = relationship(order_by="Vertical.name", cascade="all, delete-orphan")
    interests: Mapped[list["Interest"]] = relationship(order_by="Interest.name", cascade="all, delete-orphan")


class DomainKind(StrEnum):
    OWN = "own"
    CUSTOMER = "customer"


class BrandDomain(Base):
    """A mail domain. `own`: whoever has an address there is brand side. `customer`: whoever has one is a customer."""

    __tablename__ = "brand_domains"
    __table_args__ = (UniqueConstraint("brand_id", "domain"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    brand_id: Mapped[int] = mapped_column(ForeignKey("brands.id", ondelete="CASCADE"))
    domain: Mapped[str] = mapped_column(String(253))
    kind: Mapped[DomainKind] = mapped_column(String(10))

    brand: Mapped[Brand] = relationship(back_populates="domains")


class Vertical(Base):
    """A trade. Exactly one per session or table."""

    __tablename__ = "verticals"
    __table_args__ = (UniqueConstraint("brand_id", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    brand_id: Mapped[int] = mapped_column(ForeignKey("brands.id", ondelete="CASCADE"))
    slug: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(60))


class Interest(Base):
    """A free tag by which birds flock."""

    __tablename__ = "interests"
    __table_args__ = (UniqueConstraint("brand_id", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    brand_id: Mapped[int] = mapped_column(ForeignKey("brands.id", ondelete="CASCADE"))
    slug: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(60))


class Membership(Base):
    """A person's standing with one brand. One row per person and brand, so nobody sits on both its sides."""

    __tablename__ = "memberships"
    __table_args__ = (
        UniqueConstraint("brand_id", "person_id"),
        Index("ix_memberships_person_brand", "person_id", "brand_id"),
        CheckConstraint("brand_side_since IS NULL OR role NOT IN ('customer', 'guest')", name="once_of_the_brand"),
        CheckConstraint("role IN ('customer', 'guest') OR brand_side_since IS NOT NULL", name="brand_side_has_a_day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=public_id)
    brand_id: Mapped[int] = mapped_column(ForeignKey("brands.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    role: Mapped[Role] = mapped_column(String(10))
    standing: Mapped[Standing] = mapped_column(String(10), default=Standing.PENDING)
    since: Mapped[datetime]
    # How they came, as the roster says it: “an invite code”, “ferrante.example”, “Yusuf Demir”.
    through: Mapped[str] = mapped_column(String(120), default="")
    sponsor_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    # Set with the first brand-side role and never cleared: of the brand once is of the brand afterwards.
    brand_side_since: Mapped[datetime | None]
    # Why it is no longer what it was, as the person and the roster read it.
    reason: Mapped[str] = mapped_column(String(160), default="")
    # They went by themselves, so they may come back by themselves.
    left_at: Mapped[datetime | None]
    # Found to have an address of the brand's own: never its customer or guest again, whatever their address becomes.
    own_address_since: Mapped[datetime | None]
    # May the brand's page show name and face among those who are coming?
    is_listed: Mapped[bool] = mapped_column(default=True)

    brand: Mapped[Brand] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])

    @property
    def is_confirmed(self) -> bool:
        return self.standing == Standing.CONFIRMED

    @property
    def is_brand_side(self) -> bool:
        """Of the brand, now or ever: such a person can never be its customer or guest."""
        return self.brand_side_since is not None or self.own_address_since is not None

    @property
    def is_host(self) -> bool:
        return self.is_confirmed and self.role in HOSTS

    @property
    def side(self) -> str:
        """How the pages draw them: `brand` as an outline, `guest` tinted, `customer` in colour."""
        return "brand" if self.is_brand_side else str(self.role)

    @property
    def name(self) -> str:
        return self.person.shown_name


class InviteCode(Base):
    """A code that makes whoever types it a customer, until it is revoked."""

    __tablename__ = "invite_codes"
    __table_args__ = (UniqueConstraint("brand_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    brand_id: Mapped[int] = mapped_column(ForeignKey("brands.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(String(40))
    label: Mapped[str] = mapped_column(String(80), default="")
    made_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]

    def revoke(self, at: datetime) -> None:
        """It makes nobody a customer any more. Who came by it stays. Revoking twice changes nothing."""
        self.revoked_at = self.revoked_at or at


class GuestLink(Base):
    """A customer's or a host's personal link, by which a welcome networker comes as a guest."""

    __tablename__ = "guest_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    brand_id: Mapped[int] = mapped_column(ForeignKey("brands.id", ondelete="CASCADE"))
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id", ondelete="CASCADE"), unique=True)
    token: Mapped[str] = mapped_column(String(16), unique=True, default=public_id)
    made_at: Mapped[datetime]

    membership: Mapped[Membership] = relationship()


class RoleInvitation(Base):
    """A letter that asks an address to join the brand's side as expert, staff or owner."""

    __tablename__ = "role_invitations"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=public_id)
    brand_id: Mapped[int] = mapped_column(ForeignKey("brands.id", ondelete="CASCADE"), index=True)
    email: Mapped[str] = mapped_column(String(254))
    role: Mapped[Role] = mapped_column(String(10))
    invited_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    made_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    brand: Mapped[Brand] = relationship()

    @property
    def is_waiting(self) -> bool:
        return self.accepted_at is None and self.revoked_at is None

    def revoke(self, at: datetime) -> None:
        """Take an invitation back that nobody accepted. Taking it back twice changes nothing."""
        if self.is_waiting:
            self.revoked_at = at
