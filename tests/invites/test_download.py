"""The calendar file of a session: one's own entry, the same as in the mail, or the public one for a visitor."""

import re

import pytest
from icalendar import Calendar

from meetup.brands.models import Role, Standing
from meetup.extensions import db
from meetup.invites import rules
from meetup.invites.models import Invite
from meetup.sessions.phases import Phase
from tests.makers import NOON

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def coming(make, people):
    """A session of the cast's brand that is still to come."""
    return make.bof_session(people.brand, title="The last tray, “of the day”", summary="Bread; and, wine\n=cmd()")


@pytest.fixture
def download(client, sign_in):
    def download(bof_session, who=None):
        db.session.commit()
        sign_in(who)
        return client.get(f"/b/{bof_session.brand.slug}/s/{bof_session.slug}/invite.ics")

    return download


def event_in(response):
    calendar = Calendar.from_ical(response.data)
    return calendar.walk("VEVENT")[0]


def test_it_is_a_file_that_calendars_open(coming, download):
    response = download(coming)

    assert (response.status_code, response.headers["Content-Type"]) == (
        200,
        "text/calendar; charset=utf-8; method=PUBLISH",
    )
    assert response.headers["Content-Disposition"] == f'attachment; filename="{coming.slug}.ics"'
    assert Calendar.from_ical(response.data)["METHOD"] == "PUBLISH"


def test_it_names_nobody_who_is_coming(make, people, coming, download):
    make.seat(coming.tables[0], people.customer)

    octets = download(coming, people.customer).data

    assert (b"ATTENDEE" in octets, b"Ines" in octets, b"shop.example" in octets) == (False, False, False)
    assert b"BEGIN:VALARM" in octets


@pytest.mark.parametrize(
    ("who", "ends"),
    [
        (None, "143000Z"),
        ("stranger", "143000Z"),
        ("customer", "143000Z"),
        ("rival_staff", "143000Z"),
        ("guest", "140000Z"),
        ("expert", "140000Z"),
        ("staff", "140000Z"),
        ("owner", "140000Z"),
    ],
)
def test_customers_entries_cover_both_parts_and_everybody_elses_end_when_the_brand_leaves(
    people, coming, download, who, ends
):
    response = download(coming, who and getattr(people, who))

    assert re.findall(rb"DT(?:START|END):(\S+)", response.data) == [b"20261203T130000Z", f"20261203T{ends}".encode()]


def test_who_waits_for_a_yes_reads_what_a_visitor_reads(make, people, coming, download):
    waiting = make.member(people.brand, Role.GUEST, standing=Standing.PENDING)

    assert download(coming, waiting).data == download(coming).data


def test_where_nothing_is_left_for_them_there_is_no_entry(make, people, download):
    closed_at_once = make.bof_session(people.brand, closes_at=make.bof_session(people.brand).starts_at)

    answers = {
        who: download(closed_at_once, getattr(people, who)).status_code for who in ("customer", "guest", "staff")
    }

    assert answers == {"customer": 200, "guest": 404, "staff": 404}


def test_a_file_and_a_mail_are_about_the_same_entry(make, people, coming, download):
    person = people.customer.person
    rules.take_seat(person, coming.tables[0], NOON)
    rules.give_up(person, coming, NOON)
    rules.take_seat(person, coming.tables[0], NOON)
    standing = rules.invite_of(person, coming)

    event = event_in(download(coming, people.customer))

    assert (str(event["UID"]), event["SEQUENCE"]) == (standing.uid, standing.sequence)
    assert str(event["UID"]) != coming.uid
    assert str(event_in(download(coming, people.other))["UID"]) == coming.uid


def test_the_same_octets_come_each_time(coming, download):
    assert download(coming).data == download(coming).data


def test_reading_it_makes_no_invite(people, coming, download):
    assert download(coming, people.customer).status_code == 200

    assert db.session.query(Invite).count() == 0


def test_what_was_called_off_is_put_into_no_calendar(make, people, download):
    response = download(make.bof_session(people.brand, Phase.CANCELLED))

    assert (response.status_code, "called off" in response.text) == (409, True)


@pytest.mark.parametrize("who", [None, "customer", "staff"])
def test_a_draft_has_none(make, people, coming, download, who):
    draft = make.bof_session(people.brand, Phase.DRAFT)

    assert download(draft, who and getattr(people, who)).status_code == 404
    assert download(coming, who and getattr(people, who)).status_code == 200


def test_another_brands_address_does_not_lead_to_it(client, people, coming, download):
    assert download(coming).status_code == 200
    assert client.get(f"/b/{people.rival.slug}/s/{coming.slug}/invite.ics").status_code == 404


def test_the_links_to_web_calendars_name_the_same_times(make, people, coming, client, sign_in):
    sign_in(people.customer)

    page = client.get(f"/b/{people.brand.slug}/s/{coming.slug}").text

    assert "https://calendar.google.com/calendar/render?action=TEMPLATE&amp;text=The%20last%20tray" in page
    assert page.count("startdt=2026-12-03T13%3A00%3A00Z&amp;enddt=2026-12-03T14%3A30%3A00Z") == 2


def test_a_long_summary_still_fits_into_a_link(make, people, client):
    long = make.bof_session(people.brand, summary="🥐 bread & more " * 270)
    db.session.commit()

    page = client.get(f"/b/{people.brand.slug}/s/{long.slug}").text

    links = re.findall(r'href="(https://(?:calendar\.google|outlook)[^"]+)"', page)
    assert (len(links), max(map(len, links)) < 8000) == (3, True)
