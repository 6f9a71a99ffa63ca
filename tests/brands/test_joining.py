"""Who becomes a customer or guest, by what, and who never can."""

import pytest
from sqlalchemy import select

from meetup.brands import joining, policy, rules, settling
from meetup.brands.models import BrandDomain, DomainKind, GuestLink, InviteCode, Membership, Role, Standing
from meetup.extensions import db
from meetup.registrations import policy as registration_policy
from meetup.shared.errors import Refused
from tests.makers import NOON


@pytest.fixture
def brand(make):
    return make.brand()


@pytest.fixture
def declare(brand):
    def declare(domain, kind=DomainKind.OWN):
        settling.declare_domain(brand, domain, kind, NOON)

    return declare


def of(person, brand):
    return policy.membership_of(person, brand.id)


# Customers


def test_a_customers_mail_domain_lets_in_at_once(make, brand, declare):
    declare("melkbrood.example", DomainKind.CUSTOMER)
    jun = make.person("Jun", email="jun@melkbrood.example")

    membership = joining.join_as_customer(jun, brand, "", NOON)

    assert (membership.role, membership.standing) == (Role.CUSTOMER, Standing.CONFIRMED)
    assert membership.through == "melkbrood.example"


def test_what_lies_below_a_customers_domain_may_be_somebody_elses(make, brand, declare):
    declare("shops.example", DomainKind.CUSTOMER)
    jun = make.person("Jun", email="jun@other.shops.example")

    assert joining.join_as_customer(jun, brand, "", NOON).standing == Standing.PENDING


@pytest.mark.parametrize("typed", ["{}", " {} ", "lower", "with a space", "in one"])
def test_an_invite_code_lets_in_at_once(make, brand, typed):
    code = settling.make_code(brand, "the spring letter", NOON).code
    ways = {"lower": code.lower(), "with a space": code.replace("-", " "), "in one": code.replace("-", "")}
    typed = ways.get(typed) or typed.format(code)

    membership = joining.join_as_customer(make.person(), brand, typed, NOON)

    assert membership.is_confirmed
    assert membership.through == "the code “the spring letter”"


def test_a_revoked_code_or_anothers_opens_nothing(make, brand):
    settling.make_code(brand, "", NOON).revoke(NOON)
    settling.make_code(make.brand("Larder"), "", NOON)

    for code in db.session.scalars(select(InviteCode.code)):
        with pytest.raises(Refused, match="no invite code of theirs"):
            joining.join_as_customer(make.person(), brand, code, NOON)


def test_without_proof_one_waits_for_a_host_and_reads_what_a_visitor_reads(make, brand):
    person = make.person()

    membership = joining.join_as_customer(person, brand, "", NOON)

    assert membership.standing == Standing.PENDING
    assert policy.confirmed_role(person, brand.id) is None
    rules.confirm(membership, NOON)
    assert policy.confirmed_role(person, brand.id) == Role.CUSTOMER


def test_joining_twice_changes_nothing(make, brand, declare):
    declare("shop.example", DomainKind.CUSTOMER)
    person = make.person()
    first = joining.join_as_customer(person, brand, "", NOON)

    assert joining.join_as_customer(person, brand, "", NOON.replace(year=2030)) is first
    assert first.since == NOON


# Guests


@pytest.fixture
def link(make, brand):
    return settling.guest_link(make.member(brand, Role.CUSTOMER, "Yusuf Demir"), NOON)


def test_a_guest_comes_through_somebody(make, brand, link):
    db.session.flush()

    membership = joining.join_as_guest(make.person("Paul"), brand, link, NOON)

    assert (membership.role, membership.is_confirmed) == (Role.GUEST, True)
    assert (membership.through, membership.sponsor_id) == ("Yusuf Demir", link.membership.person_id)


def test_a_customer_who_opens_a_guest_link_stays_a_customer(make, brand, link):
    customer = make.member(brand)

    assert joining.join_as_guest(customer.person, brand, link, NOON).role == Role.CUSTOMER


def test_a_guest_with_a_code_becomes_a_customer_and_without_one_stays(make, brand):
    guest = make.member(brand, Role.GUEST)
    with pytest.raises(Refused, match="You are here as a guest"):
        joining.join_as_customer(guest.person, brand, "", NOON)

    joining.join_as_customer(guest.person, brand, settling.make_code(brand, "", NOON).code, NOON)

    assert guest.role == Role.CUSTOMER


