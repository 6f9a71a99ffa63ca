"""The whole story, walked by two people and more, each at a window of their own."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from meetup.shared.clock import now
from tests.browser.axe import axe, axe_everywhere
from tests.browser.verbs import BRAND, hears, mail_for, room_of, say, sign_in, sign_up

INES, CALEB, NADIA, BEN, PAUL = (
    "ines@okafor-bakeries.example",
    "caleb@moss.example",
    "nadia@fernhill.example",
    "ben@fernhill.example",
    "paul@achterberg.example",
)
LIVING_ROOM = f"{BRAND}/s/the-last-tray-of-the-day"
OVER = f"{BRAND}/s/counting-stock-with-a-toddler"
TO_COME = f"{BRAND}/s/ordering-blind-the-spring-lists"


# What is not for Ines: she has no seat there, and is no host.
REFUSED = {f"{TO_COME}/seat/removal": 403, f"{TO_COME}/t/1": 403, f"{BRAND}/members": 403, "/sign-out": 405}


@pytest.fixture
def window_of(open_window):
    """A window in which one of the demo's people is signed in."""

    def open_for(address, **options):
        page = open_window(**options)
        sign_in(page, address)
        return page

    return open_for


def test_a_stranger_becomes_a_customer_and_takes_a_seat(page):
    page.goto(TO_COME)
    page.get_by_role("link", name="Take a seat").click()
    expect(page).to_have_url(re.compile("/sign-in"))

    sign_up(page, "wren@wren-books.example", "Wren Hollis", "bookshop, Hay")
    page.goto(f"{BRAND}/join")
    axe(page)
    page.get_by_label("Invite code").fill("bread-2026")
    page.get_by_role("button", name="Ask to join").click()
    page.goto(TO_COME)
    axe_everywhere(page)
    page.get_by_role("button", name="Take a seat").click()

    expect(page.get_by_role("complementary").get_by_text("You have a seat at")).to_be_visible()
    letter = mail_for(page, "wren@wren-books.example", "Ordering blind")
    assert "Ordering blind: the spring lists" in letter.replace("\n", " ") or "SPRING LISTS" in letter
    page.goto("/dev/mail")
    page.locator(".kept-mails a").first.click()
    axe(page)
    page.goto("/agenda")
    expect(page.get_by_role("link", name="Ordering blind: the spring lists")).to_be_visible()
    axe_everywhere(page)


def test_a_customer_brings_a_guest(window_of, page):
    ines = window_of(INES)
    ines.goto(f"{BRAND}/guest-link")
    ines.get_by_role("button", name="Make my link").click()
    axe(ines)
    link = ines.get_by_label("Your link").input_value()

    page.goto(link)
    axe_everywhere(page)
    sign_up(page, "gus@elsewhere.example", "Gus Hale", "writes about shops")
    page.goto(link)
    page.locator("[name=is_outsider]").check()
    axe(page)
    page.get_by_role("button", name="Come as a guest").click()
    page.goto(LIVING_ROOM)
    page.get_by_role("button", name="Take a seat").click()

    expect(page.get_by_role("complementary").get_by_text("You have a seat at")).to_be_visible()


def test_the_entry_downloads_as_a_calendar_file(window_of):
    page = window_of(INES)
    page.goto(LIVING_ROOM)
    page.get_by_text("Add to calendar").click()

    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()

    octets = download.value.path().read_bytes()
    assert octets.startswith(b"BEGIN:VCALENDAR\r\n")
    assert b"\r\nMETHOD:PUBLISH\r\n" in octets
    assert b"ATTENDEE" not in octets


def test_two_people_talk_at_a_table(window_of):
    ines, caleb = window_of(INES), window_of(CALEB)
    for window in (ines, caleb):
        window.goto(f"{LIVING_ROOM}/t/1")

    say(ines, "Does anyone freeze dough for Mondays?")
    hears(caleb, "Does anyone freeze dough for Mondays?")
    say(caleb, "Every Saturday, and I sleep until six.")
    hears(ines, "Every Saturday, and I sleep until six.")

    expect(ines.locator(".question", has_text="freeze dough")).to_have_count(0)
    axe_everywhere(ines)


