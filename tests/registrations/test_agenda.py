"""My agenda: every session in which I have a part, mine alone, page by page."""

import re
from datetime import timedelta
from html import unescape

import pytest

from meetup.accounts.models import Person
from meetup.brands.models import Role, Standing
from meetup.extensions import db
from meetup.registrations import agenda
from meetup.registrations.agenda import Part
from meetup.registrations.models import Place
from meetup.sessions.phases import Phase
from tests.makers import NOON
from tests.queries import counting

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def me(make):
    return make.member(make.brand())


def evening(make, brand, days=0, **fields):
    """A session, so many days from the usual time."""
    return make.bof_session(brand, around=NOON + timedelta(days=days), **fields)


def seat_at(make, me, *days):
    sessions = [evening(make, me.brand, each) for each in days]
    for bof_session in sessions:
        make.seat(bof_session.tables[0], me)
    return sessions


def shown(page):
    return [entry.bof_session for entry in page.entries]


def test_what_is_to_come_stands_in_order_of_time_and_what_has_been_the_latest_first(make, me):
    late, soon, long_ago, lately = seat_at(make, me, 9, 1, -9, -1)

    assert shown(agenda.to_come(me.person, NOON)) == [soon, late]
    assert shown(agenda.been(me.person, NOON)) == [lately, long_ago]


def test_it_is_mine_alone(make, me):
    [mine] = seat_at(make, me, 1)
    other = make.member(me.brand)
    make.seat(mine.tables[0], other)
    seat_at(make, other, 2)

    assert shown(agenda.to_come(me.person, NOON)) == [mine]


def test_it_holds_the_sessions_of_every_brand(make, me):
    [here] = seat_at(make, me, 1)
    [there] = seat_at(make, make.member(make.brand("Larder"), person=me.person), 2)

    assert shown(agenda.to_come(me.person, NOON)) == [here, there]


def test_a_seat_that_was_given_up_is_gone_and_what_was_called_off_stays_and_says_so(make, me, client, sign_in):
    given_up, called_off = seat_at(make, me, 1, 2)
    agenda_before = shown(agenda.to_come(me.person, NOON))
    make.seat(evening(make, me.brand, 3).tables[0], me, standing=Place.CANCELLED)
    called_off.cancelled_at = NOON
    sign_in(me)

    assert agenda_before == shown(agenda.to_come(me.person, NOON)) == [given_up, called_off]
    assert "called off" in client.get("/agenda").text


def test_hosts_see_what_they_host_drafts_too_and_experts_where_they_listen(make, me):
    staff, expert = make.member(me.brand, Role.STAFF), make.member(me.brand, Role.EXPERT)
    hosted, draft = (evening(make, me.brand, day, host_id=staff.id) for day in (1, 2))
    draft.published_at = None
    for bof_session in (hosted, draft):
        bof_session.tables[0].expert_id = expert.id
    evening(make, me.brand, 3)

    hosts = agenda.to_come(staff.person, NOON).entries
    experts = agenda.to_come(expert.person, NOON).entries

    assert [(entry.bof_session, entry.part) for entry in hosts] == [(hosted, Part.HOST), (draft, Part.HOST)]
    assert [(entry.bof_session, entry.part, entry.table) for entry in experts] == [
        (hosted, Part.EXPERT, hosted.tables[0])
    ]


def test_a_role_that_no_longer_counts_shows_nothing(make, me):
    staff = make.member(me.brand, Role.STAFF)
    hosted = evening(make, me.brand, 1, host_id=staff.id)
    assert shown(agenda.to_come(staff.person, NOON)) == [hosted]

    staff.standing = Standing.REVOKED

    assert shown(agenda.to_come(staff.person, NOON)) == []


def test_long_agendas_come_page_by_page_and_lose_nothing(make, me):
    days = [*range(1, 45), 7, 7, 7]
    sessions = seat_at(make, me, *days)
    seen, after = [], None

    while True:
        page = agenda.to_come(me.person, NOON, after)
        seen += shown(page)
        after = page.goes_on_at
        if after is None:
            break

    assert len(seen) == len(sessions)
    assert set(seen) == set(sessions)
    assert [each.starts_at for each in seen] == sorted(each.starts_at for each in sessions)


