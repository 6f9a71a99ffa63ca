"""Keeps the demo's rooms alive while somebody looks round: its people stay, and now and then one says something."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from meetup.accounts.models import Person
from meetup.demo import programme
from meetup.demo.talk import LATER
from meetup.extensions import db
from meetup.registrations.models import Registration, Seat
from meetup.rooms import presence
from meetup.rooms.models import Message
from meetup.sessions.models import BofSession, BofTable
from meetup.sessions.phases import Phase
from meetup.sessions.rules import hold_table

EVERY = timedelta(seconds=25)


def go_on(at: datetime) -> None:
    """One round: everybody who sits there is still there, and at the first open table the next line is said."""
    running = db.session.scalars(
        select(BofTable)
        .join(BofTable.bof_session)
        .where(BofSession.is_demo, BofSession.doors_at <= at, BofSession.closes_at > at)
        .order_by(BofSession.id, BofTable.number)
        .options(contains_eager(BofTable.bof_session))
    ).all()
    for table in running:
        stay(hold_table(table), at)
    talking = [table for table in running if table.bof_session.slug == programme.LIVING_ROOM and table.number == 1]
    for table in talking:
        if table.bof_session.phase(at) is Phase.OPEN:
            say_next(table, at)


def stay(table: BofTable, at: datetime) -> None:
    for person in seated_here(table):
        presence.arrive(person, table, table.last_seq, at)
    if table.expert is not None:
        presence.arrive(table.expert.person, table, table.last_seq, at)


def seated_here(table: BofTable) -> list[Person]:
    """The demo's own at this table, in the order of their chairs: a visitor is not spoken for."""
    return list(
        db.session.scalars(
            select(Person)
            .join(Registration, Registration.person_id == Person.id)
            .join(Seat, Seat.registration_id == Registration.id)
            .where(Seat.brand_id == table.brand_id, Seat.table_id == table.id, Person.is_demo)
            .order_by(Seat.number)
        )
    )


def say_next(table: BofTable, at: datetime) -> None:
    """The first of the later lines that nobody has said yet."""
    said = set(
        db.session.scalars(select(Message.body).where(Message.brand_id == table.brand_id, Message.table_id == table.id))
    )
    here = {person.name for person in seated_here(table)}
    for line in LATER:
        if line.text not in said and line.who in here:
            programme.perform(table, [line], at)
            return
