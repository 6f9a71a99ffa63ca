"""What registrations hold of a person, and how they let go of it."""

import json

from sqlalchemy import select

from meetup.extensions import db
from meetup.registrations import wiring
from meetup.registrations.models import Registration, Seat
from tests.makers import NOON


def test_a_person_takes_out_every_place_they_have_or_had(people):
    held = wiring.held(people.customer.person_id)

    assert json.loads(json.dumps(held)) == [
        {
            "brand": "Fernhill",
            "session": "The last tray of the day",
            "starts_at": "2026-12-03T11:50:00Z",
            "ends_at": "2026-12-03T13:00:00Z",
            "standing": "going",
            "since": "2026-11-23T12:00:00Z",
            "came_at": None,
            "table": "Bread and anything baked",
            "seat": 1,
        }
    ]
    assert wiring.held(people.outsider.person_id) == []


def test_erasing_frees_their_seats_and_nobody_elses(people):
    wiring.erase(people.customer.person_id, NOON)

    assert sorted(db.session.scalars(select(Registration.person_id))) == sorted(
        [people.guest.person_id, people.other.person_id]
    )
    assert len(list(db.session.scalars(select(Seat)))) == 2
