"""A numbered seat at a table: taking one, moving, giving it up."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from meetup.brands.models import Role, Standing
from meetup.extensions import db
from meetup.registrations import policy, rules
from meetup.registrations.models import Place, Registration, Seat
from meetup.sessions.phases import Phase
from meetup.shared.errors import Refused
from tests.makers import NOON


@pytest.fixture
def brand(make):
    return make.brand()


@pytest.fixture
def table(make, brand):
    return make.table(make.bof_session(brand, tables=0), capacity=2)


def seats_at(table):
    return db.session.scalar(select(func.count()).select_from(Seat).where(Seat.table_id == table.id))


def test_a_customer_gets_the_first_free_number(make, brand, table):
    make.seat(table)

    seat = rules.seat(make.member(brand).person, table, NOON)

    assert (seat.number, seat.table_id, seat.taken_at) == (2, table.id, NOON)


def test_sitting_down_twice_changes_nothing(make, brand, table):
    person = make.member(brand).person
    first = rules.seat(person, table, NOON)

    again = rules.seat(person, table, NOON + timedelta(hours=1))

    assert (again, again.taken_at, seats_at(table)) == (first, NOON, 1)


def test_a_full_table_turns_the_next_person_away(make, brand, table):
    make.seat(table)
    make.seat(table)

    with pytest.raises(Refused, match="“Bread and anything baked” is full. Try another table."):
        rules.seat(make.member(brand).person, table, NOON)


def test_moving_is_one_step_and_frees_the_old_seat(make, brand, table):
    person, other = make.member(brand).person, make.table(table.bof_session, topic="Wine")
    rules.seat(person, table, NOON)

    moved = rules.seat(person, other, NOON)

    assert (seats_at(table), seats_at(other), moved.table_id) == (0, 1, other.id)


def test_who_cannot_move_keeps_the_seat_they_have(make, brand, table):
    person, full = make.member(brand).person, make.table(table.bof_session, capacity=2)
    make.seat(full)
    make.seat(full)
    mine = rules.seat(person, table, NOON)

    with pytest.raises(Refused, match="full"):
        rules.seat(person, full, NOON)

    assert (mine.table_id, seats_at(table)) == (table.id, 1)


@pytest.mark.parametrize("phase", [Phase.SCHEDULED, Phase.DOORS, Phase.OPEN])
def test_seats_are_given_until_the_door_is_shut(make, brand, phase):
    table = make.bof_session(brand, phase).tables[0]

    assert rules.seat(make.member(brand).person, table, NOON).number == 1


@pytest.mark.parametrize(
    ("phase", "words"),
    [
        (Phase.DRAFT, "This session is not published yet."),
        (Phase.CANCELLED, "This session was called off."),
        (Phase.CLOSED, "The door is shut: nobody comes in any more."),
        (Phase.ENDED, "This session is over."),
    ],
)
def test_and_in_no_other_phase(make, brand, phase, words):
    table = make.bof_session(brand, phase).tables[0]

    with pytest.raises(Refused, match=words):
        rules.seat(make.member(brand).person, table, NOON)


@pytest.mark.parametrize("role", [Role.EXPERT, Role.STAFF, Role.OWNER])
def test_nobody_of_the_brand_takes_a_seat_away_from_a_customer(make, brand, table, role):
    with pytest.raises(Refused, match="You are here for Fernhill"):
        rules.seat(make.member(brand, role).person, table, NOON)


@pytest.mark.parametrize(
    ("standing", "words"),
    [(Standing.PENDING, "not confirmed yet"), (Standing.SUSPENDED, "on hold"), (Standing.REVOKED, "on hold")],
)
def test_a_membership_that_does_not_count_gives_no_seat(make, brand, table, standing, words):
    member = make.member(brand, standing=standing)
    with pytest.raises(Refused, match=words):
        rules.seat(member.person, table, NOON)

    member.standing = Standing.CONFIRMED
    assert rules.seat(member.person, table, NOON).number == 1


def test_strangers_and_another_brands_customers_join_first(make, table):
    rival = make.member(make.brand("Larder"))

    for person in (make.person(), rival.person):
        with pytest.raises(Refused, match="Join Fernhill first"):
            rules.seat(person, table, NOON)


def test_guests_sit_where_they_are_welcome_and_there_is_an_open_part(make, brand, table):
    closed_at_once = make.bof_session(brand, closes_at=NOON + timedelta(hours=1))
    customers_only = make.bof_session(brand, admits_guests=False)

    for bof_session in (closed_at_once, customers_only):
        with pytest.raises(Refused, match="for customers only"):
            rules.seat(make.member(brand, Role.GUEST).person, bof_session.tables[0], NOON)
    assert rules.seat(make.member(brand, Role.GUEST).person, table, NOON).number == 1


def test_giving_up_frees_the_number_and_one_may_come_back(make, brand, table):
    person, at = make.member(brand).person, NOON + timedelta(minutes=5)
    rules.seat(person, table, NOON)

    assert rules.unseat(person, table.bof_session, at) is True
    assert (rules.unseat(person, table.bof_session, at), seats_at(table)) == (False, 0)
    assert rules.seat(person, table, at).registration.standing == Place.GOING
    assert db.session.scalar(select(func.count()).select_from(Registration)) == 1


def test_what_is_over_cannot_be_given_up(make, brand):
    bof_session = make.bof_session(brand, Phase.ENDED)
    seat = make.seat(bof_session.tables[0])

    with pytest.raises(Refused, match="over"):
        rules.unseat(seat.registration.person, bof_session, NOON)


def test_a_change_of_role_frees_what_is_to_come_and_what_runs_with_this_brand_alone(make, brand):
    member = make.member(brand)
    elsewhere = make.member(make.brand("Larder"), person=member.person)
    ended, running, coming = (make.bof_session(brand, phase) for phase in (Phase.ENDED, Phase.CLOSED, Phase.SCHEDULED))
    for bof_session in (ended, running, coming):
        make.seat(bof_session.tables[0], member)
    kept = make.seat(make.bof_session(elsewhere.brand).tables[0], elsewhere)

    assert rules.give_up_all(member.person, brand.id, NOON) == [running, coming]

    assert policy.seat_of(member.person, running) is None
    assert policy.seat_of(member.person, ended) is not None
    assert policy.seat_of(member.person, kept.table.bof_session) == kept


def test_a_seat_is_at_a_table_of_the_session_it_is_for(make, brand, table):
    seat = make.seat(table)
    elsewhere = make.bof_session(brand).tables[0]

    seat.table_id = elsewhere.id

    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()
