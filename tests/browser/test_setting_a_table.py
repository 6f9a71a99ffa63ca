"""The form that sets a table, with a script and without one."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from meetup.sessions.times import in_words
from meetup.shared.clock import now
from tests.browser.axe import axe_everywhere
from tests.browser.verbs import BRAND, sign_in

BEN = "ben@fernhill.example"


def day():
    return (now() + timedelta(days=30)).date()


def fill_in_what_and_when(page, title):
    page.goto(f"{BRAND}/sessions/new")
    page.get_by_label("Title").fill(title)
    page.get_by_text("Home and garden", exact=True).click()
    page.get_by_role("button", name="On to when").click()
    page.get_by_label("Day").fill(f"{day():%d.%m.}")
    for label, clock in (("Open", "18"), ("Fernhill leaves", "6.55 pm"), ("Ends", "1930")):
        page.get_by_label(label, exact=True).fill(clock)


def test_what_is_typed_is_read_back_while_it_is_typed(page):
    sign_in(page, BEN)
    fill_in_what_and_when(page, "Frost and other surprises")
    page.get_by_label("Ends").press("Tab")

    preview = page.get_by_role("complementary", name="Preview")
    expect(preview.get_by_text("18:00 to 19:30 in London")).to_be_visible()
    expect(preview.get_by_text("Frost and other surprises")).to_be_visible()
    expect(page.get_by_text(in_words(day())).first).to_be_visible()

    page.get_by_label("Fernhill leaves").fill("17:55")
    page.get_by_label("Fernhill leaves").press("Tab")
    expect(page.get_by_text("17:55 is before it opens at 18:00. Did you mean 18:55?")).to_be_visible()
    expect(page.get_by_label("Fernhill leaves")).to_have_attribute("aria-invalid", "true")
    axe_everywhere(page)


@pytest.mark.parametrize("scripts", [True, False], ids=["with a script", "without a script"])
def test_a_draft_grows_a_table_at_a_time(open_window, scripts):
    page = open_window(java_script_enabled=scripts)
    sign_in(page, BEN)
    fill_in_what_and_when(page, "Seeds")
    page.get_by_role("button", name="On to tables").click()

    for number, topic in enumerate(("Tulips", "Everything else")):
        page.locator(f"#tables-{number}-topic").fill(topic)
        page.get_by_role("button", name="Add a table").click()
        expect(page.locator(f"#tables-{number + 1}-topic")).to_be_focused()
    page.get_by_role("button", name="Take it away (table 2)").click()
    page.get_by_role("button", name="Look once more").click()

    expect(page.get_by_role("heading", name="Ready to be seen?")).to_be_visible()
    assert page.locator("main .lines b").all_inner_texts() == ["Tulips"]


def test_a_colleagues_words_are_shown_beside_ones_own(open_window, troubles):
    troubles.forgive("status of 409")
    mine, theirs = open_window(), open_window()
    sign_in(mine, BEN)
    fill_in_what_and_when(mine, "Compost")
    mine.get_by_role("button", name="Keep as a draft").click()
    expect(mine.get_by_text("Kept as a draft.")).to_be_visible()
    sign_in(theirs, BEN)
    theirs.goto(mine.url)
    for window, title in ((theirs, "Compost, and worms"), (mine, "Compost, and patience")):
        window.locator("summary", has_text="What").first.click()
        window.get_by_label("Title").fill(title)
        window.get_by_role("button", name="Keep as a draft").click()

    expect(mine.get_by_text("Somebody else changed this session while you were typing.")).to_be_visible()
    row = mine.get_by_role("row", name="Title")
    assert row.get_by_role("cell").all_inner_texts() == ["Compost, and worms", "Compost, and patience"]
    axe_everywhere(mine)