def test_a_room_works_without_a_script(open_window):
    page = open_window(java_script_enabled=False)
    sign_in(page, CALEB)
    page.goto(f"{LIVING_ROOM}/t/1")

    page.locator("#say").fill("Said with a plain form.")
    page.get_by_role("button", name="Send").click()

    expect(page.get_by_role("log").get_by_text("Said with a plain form.")).to_be_visible()


def test_the_expert_listens(window_of):
    nadia = window_of(NADIA)
    nadia.goto(f"{LIVING_ROOM}/t/1")

    expect(nadia.locator("#say")).to_be_disabled()
    expect(nadia.locator("[data-why]")).not_to_be_empty()
    axe_everywhere(nadia)


def test_at_the_switch_everybody_of_the_brand_is_out(product, window_of):
    [shown] = product.ask("demo-session", "--open", "45", "--closed", "900")["sessions"]
    room = room_of(shown)
    ines, caleb = window_of(INES), window_of(CALEB)
    nadia, ben, paul = window_of(NADIA), window_of(BEN), window_of(PAUL)
    for window in (ines, caleb, nadia, ben, paul):
        window.goto(room)
        expect(window.locator("#say")).to_be_attached()
    say(ines, "In a moment they are gone.")
    for window in (caleb, nadia, ben, paul):
        hears(window, "In a moment they are gone.")

    for window in (nadia, ben, paul):
        expect(window.get_by_text("The door is shut").first).to_be_visible(timeout=60_000)
        assert window.request.get(f"{room}/closed").status == 404
    for window in (ines, caleb):
        window.goto(f"{room}/closed")
        expect(window.get_by_text("Fernhill has left").first).to_be_visible()

    say(ines, "Right. Now they have gone: whose renewal went up?")
    hears(caleb, "Right. Now they have gone: whose renewal went up?")
    axe_everywhere(caleb)


def test_staff_set_a_table_and_call_it_off(window_of, troubles):
    troubles.forgive("status of 422")
    page = window_of(BEN)
    page.goto(f"{BRAND}/calendar")
    axe_everywhere(page)
    page.get_by_role("link", name="Set a table").click()
    page.get_by_label("Title").fill("Winter cash flow")
    page.get_by_text("Home and garden", exact=True).click()
    page.get_by_role("button", name="On to when").click()
    page.get_by_label("Day").fill(f"{now() + timedelta(days=20):%Y-%m-%d}")
    page.get_by_label("Open", exact=True).fill("18")
    page.get_by_label("Fernhill leaves").fill("17:55")
    page.get_by_label("Ends").fill("19:30")
    page.get_by_role("button", name="On to tables").click()
    expect(page.get_by_text("Did you mean 18:55?").first).to_be_visible()
    axe_everywhere(page)

    page.get_by_label("Fernhill leaves").fill("18:55")
    page.get_by_role("button", name="On to tables").click()
    if not page.locator("[name$=-topic]").count():
        page.get_by_role("button", name="Add a table").click()
    page.locator("[name$=-topic]").first.fill("Until the tulips")
    page.get_by_role("button", name="Look once more, then publish").click()
    axe(page)
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("heading", name="Winter cash flow")).to_be_visible()

    page.goto(f"{page.url}/cancellation")
    axe(page)
    page.locator("main form button").last.click()
    expect(page.get_by_text("Called off").first).to_be_visible()


