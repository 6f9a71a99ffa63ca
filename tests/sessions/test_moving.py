"""“Five more minutes”, “close the doors now”: one press, seen by all at the tables."""

from datetime import timedelta

import pytest

from meetup.extensions import db
from meetup.live import wake as waking
from meetup.sessions.phases import Phase
from meetup.shared.outbox import OutboxItem
from tests.makers import NOON

pytestmark = pytest.mark.usefixtures("noon")
MINUTE = timedelta(minutes=1)


@pytest.fixture
def press(client, sign_in, people):
    sign_in(people.staff)

    def press(bof_session, move, version=None, **more):
        data = {"move": move, "version": bof_session.revision if version is None else version} | more
        return client.post(f"/b/{people.brand.slug}/s/{bof_session.slug}/times", data=data)

    return press


def test_five_more_minutes_move_the_closing_and_the_end(press, people):
    doors, starts, closes, ends = people.bof_session.instants

    assert press(people.bof_session, "longer").status_code == 303

    db.session.refresh(people.bof_session)
    assert people.bof_session.instants == (doors, starts, closes + 5 * MINUTE, ends + 5 * MINUTE)
    assert people.bof_session.sequence == 1


def test_at_the_doors_five_more_minutes_move_the_beginning_too(press, people, make):
    at_the_doors = make.bof_session(people.brand, Phase.DOORS)
    db.session.commit()
    doors, starts, closes, ends = at_the_doors.instants

    press(at_the_doors, "longer")

    db.session.refresh(at_the_doors)
    assert at_the_doors.instants == (doors, starts + 5 * MINUTE, closes + 5 * MINUTE, ends + 5 * MINUTE)


def test_it_can_begin_before_its_time(press, people, make):
    at_the_doors = make.bof_session(people.brand, Phase.DOORS)
    db.session.commit()

    press(at_the_doors, "begin")

    db.session.refresh(at_the_doors)
    assert (at_the_doors.starts_at, at_the_doors.phase(NOON)) == (NOON, Phase.OPEN)


def test_closing_asks_first_for_it_cannot_be_undone(press, people):
    response = press(people.bof_session, "close")

    assert response.status_code == 200
    assert "Close the doors now?" in response.text
    assert people.bof_session.phase(NOON) is Phase.OPEN


def test_closing_the_doors_puts_the_brand_out_and_keeps_the_hour_of_erasure(press, people):
    ends = people.bof_session.ends_at

    response = press(people.bof_session, "close", confirmed="yes")

    db.session.refresh(people.bof_session)
    assert response.location == f"/b/{people.brand.slug}/s/{people.bof_session.slug}"
    assert (people.bof_session.closes_at, people.bof_session.ends_at) == (NOON, ends)
    assert people.bof_session.phase(NOON) is Phase.CLOSED


def test_without_a_closed_part_closing_is_the_end(press, people):
    people.bof_session.closes_at = people.bof_session.ends_at
    db.session.commit()

    press(people.bof_session, "close", confirmed="yes")

    db.session.refresh(people.bof_session)
    assert people.bof_session.phase(NOON) is Phase.ENDED


def test_pressing_twice_on_one_page_moves_once(press, people):
    closes = people.bof_session.closes_at
    press(people.bof_session, "longer", version=0)

    again = press(people.bof_session, "longer", version=0)

    db.session.refresh(people.bof_session)
    assert (again.status_code, people.bof_session.closes_at) == (409, closes + 5 * MINUTE)


@pytest.mark.parametrize("move", ["begin", "", "close now", "longer\x00"])
def test_a_move_that_means_nothing_now_is_refused(press, people, move):
    assert press(people.bof_session, move).status_code == 409


def test_everybody_at_the_tables_sees_it_after_the_commit(press, people, monkeypatch):
    woken = []
    monkeypatch.setattr("meetup.invites.rules.wake", woken.append)

    press(people.bof_session, "longer")

    assert [topic.key for topic in woken] == [people.table.id, people.second.id]
    assert {topic.kind for topic in woken} == {"table"}
    assert waking.wake is not None


def test_nobody_gets_a_mail_for_it(press, people):
    press(people.bof_session, "longer")

    assert db.session.query(OutboxItem).count() == 0
