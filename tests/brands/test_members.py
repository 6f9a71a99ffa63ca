"""The roster: who decides about whom, invitations to the brand's side, and the last owner."""

import threading

import pytest
from sqlalchemy import select

from meetup.brands import mails, policy, rules
from meetup.brands.models import Membership, Role, RoleInvitation, Standing
from meetup.extensions import db
from meetup.invites.following import invite_brand_side
from meetup.invites.models import Invite
from meetup.registrations import policy as registration_policy
from meetup.shared.errors import Refused
from meetup.shared.outbox import OutboxItem
from tests.makers import NOON
from tests.queries import counting

EVERYBODY = ["owner", "staff", "expert", "customer", "guest", "rival_staff", "stranger"]


def address_of(people, rest=""):
    return f"/b/{people.brand.slug}/members{rest}"


@pytest.mark.parametrize("who", EVERYBODY)
def test_only_hosts_see_who_belongs(client, sign_in, people, who):
    sign_in(getattr(people, who))

    assert client.get(address_of(people)).status_code == (200 if who in ("owner", "staff") else 403)


@pytest.mark.parametrize(
    ("who", "about", "status"),
    [
        ("staff", "customer", 303),
        ("staff", "guest", 303),
        ("staff", "expert", 303),
        ("staff", "owner", 403),
        ("staff", "staff", 403),
        ("owner", "staff", 303),
        ("owner", "owner", 403),
        ("customer", "guest", 403),
        ("rival_staff", "customer", 403),
    ],
)
def test_hosts_decide_about_others_and_owners_about_hosts(client, sign_in, people, who, about, status):
    sign_in(getattr(people, who))
    member = getattr(people, about)

    answer = client.post(address_of(people, f"/{member.public_id}/suspension"))

    db.session.expire_all()
    assert answer.status_code == status
    assert (member.standing == Standing.SUSPENDED) == (status == 303)


def test_another_brands_member_does_not_exist_here(client, sign_in, people):
    sign_in(people.owner)

    assert client.post(address_of(people, f"/{people.rival_customer.public_id}/suspension")).status_code == 404


def test_who_waits_gets_a_yes_or_a_no(client, sign_in, people, make):
    yes, no = (make.member(people.brand, standing=Standing.PENDING) for _ in range(2))
    sign_in(people.staff)

    client.post(address_of(people, f"/{yes.public_id}/confirmation"))
    client.post(address_of(people, f"/{no.public_id}/refusal"))

    db.session.expire_all()
    assert (yes.standing, no.standing) == (Standing.CONFIRMED, Standing.REVOKED)


def test_putting_out_frees_the_seats(client, sign_in, people, noon):
    sign_in(people.staff)

    client.post(address_of(people, f"/{people.customer.public_id}/revocation"))

    db.session.expire_all()
    assert people.customer.standing == Standing.REVOKED
    assert registration_policy.seat_of(people.customer.person, people.bof_session) is None


@pytest.mark.parametrize(("kind", "words", "found"), [
    ("", "ines", {"Ines Okafor"}),
    ("", "INES oka", {"Ines Okafor"}),
    ("guests", "", {"Paul Achterberg"}),
    ("brand", "", {"Nadia Farrow", "Tom Reyes", "Olive Hart", "Ben Otieno"}),
    ("", "nobody", set()),
    ("", "%", set()),
    ("", "_", set()),
])  # fmt: skip
def test_the_roster_is_searched_by_name_and_kind(people, kind, words, found):
    assert {each.name for each in db.session.scalars(policy.members(people.brand.id, kind, words))} == found


def test_the_roster_is_searched_by_address(people):
    people.customer.person.email = "jun@melkbrood.example"
    db.session.flush()

    assert db.session.scalars(policy.members(people.brand.id, words="melkbrood")).all() == [people.customer]


