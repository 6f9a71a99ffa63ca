"""What people do in the product, as verbs: each begins and ends on a page, as somebody's hands and eyes would."""

import re

from playwright.sync_api import Page, expect

from meetup.demo.cast import PASSWORD
from tests.browser.axe import axe

BRAND = "/b/fernhill"


def sign_in(page: Page, address: str) -> None:
    """One of the demo's people, by the password that its start prints."""
    page.goto("/sign-in/password")
    page.get_by_label("E-mail").fill(address)
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main button.main").click()
    expect(page.get_by_role("link", name="your account")).to_be_visible()


def sign_up(page: Page, address: str, name: str, headline: str) -> None:
    """Somebody new: an address, six digits from the mail, a name."""
    page.goto("/sign-in")
    page.get_by_label("E-mail").fill(address)
    page.get_by_role("button", name="Send me six digits").click()
    page.get_by_label("Six digits").fill(digits_for(page, address))
    page.get_by_role("button", name="Come in").click()
    axe(page)
    page.get_by_label("Name").fill(name)
    page.get_by_label("What you do").fill(headline)
    page.get_by_role("button", name="Go on").click()


def digits_for(page: Page, address: str) -> str:
    """The digits that were mailed to this address, read in another tab."""
    return re.search(r"\b\d{3} ?\d{3}\b", mail_for(page, address, "digits"))[0]


def mail_for(page: Page, address: str, subject: str) -> str:
    """The newest mail to this address with that subject, in plain text. It comes within moments: looked for again."""
    with page.context.new_page() as tab:
        wanted = tab.locator(".kept-mails li").filter(has_text=address).filter(has_text=subject)
        for _ in range(40):
            tab.goto("/dev/mail")
            if wanted.count():
                break
            tab.wait_for_timeout(250)
        wanted.first.get_by_role("link").click()
        return tab.locator(".kept-mail__text").inner_text()


def say(page: Page, words: str) -> None:
    """Say something at the table whose room this page shows, and see it stand there."""
    page.locator("#say").fill(words)
    page.locator("#say").press("Enter")
    hears(page, words)


def hears(page: Page, words: str) -> None:
    expect(page.get_by_role("log").get_by_text(words)).to_be_visible()


def message(page: Page, words: str):
    """What was said in these words, as it stands on the page."""
    return page.locator("[data-seq]", has_text=words).last


def room_of(session: dict) -> str:
    """The path of a session's first table, as `python -m meetup demo --json` tells it."""
    return re.sub(r"^https?://[^/]+", "", session["table"])
