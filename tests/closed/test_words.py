"""What anybody types at a closed table: kept as they typed it, shown as text, once, or refused with a sentence."""

import html
import re

import pytest
from sqlalchemy import select

from meetup.closed.models import ClosedEntry
from meetup.extensions import db
from tests.closed.conftest import mark
from tests.queries import counting

HOSTILE = "<img src=x onerror=alert(1)></textarea><script>alert(1)</script>"


def bodies():
    return db.session.scalars(select(ClosedEntry.body).order_by(ClosedEntry.seq)).all()


def shown_words(page):
    log = page.text.partition("<template")[0]
    return [html.unescape(words) for words in re.findall(r"data-words>(.*?)</p>", log, re.DOTALL)]


def test_html_is_shown_as_the_text_that_it_is(closed):
    assert closed.say("customer", HOSTILE).json["text"] == HOSTILE

    page = closed.get("customer")
    assert shown_words(page) == [HOSTILE]
    assert "<img" not in page.text
    assert "<script>" not in page.text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x00b", "ab"),
        ("a\u202eb", "ab"),
        ("a\ufeffb\u200bc", "abc"),
        ("one\r\ntwo", "one\ntwo"),
        ("=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"),
        ("ħeißt 家 👩‍🍳", "ħeißt 家 👩‍🍳"),
        ("x" * 8000, "x" * 8000),
    ],
)
def test_what_is_seen_is_kept_and_what_is_not_is_dropped(closed, typed, kept):
    assert closed.say("customer", typed).status_code == 201
    assert bodies() == [kept]


def test_halves_of_characters_harm_nobody(closed):
    raw = b"kind=say&client_key=" + mark().encode() + b"&body=a%ED%A0%80b"

    answer = closed.ask(
        "customer", "POST", "/entries", script=True, data=raw, content_type="application/x-www-form-urlencoded"
    )

    assert answer.status_code == 201
    assert bodies()[0].encode()  # nothing that cannot be written out again


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        ({"body": ""}, "Write something first."),
        ({"body": " \n\u200b "}, "Write something first."),
        ({"body": "x" * 8001}, "Please keep this to 8,000 characters; it has 8,001."),
        ({"client_key": "none"}, "The page did not say which entry this is. Reload it, and try again."),
        ({"client_key": ""}, "The page did not say which entry this is. Reload it, and try again."),
        ({"kind": "decree"}, "There is no such entry."),
        ({"about": "\x00" * 16}, "What this is about is gone."),
        ({"about": "x" * 5000}, "What this is about is gone."),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(closed, what, sentence):
    answer = closed.say("customer", **{"body": "Hello.", **what})

    assert answer.status_code == 422
    assert sentence in str(answer.json["errors"])
    assert bodies() == []


def test_what_was_typed_stays_when_it_cannot_be_said(closed):
    typed = "Long. " * 1400

    page = closed.say("customer", typed, script=False)

    assert page.status_code == 422
    assert typed.strip() in html.unescape(page.text)
    assert "Please keep this to 8,000 characters" in page.text


@pytest.mark.parametrize("about", ["A" * 16, "nowhere-at-all-1"])
def test_what_is_about_nothing_is_refused_and_the_room_goes_on(closed, about):
    assert closed.say("customer", about=about).status_code == 409
    assert closed.post("customer", kind="react", body="thanks", about=about).status_code == 409
    assert closed.say("customer").status_code == 201


def test_ten_megabytes_are_too_much(closed):
    answer = closed.say("customer", "x" * 10_000_000)

    assert answer.status_code == 413
    assert bodies() == []


def test_the_same_entry_again_is_said_once_and_other_words_are_refused(closed):
    first = mark()
    answers = [closed.say("customer", "Twelve.", client_key=first) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [201, 200]
    assert answers[0].json == answers[1].json
    assert closed.say("customer", "Thirteen.", client_key=first).status_code == 409
    assert bodies() == ["Twelve."]


@pytest.mark.parametrize("before", ["0", "-1", "1e3", "9" * 40, "x", "٣"])
def test_any_place_in_the_line_may_be_asked_for(closed, before):
    assert closed.ask("customer", "GET", "", query_string={"before": before}).status_code == 200


def test_by_forms_alone_one_comes_in_speaks_answers_changes_takes_back_and_leaves(closed):
    assert "Come in" in closed.get("customer").text
    closed.post("customer", script=False, kind="arrive")
    assert 'class="button main little">Come in' not in closed.get("customer").text

    assert closed.say("customer", "Eighteen.", script=False).status_code == 303
    entry = db.session.scalars(select(ClosedEntry).where(ClosedEntry.kind == "say")).one().public_id
    page = closed.ask("customer", "GET", "", query_string={"edit": entry})
    assert re.search(r'name="kind" value="edit".*?name="about" value="' + entry, page.text, re.DOTALL)
    closed.post("customer", script=False, kind="edit", about=entry, body="Nineteen.")
    closed.say("customer", "And you?", script=False, about=entry)
    page = closed.get("customer")
    assert shown_words(page) == ["Nineteen.", "And you?"]
    assert "<bdi>Ines</bdi>: <span>Nineteen.</span>" in page.text

    closed.post("customer", script=False, kind="remove", about=entry)
    assert shown_words(closed.get("customer")) == ["Taken back.", "And you?"]
    left = closed.post("customer", script=False, kind="leave")
    assert (left.status_code, left.location) == (303, closed.session)


def test_a_reaction_by_form_shows_on_the_page(closed):
    entry = closed.say("customer").json["id"]
    closed.post("customer", script=False, kind="react", body="thanks", about=entry)

    assert 'value="-thanks"' in closed.get("customer").text
    assert closed.post("customer", kind="react", body="applause", about=entry).status_code == 409


def test_a_page_that_closes_ends_its_own_coming_only(closed, people):
    first, second = (closed.post("customer", kind="arrive").json["id"] for _ in range(2))
    closed.post("customer", kind="leave", about=first)
    assert f'data-pages="{second}"' in closed.get("customer").text

    closed.post("customer", kind="leave", about=second)
    assert 'data-pages=""' in closed.get("customer").text
    assert closed.get("customer").text.count("came in.") == 2  # once in the line, and once in what the script copies


def test_the_page_says_no_more_than_is_true(closed):
    """No lock, and none of the words that this build has no right to."""
    page = re.sub(r"<[^>]+>", " ", closed.get("customer").text)

    assert not re.search(r"encrypt|end.to.end|\bkeys?\b|scrambl", page, re.IGNORECASE)
    words = " ".join(page.split())
    assert "The door is shut. Fernhill has left." in words
    assert "Fernhill’s accounts are locked out; messages are erased when the session ends, at 12:30" in words
    assert "Whoever runs this server could technically read them until then." in words


def test_nothing_typed_is_completed_checked_or_kept_by_the_browser(closed):
    box = re.search(r"<textarea[^>]*>", closed.get("customer").text)[0]

    assert 'autocomplete="off"' in box
    assert 'spellcheck="false"' in box


def test_the_page_asks_as_often_for_much_as_for_little(closed, make, people):
    closed.say("customer")
    with counting() as little:
        closed.get("customer")

    for number in range(5):
        make.seat(people.table, make.member(people.brand, name=f"Customer {number}"))
    db.session.commit()
    entry = closed.say("customer").json["id"]
    for number in range(60):
        closed.say("customer", f"{number}.", about=entry)
        closed.post("customer", kind="react", body="thanks", about=entry)
    with counting() as much:
        closed.get("customer")

    assert len(much) == len(little) == 13, much