def test_the_roster_goes_on_by_key_and_asks_as_often_for_a_hundred_as_for_one(client, sign_in, make):
    brand = make.brand()
    address = f"/b/{brand.slug}/members"
    sign_in(make.member(brand, Role.OWNER))
    with counting() as few:
        client.get(address)
    db.session.rollback()
    for number in range(70):
        make.member(brand, name=f"Member {number:02}.")
    db.session.commit()

    with counting() as many:
        first = client.get(address).text
    older = first.split('rel="next" href="')[1].split('"')[0]
    second = client.get(older.replace("&amp;", "&")).text

    assert len(few) == len(many) == 9, many
    assert [number for number in range(70) if f"Member {number:02}." in first] == list(range(20, 70))
    assert [number for number in range(70) if f"Member {number:02}." in second] == list(range(20))


# To the brand's side


def invite(client, people, email, role=Role.STAFF):
    return client.post(address_of(people, "/invitations"), data={"email": email, "role": str(role)})


def accept(client, people):
    invitation = db.session.scalars(select(RoleInvitation).order_by(RoleInvitation.id.desc())).first()
    address = f"/b/{people.brand.slug}/invitations/{invitation.public_id}"
    return client.get(address), client.post(address)


@pytest.mark.parametrize(
    ("who", "role", "status"),
    [
        ("staff", Role.EXPERT, 303),
        ("staff", Role.STAFF, 303),
        ("staff", Role.OWNER, 403),
        ("owner", Role.OWNER, 303),
        ("customer", Role.EXPERT, 403),
    ],
)
def test_hosts_invite_and_only_owners_make_owners(client, sign_in, people, who, role, status):
    sign_in(getattr(people, who))

    assert invite(client, people, "new@shop.example", role).status_code == status
    assert (db.session.scalar(select(RoleInvitation)) is not None) == (status == 303)


@pytest.mark.parametrize("role", ["customer", "guest", "king", ""])
def test_nobody_is_invited_as_anything_else(client, sign_in, people, role):
    sign_in(people.owner)

    assert invite(client, people, "new@shop.example", role).status_code == 422


def test_who_accepts_is_of_the_brand_for_good(client, sign_in, people):
    sign_in(people.staff)
    invite(client, people, people.stranger.email, Role.EXPERT)
    sign_in(people.stranger)

    shown, answer = accept(client, people)

    membership = policy.membership_of(people.stranger, people.brand.id)
    assert (shown.status_code, answer.status_code) == (200, 303)
    assert (membership.role, membership.is_confirmed) == (Role.EXPERT, True)
    assert membership.brand_side_since is not None


def test_an_invitation_is_for_one_address(client, sign_in, people):
    sign_in(people.staff)
    invite(client, people, "somebody@shop.example")
    sign_in(people.stranger)

    assert [answer.status_code for answer in accept(client, people)] == [404, 404]


def test_a_customer_who_changes_sides_gives_up_their_seats(client, sign_in, people, noon):
    sign_in(people.staff)
    invite(client, people, people.customer.person.email)
    sign_in(people.customer)

    accept(client, people)

    db.session.expire_all()
    assert (people.customer.role, people.customer.is_brand_side) == (Role.STAFF, True)
    assert registration_policy.seat_of(people.customer.person, people.bof_session) is None


def test_an_invitation_never_takes_a_role_away(client, sign_in, people):
    sign_in(people.owner)
    assert invite(client, people, people.staff.person.email, Role.EXPERT).status_code == 409


def test_an_invitation_of_somebody_who_was_put_out_is_worth_nothing(client, sign_in, people):
    sign_in(people.staff)
    invite(client, people, people.stranger.email)
    rules.revoke(people.staff, NOON)
    db.session.commit()
    sign_in(people.stranger)

    assert [answer.status_code for answer in accept(client, people)] == [404, 404]


def test_who_an_owner_put_out_is_let_back_by_an_owner_alone(client, sign_in, people, make):
    former = make.member(people.brand, Role.STAFF)
    rules.revoke(former, NOON)
    db.session.commit()
    sign_in(people.staff)
    assert invite(client, people, former.person.email).status_code == 409
    sign_in(people.owner)

    assert invite(client, people, former.person.email).status_code == 303