def test_feedback_goes_in_and_the_hosts_read_it_together(window_of):
    priya = window_of("priya@nair.example")
    priya.goto(f"{OVER}/feedback")
    axe_everywhere(priya)
    priya.locator("[name=again][value='5']").check(force=True)
    priya.get_by_label("What did you take home?").fill("A scale for the cumin.")
    priya.get_by_role("button", name="Hand it in").click()
    expect(priya.get_by_role("heading", name="Thank you")).to_be_visible()

    ben = window_of(BEN)
    ben.goto(f"{OVER}/feedback/results")
    expect(ben.get_by_text("A scale for the cumin.")).to_be_visible()
    expect(ben.get_by_text("Priya")).to_have_count(0)
    axe_everywhere(ben)


@pytest.mark.looks
@pytest.mark.parametrize(
    "path",
    [
        *("/", "/sign-in", "/sign-in/password", "/agenda", "/me", "/me/name", "/me/password", "/me/address"),
        *("/me/erasure", "/brands/new", "/dev/mail", BRAND, f"{BRAND}/join", f"{BRAND}/guest-link"),
        *(LIVING_ROOM, OVER, f"{OVER}/t/1", TO_COME, f"{TO_COME}/seat/removal", f"{BRAND}/members"),
        *(f"{LIVING_ROOM}/seat/removal", f"{LIVING_ROOM}/t/1/messages/2", f"{TO_COME}/t/1", "/sign-out"),
    ],
)
def test_every_page_of_a_customer_is_usable_by_everybody(window_of, troubles, path):
    troubles.forgive("status of 40[35]")
    page = window_of(INES)
    answer = page.goto(path)

    assert answer.status == REFUSED.get(path, 200)
    axe_everywhere(page)


@pytest.mark.looks
@pytest.mark.parametrize("path", [BRAND, "/members", "/settings", "/calendar", "/sessions/new", "/guest-link"])
def test_every_page_of_an_owner_is_usable_by_everybody(window_of, path):
    page = window_of("greta@fernhill.example")
    answer = page.goto(path if path == BRAND else BRAND + path)

    assert answer.status == 200
    axe_everywhere(page)


@pytest.mark.looks
@pytest.mark.parametrize(
    "path",
    [
        *(f"{TO_COME}/edit", f"{TO_COME}/roster", f"{TO_COME}/cancellation", f"{TO_COME}/publication"),
        *(f"{LIVING_ROOM}/times", f"{OVER}/feedback/results"),
    ],
)
def test_every_page_of_a_session_for_its_hosts_is_usable_by_everybody(window_of, path):
    page = window_of(BEN)
    answer = page.goto(path)

    assert answer.status == 200
    axe_everywhere(page)


@pytest.mark.looks
def test_a_page_that_is_not_there_says_so(page, troubles):
    troubles.forgive("status of 404")
    answer = page.goto("/b/nobody")

    assert answer.status == 404
    axe_everywhere(page)


@pytest.mark.looks
def test_the_operators_page_is_usable_by_everybody(product, window_of):
    product.ask("operator", "owen@pryce.example")
    page = window_of("owen@pryce.example")

    assert page.goto("/operator/outbox").status == 200
    axe_everywhere(page)


@pytest.mark.looks
def test_changing_ones_address_is_usable_by_everybody(window_of):
    page = window_of("zofia@lis.example")
    page.goto("/me/address")
    page.locator("main input[type=email]").fill("zofia@candles.example")
    page.locator("main button.main").click()

    expect(page).to_have_url(re.compile("/me/address/codes"))
    axe_everywhere(page)


@pytest.mark.looks
def test_a_table_that_filled_meanwhile_is_usable_by_everybody(window_of, troubles):
    """The page of a “no” whose moment is wrong, 409: a stale page asks for a seat at a table that is full."""
    troubles.forgive("status of 409")
    page = window_of(INES)
    page.goto(LIVING_ROOM)
    page.evaluate("document.querySelectorAll('[name=table]').forEach(each => { each.disabled = false })")
    page.locator("[name=table][value='4']").check(force=True)
    page.get_by_role("button", name="Move to the table you choose").click()

    expect(page.get_by_role("heading").first).to_be_visible()
    axe_everywhere(page)
