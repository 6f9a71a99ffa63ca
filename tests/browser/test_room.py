"""A table in real windows: nothing said twice, nothing lost, nobody pulled away from what they read."""

import pytest
from playwright.sync_api import expect

from tests.browser.verbs import BRAND, hears, message, say, sign_in

INES, CALEB, NADIA = "ines@okafor-bakeries.example", "caleb@moss.example", "nadia@fernhill.example"
TABLE = f"{BRAND}/s/the-last-tray-of-the-day/t/1"

# What the conversation holds, without what is one's own or of the moment.
CONVERSATION = """() => [...document.querySelectorAll("#log > [data-seq]")].map(line => {
  const copy = line.cloneNode(true)
  copy.querySelectorAll(".tools-of, .ring, [data-ring-of]").forEach(one => one.remove())
  for (const one of [copy, ...copy.querySelectorAll("*")]) one.classList.remove("mine", "follows")
  copy.querySelectorAll("[class='']").forEach(one => one.removeAttribute("class"))
  return copy.outerHTML.replace(/\\s+/g, " ").replace(/> </g, "><")
})"""


@pytest.fixture
def at_the_table(open_window):
    """Somebody of the demo, at the first table."""

    def come_in(address, **options):
        page = open_window(**options)
        sign_in(page, address)
        page.goto(TABLE)
        return page

    return come_in


def test_what_a_window_heard_is_what_another_finds_afresh(at_the_table):
    ines, caleb = at_the_table(INES), at_the_table(CALEB)
    ines.locator("#say").fill("Do you weigh the bins?")
    ines.get_by_text("It’s a question", exact=True).first.click()
    ines.get_by_role("button", name="Send").click()
    hears(caleb, "Do you weigh the bins?")

    card = message(caleb, "Do you weigh the bins?")
    card.locator("[data-reply]").click()
    say(caleb, "Twice a **week**, and I am ashamed")
    answer = message(ines, "Twice a week")
    answer.hover()
    answer.get_by_role("button", name="Thank you").click()
    answer.hover()
    answer.get_by_role("button", name="This helped me").click()
    expect(message(caleb, "Do you weigh").locator(".state")).to_contain_text("Caleb helped Ines")

    expect(message(caleb, "Twice a week").locator(".felt")).to_have_text("Thank you from Ines")
    heard = caleb.evaluate(CONVERSATION)
    caleb.reload()
    assert caleb.evaluate(CONVERSATION) == heard


def test_an_answer_that_was_lost_leaves_one_message(at_the_table, troubles):
    """The message arrives, its answer does not: the stream tells, and nothing is said twice."""
    troubles.forgive("ERR_FAILED")
    ines, caleb = at_the_table(INES), at_the_table(CALEB)
    ines.route("**/messages", lambda route: (route.fetch(), route.abort()), times=1)

    ines.locator("#say").fill("Said once, answered never.")
    ines.locator("#say").press("Enter")

    hears(caleb, "Said once, answered never.")
    expect(ines.locator(".unsent")).to_have_count(0)
    expect(ines.get_by_text("Said once, answered never.")).to_have_count(1)
    caleb.reload()
    expect(caleb.get_by_text("Said once, answered never.")).to_have_count(1)


def test_what_was_not_sent_says_so_and_keeps_its_key(at_the_table, troubles):
    troubles.forgive("ERR_FAILED")
    ines, sent = at_the_table(INES), []
    ines.route("**/messages", lambda route: (sent.append(route.request.post_data), route.abort()), times=1)
    ines.locator("#say").fill("Twice tried.")
    ines.locator("#say").press("Enter")
    key = ines.locator(".unsent.failed").get_attribute("data-key")

    with ines.expect_request("**/messages") as again:
        ines.get_by_role("button", name="Try again").click()

    assert key in sent[0]
    assert key in again.value.post_data
    expect(ines.locator(".unsent")).to_have_count(0)
    expect(ines.get_by_text("Twice tried.")).to_have_count(1)


