"""Who is coming to a session: shown by name as far as each of them agreed, and counted otherwise."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import and_, select

from meetup.accounts.models import Person
from meetup.brands.models import Membership
from meetup.extensions import db
from meetup.registrations.models import Place, Registration, Seat
from meetup.sessions.models import BofSession, BofTable
from meetup.shared.faces import petal


@dataclass(frozen=True)
class Sitter:
    """Somebody in a chair, as others may see them. Nameless when they keep their name for the evening."""

    table_id: int
    number: int
    petal: int
    side: str = "customer"
    name: str = ""
    headline: str = ""

    @property
    def first_name(self) -> str:
        return self.name.partition(" ")[0]


@dataclass(frozen=True)
class Chairs:
    """One table as the page draws it: who sits there, and how many chairs are free."""

    table: BofTable
    sitters: tuple[Sitter, ...]

    @property
    def free(self) -> int:
        return max(0, self.table.capacity - len(self.sitters))

    @property
    def shapes(self) -> list[Sitter | None]:
        """One for each chair, those taken first."""
        return [*self.sitters, *[None] * self.free]

    @property
    def in_words(self) -> str:
        """“Ines, Luca, Anneke and four more”; empty when nobody sits there."""
        named = [sitter.first_name for sitter in self.sitters if sitter.name][:3]
        rest = len(self.sitters) - len(named)
        if not named:
            return f"{rest} {'person' if rest == 1 else 'people'}" if rest else ""
        if rest:
            return f"{', '.join(named)} and {rest} more"
        return " and ".join([", ".join(named[:-1]), named[-1]] if len(named) > 1 else named)


class Coming:
    """Everybody who has a seat in a session, asked for once."""

    def __init__(self, bof_session: BofSession) -> None:
        self.tables = bof_session.tables
        self.sitters = tuple(_sitters(bof_session))

    @cached_property
    def at(self) -> list[Chairs]:
        """The tables in their order."""
        by_table = defaultdict(list)
        for sitter in self.sitters:
            by_table[sitter.table_id].append(sitter)
        return [Chairs(table, tuple(by_table[table.id])) for table in self.tables]

    @property
    def named(self) -> list[Sitter]:
        return [sitter for sitter in self.sitters if sitter.name]

    @property
    def nameless(self) -> int:
        """How many keep their names for the evening."""
        return len(self.sitters) - len(self.named)

    @property
    def free(self) -> int:
        return sum(chairs.free for chairs in self.at)


def _sitters(bof_session: BofSession) -> list[Sitter]:
    rows = db.session.execute(
        select(Seat.table_id, Seat.number, Membership, Person)
        .join(Registration, Registration.id == Seat.registration_id)
        .join(Person, Person.id == Registration.person_id)
        .outerjoin(
            Membership,
            and_(Membership.person_id == Registration.person_id, Membership.brand_id == bof_session.brand_id),
        )
        .where(
            Seat.brand_id == bof_session.brand_id,
            Seat.bof_session_id == bof_session.id,
            Registration.brand_id == bof_session.brand_id,
            Registration.standing == Place.GOING,
        )
        .order_by(Seat.taken_at, Seat.id)
    )
    return [_sitter(*row) for row in rows]


def _sitter(table_id: int, number: int, membership: Membership | None, person: Person) -> Sitter:
    if membership is None or not (membership.is_listed and membership.is_confirmed):
        # The colour is the chair's: theirs would tell a little of who they are.
        return Sitter(table_id, number, petal(str(number)))
    side, own = membership.side, petal(person.public_id)
    return Sitter(table_id, number, own, side, person.shown_name, person.headline)
