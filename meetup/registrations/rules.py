"""Taking a seat, moving, giving up, coming in. Each verb holds under a hundred who try it at once.

Whoever calls off a session, moves it or changes its tables writes the session's row, and whoever changes a role
writes the membership's. A seat is given while both rows are held still, so neither can change under it.
"""

from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import contains_eager

from meetup.accounts.models import Person
from meetup.brands.models import Membership, Role
from meetup.extensions import db
from meetup.registrations import policy
from meetup.registrations.models import Place, Registration, Seat
from meetup.sessions.models import BofSession, BofTable
from meetup.sessions.phases import LIVE, Phase
from meetup.shared.errors import Refused

NO_SEATS_IN = {
    Phase.DRAFT: "This session is not published yet.",
    Phase.CANCELLED: "This session was called off.",
    Phase.CLOSED: "The door is shut: nobody comes in any more.",
    Phase.ENDED: "This session is over.",
}
UNIQUE_VIOLATION = "23505"


def seat(person: Person, table: BofTable, at: datetime) -> Seat:
    """Give a person a seat at this table. Sitting down twice changes nothing; from another table, they move.

    Raises:
        Refused: when the table is full, seats are not given now, or not to this person.
    """
    bof_session = _held_still(
        select(BofSession).where(BofSession.brand_id == table.brand_id, BofSession.id == table.bof_session_id)
    )
    if words := NO_SEATS_IN.get(bof_session.phase(at)):
        raise Refused(words)
    if words := policy.why_turned_away(_membership(person, bof_session.brand_id), bof_session):
        raise Refused(words)
    table = _held_with_its_session(table)
    registration = _registration_for(person, bof_session, at)

    taken = _seat_held_by(registration)
    if taken is None or taken.table_id != table.id:
        taken = _with_a_number(taken, registration, table, at)
    registration.standing = Place.GOING
    db.session.flush()
    return taken


def unseat(person: Person, bof_session: BofSession, at: datetime) -> bool:
    """Give this person's place up, and free the seat. Says whether there was one.

    Raises:
        Refused: when the session is over: what was, was.
    """
    if bof_session.phase(at) is Phase.ENDED:
        raise Refused("This session is over: there is no seat to give up.")
    registration = _registration_held(person.id, bof_session)
    if registration is None or registration.standing not in (Place.GOING, Place.WAITLISTED):
        return False
    _free(registration)
    return True


def give_up_all(person: Person, brand_id: int, at: datetime) -> list[BofSession]:
    """Free every seat this person holds with a brand, in what is to come and in what runs; says in which sessions.

    For a change of role or standing: call it after the membership's row is written, in the same transaction.
    """
    going = (
        select(Registration)
        .join(Registration.bof_session)
        .where(
            Registration.brand_id == brand_id,
            Registration.person_id == person.id,
            Registration.standing.in_((Place.GOING, Place.WAITLISTED)),
            BofSession.ends_at > at,
        )
        .order_by(BofSession.starts_at, BofSession.id)
        .options(contains_eager(Registration.bof_session))
        .with_for_update(of=Registration)
        .execution_options(populate_existing=True)
    )
    registrations = list(db.session.scalars(going))
    for registration in registrations:
        _free(registration)
    return [registration.bof_session for registration in registrations]


def come_in(person: Person, bof_session: BofSession, at: datetime) -> Registration:
    """Note that this person came. The first time counts; coming in again changes nothing.

    Once the door is shut nothing is noted: hosts read the roster, and who comes to the closed part is none of theirs.

    Raises:
        Refused: without a seat that still counts, before the doors, after the end, and to a guest once it is closed.
    """
    phase = bof_session.phase(at)
    if phase not in LIVE:
        raise Refused(NO_SEATS_IN.get(phase, "The doors are not open yet."))
    membership = _membership(person, bof_session.brand_id)
    if phase is Phase.CLOSED and (membership is None or membership.role != Role.CUSTOMER):
        raise Refused("The door is shut: only customers are in now.")
    registration = _registration_held(person.id, bof_session)
    counts = membership is not None and membership.is_confirmed and not membership.is_brand_side
    if registration is None or registration.standing != Place.GOING or not counts:
        raise Refused("You have no seat here. Take one first.")
    if phase is not Phase.CLOSED:
        registration.attended_at = registration.attended_at or at
    return registration


