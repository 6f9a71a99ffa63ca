"""The last seat goes to exactly one of a hundred who reach for it at once; nobody is turned away while one is free."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select

from meetup.accounts.models import Person
from meetup.brands.models import Role
from meetup.extensions import db
from meetup.registrations import rules
from meetup.registrations.models import Registration, Seat
from meetup.sessions.models import BofTable
from meetup.sessions.rules import hold
from meetup.shared.errors import Refused
from tests.makers import NOON


@pytest.fixture
def sit(app):
    """Somebody sits down, in a transaction of their own; says the number, or None when they are refused."""

    def one(person_id, table_id):
        with app.app_context():
            try:
                number = rules.seat(
                    db.session.get_one(Person, person_id), db.session.get_one(BofTable, table_id), NOON
                ).number
                db.session.commit()
            except Refused:
                db.session.rollback()
                return None
            return number

    return one


@pytest.fixture
def reach(sit):
    """Let all of these try to sit at these tables in the same instant; says for each the number, or None."""

    def all_at_once(tries):
        # Whatever the test has read or made: nobody waits for the test itself.
        db.session.commit()
        barrier = Barrier(len(tries))

        def one(each):
            barrier.wait()
            return sit(*each)

        with ThreadPoolExecutor(len(tries)) as pool:
            return list(pool.map(one, tries))

    return all_at_once


@pytest.fixture
def table(make):
    return make.table(make.bof_session(tables=0), capacity=10)


def crowd(make, table, size):
    return [make.member(table.bof_session.brand, Role.CUSTOMER).person_id for _ in range(size)]


def numbers_at(table_id):
    db.session.rollback()
    return sorted(db.session.scalars(select(Seat.number).where(Seat.table_id == table_id)))


def test_a_hundred_reach_for_the_last_seat_and_one_has_it(make, table, reach):
    for _ in range(9):
        make.seat(table)
    people, table_id = crowd(make, table, 100), table.id

    numbers = reach([(person_id, table_id) for person_id in people])

    assert [number for number in numbers if number] == [10]
    assert numbers_at(table_id) == list(range(1, 11))


def test_a_hundred_reach_for_ten_seats_and_ten_have_one_each(make, table, reach):
    people, table_id = crowd(make, table, 100), table.id

    numbers = reach([(person_id, table_id) for person_id in people])

    assert sorted(number for number in numbers if number) == list(range(1, 11)) == numbers_at(table_id)


def test_nobody_is_turned_away_while_there_are_seats(make, table, reach):
    people, table_id = crowd(make, table, 10), table.id

    assert sorted(reach([(person_id, table_id) for person_id in people])) == list(range(1, 11))


def test_one_person_in_ten_windows_has_one_place(make, table, reach):
    [person_id], table_id = crowd(make, table, 1), table.id

    assert reach([(person_id, table_id)] * 10) == [1] * 10
    assert numbers_at(table_id) == [1]
    assert len(list(db.session.scalars(select(Registration)))) == 1


def test_two_full_tables_change_places_without_waiting_for_each_other_for_ever(make, table, reach):
    """Everybody at each table wants a seat at the other, which has one free: some move, nobody is lost."""
    other = make.table(table.bof_session, capacity=10)
    sitting = [(make.seat(here), there) for here, there in ((table, other), (other, table)) for _ in range(9)]
    ids, both = [(seat.registration.person_id, there.id) for seat, there in sitting], (table.id, other.id)

    moved = reach(ids)

    assert any(moved)
    assert sum(len(numbers_at(table_id)) for table_id in both) == 18


@pytest.mark.parametrize("change", ["call off", "change role"])
def test_nobody_sits_down_while_the_ground_is_taken_away(make, table, sit, change):
    member = make.member(table.bof_session.brand)
    person_id, table_id = member.person_id, table.id
    db.session.commit()
    if change == "call off":
        hold(table.bof_session).cancel(NOON)
    else:
        member.role, member.brand_side_since = Role.STAFF, NOON
    db.session.flush()

    with ThreadPoolExecutor(1) as pool:
        number = pool.submit(sit, person_id, table_id)
        with pytest.raises(TimeoutError):
            number.result(timeout=0.5)
        db.session.commit()

        assert number.result(timeout=10) is None
    assert numbers_at(table_id) == []
