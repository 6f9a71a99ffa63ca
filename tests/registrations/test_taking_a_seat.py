"""Seats over HTTP: who gets one, what is said to the others, and what a stale page or a repeated post does."""

import pytest
from sqlalchemy import select

from meetup.brands.models import Role
from meetup.extensions import db
from meetup.invites.models import Invite
from meetup.registrations import policy
from meetup.registrations.models import Seat
from meetup.sessions.phases import Phase
from tests.makers import NOON

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def here(people):
    return f"/b/{people.brand.slug}/s/{people.bof_session.slug}"


@pytest.fixture
def seat_of(people):
    def seat_of(who):
        db.session.rollback()
        return policy.seat_of(who.person, people.bof_session)

    return seat_of


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("outsider", 303),
        ("staff", 403),
        ("owner", 403),
        ("expert", 403),
        ("other_expert", 403),
        ("rival_staff", 403),
        ("rival_customer", 403),
        ("stranger", 403),
    ],
)
def test_a_seat_is_for_this_brands_customers(client, sign_in, people, here, who, status):
    sign_in(getattr(people, who))

    response = client.post(f"{here}/seat", data={"table": people.table.number})

    assert response.status_code == status
    assert (len(list(db.session.scalars(select(Seat)))) == 4) == (status == 303)


def test_a_visitor_is_asked_to_sign_in(client, people, here):
    response = client.post(f"{here}/seat", data={"table": people.table.number})

    assert (response.status_code, response.location.split("?")[0]) == (303, "/sign-in")


def test_a_guest_sits_where_guests_are_welcome_and_only_there(client, sign_in, make, people, here):
    guest = make.member(people.brand, Role.GUEST)
    sign_in(guest)
    assert client.post(f"{here}/seat", data={"table": 1}).status_code == 303

    people.bof_session.admits_guests = False
    sign_in(make.member(people.brand, Role.GUEST))
    refused = client.post(f"{here}/seat", data={"table": 1})

    assert (refused.status_code, "This session is for customers only." in refused.text) == (403, True)


def test_with_the_seat_comes_an_invitation_and_back_at_the_page_it_says_so(client, sign_in, people, here):
    sign_in(people.outsider)

    response = client.post(f"{here}/seat", data={"table": people.second.number}, follow_redirects=True)

    assert "You have a seat at “Wine and cheese”." in response.text
    assert [invite.person_id for invite in db.session.scalars(select(Invite))] == [people.outsider.person_id]


def test_sending_the_form_twice_gives_one_seat_and_one_invitation(client, sign_in, people, here, seat_of):
    sign_in(people.outsider)

    for _ in range(2):
        assert client.post(f"{here}/seat", data={"table": 2}).status_code == 303

    assert seat_of(people.outsider).table_id == people.second.id
    assert len(list(db.session.scalars(select(Invite)))) == 1


def test_moving_is_the_same_form(client, sign_in, people, here, seat_of):
    sign_in(people.customer)

    client.post(f"{here}/seat", data={"table": people.second.number})

    assert seat_of(people.customer).table_id == people.second.id


def test_a_full_table_says_so_and_who_sits_elsewhere_stays_there(client, sign_in, make, people, here, seat_of):
    people.second.capacity = 2
    make.seat(people.second)
    sign_in(people.customer)

    response = client.post(f"{here}/seat", data={"table": people.second.number})

    assert (response.status_code, "“Wine and cheese” is full. Try another table." in response.text) == (409, True)
    assert seat_of(people.customer).table_id == people.table.id


@pytest.mark.parametrize("typed", [None, "", "0", "-1", "x", "1.5", "1 OR 1=1", "１e9", "9" * 5000, "\0", "<b>"])
def test_what_is_no_table_is_refused_in_words(client, sign_in, people, here, typed, seat_of):
    sign_in(people.outsider)

    response = client.post(f"{here}/seat", data={} if typed is None else {"table": typed})

    assert (response.status_code, "Choose one of the tables first." in response.text) == (409, True)
    assert seat_of(people.outsider) is None