def test_the_mail_leads_to_a_page_with_a_button(client, sign_in, people):
    sign_in(people.staff)
    invite(client, people, "new@shop.example", Role.EXPERT)
    item = db.session.scalars(select(OutboxItem).where(OutboxItem.kind == "mail.role")).one()
    invitation = db.session.scalars(select(RoleInvitation)).one()

    octets = mails.role_mail(item.payload, item)

    assert f"http://tables.example/b/{people.brand.slug}/invitations/{invitation.public_id}".encode() in octets
    assert "new@shop.example" not in str(item.payload)
    invitation.revoke(NOON)
    assert mails.role_mail(item.payload, item) is None


# Roles


@pytest.mark.parametrize(("who", "status"), [("owner", 303), ("staff", 403), ("expert", 403)])
def test_owners_change_roles(client, sign_in, people, who, status):
    sign_in(getattr(people, who))

    answer = client.post(address_of(people, f"/{people.other_expert.public_id}/role"), data={"role": "staff"})

    db.session.expire_all()
    assert answer.status_code == status
    assert (people.other_expert.role == Role.STAFF) == (status == 303)


@pytest.mark.parametrize(("about", "role"), [("customer", "staff"), ("expert", "customer")])
def test_nobody_is_put_on_the_other_side(client, sign_in, people, about, role):
    sign_in(people.owner)

    answer = client.post(address_of(people, f"/{getattr(people, about).public_id}/role"), data={"role": role})

    assert answer.status_code == 409


def test_a_customer_who_becomes_a_guest_chooses_seats_anew(client, sign_in, people, noon):
    sign_in(people.staff)

    client.post(address_of(people, f"/{people.customer.public_id}/role"), data={"role": "guest"})

    db.session.expire_all()
    assert people.customer.role == Role.GUEST
    assert registration_policy.seat_of(people.customer.person, people.bof_session) is None


def test_a_host_who_becomes_an_owner_keeps_what_is_in_their_calendar(client, sign_in, people, noon):
    invite_brand_side(people.bof_session, NOON)
    kept = db.session.scalars(select(Invite).where(Invite.person_id == people.expert.person_id)).one()
    sign_in(people.owner)
    invite(client, people, people.expert.person.email, Role.STAFF)
    sign_in(people.expert)

    accept(client, people)

    db.session.expire_all()
    assert (people.expert.role, kept.withdrawn_at) == (Role.STAFF, None)


def test_the_last_owner_stays_an_owner(people):
    for verb in (rules.leave, rules.suspend, rules.revoke):
        with pytest.raises(Refused, match="A brand needs an owner"):
            verb(people.owner, NOON)
    with pytest.raises(Refused, match="A brand needs an owner"):
        rules.change_role(people.owner, Role.STAFF, NOON)


def test_an_owner_beside_another_may_go(people, make):
    make.member(people.brand, Role.OWNER)

    rules.leave(people.owner, NOON)

    assert people.owner.left_at == NOON


def test_of_two_owners_who_leave_in_the_same_second_one_stays(whole_app, people, make):
    second = make.member(people.brand, Role.OWNER)
    db.session.commit()
    owners = [people.owner.id, second.id]
    db.session.rollback()
    ready, outcomes = threading.Barrier(2), []

    def leave(membership_id):
        with whole_app.app_context():
            ready.wait()
            try:
                rules.leave(db.session.get_one(Membership, membership_id), NOON)
                db.session.commit()
                outcomes.append("left")
            except Refused:
                outcomes.append("stayed")
                db.session.rollback()

    threads = [threading.Thread(target=leave, args=(owner,)) for owner in owners]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["left", "stayed"]


def test_a_change_of_rights_renews_the_session_id_with_the_next_form(client, sign_in, people, app):
    sign_in(people.customer)
    with client.session_transaction() as cookie:
        before = cookie["sign_in"]
    rules.suspend(people.customer, NOON)
    db.session.commit()

    client.get("/me")
    db.session.rollback()
    with client.session_transaction() as cookie:
        assert cookie["sign_in"] == before
    client.post("/me/sign-ins/end")

    with client.session_transaction() as cookie:
        assert cookie["sign_in"] != before
    assert client.get("/me").status_code == 200
