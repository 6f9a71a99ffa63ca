"""The page of a session: what it tells, and the one button that it offers to each reader in each phase."""

import re
from datetime import timedelta
from html import unescape

import pytest

from meetup.brands.models import Interest, Role, Standing
from meetup.extensions import db
from meetup.sessions.phases import Phase
from tests.makers import NOON
from tests.queries import counting

pytestmark = pytest.mark.usefixtures("noon")


def address(bof_session, more=""):
    return f"/b/{bof_session.brand.slug}/s/{bof_session.slug}{more}"


def words(html):
    """The text of a page. What only isolates a name or stresses a word is no gap."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", re.sub(r"</?(bdi|a|b)\b[^>]*>", "", html))).split())


@pytest.fixture
def read(client, sign_in):
    """The page as somebody reads it: its HTML, and what stands beside the time."""

    def read(bof_session, who=None):
        db.session.commit()
        sign_in(who)
        response = client.get(address(bof_session))
        assert response.status_code == 200, who
        page = response.text
        page_aside = page[page.index("<aside") : page.index("</aside>")]
        return page, words(page_aside)

    return read


@pytest.fixture
def brand(make):
    return make.brand()


def test_a_visitor_signs_in_first_and_comes_back(make, brand, read):
    bof_session = make.bof_session(brand)

    page, aside = read(bof_session)

    assert f'href="/sign-in?next={address(bof_session)}"'.replace("/", "%2F") in page.replace("/", "%2F")
    assert "Take a seat Tell us your e-mail address first" in aside


# What the button says: for each reader, in each phase of a session where there are seats.
BUTTONS = {
    "visitor": ("Take a seat Tell us", "Take a seat Tell us", "The door is shut", "This evening is over"),
    "stranger": ("Join to take a seat", "Join to take a seat", "The door is shut", "This evening is over"),
    "customer": ("Take a seat At", "Take a seat At", "The door is shut", "This evening is over"),
    "guest": ("Take a seat At", "Take a seat At", "The door is shut", "This evening is over"),
    "pending": ("has not said yes yet", "has not said yes yet", "The door is shut", "This evening is over"),
    "suspended": ("on hold", "on hold", "The door is shut", "This evening is over"),
    "seated": ("You have a seat", "Open your table", "Open your table", "This evening is over"),
    "seated guest": ("You have a seat", "Open your table", "The door is shut", "This evening is over"),
    "came": ("You have a seat", "Open your table", "Open your table", "Say how it was"),
    "expert": ("You listen at", "Open your table", "among themselves", "Read the open part again"),
    "other expert": ("You are here for Fernhill",) * 4,
    "staff": (
        "Who is coming",
        "Open “Bread and anything baked”",
        "nobody of Fernhill is in",
        "Who came What people said",
    ),
    "owner": (
        "Who is coming",
        "Open “Bread and anything baked”",
        "nobody of Fernhill is in",
        "Who came What people said",
    ),
    "rival staff": ("Join to take a seat", "Join to take a seat", "The door is shut", "This evening is over"),
}
PHASES = (Phase.SCHEDULED, Phase.OPEN, Phase.CLOSED, Phase.ENDED)


@pytest.fixture
def readers(make, brand):
    """Everybody who may come to the page; `readers(bof_session)` seats those who have a seat."""
    expert = make.member(brand, Role.EXPERT)
    cast = {
        "visitor": None,
        "stranger": make.person(),
        "customer": make.member(brand),
        "guest": make.member(brand, Role.GUEST),
        "pending": make.member(brand, standing=Standing.PENDING),
        "suspended": make.member(brand, standing=Standing.SUSPENDED),
        "seated": make.member(brand),
        "seated guest": make.member(brand, Role.GUEST),
        "came": make.member(brand),
        "expert": expert,
        "other expert": make.member(brand, Role.EXPERT),
        "staff": make.member(brand, Role.STAFF),
        "owner": make.member(brand, Role.OWNER),
        "rival staff": make.member(make.brand("Larder"), Role.STAFF),
    }

    def at(bof_session):
        table = bof_session.tables[0]
        table.expert_id = expert.id
        for name in ("seated", "seated guest", "came"):
            make.seat(table, cast[name], attended_at=NOON if name == "came" else None)
        return cast

    return at


@pytest.mark.parametrize("who", BUTTONS)
def test_the_button_has_words_for_every_reader_in_every_phase(make, brand, readers, read, who):
    sessions = [make.bof_session(brand, phase) for phase in PHASES]
    casts = [readers(bof_session) for bof_session in sessions]

    said = [read(bof_session, cast[who])[1] for bof_session, cast in zip(sessions, casts, strict=True)]

    assert [button in aside for button, aside in zip(BUTTONS[who], said, strict=True)] == [True] * 4, said


@pytest.mark.parametrize("who", ["visitor", "customer", "seated", "expert", "staff"])
def test_what_was_called_off_says_so_to_everybody(make, brand, readers, read, who):
    bof_session = make.bof_session(brand, Phase.CANCELLED)

    page, aside = read(bof_session, readers(bof_session)[who])

    assert "Fernhill has called this off." in aside
    assert 'form="seat"' not in page
    assert "Add to calendar" not in aside


@pytest.mark.parametrize(
    ("who", "status"),
    [("staff", 200), ("owner", 200), ("expert", 404), ("customer", 404), ("visitor", 404), ("rival staff", 404)],
)
def test_a_draft_is_there_for_its_hosts_alone(make, brand, readers, client, sign_in, who, status):
    bof_session = make.bof_session(brand, Phase.DRAFT)
    cast = readers(bof_session)
    sign_in(cast[who])
    db.session.commit()

    assert client.get(address(bof_session)).status_code == status


def test_another_brands_address_does_not_lead_to_it(make, brand, client):
    bof_session, rival = make.bof_session(brand), make.brand("Larder")
    db.session.commit()

    assert client.get(address(bof_session)).status_code == 200
    assert client.get(f"/b/{rival.slug}/s/{bof_session.slug}").status_code == 404


@pytest.mark.parametrize("slug", ["nothing-here", "%00", "a%00b", "%F0%9F%A5%90", "..%2f..", "x" * 3000])
def test_an_address_that_nobody_made_leads_nowhere(make, brand, client, slug):
    db.session.commit()

    assert client.get(f"/b/{brand.slug}/s/{slug}").status_code == 404
    assert client.get(f"/b/{slug}/s/anything").status_code == 404


def test_a_full_session_says_so(make, brand, read):
    bof_session = make.bof_session(brand, tables=0)
    table = make.table(bof_session, capacity=2)
    for _ in range(2):
        make.seat(table)

    page, aside = read(bof_session, make.member(brand))

    assert "Every seat is taken." in aside
    assert 'type="radio"' not in page


def test_guests_read_that_a_session_is_not_for_them_and_customers_sit_down(make, brand, read):
    guest, customer = make.member(brand, Role.GUEST), make.member(brand)
    bof_session = make.bof_session(brand, admits_guests=False)

    assert "This one is for customers only. You are here as a guest." in read(bof_session, guest)[1]
    assert "Take a seat At" in read(bof_session, customer)[1]


def test_the_first_table_with_a_free_seat_is_picked_and_a_full_one_cannot_be(make, brand, read):
    bof_session = make.bof_session(brand, tables=0)
    full, free = make.table(bof_session, capacity=2), make.table(bof_session, topic="Wine and cheese")
    for _ in range(2):
        make.seat(full)

    page, aside = read(bof_session, make.member(brand))

    assert f'name="table" value="{full.number}" form="seat" disabled' in page
    assert f'name="table" value="{free.number}" form="seat" checked' in page
    assert "At “Wine and cheese”, unless you choose another table." in aside


def test_people_are_named_as_far_as_they_agreed(make, brand, read):
    bof_session = make.bof_session(brand)
    table = bof_session.tables[0]
    make.seat(table, make.member(brand, name="Ines Okafor"))
    make.seat(table, make.member(brand, name="Hidden Harry", is_listed=False))
    make.seat(table, make.member(brand, name="Suspended Sue", standing=Standing.SUSPENDED))

    page, _ = read(bof_session)

    text = words(page)
    assert "Ines Okafor a shop" in text
    assert "2 more keep their names for the evening." in text
    assert "3 people have a seat" in text
    assert ("Hidden" in text, "Suspended" in text) == (False, False)


def test_hundreds_of_names_are_not_all_read_out(make, brand, read):
    bof_session = make.bof_session(brand, tables=0)
    table = make.table(bof_session, capacity=40)
    for number in range(30):
        make.seat(table, make.member(brand, name=f"Person {number}"))

    page, _ = read(bof_session)

    assert page.count('<li class="person">') == 24
    assert "And 6 more." in words(page)


@pytest.mark.parametrize(
    ("times", "heading", "said", "not_said"),
    [
        (
            {},
            "One evening, two rooms",
            "Whoever runs the server could technically read them until then.",
            "no closed part",
        ),
        (
            {"ends_at": NOON + timedelta(hours=2)},
            "One evening, in the open",
            "Fernhill is in the room until the end: there is no closed part.",
            "erased",
        ),
        (
            {"closes_at": NOON + timedelta(hours=1)},
            "Closed from the start",
            "Fernhill says hello at the doors and is out before the first word.",
            "You talk with each other",
        ),
    ],
)
def test_both_parts_are_explained_as_this_session_has_them(make, brand, read, times, heading, said, not_said):
    page, _ = read(make.bof_session(brand, **times))

    text = words(page)
    assert (heading in text, said in text, not_said in text) == (True, True, False)
    assert "encrypt" not in text


def test_the_evening_is_told_in_the_zone_that_the_reader_chose_and_in_the_hosts(make, brand, read):
    bof_session = make.bof_session(brand)
    member = make.member(brand, person=make.person(zone="America/New_York"))

    _, aside = read(bof_session, member)

    assert "Thursday 3 December 08:00 to 09:30 your time, New York (EST)" in aside
    assert "13:00 to 14:30 in London (GMT), where it is hosted." in aside


def test_who_chose_no_zone_reads_the_hosts_and_the_browser_knows_better(make, brand, read):
    page, aside = read(make.bof_session(brand))

    assert "13:00 to 14:30 London (GMT)" in aside
    assert 'hidden data-host-zone="Europe/London"' in page


def test_calendars_get_the_times_that_are_the_readers_own(make, brand, read):
    bof_session = make.bof_session(brand)

    customers, _ = read(bof_session, make.member(brand))
    guests, _ = read(bof_session, make.member(brand, Role.GUEST))

    assert "dates=20261203T130000Z%2F20261203T143000Z" in customers
    assert "dates=20261203T130000Z%2F20261203T140000Z" in guests
    assert "enddt=2026-12-03T14%3A30%3A00Z" in customers
    assert "enddt=2026-12-03T14%3A00%3A00Z" in guests


def test_hostile_words_are_shown_as_words(make, read):
    brand = make.brand(house_rules="<script>alert(1)</script>\n=cmd()")
    bof_session = make.bof_session(brand, title="<b>“Last” tray</b>\u202e", summary="</p><img src=x>", tables=0)
    table = make.table(bof_session, topic="{{ 7 * 7 }}<em>")
    make.seat(table, make.member(brand, name="<u>Eve</u> & Sons"))
    make._keep(Interest(brand_id=brand.id, slug="a", name='"><svg onload=x>'))
    bof_session.interests = db.session.query(Interest).all()

    page, _ = read(bof_session)

    assert [hostile in page for hostile in ("<script>alert", "<b>“", "<img", "<em>", "<u>", "<svg onload")] == [
        False
    ] * 6
    assert "&lt;u&gt;Eve&lt;/u&gt; &amp; Sons" in page


def test_house_rules_stand_on_the_page_before_the_first_seat(make, read):
    ruled, free = make.brand(house_rules="Nobody sells."), make.brand("Larder")

    page, aside = read(make.bof_session(ruled), make.member(ruled))
    without, _ = read(make.bof_session(free), make.member(free))

    assert "By sitting down you agree to the house rules." in aside
    assert "Nobody sells." in page
    assert "ouse rules" not in without


def test_the_page_asks_as_often_for_a_full_evening_as_for_an_empty_one(make, brand, client, sign_in):
    small, large = make.bof_session(brand), make.bof_session(brand, tables=0)
    for number in range(6):
        expert = make.member(brand, Role.EXPERT)
        table = make.table(large, expert=expert, vertical_id=make.vertical(brand, f"Trade {number}").id)
        for _ in range(8):
            make.seat(table)
    member = make.member(brand)
    sign_in(member)

    def asked(path):
        db.session.rollback()
        db.session.expunge_all()
        with counting() as queries:
            assert client.get(path).status_code == 200
        return queries

    db.session.commit()
    few, many = (asked(path) for path in [address(small), address(large)])

    assert len(many) == len(few), f"{few}\n\n{many}"
    assert len(many) <= 16, many


def test_one_comes_in_by_a_button_never_by_a_link(make, brand, read):
    bof_session, member = make.bof_session(brand, Phase.OPEN), make.member(brand)
    make.seat(bof_session.tables[0], member)

    page, _ = read(bof_session, member)

    assert f'<form method="post" action="{address(bof_session, "/t/1/arrival")}">' in page
    assert f'href="{address(bof_session, "/t/1")}"' not in page