def test_the_past_pages_backwards(make, me):
    sessions = seat_at(make, me, *range(-45, -1))
    first = agenda.been(me.person, NOON)
    second = agenda.been(me.person, NOON, first.goes_on_at)

    assert [*shown(first), *shown(second)] == list(reversed(sessions))[:40]


def test_its_pages_link_to_each_other(make, me, client, sign_in):
    seat_at(make, me, *range(1, 30))
    seat_at(make, me, *range(-30, -1))
    sign_in(me)
    page = client.get("/agenda").text

    later = client.get(unescape(re.search(r'href="(/agenda\?after=[^"]+)"', page)[1])).text
    longer_ago = client.get(unescape(re.search(r'href="(/agenda\?before=[^"]+)"', page)[1])).text

    assert [each.count("The last tray") for each in (page, later, longer_ago)] == [40, 9, 9]
    assert ('id="been"' in later, 'id="to-come"' in longer_ago) == (False, False)


def test_times_are_in_the_zone_that_a_person_chose(make, me, client, sign_in):
    seat_at(make, me, 0)
    me.person.zone = "Asia/Kathmandu"
    sign_in(me)

    assert "18:45 to 20:15" in client.get("/agenda").text


@pytest.mark.parametrize(
    ("phase", "link"),
    [
        (Phase.SCHEDULED, 'href="{}/seat/removal"'),
        (Phase.DOORS, 'action="{}/t/1/arrival"'),
        (Phase.OPEN, 'action="{}/t/1/arrival"'),
        (Phase.CLOSED, 'action="{}/t/1/arrival"'),
        (Phase.ENDED, 'href="{}/feedback"'),
    ],
)
def test_each_phase_has_its_next_step(make, me, client, sign_in, phase, link):
    bof_session = make.bof_session(me.brand, phase)
    make.seat(bof_session.tables[0], me, attended_at=NOON)
    sign_in(me)

    assert link.format(f"/b/{me.brand.slug}/s/{bof_session.slug}") in client.get("/agenda").text


def test_a_guest_is_not_led_to_a_door_that_is_shut(make, me, client, sign_in):
    guest = make.member(me.brand, Role.GUEST)
    make.seat(make.bof_session(me.brand, Phase.CLOSED).tables[0], guest)
    sign_in(guest)

    page = client.get("/agenda").text

    assert ("now, closed" in page, "/arrival" in page) == (True, False)


def test_an_empty_agenda_says_what_to_do_next(me, client, sign_in):
    sign_in(me)

    assert "You have no seat yet." in client.get("/agenda").text


def test_a_visitor_is_asked_to_sign_in(client, me):
    assert client.get("/agenda").status_code == 303


@pytest.mark.parametrize("mark", ["x", "1", "1.", ".a", "-1.a", "9" * 30 + ".a", "1." + "a" * 40, "1.é", "1.a%00"])
@pytest.mark.parametrize("way", ["after", "before"])
def test_what_is_no_place_in_it_leads_nowhere(me, client, sign_in, way, mark):
    sign_in(me)

    assert client.get(f"/agenda?{way}={mark}").status_code == 404


@pytest.mark.parametrize("mark", ["0.a", "253402300799999999.zz"])
def test_the_ends_of_time_are_places(me, client, sign_in, mark):
    sign_in(me)

    assert client.get(f"/agenda?after={mark}").status_code == 200


def test_it_asks_as_often_for_a_full_agenda_as_for_a_short_one(make, me, client, sign_in):
    seat_at(make, me, 1, -1)
    sign_in(me)

    def asked():
        db.session.commit()
        db.session.expunge_all()
        with counting() as queries:
            assert client.get("/agenda").status_code == 200
        # The page only read, and so would what follows in its transaction.
        db.session.rollback()
        return queries

    person_id = me.person_id
    few = asked()
    rest = make.member(make.brand("Larder"), person=db.session.get(Person, person_id))
    seat_at(make, rest, *range(2, 30))
    seat_at(make, rest, *range(-30, -2))
    many = asked()

    assert len(many) == len(few), f"{few}\n\n{many}"
    assert len(many) <= 8, many