def test_a_table_that_was_taken_away_since_the_page_was_opened_is_refused_in_words(client, sign_in, people, here):
    sign_in(people.outsider)

    response = client.post(f"{here}/seat", data={"table": 7})

    assert (response.status_code, "taken away" in response.text) == (409, True)


@pytest.mark.parametrize(
    ("phase", "words"),
    [(Phase.CLOSED, "The door is shut"), (Phase.ENDED, "over"), (Phase.CANCELLED, "called off")],
)
def test_a_stale_page_gives_no_seat(client, sign_in, make, people, phase, words):
    bof_session = make.bof_session(people.brand, phase)
    sign_in(people.customer)

    response = client.post(f"/b/{people.brand.slug}/s/{bof_session.slug}/seat", data={"table": 1})

    assert (response.status_code, words in response.text) == (409, True)


@pytest.mark.parametrize("path", ["seat", "seat/removal"])
def test_another_brands_address_does_not_lead_to_it(client, sign_in, make, people, path):
    member = make.member(people.rival, Role.CUSTOMER, person=people.outsider.person)
    sign_in(member)

    response = client.post(f"/b/{people.rival.slug}/s/{people.bof_session.slug}/{path}", data={"table": 1})

    assert response.status_code == 404


def test_a_draft_gives_no_sign_of_itself(client, sign_in, make, people):
    draft = make.bof_session(people.brand, Phase.DRAFT)
    sign_in(people.customer)

    assert client.post(f"/b/{people.brand.slug}/s/{draft.slug}/seat", data={"table": 1}).status_code == 404
    assert client.get(f"/b/{people.brand.slug}/s/{draft.slug}/roster").status_code == 404


def test_reading_the_page_that_asks_gives_nothing_up(client, sign_in, people, here, seat_of):
    sign_in(people.customer)

    page = client.get(f"{here}/seat/removal")

    assert "Give up your seat?" in page.text
    assert f'action="{here}/seat/removal"' in page.text
    assert seat_of(people.customer) is not None


def test_giving_up_frees_the_seat_and_doing_it_twice_changes_nothing(client, sign_in, people, here, seat_of):
    sign_in(people.customer)

    first = client.post(f"{here}/seat/removal", follow_redirects=True)
    # The page that followed only read, and so would what comes next in its transaction.
    db.session.rollback()
    second = client.post(f"{here}/seat/removal", follow_redirects=True)

    assert ("Your seat is free" in first.text, "Your seat is free" in second.text) == (True, False)
    assert seat_of(people.customer) is None
    assert client.get(f"{here}/seat/removal").status_code == 303


def test_one_may_come_back(client, sign_in, people, here, seat_of):
    sign_in(people.customer)
    client.post(f"{here}/seat/removal")

    client.post(f"{here}/seat", data={"table": 1})

    assert seat_of(people.customer).table_id == people.table.id


@pytest.mark.parametrize("who", ["outsider", "staff", "expert", "rival_customer", "stranger"])
def test_who_never_had_a_seat_has_none_to_give_up(client, sign_in, people, here, who):
    sign_in(getattr(people, who))

    assert client.get(f"{here}/seat/removal").status_code == 403
    assert client.post(f"{here}/seat/removal").status_code == 403


def test_what_is_over_stays_as_it_was(client, sign_in, make, people):
    bof_session = make.bof_session(people.brand, Phase.ENDED)
    make.seat(bof_session.tables[0], people.customer)
    sign_in(people.customer)
    address = f"/b/{people.brand.slug}/s/{bof_session.slug}/seat/removal"

    assert client.get(address).status_code == 303
    assert client.post(address).status_code == 409
    db.session.rollback()
    assert policy.seat_of(people.customer.person, bof_session) is not None


def test_a_form_without_its_token_is_refused(app, client, sign_in, people, here, monkeypatch, seat_of):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    sign_in(people.outsider)

    assert client.post(f"{here}/seat", data={"table": 1}).status_code == 400
    assert seat_of(people.outsider) is None


def test_when_it_was_taken_is_kept(client, sign_in, people, here, seat_of):
    sign_in(people.outsider)

    client.post(f"{here}/seat", data={"table": 1})

    assert seat_of(people.outsider).taken_at == NOON
