"""The demo: a brand, its people, a session in each phase; and never beside real people."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from meetup import commands
from meetup.accounts import passwords
from meetup.accounts.models import Person
from meetup.brands.models import Membership, Role
from meetup.demo import alive, people, programme, stage
from meetup.demo.cast import CAST, PASSWORD
from meetup.extensions import db
from meetup.feedback import results
from meetup.rooms.models import Message, Presence, Question
from meetup.sessions.models import BofSession
from meetup.shared.errors import Refused
from tests.makers import NOON

MINUTE = timedelta(minutes=1)


@pytest.fixture
def told(app):
    """What starting the demo at noon tells."""
    return programme.start(NOON)


def session(slug):
    return db.session.scalars(select(BofSession).where(BofSession.slug == slug)).one()


def test_there_is_a_session_in_each_phase(told):
    assert [one["phase"] for one in told["sessions"]] == ["open", "doors", "closed", "ended", "scheduled", "scheduled"]


@pytest.mark.parametrize("after", [0, 30])
def test_each_lasts_long_enough_to_look_round(told, after):
    at = NOON + after * MINUTE

    phases = {bof_session.phase(at) for bof_session in db.session.scalars(select(BofSession))}
    assert phases == {"scheduled", "doors", "open", "closed", "ended"}


def test_the_cast_is_that_of_a_real_brand(told):
    roles = [member.role for member in db.session.scalars(select(Membership))]

    assert {role: roles.count(role) for role in Role} == {
        "owner": 1, "staff": 2, "expert": 3, "customer": 30, "guest": 3,
    }  # fmt: skip
    assert len(told["cast"]) == len(CAST)


def test_everybody_can_sign_in_with_what_is_told(told):
    person = db.session.scalars(select(Person).where(Person.email == told["cast"][0]["email"])).one()

    assert passwords.matches(person.password_hash, told["cast"][0]["password"])


def test_starting_again_makes_the_sessions_anew_and_nobody_twice(told):
    programme.start(NOON + timedelta(days=1))

    assert db.session.scalar(select(func.count()).select_from(Person)) == len(CAST)
    assert db.session.scalar(select(func.count()).select_from(BofSession)) == len(stage.TONIGHT)
    assert session(programme.LIVING_ROOM).phase(NOON + timedelta(days=1)) == "open"


def test_what_somebody_made_beside_it_stays(told, make):
    make.bof_session(people.brand(), slug="my-own")
    db.session.commit()

    programme.start(NOON + MINUTE)

    assert session("my-own").title == "The last tray of the day"


def test_there_is_a_question_in_every_state(told):
    states = {
        (question.released_why, question.helped_id is not None) for question in db.session.scalars(select(Question))
    }

    assert states >= {(None, False), (None, True), ("time", True), ("call", False), ("only_brand", False)}


def test_twelve_have_said_how_it_was(told):
    assert results.of(session("counting-stock-with-a-toddler")).answered == 12


def test_it_refuses_a_database_that_holds_real_people(make):
    make.person("Ada Byron")
    db.session.commit()

    with pytest.raises(Refused, match="real people"):
        programme.start(NOON)
    assert people.brand() is None


def test_its_password_opens_nothing_outside_it(told, make, client):
    make.person("Ada Byron", email="ada@shop.example", password_hash=passwords.hashed("another one entirely"))
    db.session.commit()
    form = {"email": "ada@shop.example", "password": PASSWORD}

    assert client.post("/sign-in/password", data=form).status_code == 422


def test_its_rooms_go_on_talking(told):
    before = db.session.scalar(select(func.count()).select_from(Message))

    alive.go_on(NOON + MINUTE)

    assert db.session.scalar(select(func.count()).select_from(Message)) == before + 1
    assert db.session.scalar(select(func.count()).select_from(Presence)) > 20


def test_a_session_for_showing_is_open_at_once_and_for_that_long(told):
    [one] = programme.add_session(NOON, timedelta(seconds=60), timedelta(seconds=90))["sessions"]

    shown = session(one["address"].rpartition("/")[2])
    assert shown.phase(NOON) == "open"
    assert shown.phase(NOON + timedelta(seconds=60)) == "closed"
    assert shown.phase(NOON + timedelta(seconds=150)) == "ended"
    assert {seat.registration.attended_at is not None for seat in stage_seats(shown)} == {True}


def stage_seats(bof_session):
    return [registration.seat for registration in stage.seated(bof_session)]


def test_asking_what_there_is_leaves_a_demo_that_plays_alone(told):
    before = [bof_session.id for bof_session in db.session.scalars(select(BofSession))]

    shown = programme.show(NOON + MINUTE)

    assert [bof_session.id for bof_session in db.session.scalars(select(BofSession))] == before
    assert shown.keys() == {"brand", "sign_in", "mails", "sessions", "cast"}
    assert shown["sessions"][0].keys() == {"phase", "title", "address", "table"}
    assert shown["cast"][0].keys() == {"name", "role", "email", "password"}


def test_what_a_start_prints_leads_to_every_phase_and_names_somebody_of_every_role(told):
    printed = commands.in_short(told)

    assert all(one["table"] in printed or one["address"] in printed for one in told["sessions"])
    assert all(role in printed for role in Role)
    assert PASSWORD in printed
