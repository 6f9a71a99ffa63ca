"""What every page does by itself, in a real browser: countdowns, times, toasts, questions before a deed."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import render_template, render_template_string

import meetup
from meetup.shared import when
from meetup.shared.pages import Zone
from tests.browser.axe import axe_everywhere

pytestmark = pytest.mark.looks

HOME = "http://tables.example"
FRAME = '{{% extends "layouts/{0}.html" %}}{{% block title %}}Bread{{% endblock %}}{{% block {1} %}}{2}{{% endblock %}}'
NOW = datetime(2026, 12, 3, 18, 0, tzinfo=UTC)


@pytest.fixture
def base_url():
    return HOME


@pytest.fixture(scope="module")
def small_app(settings):
    """The app without its features: the frame of a page knows none of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(meetup, "FEATURES", ())
        return meetup.create_app(settings)


@pytest.fixture
def show(small_app, open_window):
    """Draw a page of ours and show it, its assets too, without a server."""
    client = small_app.test_client()

    def asset(route):
        with client.get(route.request.url.removeprefix(HOME)) as answer:
            route.fulfill(status=answer.status_code, headers=dict(answer.headers), body=answer.get_data())

    def show(body, layout="page", block="content", window=None, **values):
        with small_app.test_request_context("/"):
            html = render_template_string(FRAME.format(layout, block, body), at=NOW, zone=Zone("UTC", False), **values)
        page = open_window(**(window or {}))
        page.context.route(f"{HOME}/static/**", asset)
        page.context.route(f"{HOME}/", lambda route: route.fulfill(body=html, content_type="text/html"))
        page.context.route(f"{HOME}/gone", lambda route: route.fulfill(body=route.request.post_data or ""))
        page.goto("/")
        return page

    return show


@pytest.mark.parametrize("zone", ["Europe/Amsterdam", "America/New_York", "Asia/Kathmandu", "UTC"])
def test_the_browser_says_times_as_the_server_does(show, zone):
    ends = [NOW + later for later in (timedelta(minutes=90), timedelta(hours=9), timedelta(days=8))]
    shapes = {
        "clock": when.clock,
        "day": when.day,
        "moment": when.moment,
        "date": when.day_of_month,
        "leaf": when.month,
    }
    times = [f'data-local="{shape}"' for shape in shapes]
    times += [f'data-local="span" data-until="{when.iso(end)}"' for end in ends]

    page = show(
        "".join(f'<p><time datetime="{when.iso(NOW)}" {each}>-</time></p>' for each in times),
        window={"timezone_id": zone},
    )

    said = [say(NOW, zone) for say in shapes.values()] + [when.span(NOW, end, zone) for end in ends]
    assert page.locator("main time").all_inner_texts() == said


def test_a_zone_that_somebody_chose_stays(show):
    body = '{% from "shared/_when.html" import instant %}{{ instant(at, {"name": "UTC", "chosen": true}) }}'

    page = show(body, window={"timezone_id": "Asia/Tokyo"})

    assert page.locator("main time").inner_text() == "18:00"


def test_the_end_is_announced_at_ten_five_and_one_minute_and_never_else(show):
    ends = when.iso(datetime.now(UTC) + timedelta(minutes=12))
    body = f'<b data-countdown-to="{ends}" data-announce="Fernhill leaves in {{left}}.">-</b>'
    page = show("{% raw %}" + body + "{% endraw %}", layout="room", block="ribbon", back_url="/", now=datetime.now(UTC))
    said = []
    page.clock.install()
    page.reload()
    for _ in range(14 * 4):
        page.clock.run_for(15_000)
        said.append(page.locator("[data-announcer]").inner_text())

    spoken = list(dict.fromkeys(said))
    assert spoken == ["", *(f"Fernhill leaves in {left}." for left in ("10 minutes", "5 minutes", "one minute"))]
    assert page.locator("#ribbon b").inner_text() == "no time"


def test_a_deed_that_asks_first_is_done_only_after_a_yes(show):
    button = '{{ post("/gone", "Leave", confirm="Leave now?", yes="Yes, leave") }}'
    page = show('{% from "shared/_forms.html" import post %}' + button)

    page.get_by_role("button", name="Leave").click()
    page.get_by_role("dialog", name="Leave now?").get_by_role("button", name="No, go back").click()
    assert page.url == f"{HOME}/"

    page.get_by_role("button", name="Leave").click()
    axe_everywhere(page)
    page.get_by_role("button", name="Yes, leave").click()
    page.wait_for_url("**/gone")
    assert "confirmed=yes" in page.content()


def test_a_drawer_closes_when_the_window_grows(show):
    page = show("", layout="room", block="people", back_url="/", window={"viewport": {"width": 390, "height": 844}})

    page.get_by_role("button", name="People", exact=True).click()
    assert page.locator("#end:popover-open").count() == 1

    page.set_viewport_size({"width": 1280, "height": 800})
    page.wait_for_function("document.querySelectorAll(':popover-open').length === 0")
    assert page.locator("#end").is_visible()


def test_a_theme_is_kept_for_the_next_page(show):
    page = show("<h1>Here</h1>", window={"color_scheme": "light"})

    page.get_by_role("button", name="Switch between light and dark").click()

    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert [(cookie["name"], cookie["value"]) for cookie in page.context.cookies()] == [("theme", "dark")]


@pytest.mark.parametrize("layout", ["page", "room"])
def test_the_frame_is_usable_by_everybody(show, layout):
    block = "content" if layout == "page" else "log"
    page = show(
        "<h1>Here</h1>" if layout == "page" else "<p>Nobody has said anything yet.</p>", layout, block, back_url="/"
    )

    axe_everywhere(page)


@pytest.mark.parametrize("code", [400, 403, 404, 405, 409, 413, 422, 429, 500, 503])
def test_every_no_is_usable_by_everybody(show, small_app, code):
    page = show("")
    template = "shared/broken.html" if code >= 500 else "shared/error.html"
    with small_app.test_request_context("/"):
        html = render_template(template, code=code, title="No", reason=None)
    page.context.route(f"{HOME}/no", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto("/no")

    assert page.get_by_role("heading").first.inner_text()
    axe_everywhere(page)
