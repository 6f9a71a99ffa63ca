"""The form that goes out afterwards, and what hosts read of it."""

import html
import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from meetup.extensions import db
from meetup.feedback.models import Answer, ContactWish, HandedIn, Voice
from meetup.feedback.policy import OPEN_FOR
from tests.queries import counting

WHOLE = {
    "again": "4",
    "recommend": "0",
    "took_home": "A supplier.",
    "next_topic": "Flour",
    "sentence": "Nobody sold me anything.",
    "is_released": "y",
    "may_contact": "y",
}
BRAND_SIDE = ["owner", "staff", "expert", "other_expert"]
OTHERS = ["outsider", "rival_staff", "rival_customer", "stranger"]


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


@pytest.mark.parametrize("who", ["customer", "guest", "other"])
def test_who_came_fills_it_in_and_is_thanked(client, sign_in, afterwards, who):
    sign_in(getattr(afterwards, who))
    assert "How was it, " in client.get(afterwards.address).text

    answer = client.post(afterwards.address, data=WHOLE)

    assert (answer.status_code, answer.location) == (303, afterwards.address)
    assert "Thank you, " in client.get(afterwards.address).text
    said = db.session.scalars(select(Answer)).one()
    assert (said.again, said.recommend, said.took_home, said.next_topic) == (4, 0, "A supplier.", "Flour")
    assert [count(model) for model in (HandedIn, ContactWish, Voice)] == [1, 1, 1]


@pytest.mark.parametrize("who", [*BRAND_SIDE, *OTHERS])
def test_nobody_else_may(client, sign_in, afterwards, who):
    sign_in(getattr(afterwards, who))

    assert client.get(afterwards.address).status_code == 403
    assert client.post(afterwards.address, data=WHOLE).status_code == 403
    assert count(Answer) == 0


def test_a_visitor_is_asked_who_they_are(client, afterwards):
    assert client.get(afterwards.address).status_code == 303
    assert client.post(afterwards.address, data=WHOLE).status_code == 303
    assert count(Answer) == 0


def test_it_opens_at_the_end_and_shuts_after_thirty_days(client, sign_in, afterwards, noon):
    moment = timedelta(microseconds=1)
    ends = afterwards.bof_session.ends_at
    answers = []
    for at in (ends - moment, ends, ends + OPEN_FOR - moment, ends + OPEN_FOR):
        noon.move_to(at)
        sign_in(afterwards.customer)
        answers.append(client.get(afterwards.address).status_code)

    assert answers == [403, 200, 200, 403]


def test_it_may_be_handed_in_once(client, sign_in, afterwards):
    sign_in(afterwards.customer)
    first, again = (client.post(afterwards.address, data=WHOLE) for _ in range(2))

    assert (first.status_code, again.status_code) == (303, 409)
    assert "You have handed yours in already." in again.text
    assert [count(model) for model in (Answer, HandedIn, ContactWish, Voice)] == [1, 1, 1, 1]


def test_any_question_may_be_left_out(client, sign_in, afterwards):
    sign_in(afterwards.customer)

    assert client.post(afterwards.address, data={"next_topic": "Rain"}).status_code == 303
    said = db.session.scalars(select(Answer)).one()
    assert (said.again, said.recommend, said.took_home, said.next_topic) == (None, None, "", "Rain")


