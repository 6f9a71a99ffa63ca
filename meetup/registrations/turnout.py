"""How full several sessions are, and who shows that they are coming: asked for all of them at once."""

from collections.abc import Collection
from dataclasses import dataclass, field

from sqlalchemy import Select, func, select

from meetup.accounts.models import Person
from meetup.brands.models import Membership, Standing
from meetup.extensions import db
from meetup.registrations.models import Place, Registration, Seat
from meetup.sessions.models import BofSession, BofTable
from meetup.shared.faces import Face, petal


@dataclass
class Turnout:
    """One session's seats, and the first faces of those who agreed to be shown."""

    seats: int = 0
    taken: int = 0
    faces: list[Face] = field(default_factory=list)

    @property
    def left(self) -> int:
        return max(0, self.seats - self.taken)


def turnout(brand_id: int, sessions: Collection[BofSession], most_faces: int = 4) -> dict[int, Turnout]:
    """By session id: seats, seats taken, and up to so many faces. Three questions, however many sessions."""
    found = {each.id: Turnout() for each in sessions}
    tables = select(BofTable.bof_session_id, func.sum(BofTable.capacity)).where(
        BofTable.brand_id == brand_id, BofTable.bof_session_id.in_(found)
    )
    for session_id, seats in db.session.execute(tables.group_by(BofTable.bof_session_id)):
        found[session_id].seats = seats
    taken = select(Seat.bof_session_id, func.count()).where(Seat.brand_id == brand_id, Seat.bof_session_id.in_(found))
    for session_id, count in db.session.execute(taken.group_by(Seat.bof_session_id)):
        found[session_id].taken = count
    for session_id, name, public_id, role in db.session.execute(_first_faces(brand_id, found, most_faces)):
        found[session_id].faces.append(Face(name, petal(public_id), role))
    return found


def _first_faces(brand_id: int, session_ids: Collection[int], most: int) -> Select[int, str, str, str]:
    place = func.row_number().over(partition_by=Registration.bof_session_id, order_by=Registration.id).label("place")
    ranked = (
        select(Registration.bof_session_id, Person.name, Person.public_id, Membership.role, place)
        .join(Person, Person.id == Registration.person_id)
        .join(
            Membership,
            (Membership.person_id == Registration.person_id) & (Membership.brand_id == Registration.brand_id),
        )
        .where(
            Registration.brand_id == brand_id,
            Membership.brand_id == brand_id,
            Registration.bof_session_id.in_(session_ids),
            Registration.standing == Place.GOING,
            Membership.standing == Standing.CONFIRMED,
            Membership.is_listed,
            Person.name != "",
        )
        .subquery()
    )
    shown = ranked.c
    return (
        select(shown.bof_session_id, shown.name, shown.public_id, shown.role)
        .where(shown.place <= most)
        .order_by(shown.bof_session_id, shown.place)
    )