@pytest.mark.parametrize("standing", [Standing.SUSPENDED, Standing.REVOKED])
def test_a_link_opens_nothing_once_whoever_gave_it_is_out(brand, link, standing):
    db.session.flush()
    assert db.session.scalar(policy.open_guest_link(brand.id, link.token)) is link
    link.membership.standing = standing

    assert db.session.scalar(policy.open_guest_link(brand.id, link.token)) is None


def test_a_new_link_takes_the_place_of_the_old(brand, link):
    db.session.flush()
    old = link.token
    settling.guest_link(link.membership, NOON)
    db.session.flush()

    assert db.session.scalar(policy.open_guest_link(brand.id, old)) is None
    assert len(db.session.scalars(select(GuestLink)).all()) == 1


# Those who never can


@pytest.mark.parametrize("email", ["ben@fernhill.example", "ben@mail.fernhill.example"])
def test_an_address_of_the_brands_own_never_joins(make, brand, declare, link, email):
    declare("fernhill.example")
    ben = make.person("Ben", email=email)

    for join in (joining.join_as_customer, joining.join_as_guest):
        with pytest.raises(Refused, match="You are of Fernhill"):
            join(ben, brand, "" if join is joining.join_as_customer else link, NOON)
    assert of(ben, brand) is None


def test_a_domain_that_only_ends_alike_is_somebody_elses(make, brand, declare):
    declare("hill.example")
    stranger = make.person(email="ben@fernhill.example")

    assert joining.join_as_customer(stranger, brand, "", NOON).standing == Standing.PENDING


@pytest.mark.parametrize("role", [Role.EXPERT, Role.STAFF, Role.OWNER])
def test_who_was_of_the_brand_once_never_joins_afterwards(make, brand, role):
    make.member(brand, Role.OWNER)
    former = make.member(brand, role)
    code = settling.make_code(brand, "", NOON).code
    rules.leave(former, NOON)

    with pytest.raises(Refused, match="You are of Fernhill"):
        joining.join_as_customer(former.person, brand, code, NOON)


def test_declaring_a_domain_puts_out_who_came_in_with_such_an_address(make, brand, declare):
    inside = make.member(brand, person=make.person(email="spy@fernhill.example"))
    customer = make.member(brand)
    declare("fernhill.example")

    turned = joining.judge_domains(brand, NOON)

    assert turned == [inside]
    assert (inside.standing, inside.reason) == (Standing.REVOKED, "Their address is one of Fernhill's own.")
    assert customer.is_confirmed
    with pytest.raises(Refused, match="can never be its customer or guest"):
        rules.confirm(inside, NOON)


def test_taking_the_domain_away_again_lets_nobody_of_them_back(make, brand, declare):
    inside = make.member(brand, person=make.person(email="spy@fernhill.example"))
    declare("fernhill.example")
    joining.judge_domains(brand, NOON)
    db.session.delete(db.session.scalars(select(BrandDomain)).one())
    db.session.flush()

    with pytest.raises(Refused, match="You are of Fernhill"):
        joining.join_as_customer(inside.person, brand, "", NOON)


def test_who_takes_an_address_of_the_brands_own_is_put_out(make, brand, declare):
    declare("fernhill.example")
    elsewhere = make.member(make.brand("Larder"), person=(customer := make.member(brand)).person)
    customer.person.email = "new@fernhill.example"
    db.session.flush()

    assert joining.judge_address(customer.person, NOON) == [customer]
    assert elsewhere.is_confirmed


def test_being_put_out_frees_the_seats_and_shuts_the_rooms(client, sign_in, people, noon):
    people.customer.person.email = "ines@fernhill.example"
    db.session.commit()
    sign_in(people.owner)

    client.post(f"/b/{people.brand.slug}/settings/domains", data={"domain": "fernhill.example", "kind": "own"})

    db.session.expire_all()
    assert people.customer.standing == Standing.REVOKED
    assert registration_policy.seat_of(people.customer.person, people.bof_session) is None


# Leaving and coming back


def test_who_left_may_come_back_and_who_was_put_out_may_not(make, brand):
    left, out = make.member(brand), make.member(brand)
    rules.leave(left, NOON)
    rules.revoke(out, NOON)
    code = settling.make_code(brand, "", NOON).code

    assert joining.join_as_customer(left.person, brand, code, NOON).is_confirmed
    with pytest.raises(Refused, match="has ended your membership"):
        joining.join_as_customer(out.person, brand, code, NOON)


def test_who_is_on_hold_does_not_escape_by_leaving(make, brand):
    held = make.member(brand)
    rules.suspend(held, NOON)
    rules.leave(held, NOON)

    with pytest.raises(Refused, match="has ended your membership"):
        joining.join_as_customer(held.person, brand, settling.make_code(brand, "", NOON).code, NOON)


