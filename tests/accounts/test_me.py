"""One's own page: name, password, address, browsers; and one's own data, taken out or erased."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.engine import make_url

from meetup import FEATURES
from meetup.accounts import mails, passwords
from meetup.accounts.models import Person, SignIn, SignInCode
from meetup.brands import policy as brand_policy
from meetup.brands import settling
from meetup.brands.models import DomainKind, Membership, Role, RoleInvitation, Standing
from meetup.extensions import db
from meetup.shared import owndata
from meetup.shared.clock import now
from meetup.shared.outbox import OutboxItem
from tests.accounts.doors import ask, digits_for, type_code
from tests.makers import NOON

PROFILE = {"name": "Ada Byron", "headline": "two bakeries", "zone": "", "language": "en"}
HOSTILE = ["<script>alert(1)</script>", "=1+1", "a\r\nBcc: x@y.example", "=?utf-8?q?=0A?=", "\u202eada\x00", "x" * 5000]


@pytest.fixture
def ada(make, sign_in):
    person = make.person("Ada Byron", email="ada@shop.example")
    sign_in(person)
    return person


# Name, zone, language


def test_who_has_no_name_yet_says_it_before_they_go_on(client, make, sign_in):
    sign_in(make.person("", headline=""))

    assert client.get("/brands/new").location == "/me/name?next=/brands/new"
    db.session.rollback()
    answer = client.post("/me/name?next=/brands/new", data={"name": "Ada", "headline": "two bakeries"})

    assert answer.location == "/brands/new"
    assert client.get("/brands/new").status_code == 200


def test_the_profile_is_kept(client, ada):
    answer = client.post("/me/name", data=PROFILE | {"zone": "america/new york"})

    db.session.expire_all()
    assert answer.location == "/me"
    assert (ada.headline, ada.zone, ada.language) == ("two bakeries", "America/New_York", "en")


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("name", " ", "What shall people call you?"),
        ("name", "x" * 81, "Please keep this to 80 characters; it has 81."),
        ("zone", "Nowhere", "We know no such zone. One is named like Europe/Amsterdam or America/New_York."),
        ("language", "xx", "Not a valid choice."),
    ],
)
def test_what_is_wrong_stands_beside_the_field(client, ada, field, typed, words):
    answer = client.post("/me/name", data=PROFILE | {field: typed})

    assert answer.status_code == 422
    assert words in answer.text


@pytest.mark.parametrize("typed", HOSTILE)
@pytest.mark.parametrize("field", ["name", "headline", "zone", "language"])
def test_whatever_is_typed_is_kept_harmlessly_or_refused(client, ada, field, typed):
    answer = client.post("/me/name", data=PROFILE | {field: typed})

    db.session.expire_all()
    assert answer.status_code in (303, 422)
    assert "<script>alert" not in client.get("/me").text
    assert not {"\r", "\n", "\x00", "\u202e"} & set(ada.name + ada.headline)


# Passwords


def test_a_password_is_set_and_taken_away(client, ada):
    client.post("/me/password", data={"password": "copper lantern tuesday oats"})
    db.session.expire_all()
    assert passwords.matches(ada.password_hash, "copper lantern tuesday oats")

    client.post("/me/password/removal")
    db.session.expire_all()
    assert ada.password_hash is None


def test_a_weak_password_is_refused_with_a_reason(client, ada):
    answer = client.post("/me/password", data={"password": "password1234"})

    assert answer.status_code == 422
    assert "one of the first a stranger would try" in answer.text
    assert 'value="password1234"' not in answer.text


# Browsers


def test_ones_browsers_are_listed_and_ended_from_elsewhere(app, client, ada, sign_in):
    elsewhere = app.test_client()
    sign_in(ada, elsewhere)
    there = db.session.scalars(select(SignIn.id).order_by(SignIn.id.desc())).first()

    answer = client.post(f"/me/sign-ins/{there}/end")

    assert answer.location == "/me"
    assert elsewhere.get("/me").status_code == 303
    assert client.get("/me").status_code == 200


def test_all_others_are_ended_at_once(app, client, ada, sign_in):
    elsewhere = app.test_client()
    sign_in(ada, elsewhere)
    db.session.rollback()

    client.post("/me/sign-ins/end")

    assert (client.get("/me").status_code, elsewhere.get("/me").status_code) == (200, 303)


def test_nobody_elses_browser_can_be_ended(client, make, ada, sign_in, app):
    other = app.test_client()
    sign_in(make.person(), other)
    theirs = db.session.scalars(select(SignIn.id).order_by(SignIn.id.desc())).first()

    assert client.post(f"/me/sign-ins/{theirs}/end").status_code == 404
    assert other.get("/me").status_code == 200


# Another address


def ask_both(client, email="new@shop.example"):
    return client.post("/me/address", data={"email": email})


def type_both(client, old, new):
    return client.post("/me/address/codes", data={"old": old, "new": new})


def both(email="new@shop.example"):
    return digits_for("ada@shop.example", "old address"), digits_for(email, "new address")


def test_an_address_changes_when_both_have_said_yes(client, ada):
    assert ask_both(client).location == "/me/address/codes"

    assert type_both(client, *both()).location == "/me"
    db.session.expire_all()
    assert ada.email == "new@shop.example"


@pytest.mark.parametrize("wrong", ["old", "new"])
def test_one_of_both_is_not_enough_and_the_right_one_need_not_be_sent_again(client, ada, wrong):
    ask_both(client)
    old, new = both()
    bad = f"{(int(old if wrong == 'old' else new) + 1) % 1000000:06}"

    answer = type_both(client, bad if wrong == "old" else old, bad if wrong == "new" else new)

    assert answer.status_code == 422
    assert "Those are not the digits we sent. Four tries left." in answer.text
    assert type_both(client, old, new).status_code == 303


def test_an_address_that_somebody_else_has_is_not_told_before_it_is_proven(client, make, ada):
    make.person(email="taken@shop.example")
    db.session.commit()

    asked = ask_both(client, "taken@shop.example")
    answer = type_both(client, *both("taken@shop.example"))

    assert (asked.status_code, answer.status_code) == (303, 409)
    db.session.expire_all()
    assert ada.email == "ada@shop.example"


def test_digits_for_another_address_do_not_sign_in(client, ada, app):
    ask_both(client)
    thief = app.test_client()
    made = db.session.scalars(select(SignInCode).where(SignInCode.purpose == "new address")).one()
    with thief.session_transaction() as cookie:
        cookie["asked_code"] = made.public_id

    assert type_code(thief, digits_for("new@shop.example", "new address")).location == "/sign-in"


def test_an_address_of_a_brands_own_ends_being_its_customer(client, make, ada):
    brand = make.brand()
    membership = make.member(brand, person=ada)
    settling.declare_domain(brand, "fernhill.example", DomainKind.OWN, NOON)
    db.session.commit()

    ask_both(client, "ada@fernhill.example")
    type_both(client, *both("ada@fernhill.example"))

    db.session.expire_all()
    assert membership.standing == Standing.REVOKED


# Mails


def test_the_mail_has_the_digits_and_is_not_sent_once_its_reason_has_gone(client):
    ask(client, "new@shop.example")
    item, code = db.session.scalars(select(OutboxItem)).one(), digits_for("new@shop.example")

    assert f"{code[:3]} {code[3:]}".encode() in mails.code_mail(item.payload, item)
    type_code(client, code)
    assert mails.code_mail(item.payload, item) is None


@pytest.mark.parametrize("purpose", ["sign-in", "old address", "new address"])
def test_each_mail_says_what_its_digits_are_for(app, purpose):
    from meetup.accounts import codes

    codes.send("ada@shop.example", now(), purpose)
    item = db.session.scalars(select(OutboxItem)).one()
    words = {"sign-in": b"did not ask to come in", "old address": b"leave this address", "new address": b"from now on"}

    assert words[purpose] in b" ".join(mails.code_mail(item.payload, item).split())


# Own data


def test_the_parts_stand_in_the_order_of_the_features(app):
    """They let go of a person in the opposite one: each leans on those to its left."""
    assert list(owndata.PARTS) == [name for name in FEATURES if name in owndata.PARTS]


def test_everything_can_be_taken_out(client, people, sign_in):
    sign_in(people.customer)

    answer = client.get("/me/export")

    held = json.loads(answer.data)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="my-data.json"'
    assert held["accounts"]["email"] == people.customer.person.email
    assert [each["role"] for each in held["brands"]["memberships"]] == ["customer"]
    assert people.other.person.email not in answer.text


def test_erasing_is_typed(client, ada):
    assert client.post("/me/erasure", data={"words": "yes"}).status_code == 422
    assert ada.erased_at is None


def test_the_last_owner_of_a_brand_hands_it_over_first(client, people, sign_in):
    sign_in(people.owner)

    assert client.post("/me/erasure", data={"words": "erase me"}).status_code == 409
    db.session.expire_all()
    assert people.owner.person.email is not None


def erase(client):
    return client.post("/me/erasure", data={"words": " Erase me "})


def test_erased_means_out_of_everywhere(client, people, sign_in):
    person_id = people.customer.person_id
    sign_in(people.customer)

    assert erase(client).location == "/"

    db.session.expire_all()
    person = db.session.get_one(Person, person_id)
    assert (person.email, person.name, person.password_hash, person.shown_name) == (None, "", None, "Someone")
    assert db.session.scalar(select(SignIn).where(SignIn.person_id == person_id)) is None
    assert db.session.scalar(select(Membership).where(Membership.person_id == person_id)) is None
    assert client.get("/me").status_code == 303


def test_guests_whom_they_brought_stay_through_nobody(client, people, sign_in):
    people.guest.sponsor_id, people.guest.through = people.customer.person_id, "Ines Okafor"
    sign_in(people.customer)

    erase(client)

    db.session.expire_all()
    assert (people.guest.is_confirmed, people.guest.through) == (True, "somebody who has gone")


def test_no_byte_of_the_address_stays_in_the_database(client, people, make, sign_in, settings):
    address = "unmistakable-zebra@shop.example"
    people.customer.person.email = address
    db.session.add(RoleInvitation(brand_id=people.rival.id, email=address, role=Role.EXPERT, made_at=NOON))
    db.session.commit()
    ask(client, address)
    sign_in(people.customer)
    client.post("/me/address", data={"email": "unmistakable-yak@shop.example"})
    assert everything_stored(settings).count(b"unmistakable-zebra") > 0

    assert erase(client).status_code == 303

    left = everything_stored(settings)
    assert (left.count(b"unmistakable-zebra"), left.count(b"unmistakable-yak")) == (0, 0)


def everything_stored(settings):
    """Every byte of SQLite's files; of PostgreSQL every row of every table."""
    db.session.rollback()
    if settings.is_sqlite:
        path = make_url(settings.database_url).database
        return b"".join(Path(path + end).read_bytes() for end in ("", "-wal") if Path(path + end).exists())
    rows = [db.session.execute(select(table)).all() for table in db.metadata.sorted_tables]
    db.session.rollback()
    return repr(rows).encode()


def test_the_same_address_begins_anew_afterwards(client, people, sign_in):
    address = people.customer.person.email
    sign_in(people.customer)
    erase(client)

    ask(client, address)
    type_code(client, digits_for(address))

    newcomer = db.session.scalars(select(Person).where(Person.email == address)).one()
    assert brand_policy.membership_of(newcomer, people.brand.id) is None


# The operator


def test_the_operator_sees_kind_age_and_reason_and_no_words(client, ada):
    db.session.add(
        OutboxItem(
            kind="mail.code",
            payload={"code": "407193"},
            enqueued_at=now() - timedelta(days=2),
            due_at=NOON,
            dead_at=NOON,
            tries=18,
            reason="SMTPRecipientsRefused",
        )
    )
    ada.operator_since = NOON
    db.session.commit()

    page = client.get("/operator/outbox").text

    assert "mail.code" in page
    assert "2 days ago" in page
    assert "SMTPRecipientsRefused" in page
    assert "407193" not in page


@pytest.mark.parametrize("who", ["owner", "customer", "stranger"])
def test_for_everybody_else_there_is_no_such_page(client, people, sign_in, who):
    sign_in(getattr(people, who))

    assert client.get("/operator/outbox").status_code == 404