@pytest.mark.parametrize("typed", [{}, {"took_home": "  "}, {"is_released": "y"}])
def test_an_empty_form_uses_nobodys_only_answer_up(client, sign_in, afterwards, typed):
    sign_in(afterwards.customer)

    answer = client.post(afterwards.address, data=typed)

    assert answer.status_code == 422
    assert "There is nothing in it yet." in answer.text
    assert count(HandedIn) == 0


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"again": "6"}, "Choose a number from 1 to 5, or none."),
        ({"again": "0"}, "Choose a number from 1 to 5, or none."),
        ({"again": "five"}, "Choose a number from 1 to 5, or none."),
        ({"recommend": "11"}, "Choose a number from 0 to 10, or none."),
        ({"recommend": "-1"}, "Choose a number from 0 to 10, or none."),
        ({"recommend": "9" * 5000}, "Choose a number from 0 to 10, or none."),
        ({"took_home": "x" * 2001}, "Please keep this to 2,000 characters; it has 2,001."),
        ({"next_topic": "x" * 201}, "Please keep this to 200 characters; it has 201."),
        ({"sentence": "x" * 301}, "Please keep this to 300 characters; it has 301."),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_all_that_was_typed_stays(client, sign_in, afterwards, wrong, sentence):
    sign_in(afterwards.customer)

    page = client.post(afterwards.address, data={**WHOLE, **wrong})

    assert page.status_code == 422
    assert sentence in page.text
    kept = html.unescape(page.text)
    for field in ("took_home", "next_topic", "sentence"):
        assert {**WHOLE, **wrong}[field] in kept
    for field in {"again", "recommend"} - set(wrong):
        assert re.search(rf'name="{field}" id="{field}-\d+" value="{WHOLE[field]}" checked', page.text)
    assert page.text.count('value="y" checked') == 2
    assert count(Answer) == 0


def test_what_people_type_is_shown_as_text(client, sign_in, afterwards, answered):
    answered(5, 5, 5, 5, 5, took_home="<script>alert(1)</script>", next_topic="=1+1")
    sign_in(afterwards.staff)

    page = client.get(f"{afterwards.address}/results").text

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


def test_what_cannot_be_seen_is_not_kept(client, sign_in, afterwards):
    sign_in(afterwards.customer)

    client.post(afterwards.address, data={"took_home": "a\x00b\u202ec", "next_topic": "one\r\nBcc: two"})

    said = db.session.scalars(select(Answer)).one()
    assert (said.took_home, said.next_topic) == ("abc", "one Bcc: two")


@pytest.mark.parametrize("who", ["owner", "staff"])
def test_hosts_read_what_people_said(client, sign_in, afterwards, answered, who):
    answered(5, 5, 5, 5, 5, took_home="Bread.")
    sign_in(getattr(afterwards, who))

    page = client.get(f"{afterwards.address}/results")

    assert page.status_code == 200
    assert "5 of 8 who came have answered." in page.text
    assert page.text.count("Bread.") == 5


@pytest.mark.parametrize("who", ["expert", "other_expert", "customer", "guest", *OTHERS])
def test_nobody_but_hosts_reads_them(client, sign_in, afterwards, answered, who):
    answered(5, 5, 5, 5, 5, took_home="Bread.")
    sign_in(getattr(afterwards, who))

    answer = client.get(f"{afterwards.address}/results")

    assert answer.status_code == 403
    assert "Bread." not in answer.text


def test_under_five_nothing_shows_not_even_how_many(client, sign_in, afterwards, answered):
    sign_in(afterwards.staff)
    empty = client.get(f"{afterwards.address}/results").text
    answered(5, 4, 3, 2, took_home="Bread.")

    assert re.sub(r"\d+ who came", "", client.get(f"{afterwards.address}/results").text) == empty
    answered(1, took_home="Bread.")
    assert "Bread." in client.get(f"{afterwards.address}/results").text


def test_small_cells_are_hidden_and_say_so(client, sign_in, afterwards, answered):
    answered(5, 5, 5, 5, 5, 4, 4, 4, 4, 4, 4, 1)
    sign_in(afterwards.staff)

    page = client.get(f"{afterwards.address}/results").text
    rows = re.findall(r'<th scope="row">([^<]+)</th>.*?<td class="n[^"]*">([^<]+)</td>', page)

    assert rows[:5] == [
        ("5 · tomorrow", "hidden too"),
        ("4", "6"),
        ("3", "0"),
        ("2", "0"),
        ("1 · rather not", "fewer than five"),
    ]
    assert "Why some cells are hidden" in page
    assert page.count('class="veil"') == 2


def test_the_pages_ask_as_often_for_many_answers_as_for_few(client, sign_in, afterwards, answered):
    sign_in(afterwards.staff)
    answered(5, 5, 5, 5, 5)
    with counting() as few:
        client.get(f"{afterwards.address}/results")
    answered(*[4] * 20)
    db.session.expire_all()
    with counting() as many:
        client.get(f"{afterwards.address}/results")

    assert len(many) == len(few), many
