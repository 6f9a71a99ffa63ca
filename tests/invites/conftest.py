from datetime import timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import update

from meetup.extensions import db
from meetup.invites import rules
from meetup.shared.outbox import OutboxItem
from tests.makers import NOON
from tests.sessions import typed
from tests.shared.mailbox import calendar_of, mailbox  # noqa: F401  # a fixture, used by its name

LATER = timedelta(minutes=10)


@pytest.fixture
def to_come(people, make):
    """A session that is to come, hosted by staff, an expert at its one table; published when a test says so."""
    bof_session = make.bof_session(people.brand, tables=0, host_id=people.staff.id, published_at=None)
    make.table(bof_session, expert=people.expert)
    return bof_session


@pytest.fixture
def seated(to_come, people):
    """The same, published; a customer and a guest have seats, and everybody has read their invitation."""
    rules.publish(to_come, NOON - timedelta(days=1))
    for who in (people.customer, people.guest):
        rules.take_seat(who.person, to_come.tables[0], NOON - timedelta(days=1))
    # As the worker leaves a row; sending the four mails would take each test that begins here a second.
    db.session.execute(update(OutboxItem).values(sent_at=OutboxItem.enqueued_at, payload={}))
    db.session.commit()
    return to_come


@pytest.fixture
def plan_of(app):
    """The plan that leaves a session as it is, but for what a test says."""
    return typed.plan_of


def moved(bof_session, **minutes):
    """The session's instants, some of them moved by so many minutes."""
    names = ("doors", "starts", "closes", "ends")
    return tuple(
        instant + timedelta(minutes=minutes.get(name, 0))
        for name, instant in zip(names, bof_session.instants, strict=True)
    )


def all_moved(bof_session, minutes):
    return tuple(instant + timedelta(minutes=minutes) for instant in bof_session.instants)


def event_of(mail):
    """The one event of a mail's calendar part, read as a calendar would; and the calendar's method."""
    octets, mime_method = calendar_of(mail)
    calendar = Calendar.from_ical(octets)
    (event,) = calendar.walk("VEVENT")
    assert str(calendar["METHOD"]) == mime_method
    return event, mime_method


def told(mailbox, at=NOON + LATER):  # noqa: F811  # asks for that fixture
    """To whom mail has gone by then, with its method."""
    return {mail["To"].addresses[0].addr_spec: event_of(mail)[1] for mail in mailbox.deliver(at)}