def _registration_for(person: Person, bof_session: BofSession, at: datetime) -> Registration:
    """The one registration of this person and session, held; made if there was none."""
    held = _registration_held(person.id, bof_session)
    if held is not None:
        if held.standing != Place.GOING:
            held.made_at = at
        return held
    # By id: in a request `person` is Flask-Login's proxy, which a relationship would keep.
    made = Registration(brand_id=bof_session.brand_id, bof_session_id=bof_session.id, person_id=person.id, made_at=at)
    try:
        with db.session.begin_nested():
            db.session.add(made)
    except IntegrityError as error:
        _unless_somebody_was_faster(error)
        # The same person, in another window, in the same second.
        return _registration_for(person, bof_session, at)
    return made


def _with_a_number(taken: Seat | None, registration: Registration, table: BofTable, at: datetime) -> Seat:
    """Take the first free number at a table, with the seat one has or a new one; again while others are faster."""
    while (number := _first_free(table)) is not None:
        try:
            with db.session.begin_nested():
                place = taken or Seat(
                    brand_id=table.brand_id, bof_session_id=table.bof_session_id, registration_id=registration.id
                )
                place.table_id, place.number, place.taken_at = table.id, number, at
                db.session.add(place)
        except IntegrityError as error:
            _unless_somebody_was_faster(error)
        else:
            db.session.expire(registration, ["seat"])
            return place
    raise Refused(f"“{table.topic}” is full. Try another table.")


def _held_with_its_session(table: BofTable) -> BofTable:
    """The table as it is now. Its session's row is held already, and with it the table's limit."""
    wanted = select(BofTable).where(BofTable.brand_id == table.brand_id, BofTable.id == table.id)
    held = db.session.scalar(wanted.execution_options(populate_existing=True))
    if held is None:
        raise Refused("This table has been taken away. Choose another one.")
    return held


def _first_free(table: BofTable) -> int | None:
    taken = set(
        db.session.scalars(select(Seat.number).where(Seat.brand_id == table.brand_id, Seat.table_id == table.id))
    )
    return next((number for number in range(1, table.capacity + 1) if number not in taken), None)


def _unless_somebody_was_faster(error: IntegrityError) -> None:
    """Let a lost race pass; anything else is an error. SQLite's writers come one by one and lose none."""
    if getattr(error.orig, "sqlstate", None) != UNIQUE_VIOLATION:
        raise error


def _free(registration: Registration) -> None:
    held = _seat_held_by(registration)
    if held is not None:
        db.session.delete(held)
    registration.standing = Place.CANCELLED
    db.session.flush()
    db.session.expire(registration, ["seat"])


def _seat_held_by(registration: Registration) -> Seat | None:
    mine = select(Seat).where(Seat.brand_id == registration.brand_id, Seat.registration_id == registration.id)
    return db.session.scalar(mine.execution_options(populate_existing=True))


def _registration_held(person_id: int, bof_session: BofSession) -> Registration | None:
    """This person's registration as it is now, held against their other windows until the commit."""
    theirs = select(Registration).where(
        Registration.brand_id == bof_session.brand_id,
        Registration.bof_session_id == bof_session.id,
        Registration.person_id == person_id,
    )
    return db.session.scalar(theirs.with_for_update().execution_options(populate_existing=True))


def _membership(person: Person, brand_id: int) -> Membership | None:
    """The membership as it is now, held still."""
    theirs = select(Membership).where(Membership.brand_id == brand_id, Membership.person_id == person.id)
    return db.session.scalar(theirs.with_for_update(read=True).execution_options(populate_existing=True))


def _held_still(wanted: Select[BofSession]) -> BofSession:
    """The row as it is now; nobody changes it before we commit. Others who take seats may hold it too."""
    return db.session.scalars(wanted.with_for_update(read=True).execution_options(populate_existing=True)).one()
