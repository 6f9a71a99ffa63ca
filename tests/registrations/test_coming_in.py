"""Coming in is a button's doing, never a page's: who came, and when they first did."""

from datetime import timedelta

import pytest

from meetup.brands.models import Standing
from meetup.extensions import db
from meetup.registrations import policy, rules
from meetup.sessions.phases import Phase
from meetup.shared.errors import Refused
from tests.makers import NOON

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def door(people):
    return f"/b/{people.brand.slug}/s/{people.bof_session.slug}/t/{people.table.number}/arrival"


def came_at(people, who):
    db.session.rollback()
    return policy.registration_of(who.person, people.bof_session).attended_at


def test_the_first_time_counts(people):
    person, later = people.customer.person, NOON + timedelta(minutes=9)
    rules.come_in(person, people.bof_session, NOON)

    assert rules.come_in(person, people.bof_session, later).attended_at == NOON


@pytest.mark.parametrize(
    ("phase", "words"),
    [
        (Phase.SCHEDULED, "not open yet"),
        (Phase.ENDED, "over"),
        (Phase.CANCELLED, "called off"),
        (Phase.DRAFT, "not published"),
    ],
)
def test_nobody_comes_in_before_the_doors_or_after_the_end(make, people, phase, words):
    bof_session = make.bof_session(people.brand, phase)
    make.seat(bof_session.tables[0], people.customer)

    with pytest.raises(Refused, match=words):
        rules.come_in(people.customer.person, bof_session, NOON)


def test_once_the_door_is_shut_only_customers_come_in_and_no_host_can_read_that_they_did(make, people):
    bof_session = make.bof_session(people.brand, Phase.CLOSED)
    for who in (people.customer, people.guest):
        make.seat(bof_session.tables[0], who)

    assert rules.come_in(people.customer.person, bof_session, NOON).attended_at is None
    with pytest.raises(Refused, match="only customers"):
        rules.come_in(people.guest.person, bof_session, NOON)


def test_a_seat_alone_opens_nothing(people):
    people.customer.standing = Standing.SUSPENDED
    with pytest.raises(Refused, match="no seat"):
        rules.come_in(people.customer.person, people.bof_session, NOON)

    people.customer.standing = Standing.CONFIRMED
    assert rules.come_in(people.customer.person, people.bof_session, NOON)


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("customer", 303),
        ("other", 303),
        ("guest", 303),
        ("outsider", 403),
        ("expert", 403),
        ("staff", 403),
        ("rival_staff", 403),
        ("stranger", 403),
    ],
)
def test_those_who_have_a_seat_come_in(client, sign_in, people, door, who, status):
    sign_in(getattr(people, who))

    response = client.post(door)

    assert response.status_code == status
    if status == 303:
        assert response.location == door.removesuffix("/arrival")
        assert came_at(people, getattr(people, who)) == NOON


def test_a_script_is_answered_without_a_page(client, sign_in, people, door):
    sign_in(people.customer)

    response = client.post(door, headers={"Accept": "application/json"})

    assert (response.status_code, response.data) == (204, b"")


def test_a_mail_scanner_that_follows_the_link_does_not_come(client, sign_in, people, door):
    sign_in(people.customer)

    assert client.get(door).status_code == 405
    assert came_at(people, people.customer) is None


def test_in_the_closed_part_one_comes_into_the_closed_room(client, sign_in, make, people):
    bof_session = make.bof_session(people.brand, Phase.CLOSED)
    make.seat(bof_session.tables[0], people.customer)
    sign_in(people.customer)

    response = client.post(f"/b/{people.brand.slug}/s/{bof_session.slug}/t/1/arrival")

    assert response.location.endswith("/t/1/closed")
