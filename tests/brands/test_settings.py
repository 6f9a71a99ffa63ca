"""What owners settle, and what anybody may type there."""

import pytest
from sqlalchemy import select

from meetup.brands.models import BrandDomain, Interest, InviteCode, Vertical
from meetup.extensions import db

FACE = {"name": "Fernhill", "tagline": "", "about": "", "colour": "#0f6a4d", "zone": "Europe/London", "house_rules": ""}


@pytest.fixture
def address(people, client, sign_in):
    sign_in(people.owner)
    return f"/b/{people.brand.slug}/settings"


@pytest.mark.parametrize("who", ["owner", "staff", "expert", "customer", "guest", "rival_staff", "stranger"])
def test_only_owners_settle_things(client, sign_in, people, who):
    sign_in(getattr(people, who))
    wanted = {"owner": (200, 303)}.get(who, (403, 403))

    address = f"/b/{people.brand.slug}/settings"
    assert (client.get(address).status_code, client.post(address, data=FACE).status_code) == wanted


def test_name_and_colour_are_kept(client, people, address):
    client.post(address, data=FACE | {"name": "Fernhill & Sons", "tagline": "tables for shops"})

    db.session.expire_all()
    assert (people.brand.name, people.brand.colour) == ("Fernhill & Sons", "#0f6a4d")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("fernhill.example", "fernhill.example"),
        ("@Fernhill.Example ", "fernhill.example"),
        ("bäckerei.example", "xn--bckerei-5wa.example"),
    ],
)
def test_a_domain_is_kept_as_it_stands_in_addresses(client, address, typed, kept):
    assert client.post(f"{address}/domains", data={"domain": typed, "kind": "customer"}).status_code == 303
    assert db.session.scalars(select(BrandDomain.domain)).all() == [kept]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("gmail.com", "Anybody can have an address at gmail.com, so it tells nothing about them."),
        ("ada@fernhill.example", "Only the part after the @, for instance fernhill.example."),
        ("com", "That is no mail domain. One looks like fernhill.example."),
        ("co.uk", "Half a country has addresses below co.uk. Name the part before it, too."),
        ("-.example", "That is no mail domain. One looks like fernhill.example."),
        ("a b.example", "That is no mail domain. One looks like fernhill.example."),
        ("x" * 300 + ".example", "No domain is that long."),
        ("", "The part after the @, for instance fernhill.example."),
    ],
)
@pytest.mark.parametrize("kind", ["own", "customer"])
def test_what_is_no_domain_is_said(client, address, typed, words, kind):
    answer = client.post(f"{address}/domains", data={"domain": typed, "kind": kind})

    assert answer.status_code == 422
    assert words in answer.text
    assert db.session.scalar(select(BrandDomain)) is None


def test_a_domain_is_not_both_their_own_and_their_customers(client, address):
    client.post(f"{address}/domains", data={"domain": "fernhill.example", "kind": "own"})

    for domain in ("fernhill.example", "shops.fernhill.example"):
        assert client.post(f"{address}/domains", data={"domain": domain, "kind": "customer"}).status_code == 409


def test_a_domain_goes_again(client, address):
    client.post(f"{address}/domains", data={"domain": "fernhill.example", "kind": "own"})
    kept = db.session.scalars(select(BrandDomain)).one()

    client.post(f"{address}/domains/{kept.id}/removal")

    assert db.session.scalar(select(BrandDomain)) is None


@pytest.mark.parametrize(("flock", "kind"), [("verticals", Vertical), ("interests", Interest)])
def test_trades_and_interests_come_change_and_go(client, address, flock, kind):
    client.post(f"{address}/{flock}", data={"name": "Food & Drink"})
    client.post(f"{address}/{flock}", data={"name": "Food, drink"})
    assert db.session.scalars(select(kind.slug).order_by(kind.id)).all() == ["food-drink", "food-drink-2"]

    client.post(f"{address}/{flock}/food-drink", data={"name": "食べ物"})
    client.post(f"{address}/{flock}/food-drink-2/removal")

    assert db.session.scalars(select(kind.name)).all() == ["食べ物"]


@pytest.mark.parametrize("flock", ["verticals", "interests"])
def test_two_of_one_name_cannot_be_told_apart(client, address, flock):
    client.post(f"{address}/{flock}", data={"name": "Cheese"})
    client.post(f"{address}/{flock}", data={"name": "Bread"})

    for where, name in ((flock, "cheese"), (f"{flock}/bread", "CHEESE")):
        answer = client.post(f"{address}/{where}", data={"name": name})
        assert answer.status_code == 422
        assert "There is one of this name already." in answer.text
        assert f'value="{name}"' in answer.text
    assert client.post(f"{address}/{flock}/cheese", data={"name": "cheese"}).status_code == 303


def test_a_name_that_cannot_be_stands_beside_its_reason(client, address):
    client.post(f"{address}/interests", data={"name": "waste"})

    answer = client.post(f"{address}/interests/waste", data={"name": "x" * 61})

    assert answer.status_code == 422
    assert 'id="interests-waste-wrong"' in answer.text
    assert f'value="{"x" * 61}"' in answer.text


def test_codes_are_made_and_revoked(client, address):
    client.post(f"{address}/codes", data={"label": "the spring letter"})
    code = db.session.scalars(select(InviteCode)).one()
    assert code.code in client.get(address).text

    client.post(f"{address}/codes/{code.id}/revocation")

    db.session.expire_all()
    assert code.revoked_at is not None


def test_another_brands_things_do_not_exist_here(client, sign_in, people, address):
    db.session.add(BrandDomain(brand_id=people.rival.id, domain="larder.example", kind="own"))
    db.session.commit()
    theirs = db.session.scalars(select(BrandDomain)).one()

    assert client.post(f"{address}/domains/{theirs.id}/removal").status_code == 404
    assert client.post(f"{address}/codes/{theirs.id}/revocation").status_code == 404
    assert client.post(f"{address}/verticals/nothing/removal").status_code == 404


HOSTILE = [
    "<script>alert(1)</script>",
    "=1+cmd|'!A0",
    "a\r\nBcc: x@y.example",
    "=?utf-8?q?=0A?=",
    "\u202eeman\x00",
    "😀" * 3000,
]


@pytest.mark.parametrize("typed", HOSTILE)
@pytest.mark.parametrize("field", ["name", "tagline", "about", "colour", "zone", "house_rules"])
def test_whatever_is_typed_is_kept_harmlessly_or_refused(client, people, address, field, typed):
    answer = client.post(address, data=FACE | {field: typed})
    page = client.get(f"/b/{people.brand.slug}")

    assert answer.status_code in (303, 422)
    assert page.status_code == 200
    assert "<script>alert" not in page.text + client.get(address).text
    assert not {"\x00", "\u202e"} & set(page.text)


@pytest.mark.parametrize("typed", [*HOSTILE, ""])
@pytest.mark.parametrize("part", ["domains", "verticals", "interests", "codes"])
def test_whatever_is_typed_in_a_list_is_kept_harmlessly_or_refused(client, address, part, typed):
    answer = client.post(f"{address}/{part}", data={"domain": typed, "kind": "own", "name": typed, "label": typed})

    assert answer.status_code in (303, 422)
    assert "<script>alert" not in client.get(address).text


def test_ten_megabytes_are_refused_without_an_accident(client, address):
    assert client.post(address, data=FACE | {"about": "a" * 10_000_000}).status_code == 413