# The pages


def test_the_whole_way_in_by_a_code(client, sign_in, make, brand):
    code = settling.make_code(brand, "", NOON).code
    stranger = make.person()
    sign_in(stranger)

    answer = client.post(f"/b/{brand.slug}/join", data={"code": code})

    assert (answer.status_code, answer.location) == (303, f"/b/{brand.slug}")
    assert policy.confirmed_role(stranger, brand.id) == Role.CUSTOMER


def test_a_code_that_is_none_is_said_beside_the_field_and_stays_there(client, sign_in, make, brand):
    sign_in(make.person())

    answer = client.post(f"/b/{brand.slug}/join", data={"code": "HALF-A-CODE"})

    assert answer.status_code == 422
    assert "That is no invite code of theirs" in answer.text
    assert 'value="HALF-A-CODE"' in answer.text
    assert 'aria-invalid="true"' in answer.text


def test_who_waits_is_told_for_what(client, sign_in, make, brand):
    sign_in(make.person())
    client.post(f"/b/{brand.slug}/join", data={"code": ""})

    assert "A host of Fernhill says yes as soon as they know you." in client.get(f"/b/{brand.slug}/join").text
    assert "You have asked to join." in client.get(f"/b/{brand.slug}").text


def test_the_house_rules_stand_before_the_button(client, sign_in, make):
    brand = make.brand(house_rules="No selling.\nNo names.")
    sign_in(make.person())

    page = client.get(f"/b/{brand.slug}/join").text

    assert page.index("<li>No selling.</li><li>No names.</li>") < page.index("Ask to join")


def test_a_stranger_reads_whose_link_it_is(client, brand, link):
    db.session.commit()

    page = client.get(f"/b/{brand.slug}/join/{link.token}")

    assert page.status_code == 200
    assert "Yusuf Demir would like you there" in page.text


@pytest.mark.parametrize(("ticked", "status"), [({"is_outsider": "y"}, 303), ({}, 422)])
def test_a_guest_says_that_they_do_not_work_there(client, sign_in, make, brand, link, ticked, status):
    guest = make.person()
    sign_in(guest)

    answer = client.post(f"/b/{brand.slug}/join/{link.token}", data=ticked)

    assert answer.status_code == status
    assert (policy.confirmed_role(guest, brand.id) == Role.GUEST) == (status == 303)


@pytest.mark.parametrize(("who", "status"), [("customer", 303), ("staff", 303), ("guest", 403), ("expert", 403)])
def test_customers_and_hosts_have_a_personal_link(client, sign_in, people, who, status):
    sign_in(getattr(people, who))

    answer = client.post(f"/b/{people.brand.slug}/guest-link")

    assert answer.status_code == status
    assert (db.session.scalar(select(GuestLink)) is not None) == (status == 303)


def test_leaving_is_asked_twice_and_frees_the_seats(client, sign_in, people, noon):
    sign_in(people.customer)
    address = f"/b/{people.brand.slug}/leave"

    asked = client.post(address)
    assert (asked.status_code, people.customer.is_confirmed) == (200, True)
    answer = client.post(address, data={"confirmed": "yes"})

    db.session.expire_all()
    assert answer.status_code == 303
    assert people.customer.left_at == NOON
    assert registration_policy.seat_of(people.customer.person, people.bof_session) is None


@pytest.mark.parametrize(
    "typed", ["<script>alert(1)</script>", "=1+1", "a\r\nb", "\u202e\x00", "x" * 41, "x" * 1_000_000]
)
def test_whatever_is_typed_as_a_code_is_no_accident(client, sign_in, make, brand, typed):
    sign_in(make.person())

    answer = client.post(f"/b/{brand.slug}/join", data={"code": typed})

    assert answer.status_code in (303, 409, 422)
    assert "<script>alert" not in answer.text
    assert db.session.scalar(select(Membership).where(Membership.standing == Standing.CONFIRMED)) is None


@pytest.mark.parametrize(("next_", "leads_to"), [("/b/larder/s/one", "/b/larder/s/one"), ("//evil.example", None)])
def test_whoever_came_from_a_session_is_led_back_to_it(people, client, sign_in, next_, leads_to):
    db.session.add(BrandDomain(brand_id=people.brand.id, domain="shop.example", kind="customer"))
    db.session.commit()
    sign_in(people.stranger)

    answer = client.post(f"/b/{people.brand.slug}/join", query_string={"next": next_}, data={})

    assert answer.location == (leads_to or f"/b/{people.brand.slug}")
