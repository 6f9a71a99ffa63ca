"""People, and the browsers they are signed in with."""

from datetime import datetime, timedelta

from flask_login import UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from meetup.shared.database import Base, public_id

SIGN_IN_LASTS = timedelta(days=60)


class Person(UserMixin, Base):
    """One sign-in. What a person is to a brand stands in their membership, not here."""

    __tablename__ = "people"
    # An id is never given twice: what was said by one who is gone is nobody else's.
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=public_id)
    # Null once erased. Lower case, verified before the row exists.
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(80), default="")
    # What they do, as they would say it: “two bakeries, Leeds”.
    headline: Mapped[str] = mapped_column(String(120), default="")
    zone: Mapped[str | None] = mapped_column(String(64))
    language: Mapped[str] = mapped_column(String(12), default="en")
    password_hash: Mapped[str | None] = mapped_column(String(200))
    joined_at: Mapped[datetime]
    operator_since: Mapped[datetime | None]
    # When a role or standing of theirs last changed. The next form they send from each browser gets a new session id.
    rights_changed_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]
    is_demo: Mapped[bool] = mapped_column(default=False)

    sign_ins: Mapped[list["SignIn"]] = relationship(back_populates="person", cascade="all, delete-orphan")

    @property
    def shown_name(self) -> str:
        """The name that others read."""
        return self.name or "Someone"

    @property
    def first_name(self) -> str:
        return self.shown_name.split()[0]


class SignIn(Base):
    """One browser that is signed in. A row, so that a person can see it and end it, here or from elsewhere."""

    __tablename__ = "sign_ins"
    __table_args__ = (Index("ix_sign_ins_person_ended", "person_id", "ended_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    # SHA-256 of what the cookie holds: who reads this table can sign in as nobody.
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    browser: Mapped[str] = mapped_column(String(80), default="")
    began_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    # When the cookie last got a new token; the row, and what is held by its id, stays.
    renewed_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(back_populates="sign_ins")

    def holds(self, at: datetime) -> bool:
        return self.ended_at is None and at < self.ends_at

    def end(self, at: datetime) -> None:
        """Sign this browser out. Ending twice changes nothing."""
        self.ended_at = self.ended_at or at

    def is_older_than_rights(self, person: Person) -> bool:
        """Has a role or standing changed since this browser's token was made?"""
        made_at = self.renewed_at or self.began_at
        return person.rights_changed_at is not None and made_at < person.rights_changed_at


class SignInCode(Base):
    """Six digits sent to an address. Attempts are counted here, in the database, whichever process they reach."""

    __tablename__ = "sign_in_codes"
    __table_args__ = (CheckConstraint("attempts >= 0", name="attempts"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(16), unique=True, default=public_id)
    email: Mapped[str] = mapped_column(String(254), index=True)
    # What the code is for: "sign-in", or one half of a change of address: "old address", "new address".
    purpose: Mapped[str] = mapped_column(String(20), default="sign-in")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    code_hash: Mapped[str] = mapped_column(String(200))
    attempts: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Knock(Base):
    """One try at the door for an address, known or not: a code asked for, a wrong password.

    The address stands here only as a keyed hash, so that counting it keeps nobody's address.
    """

    __tablename__ = "knocks"
    __table_args__ = (Index("ix_knocks_kind_key_at", "kind", "key", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    key: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
