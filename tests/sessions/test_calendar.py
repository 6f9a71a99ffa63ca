"""The hosts' calendar: what is to come, what is drafted, what was; page by page, with a fixed number of questions."""

from datetime import timedelta

import pytest

from meetup.brands.models import Brand
from meetup.extensions import db
from meetup.sessions.calendar import PAGE, Key
from meetup.sessions.phases import Phase
from tests.makers import NOON
from tests.queries import counting

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def calendar(client, sign_in, people):
    sign_in(people.staff)
    return lambda query="": client.get(f"/b/{people.brand.slug}/calendar{query}")


def titled(make, brand, title, phase=Phase.SCHEDULED, **fields):
    return make.bof_session(brand, phase, title=title, **fields)


def places(text, *titles):
    return sorted(titles, key=text.index)


def test_the_next_comes_first_and_drafts_and_the_past_stand_apart(calendar, people, make):
    titled(make, people.brand, "Later", around=NOON + timedelta(days=40))
    titled(make, people.brand, "Sooner")
    titled(make, people.brand, "Unfinished", Phase.DRAFT)
    titled(make, people.brand, "Was", Phase.ENDED)
    titled(make, people.brand, "Is not", Phase.CANCELLED)
    db.session.commit()

    coming, drafts, past = (calendar(f"?show={show}").text for show in ("coming", "drafts", "past"))

    assert places(coming, "December 2026", "Sooner", "January 2027", "Later") == [
        "December 2026",
        "Sooner",
        "January 2027",
        "Later",
    ]
    assert ("Unfinished" in coming, "Was" in coming, "Is not" in coming) == (False, False, False)
    assert ("Unfinished" in drafts, "Sooner" in drafts) == (True, False)
    assert ("Was" in past, "Is not" in past, "Unfinished" in past) == (True, True, False)


def test_it_counts_the_seats(calendar):
    assert "3 of 20 seats taken at 2 tables" in calendar().text


def test_another_brands_sessions_are_not_in_it(calendar, people, make):
    titled(make, people.rival, "Elsewhere")
    db.session.commit()

    assert "Elsewhere" not in calendar().text


@pytest.mark.parametrize("show", ["coming", "past"])
def test_pages_follow_each_other_without_a_gap(calendar, people, make, show):
    phase = Phase.SCHEDULED if show == "coming" else Phase.ENDED
    for number in range(PAGE + 5):
        titled(make, people.brand, f"Number {number:02}.", phase)
    db.session.commit()

    first = calendar(f"?show={show}").text
    second = calendar(
        first.partition('rel="next" href="')[2].partition("calendar")[2].partition('"')[0].replace("&amp;", "&")
    ).text

    found = [f"Number {number:02}." for number in range(PAGE + 5)]
    assert [(title in first) + (title in second) for title in found] == [1] * len(found)


def test_an_empty_calendar_says_what_to_do_next(client, sign_in, make):
    staff = make.member(make.brand("Larder"), "staff")
    sign_in(staff)

    pages = [client.get(f"/b/{staff.brand.slug}/calendar?show={show}").text for show in ("coming", "drafts", "past")]

    assert ["Customers find one on your page" in pages[0], "No drafts." in pages[1]] == [True, True]
    assert "Nothing has been yet." in pages[2]


@pytest.mark.parametrize("query", ["?after=x", "?after=1-", f"?after={'9' * 17}-1", "?after=-1-1", "?show=secret"])
def test_an_address_that_is_none_of_ours_begins_anew(calendar, people, query):
    response = calendar(query)

    assert response.status_code == 200


def test_a_key_is_read_back():
    key = Key(NOON + timedelta(microseconds=1), 7)

    assert Key.read(str(key)) == key


@pytest.mark.parametrize(
    ("who", "status"),
    [("staff", 200), ("owner", 200), ("expert", 403), ("customer", 403), ("rival_staff", 403), ("stranger", 403)],
)
def test_it_is_for_hosts(client, sign_in, people, who, status):
    sign_in(getattr(people, who))

    assert client.get(f"/b/{people.brand.slug}/calendar").status_code == status


def test_it_asks_as_often_for_one_as_for_many(client, calendar, people, make):
    slug, brand_id = people.brand.slug, people.brand.id
    db.session.expunge_all()
    with counting() as few:
        client.get(f"/b/{slug}/calendar")
    brand = db.session.get(Brand, brand_id)
    for _ in range(15):
        bof_session = titled(make, brand, "One more", tables=3, vertical=make.vertical(brand))
        make.seat(bof_session.tables[0])
    db.session.commit()
    db.session.expunge_all()

    with counting() as many:
        client.get(f"/b/{slug}/calendar")

    assert len(many) == len(few), many
    assert len(few) <= 10, few
