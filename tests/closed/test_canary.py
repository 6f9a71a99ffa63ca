"""Nothing of the brand's holds a byte of what was said behind the door: no page, export or feed, then or later."""

from datetime import timedelta

import pytest
from flask import g

from meetup.closed import wiring
from meetup.extensions import db
from meetup.shared import backups, owndata
from tests.makers import NOON

CANARY = "quincunx-marmalade"
PAGES = [
    "/",
    "/agenda",
    "/me",
    "/me/export",
    "/b/{brand}",
    "/b/{brand}/calendar",
    "/b/{brand}/members",
    "/b/{brand}/settings",
    "/b/{brand}/s/{slug}",
    "/b/{brand}/s/{slug}/roster",
    "/b/{brand}/s/{slug}/edit",
    "/b/{brand}/s/{slug}/times",
    "/b/{brand}/s/{slug}/invite.ics",
    "/b/{brand}/s/{slug}/feedback",
    "/b/{brand}/s/{slug}/feedback/results",
    "/b/{brand}/s/{slug}/t/1",
    "/b/{brand}/s/{slug}/t/1/stream",
    "/b/{brand}/s/{slug}/t/1/closed",
    "/b/{brand}/s/{slug}/t/1/closed/stream",
]


def all_that(closed, people, who):
    """Every page that this person can name, as they get it: status and bytes."""
    found = {}
    for page in PAGES:
        for name in ("brand", "membership"):  # the test's one context keeps what the last page was about
            g.pop(name, None)
        path = page.format(brand=people.brand.slug, slug=people.bof_session.slug)
        answer = closed.browser(who).get(path)
        found[page] = (answer.status_code, answer.data)
        answer.close()
        db.session.rollback()
    return found


@pytest.mark.parametrize("minutes", [0, 30, 90], ids=["closed", "at the end", "ended"])
@pytest.mark.parametrize("who", ["owner", "staff", "expert"])
def test_a_silent_room_and_a_busy_one_are_the_same_to_the_brand(closed, people, noon, who, minutes):
    noon.move_to(NOON + timedelta(minutes=minutes))
    silent = all_that(closed, people, who)
    noon.move_to(NOON)
    closed.browsers.pop("customer", None)
    closed.post("customer", kind="arrive")
    assert closed.say("customer", CANARY).status_code == 201
    noon.move_to(NOON + timedelta(minutes=minutes))
    busy = all_that(closed, people, who)

    assert not any(CANARY.encode() in body for _, body in busy.values())
    assert busy == silent
    assert {status for status, _ in busy.values()} >= {200, 404}


def test_those_who_sit_there_read_it(closed):
    closed.say("customer", CANARY)

    assert CANARY in closed.get("customer").text


def test_it_is_in_nobodys_own_data(closed, people):
    closed.say("customer", CANARY)
    held = owndata.everything_of(people.customer.person_id)

    assert held["closed"] == {}
    assert CANARY not in repr(held)


def test_it_is_in_no_backup():
    assert "closed_entries" in backups.LEFT_OUT


def test_who_erases_themselves_takes_their_words_along(closed, people):
    closed.say("customer", CANARY)
    assert CANARY in closed.get("customer").text

    wiring.erase(people.customer.person_id, NOON)
    db.session.commit()

    assert CANARY not in closed.get("customer").text
