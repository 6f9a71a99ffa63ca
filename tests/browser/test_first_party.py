"""A party from an empty database: nothing is there but the product, and nobody types a command."""

import os
import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from meetup.shared.clock import now
from tests import services
from tests.browser.axe import axe
from tests.browser.verbs import digits_for, hears, mail_for, say, sign_up
from tests.product import running


@pytest.fixture(scope="module")
def base_url(worker_id):
    """The product on an empty database, without the demo."""
    url = None
    if os.environ.get("MEETUP_TEST_DATABASE") == "postgresql":
        url = services.postgres_url(f"empty_{worker_id}")
    with running(url, MEETUP_DEMO="no") as product:
        yield product.address


def test_a_party_is_given_from_an_empty_database(open_window):
    owner, expert, customer = open_window(), open_window(), open_window()

    open_a_brand(owner)
    invite_an_expert(owner)
    come_as_expert(expert)
    set_a_table(owner)
    come_as_customer(customer)

    customer.get_by_role("button", name="Open your table").click()
    say(customer, "Good evening. Am I the first?")
    expert.goto(customer.url)
    hears(expert, "Good evening. Am I the first?")


def open_a_brand(owner):
    sign_up(owner, "olive@larder.example", "Olive Hart", "founder of Larder")
    owner.goto("/brands/new")
    owner.get_by_label("Name", exact=True).fill("Larder")
    owner.locator("[name=slug]").fill("larder")
    owner.locator("[name=zone]").fill("Europe/London")
    owner.get_by_role("button", name="Open it").click()
    owner.goto("/b/larder/settings")
    axe(owner)
    owner.locator("[name=domain]").fill("corner.example")
    owner.locator("[name=kind][value=customer]").check(force=True)
    owner.locator("form", has=owner.locator("[name=domain]")).get_by_role("button", name="Add it").click()
    expect(owner.get_by_text("corner.example").first).to_be_visible()


def invite_an_expert(owner):
    owner.goto("/b/larder/members")
    owner.get_by_label("E-mail").fill("nell@larder.example")
    owner.locator("[name=role][value=expert]").check(force=True)
    owner.get_by_role("button", name="Send the invitation").click()
    expect(owner.get_by_text("nell@larder.example").first).to_be_visible()


def come_as_expert(expert):
    letter = mail_for(expert, "nell@larder.example", "Larder")
    expert.goto(re.search(r"https?://\S+/invitations/\S+", letter)[0])
    expert.get_by_label("E-mail").fill("nell@larder.example")
    expert.get_by_role("button", name="Send me six digits").click()
    expert.get_by_label("Six digits").fill(digits_for(expert, "nell@larder.example"))
    expert.get_by_role("button", name="Come in").click()
    expert.get_by_label("Name").fill("Nell Ruiz")
    expert.get_by_label("What you do").fill("shelves")
    expert.get_by_role("button", name="Go on").click()
    axe(expert)
    expert.get_by_role("button", name="Yes, I am in").click()


def set_a_table(owner):
    # So soon that the doors open with publishing.
    begins = now().astimezone(ZoneInfo("Europe/London")) + timedelta(minutes=8)
    owner.goto("/b/larder/sessions/new")
    owner.get_by_label("Title").fill("The first of them all")
    owner.get_by_role("button", name="On to when").click()
    owner.get_by_label("Day").fill(f"{begins:%Y-%m-%d}")
    owner.locator("[name=doors]").fill("")
    owner.locator("[name=starts]").fill(f"{begins:%H:%M}")
    owner.locator("[name=closes]").fill(f"{begins + timedelta(minutes=30):%H:%M}")
    owner.locator("[name=ends]").fill(f"{begins + timedelta(minutes=60):%H:%M}")
    owner.get_by_role("button", name="On to tables").click()
    if not owner.locator("[name$=-topic]").count():
        owner.get_by_role("button", name="Add a table").click()
    owner.locator("[name$=-topic]").first.fill("Whoever comes")
    owner.locator("select[name$=-expert]").first.select_option(label="Nell Ruiz")
    owner.get_by_role("button", name="Look once more, then publish").click()
    axe(owner)
    owner.get_by_role("button", name="Publish").click()
    expect(owner.get_by_role("heading", name="The first of them all")).to_be_visible()
    owner.goto(f"{owner.url}/times")
    axe(owner)


def come_as_customer(customer):
    sign_up(customer, "cora@corner.example", "Cora Webb", "corner shop, Hull")
    customer.goto("/b/larder")
    customer.get_by_role("link", name="The first of them all").click()
    customer.get_by_role("link", name="Join to take a seat").click()
    customer.get_by_role("button", name="Join").click()
    customer.get_by_role("button", name="Take a seat").click()
    expect(customer.get_by_role("complementary").get_by_text("You have a seat at")).to_be_visible()
