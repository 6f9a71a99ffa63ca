"""An evening that is over, and who was there."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from meetup.extensions import db
from meetup.feedback import rules
from meetup.feedback.rules import Said
from meetup.registrations.models import Registration
from meetup.sessions.phases import Phase
from tests.makers import AT_NOON, NOON


class Settling(FlaskClient):
    """A browser whose requests share the test's session, and leave it in no transaction of theirs."""

    def open(self, *args, **more):
        answer = super().open(*args, **more)
        db.session.rollback()
        return answer


@pytest.fixture
def client(app):
    return Settling(app, app.response_class, use_cookies=True)


@pytest.fixture
def over(make):
    """A session that has ended, and somebody who came."""
    bof_session = make.bof_session(phase=Phase.ENDED)
    bof_session.someone = make.seat(bof_session.tables[0], attended_at=bof_session.starts_at).registration.person
    return bof_session


@pytest.fixture
def afterwards(people, noon):
    """The cast, when their evening is over; everybody who had a seat came."""
    names = ("doors_at", "starts_at", "closes_at", "ends_at")
    for name, minutes in zip(names, AT_NOON[Phase.ENDED], strict=True):
        setattr(people.bof_session, name, NOON + timedelta(minutes=minutes))
    db.session.query(Registration).update({"attended_at": people.bof_session.doors_at})
    db.session.commit()
    people.address = f"/b/{people.brand.slug}/s/{people.bof_session.slug}/feedback"
    return people


@pytest.fixture
def answered(make, afterwards):
    """`answered(5, 5, 4, again=…)`: that many people came and said so."""

    afterwards.table.capacity = 40

    def answer(*marks, **said):
        for again in marks:
            person = make.seat(afterwards.table, attended_at=NOON).registration.person
            rules.hand_in(person, afterwards.bof_session, Said(again=again, recommend=9, **said), NOON)
        db.session.commit()

    return answer
