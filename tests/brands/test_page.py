"""A brand's page, its colour, and how a brand comes to be."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from meetup.brands import colours
from meetup.brands.models import Brand, Interest, Membership, Role
from meetup.extensions import db
from meetup.feedback.models import Voice
from meetup.sessions.phases import Phase
from tests.makers import NOON
from tests.queries import counting


def test_it_opens_with_what_people_say_and_ends_with_the_brand(client, people, noon):
    people.brand.about = "We make stock analytics."
    sayer = people.customer.person_id
    db.session.add(
        Voice(brand_id=people.brand.id, person_id=sayer, text="I left with a number.", on_day=date(2026, 12, 1))
    )
    db.session.commit()

    page = client.get(f"/b/{people.brand.slug}").text

    assert page.index("I left with a number.") < page.index("The last tray of the day") < page.index("stock analytics")


def test_it_shows_what_is_to_come_and_nothing_else(client, make, noon):
    brand = make.brand()
    for phase in Phase:
        make.bof_session(brand, phase, title=f"It is {phase}")
    db.session.commit()

    page = client.get(f"/b/{brand.slug}").text

    shown = {phase for phase in Phase if f"It is {phase}" in page}
    assert shown == {Phase.SCHEDULED, Phase.DOORS, Phase.OPEN, Phase.CLOSED}


def test_one_trade_or_interest_can_be_picked(client, make, noon):
    brand = make.brand()
    food, books = make.vertical(brand), make.vertical(brand, "Books")
    waste = Interest(brand_id=brand.id, slug="waste", name="waste")
    make.bof_session(brand, vertical=food, title="Trays", interests=[waste])
    make.bof_session(brand, vertical=books, title="Spring lists")
    db.session.commit()

    by_trade = client.get(f"/b/{brand.slug}?trade={books.slug}").text
    by_interest = client.get(f"/b/{brand.slug}?interest=waste").text

    assert ("Spring lists" in by_trade, "Trays" in by_trade) == (True, False)
    assert ("Spring lists" in by_interest, "Trays" in by_interest) == (False, True)


def test_seats_left_and_those_who_agreed_are_shown(client, people, make, noon):
    people.other.is_listed = False
    db.session.commit()

    page = client.get(f"/b/{people.brand.slug}").text

    assert "17 seats left of 20" in page
    assert ">IO<" in page
    assert ">YD<" not in page


def test_it_asks_the_database_as_often_for_forty_sessions_as_for_one(client, make, noon):
    brand = make.brand()
    address = f"/b/{brand.slug}"
    make.seat(make.bof_session(brand, vertical=make.vertical(brand)).tables[0])
    db.session.commit()
    with counting() as few:
        client.get(address)
    db.session.rollback()
    for number in range(40):
        make.seat(make.bof_session(brand, vertical=make.vertical(brand, f"Trade {number}")).tables[0])
    db.session.commit()

    with counting() as many:
        client.get(address)

    assert len(many) == len(few) == 9, many


def test_later_sessions_are_on_the_next_page_and_none_is_lost(client, make, noon):
    brand = make.brand()
    for number in range(25):
        # Several begin at the same instant: time alone could not tell where a page ends.
        make.bof_session(brand, title=f"Session {number:02}.", around=NOON + timedelta(days=number // 10))
    db.session.commit()

    first = client.get(f"/b/{brand.slug}").text
    after = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = client.get(after.partition("#")[0]).text

    on_first = [number for number in range(25) if f"Session {number:02}." in first]
    on_second = [number for number in range(25) if f"Session {number:02}." in second]
    assert (on_first, on_second) == (list(range(20)), list(range(20, 25)))


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("after=nobody", 200),
        ("trade=%27%22", 200),
        ("interest=%F0%9F%92%A5", 200),
        ("trade=" + "x" * 5000, 200),
        ("after=%00", 404),
    ],
)
def test_whatever_stands_in_the_query_is_no_accident(client, make, query, status):
    brand = make.brand()
    db.session.commit()

    assert client.get(f"/b/{brand.slug}?{query}").status_code == status


def test_the_colour_is_one_line_that_may_be_kept(client, make):
    brand = make.brand(colour="#0f6a4d")
    db.session.commit()

    answer = client.get(f"/b/{brand.slug}/colour.css?is=0f6a4d")

    assert answer.text == ":root { --brand: #0f6a4d; }\n"
    assert (answer.mimetype, answer.headers["Cache-Control"]) == ("text/css", "public, max-age=31536000")
    again = client.get(f"/b/{brand.slug}/colour.css", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("colour", ["#2b4a78", "#0f6a4d", "#000000"])
def test_a_colour_that_can_be_read_stays(colour):
    assert colours.is_readable(colour)
    assert colours.nearest_readable(colour) == colour


@pytest.mark.parametrize("colour", ["#ffee00", "#ff7a00", "#7fb8ff", "#ffffff"])
def test_a_pale_colour_gets_the_nearest_darker_one(colour):
    nearest = colours.nearest_readable(colour)

    assert not colours.is_readable(colour)
    assert 4.5 <= colours.contrast(nearest, colours.PAPER) < 4.6


OPENED = {"name": "Larder", "slug": "larder", "colour": "#0f6a4d", "zone": "europe/amsterdam"}


def test_whoever_opens_a_brand_is_its_first_owner(client, sign_in, make):
    founder = make.person()
    sign_in(founder)

    answer = client.post("/brands/new", data=OPENED)

    membership = db.session.scalars(select(Membership)).one()
    assert (answer.status_code, answer.location) == (303, "/b/larder/settings")
    assert (membership.person_id, membership.role, membership.is_confirmed) == (founder.id, Role.OWNER, True)
    assert db.session.scalars(select(Brand.zone)).one() == "Europe/Amsterdam"


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("name", "", "What is the brand called?"),
        ("name", "x" * 61, "Please keep this to 60 characters; it has 61."),
        ("slug", "Not That!", "Small letters, digits and hyphens: fernhill-shops."),
        ("slug", "taken", "Another brand has this address. Choose another one."),
        ("colour", "#ffee00", "Words in this colour are hard to read. The nearest that works is #7d7400."),
        ("colour", "red; } body {", "A colour looks like #2b4a78"),
        ("zone", "Mars/Olympus", "We know no such zone. One is named like Europe/Amsterdam or America/New_York."),
        ("zone", "../../etc/passwd", "We know no such zone. One is named like Europe/Amsterdam or America/New_York."),
    ],
)
def test_what_is_wrong_with_a_new_brand_stands_beside_the_field(client, sign_in, make, field, typed, words):
    make.brand(slug="taken")
    sign_in(make.person())

    answer = client.post("/brands/new", data=OPENED | {field: typed})

    assert answer.status_code == 422
    assert words in answer.text


def test_a_stranger_finds_the_brands_and_the_door(client, make):
    make.brand("Fernhill")
    db.session.commit()

    page = client.get("/").text

    assert "Fernhill" in page
    assert 'href="/sign-in"' in page


def test_whoever_is_signed_in_finds_their_brands_and_seats(client, sign_in, people, noon):
    sign_in(people.customer)

    page = client.get("/").text

    assert "Hello, Ines" in page
    assert people.brand.name in page
    assert "The last tray of the day" in page
