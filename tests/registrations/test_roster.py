"""The roster: who is coming, for the hosts and for nobody else."""

import re
from html import unescape

import pytest

from meetup.brands.models import Standing
from meetup.extensions import db
from meetup.registrations import roster
from tests.makers import NOON
from tests.queries import counting

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def here(people):
    return f"/b/{people.brand.slug}/s/{people.bof_session.slug}/roster"


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("staff", 200),
        ("owner", 200),
        ("expert", 403),
        ("other_expert", 403),
        ("customer", 403),
        ("guest", 403),
        ("outsider", 403),
        ("rival_staff", 403),
        ("stranger", 403),
        (None, 303),
    ],
)
def test_the_roster_is_for_the_hosts(client, sign_in, people, here, who, status):
    sign_in(who and getattr(people, who))

    assert client.get(here).status_code == status


def test_it_names_everybody_by_table_and_seat_also_those_whom_others_do_not_see(people):
    people.customer.is_listed = False

    rows, goes_on_at = roster.rows(people.bof_session)

    assert [(row.membership, row.table, row.number) for row in rows] == [
        (people.customer, people.table, 1),
        (people.guest, people.table, 2),
        (people.other, people.second, 1),
    ]
    assert goes_on_at is None


def test_it_counts_who_is_coming_and_who_came(make, people):
    make.seat(people.second, attended_at=NOON)

    counts = roster.counts(people.bof_session)

    assert [(each.table, each.going, each.came) for each in counts] == [(people.table, 2, 0), (people.second, 2, 1)]


def test_the_page_tells_role_and_standing_and_how_they_came(client, sign_in, people, here):
    people.customer.through = "an invite code"
    people.other.standing = Standing.SUSPENDED
    sign_in(people.staff)

    page = " ".join(unescape(re.sub(r"<[^>]+>", " ", client.get(here).text)).split())

    assert "3 people at 2 tables." in page
    assert "Ines Okafor a shop · since Monday 23 November · through an invite code seat 1" in page
    assert "Paul Achterberg guest a shop" in page
    assert "Yusuf Demir suspended a shop" in page


def test_a_long_one_comes_page_by_page_and_loses_nobody(client, sign_in, make, people, here):
    people.second.capacity = 40
    big = make.table(people.bof_session, topic="Greens", capacity=40)
    for table in (people.second, big):
        for _ in range(39):
            make.seat(table)
    sign_in(people.staff)

    first = client.get(here).text
    rest = client.get(unescape(re.search(rf'href="({here}\?after=[^"]+)"', first)[1])).text

    assert [page.count(">seat ") for page in (first, rest)] == [50, 31]


def test_an_empty_one_says_what_to_do_next(client, sign_in, make, people):
    bof_session = make.bof_session(people.brand)
    sign_in(people.staff)

    assert "Nobody has a seat yet." in client.get(f"/b/{people.brand.slug}/s/{bof_session.slug}/roster").text


@pytest.mark.parametrize("mark", ["", "x", "1", "1.x", "-1.2", "99999.1", "1.1.1", "%00", "１.１"])
def test_what_is_no_place_in_it_leads_nowhere(client, sign_in, people, here, mark):
    sign_in(people.staff)

    assert client.get(f"{here}?after={mark}").status_code == 404
    assert client.get(f"{here}?after=1.1").status_code == 200


def test_it_asks_as_often_for_many_as_for_few(client, sign_in, make, people, here):
    sign_in(people.staff)

    def asked():
        db.session.commit()
        db.session.expunge_all()
        with counting() as queries:
            assert client.get(here).status_code == 200
        # The page only read, and so would what follows in its transaction.
        db.session.rollback()
        return queries

    table_id = people.table.id
    few = asked()
    table = db.session.get(type(people.table), table_id)
    for _ in range(8):
        make.seat(table)
    many = asked()

    assert len(many) == len(few), f"{few}\n\n{many}"
    assert len(many) <= 11, many
