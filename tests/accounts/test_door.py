"""The door: six digits, passwords, and the same answer for those we know and those we do not."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from meetup import create_app
from meetup.accounts import codes, passwords, signin
from meetup.accounts.models import Person, SignIn, SignInCode
from meetup.extensions import db, limiter
from meetup.shared.clock import now
from meetup.shared.outbox import OutboxItem
from tests.accounts.doors import ask, digits_for, type_code
from tests.makers import NOON
from tests.queries import counting


def test_a_new_address_comes_in_by_six_digits_and_is_asked_who_they_are(client):
    ask(client, "new@shop.example")

    answer = type_code(client, digits_for("new@shop.example"))

    assert answer.status_code == 303
    assert answer.location == "/me/name"
    assert db.session.scalar(select(Person.email)) == "new@shop.example"


def test_a_known_person_goes_straight_to_where_they_were_heading(client, make):
    make.person(email="ada@shop.example")
    db.session.commit()
    ask(client, "ada@shop.example", next="/me")

    assert type_code(client, digits_for("ada@shop.example")).location == "/me"


@pytest.mark.parametrize("known", [True, False])
def test_the_answer_does_not_tell_who_is_known(client, make, known):
    if known:
        make.person(email="ada@shop.example")
        db.session.commit()

    asked = ask(client, "ada@shop.example")
    page = client.get("/sign-in/code")

    assert (asked.status_code, asked.location, page.status_code) == (303, "/sign-in/code", 200)


@pytest.mark.parametrize("written", ["{a} {b}", "{a}-{b}", " {a}{b} ", "{a}.{b}"])
def test_digits_may_be_grouped(client, written):
    ask(client, "new@shop.example")
    code = digits_for("new@shop.example")

    assert type_code(client, written.format(a=code[:3], b=code[3:])).status_code == 303


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("407 19", "That is five digits. One is missing."),
        ("4071", "That is four digits. Two are missing."),
        ("1", "That is one digit. Five are missing."),
        ("4071933", "That is seven digits. There are six in the mail."),
        ("40719x", "Only digits, please: 0 to 9, six of them."),
        ("", "Type the six digits from the mail."),
    ],
)
def test_what_is_wrong_with_the_digits_stands_beside_them(client, typed, words):
    ask(client, "new@shop.example")

    answer = type_code(client, typed)

    assert answer.status_code == 422
    assert words in answer.text


def test_five_wrong_tries_are_all(client):
    ask(client, "new@shop.example")
    code = digits_for("new@shop.example")
    wrong = f"{(int(code) + 1) % 1000000:06}"

    answers = [type_code(client, wrong).status_code for _ in range(5)]

    assert answers == [422] * 5
    assert type_code(client, code).status_code == 422
    assert db.session.scalar(select(SignInCode.attempts)) == 5


def test_a_form_that_cannot_be_digits_costs_no_try(client):
    ask(client, "new@shop.example")

    type_code(client, "407 19")

    assert db.session.scalar(select(SignInCode.attempts)) == 0


def test_new_digits_make_the_older_ones_worthless(client):
    ask(client, "new@shop.example")
    older = db.session.scalars(select(SignInCode)).one()
    code = digits_for("new@shop.example")
    ask(client, "new@shop.example")

    assert codes.wrong_with(older, code, now()) == "These digits are no longer good. Ask for new ones."


def test_digits_are_good_once(app, client):
    ask(client, "new@shop.example")
    code, made = digits_for("new@shop.example"), db.session.scalars(select(SignInCode)).one()
    type_code(client, code)

    assert codes.wrong_with(made, code, now()) == "These digits are no longer good. Ask for new ones."


def test_digits_are_good_for_ten_minutes(app):
    made = codes.send("new@shop.example", NOON)
    code = digits_for("new@shop.example")

    assert codes.wrong_with(made, code, NOON + timedelta(minutes=10)) is not None
    assert codes.wrong_with(made, code, NOON + timedelta(minutes=9, seconds=59)) is None


def test_another_browser_cannot_use_the_digits(app, client):
    ask(client, "new@shop.example")

    answer = type_code(app.test_client(), digits_for("new@shop.example"))

    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert db.session.scalar(select(SignIn)) is None


def test_the_digits_lie_in_no_row_but_the_mail_that_waits(client):
    ask(client, "new@shop.example")
    code = digits_for("new@shop.example")

    assert code not in db.session.scalars(select(SignInCode)).one().code_hash
    assert "new@shop.example" not in str(db.session.scalars(select(OutboxItem)).one().payload)


def test_one_address_gets_five_mails_in_a_quarter_of_an_hour(client, noon):
    answers = [ask(client, "new@shop.example").status_code for _ in range(6)]
    noon.move_to(NOON + timedelta(minutes=15, seconds=1))

    assert answers == [303] * 5 + [429]
    assert ask(client, "new@shop.example").status_code == 303


def test_one_client_may_not_ask_without_end(app, settings, limited):
    browser = limited.test_client()

    answers = [ask(browser, f"person{number}@shop.example").status_code for number in range(33)]

    assert answers == [303] * 30 + [429] * 3


@pytest.fixture
def limited(app, settings):
    """The same app, with the limits on."""
    strict = create_app(replace(settings, rate_limits=True))
    strict.config["WTF_CSRF_ENABLED"] = False
    strict.testing = True
    yield strict
    limiter.enabled = False
    with strict.app_context():
        db.engine.dispose()


@pytest.mark.parametrize("email", ["ada@shop.example", "nobody@shop.example"])
def test_known_and_unknown_cost_the_same_questions(client, make, email):
    make.person(email="ada@shop.example")
    db.session.commit()

    with counting() as queries:
        ask(client, email)

    assert len(queries) == 6, queries


def test_every_sign_in_has_a_new_session_id(client, make):
    make.person(email="ada@shop.example")
    db.session.commit()
    held = []
    for _ in range(2):
        ask(client, "ada@shop.example")
        type_code(client, digits_for("ada@shop.example"))
        with client.session_transaction() as cookie:
            held.append(cookie[signin.COOKIE_KEY])
        client.post("/sign-out")

    assert held[0] != held[1]


def test_a_copy_of_the_cookie_opens_nothing_after_signing_out(app, client, make, sign_in):
    sign_in(make.person())
    with client.session_transaction() as cookie:
        copied = dict(cookie)
    client.post("/sign-out")
    thief = app.test_client()
    with thief.session_transaction() as cookie:
        cookie.update(copied)

    assert thief.get("/me").status_code == 303


@pytest.mark.parametrize(
    ("typed", "leads_to"),
    [
        ("/b/fernhill/join", "/b/fernhill/join"),
        ("/agenda?x=1", "/agenda?x=1"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/\tevil", "/"),
        ("/a\r\nSet-Cookie: b=c", "/"),
        ("evil.example", "/"),
        ("/" + "a" * 600, "/"),
    ],
)
def test_the_way_back_leads_only_to_our_own_pages(client, make, typed, leads_to):
    make.person(email="ada@shop.example")
    db.session.commit()
    ask(client, "ada@shop.example", next=typed)

    assert type_code(client, digits_for("ada@shop.example")).location == leads_to


def test_a_stranger_is_sent_to_the_door_and_back(client):
    answer = client.get("/me?x=1")

    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/me?x%3D1")


@pytest.mark.parametrize("accepts", ["application/json", "text/event-stream"])
def test_a_script_is_told_in_its_own_words(client, accepts):
    assert client.get("/me", headers={"Accept": accepts}).status_code == 401


# Passwords


@pytest.fixture
def ada(make):
    person = make.person(email="ada@shop.example", password_hash=passwords.hashed("three odd words here"))
    db.session.commit()
    return person


def come_in(client, email, password):
    return client.post("/sign-in/password", data={"email": email, "password": password})


def test_who_has_a_password_comes_in_with_it(client, ada):
    assert come_in(client, "ADA@shop.example", "three odd words here").status_code == 303
    assert client.get("/me").status_code == 200


@pytest.mark.parametrize("email", ["ada@shop.example", "nobody@shop.example", "bare@shop.example"])
def test_known_and_unknown_get_the_same_answer_for_the_same_work(client, ada, make, monkeypatch, email):
    make.person(email="bare@shop.example")
    db.session.commit()
    work = []
    verify = type(passwords.hasher).verify
    monkeypatch.setattr(type(passwords.hasher), "verify", lambda *told: work.append(told[1][:20]) or verify(*told))

    answer = come_in(client, email, "not this one at all")

    assert answer.status_code == 422
    assert "Address and password do not belong together." in answer.text
    assert len(work) == 1
    assert re.match(r"\$argon2id\$v=19\$m=", work[0])


def test_ten_wrong_passwords_shut_the_door_for_a_while(client, ada, noon):
    answers = [come_in(client, "ada@shop.example", "not this one").status_code for _ in range(11)]

    assert answers == [422] * 10 + [429]
    assert come_in(client, "ada@shop.example", "three odd words here").status_code == 429
    noon.move_to(NOON + timedelta(minutes=16))
    assert come_in(client, "ada@shop.example", "three odd words here").status_code == 303


@pytest.mark.parametrize(
    "typed",
    ["short", "password1234", "P@ssw0rd!!!!", "passwordpassword", "qwertyuiop12", "111111111111", "aaaaaaaaaaaaa"],
)
def test_what_everybody_tries_first_is_no_password(typed):
    assert passwords.weakness(typed) is not None


def test_four_words_are_one():
    assert passwords.weakness("copper lantern tuesday oats") is None
    assert passwords.weakness("ada.byron-12", "Ada Byron", "ada.byron") is not None


# Whatever anybody types


HOSTILE = [
    "<script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
    "a@b.example\r\nBcc: c@d.example",
    "=?utf-8?q?a=0Ab?=@shop.example",
    "\u202eada@shop.example\x00",
    "@" * 3000,
    "ada@" + "x" * 300 + ".example",
    "💥",
    "",
]


@pytest.mark.parametrize("typed", HOSTILE)
def test_whatever_is_typed_as_an_address_gets_a_sentence(client, typed):
    answer = ask(client, typed)

    assert answer.status_code == 422
    assert 'class="wrong"' in answer.text
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize("typed", HOSTILE)
def test_whatever_is_typed_as_digits_or_password_gets_a_sentence(client, typed):
    ask(client, "new@shop.example")

    assert type_code(client, typed).status_code == 422
    assert come_in(client, "new@shop.example", typed).status_code == 422


@pytest.mark.parametrize("address", ["/sign-in", "/sign-in/code", "/sign-in/password"])
def test_ten_megabytes_are_refused_without_an_accident(client, address):
    ask(client, "new@shop.example")

    assert client.post(address, data={"email": "a" * 10_000_000}).status_code == 413
