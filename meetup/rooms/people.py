"""The people of a table, as its page draws them: who sits here, who listens, who looks in; and the tables beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import and_, func, select

from meetup.accounts.models import Person
from meetup.brands.models import HOSTS, PEERS, Membership, Role, Standing
from meetup.extensions import db
from meetup.registrations.models import Place, Registration, Seat
from meetup.rooms import policy
from meetup.rooms.models import HERE_FOR, Message, Presence
from meetup.sessions.models import BofTable
from meetup.shared.faces import petal


@dataclass(frozen=True)
class Who:
    """Somebody, as the pages draw people."""

    public_id: str
    name: str
    side: str
    headline: str = ""
    is_here: bool = False

    @property
    def petal(self) -> int:
        return petal(self.public_id)


def who(person: Person, side: str, is_here: bool = False) -> Who:
    return Who(person.public_id, person.shown_name, side, person.headline, is_here)


@dataclass
class People:
    """Everybody at one table."""

    expert: Who | None
    seated: Sequence[Who]
    hosts: Sequence[Who]
    visitors: Sequence[Who]

    @property
    def here(self) -> int:
        """How many of those who sit here are here now."""
        return sum(one.is_here for one in self.seated)


def people_at(table: BofTable, at: datetime) -> People:
    """Three queries, however many they are."""
    present = and_(Presence.left_at.is_(None), Presence.seen_at > at - HERE_FOR)
    at_table = and_(
        Presence.brand_id == table.brand_id, Presence.table_id == table.id, Presence.person_id == Person.id, present
    )
    member = and_(
        Membership.brand_id == table.brand_id,
        Membership.person_id == Person.id,
        Membership.standing == Standing.CONFIRMED,
    )
    seated = db.session.execute(
        select(Person, Membership.role, Presence.id)
        .join(Registration, Registration.person_id == Person.id)
        .join(Seat, Seat.registration_id == Registration.id)
        .join(Membership, member)
        .outerjoin(Presence, at_table)
        .where(
            Registration.brand_id == table.brand_id,
            Registration.standing == Place.GOING,
            Seat.brand_id == table.brand_id,
            Seat.table_id == table.id,
            Membership.role.in_(PEERS),
        )
        .order_by(Seat.number)
    ).all()
    expert = db.session.execute(
        select(Person, Presence.id)
        .join(Membership, member)
        .outerjoin(Presence, at_table)
        .where(Membership.id == table.expert_id, Membership.role == Role.EXPERT)
    ).first()
    others = db.session.execute(
        select(Person, Membership.role).join(Presence, at_table).join(Membership, member).order_by(Presence.id)
    ).all()
    shown = {person.id for person, *_ in seated}
    return People(
        expert=who(expert[0], "brand", expert[1] is not None) if expert else None,
        seated=[who(person, str(role), here is not None) for person, role, here in seated],
        hosts=[who(person, "brand", True) for person, role in others if role in HOSTS],
        visitors=[who(person, str(role), True) for person, role in others if role in PEERS and person.id not in shown],
    )


@dataclass
class Beside:
    """One table of the session, in the list of them."""

    table: BofTable
    chairs: list[Who] = field(default_factory=list)
    here: int = 0
    new: int = 0

    @property
    def is_full(self) -> bool:
        return len(self.chairs) >= self.table.capacity


def tables_beside(table: BofTable, person_id: int, at: datetime) -> list[Beside]:
    """Every table of the session, with its chairs, how many are here, and how much is new to this person."""
    mine = policy.tables_of(table.bof_session).order_by(BofTable.number)
    beside = {one.id: Beside(one) for one in db.session.scalars(mine)}
    chairs = (
        select(Seat.table_id, Person, Membership.role)
        .join(Registration, Registration.id == Seat.registration_id)
        .join(Person, Person.id == Registration.person_id)
        .join(Membership, and_(Membership.person_id == Person.id, Membership.brand_id == table.brand_id))
        .where(Seat.brand_id == table.brand_id, Seat.table_id.in_(beside), Registration.standing == Place.GOING)
        .order_by(Seat.table_id, Seat.number)
    )
    for table_id, person, role in db.session.execute(chairs):
        beside[table_id].chairs.append(who(person, str(role)))
    for table_id, count in _here(table, list(beside), at).items():
        beside[table_id].here = count
    for table_id, count in _new(table, list(beside), person_id).items():
        beside[table_id].new = count
    return list(beside.values())


def _here(table: BofTable, ids: Sequence[int], at: datetime) -> dict[int, int]:
    """People with a seat at a table who are here now."""
    present = (
        select(Presence.table_id, func.count())
        .join(Registration, Registration.person_id == Presence.person_id)
        .join(Seat, and_(Seat.registration_id == Registration.id, Seat.table_id == Presence.table_id))
        .where(
            Presence.brand_id == table.brand_id,
            Presence.table_id.in_(ids),
            Presence.left_at.is_(None),
            Presence.seen_at > at - HERE_FOR,
            Registration.brand_id == table.brand_id,
            Registration.bof_session_id == table.bof_session_id,
            Seat.brand_id == table.brand_id,
        )
        .group_by(Presence.table_id)
    )
    return {table_id: count for table_id, count in db.session.execute(present) if count}


def _new(table: BofTable, ids: Sequence[int], person_id: int) -> dict[int, int]:
    """What was said since this person last read there; nothing for a table where they never were."""
    later = (
        select(Message.table_id, func.count())
        .join(Presence, Presence.table_id == Message.table_id)
        .where(
            Message.brand_id == table.brand_id,
            Message.table_id.in_(ids),
            Message.seq > Presence.read_seq,
            Message.author_id != person_id,
            Presence.brand_id == table.brand_id,
            Presence.person_id == person_id,
        )
        .group_by(Message.table_id)
    )
    return {table_id: count for table_id, count in db.session.execute(later) if count}