def test_an_enter_that_ends_a_composition_sends_nothing(at_the_table):
    ines = at_the_table(INES)
    ines.locator("#say").fill("にほん")
    for init in ({"isComposing": True}, {"keyCode": 229}, {"shiftKey": True}):
        ines.locator("#say").dispatch_event("keydown", {"key": "Enter", "bubbles": True, **init})

    expect(ines.locator("#say")).to_have_value("にほん")
    expect(ines.get_by_role("log").get_by_text("にほん")).to_have_count(0)
    ines.locator("#say").press("Enter")
    hears(ines, "にほん")


def test_a_draft_survives_a_reload_and_goes_with_what_was_sent(at_the_table):
    ines = at_the_table(INES)
    ines.locator("#say").press_sequentially("Half a thought")
    ines.reload()

    expect(ines.locator("#say")).to_have_value("Half a thought")
    ines.locator("#say").press("Enter")
    hears(ines, "Half a thought")
    ines.reload()
    expect(ines.locator("#say")).to_have_value("")


def test_the_expert_answers_what_was_released_and_nothing_else(at_the_table):
    ines, nadia = at_the_table(INES), at_the_table(NADIA)
    ines.locator("#say").fill("What will it cost in spring?")
    ines.get_by_text("It’s a question", exact=True).first.click()
    ines.get_by_text("Only Fernhill can know", exact=True).click()
    ines.get_by_role("button", name="Send").click()
    card = message(nadia, "What will it cost in spring?")
    expect(card).to_contain_text("Over to Nadia")
    expect(nadia.locator("#say")).to_be_disabled()

    card.locator("[data-reply]").click()
    say(nadia, "The same as now.")

    hears(ines, "The same as now.")
    expect(message(ines, "The same as now.")).to_contain_text("May follow up here until")
    expect(nadia.locator("#say")).to_be_disabled()


def test_one_walks_by_keys_and_replies(at_the_table):
    ines, caleb = at_the_table(INES), at_the_table(CALEB)
    say(caleb, "Walk to me.")
    hears(ines, "Walk to me.")
    message(ines, "Walk to me.").focus()

    ines.keyboard.press("k")
    ines.keyboard.press("j")
    ines.keyboard.press("r")
    expect(ines.locator("[data-replying]")).to_contain_text("Replying to Caleb Moss: Walk to me.")
    ines.keyboard.type("I walked.")
    ines.keyboard.press("Enter")
    expect(message(caleb, "I walked.").locator(".quoted")).to_have_text("Caleb: Walk to me.")


def test_who_reads_back_is_not_pulled_away(at_the_table):
    ines, caleb = at_the_table(INES), at_the_table(CALEB)
    ines.evaluate("document.querySelector('.log').scrollTop = -700")
    ines.wait_for_timeout(200)
    top = "document.querySelector('#log > [data-seq]:nth-of-type(3)').getBoundingClientRect().top"
    before = ines.evaluate(top)

    say(caleb, "Down here, at the end.")

    expect(ines.get_by_role("button", name="1 new below")).to_be_visible()
    assert abs(ines.evaluate(top) - before) < 2
    ines.get_by_role("button", name="1 new below").click()
    expect(message(ines, "Down here, at the end.")).to_be_in_viewport()


def test_words_taken_back_are_gone_from_every_window(at_the_table):
    ines, caleb = at_the_table(INES), at_the_table(CALEB)
    say(ines, "Something I regret.")
    hears(caleb, "Something I regret.")

    message(ines, "Something I regret.").hover()
    ines.get_by_role("button", name="Take back").click()
    ines.get_by_role("button", name="Take it back").click()
    ines.get_by_role("dialog").get_by_role("button", name="Take it away").click()

    expect(caleb.get_by_text("Something I regret.")).to_have_count(0)
    expect(caleb.get_by_text("Taken back by who wrote it.").last).to_be_visible()
