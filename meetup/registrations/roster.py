"""The roster: who is coming, table by table, for the hosts of a session."""

from dataclasses import dataclass

from sqlalchemy import and_, func, select, tuple_

from meetup.accounts.models import Person
from meetup.brands.models import Membership
from meetup.extensions import db
from meetup.registrations.models import Place, Registration, Seat
from meetup.sessions.models import BofSession, BofTable

PAGE = 50


@dataclass(frozen=True)
class Row:
    """Somebody in a seat. `membership` is none once they have left the brand."""

    person: Person
    membership: Membership | None
    registration: Registration
    table: BofTable
    number: int

    @property
    def mark(self) -> str:
        """Where the next page goes on: the table's number, then the seat's."""
        return f"{self.table.number}.{self.number}"


@dataclass(frozen=True)
class Count:
    """How many sit at a table, and how many of them have come."""

    table: BofTable
    going: int = 0
    came: int = 0


def rows(bof_session: BofSession, after: tuple[int, int] = (0, 0)) -> tuple[list[Row], str | None]:
    """Everybody who has a seat, by table and seat, and where the next page goes on."""
    wanted = (
        select(Person, Membership, Registration, BofTable, Seat.number)
        .select_from(Seat)
        .join(Registration, Registration.id == Seat.registration_id)
        .join(Person, Person.id == Registration.person_id)
        .join(BofTable, BofTable.id == Seat.table_id)
        .outerjoin(
            Membership,
            and_(Membership.person_id == Person.id, Membership.brand_id == bof_session.brand_id),
        )
        .where(
            Seat.brand_id == bof_session.brand_id,
            Seat.bof_session_id == bof_session.id,
            Registration.brand_id == bof_session.brand_id,
            Registration.standing == Place.GOING,
            BofTable.brand_id == bof_session.brand_id,
            tuple_(BofTable.number, Seat.number) > after,
        )
        .order_by(BofTable.number, Seat.number)
        .limit(PAGE + 1)
    )
    found = [
        Row(person, membership, registration, table, number)
        for person, membership, registration, table, number in db.session.execute(wanted)
    ]
    return found[:PAGE], found[PAGE - 1].mark if len(found) > PAGE else None


def counts(bof_session: BofSession) -> list[Count]:
    """How many are coming and have come, for each table in its order."""
    counted = db.session.execute(
        select(Seat.table_id, func.count(), func.count(Registration.attended_at))
        .join(Registration, Registration.id == Seat.registration_id)
        .where(
            Seat.brand_id == bof_session.brand_id,
            Seat.bof_session_id == bof_session.id,
            Registration.brand_id == bof_session.brand_id,
            Registration.standing == Place.GOING,
        )
        .group_by(Seat.table_id)
    )
    by_table = {table_id: (going, came) for table_id, going, came in counted}
    return [Count(table, *by_table.get(table.id, (0, 0))) for table in bof_session.tables]


def read_mark(typed: str) -> tuple[int, int] | None:
    """The table's number and the seat's; none when it is no such mark."""
    table, _, seat = typed.partition(".")
    if all(part.isascii() and part.isdigit() and len(part) <= 4 for part in (table, seat)):
        return int(table), int(seat)
    return None
