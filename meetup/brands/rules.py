"""What becomes of people with a brand: it is opened, they are invited, confirmed, put on hold, put out, or leave."""

from datetime import datetime

from sqlalchemy import ColumnElement, select, update

from meetup.accounts.models import Person
from meetup.brands import policy
from meetup.brands.joining import judge_address, tell_of_change
from meetup.brands.models import BRAND_SIDE, HOSTS, PEERS, Brand, Membership, Role, RoleInvitation, Standing
from meetup.extensions import db
from meetup.shared import outbox
from meetup.shared.errors import Refused

__all__ = ["judge_address"]

HOUSE_RULES = """\
Speak as yourself, about what you have done.
What is said at a table stays there: no names, no numbers outside.
No selling. Who can help says so, and waits to be asked.
Disagree with a sentence, never with a person."""
RANK = (Role.EXPERT, Role.STAFF, Role.OWNER)


def open_brand(name: str, slug: str, zone: str, colour: str, founder: Person, at: datetime) -> Brand:
    """A brand comes to be, and whoever opened it is its first owner."""
    brand = Brand(name=name, slug=slug, zone=zone, colour=colour, house_rules=HOUSE_RULES, opened_at=at)
    db.session.add(brand)
    db.session.flush()
    db.session.add(
        Membership(
            brand_id=brand.id,
            person_id=founder.id,
            role=Role.OWNER,
            standing=Standing.CONFIRMED,
            since=at,
            through="opened the brand",
            brand_side_since=at,
        )
    )
    tell_of_change(founder, at)
    return brand


def invite(brand: Brand, email: str, role: Role, by: Person, at: datetime) -> RoleInvitation:
    """Ask an address by mail to join the brand's side. An older invitation to it is taken back.

    Raises:
        Refused: when they are that already, or an owner has put them out and this is not an owner.
    """
    held = db.session.scalar(
        select(Membership).join(Membership.person).where(Membership.brand_id == brand.id, Person.email == email)
    )
    if held is not None and held.is_confirmed and held.role in BRAND_SIDE and not _is_more(role, held):
        raise Refused(f"{held.name} is {_a(held.role)} here already.")
    if held is not None and not policy.may_change_standing(by, held):
        raise Refused(f"Only an owner decides about {held.name}.")
    _take_back(brand.id, RoleInvitation.email == email, at)
    invitation = RoleInvitation(brand_id=brand.id, email=email, role=role, invited_by_id=by.id, made_at=at)
    db.session.add(invitation)
    db.session.flush()
    # The address stands in the invitation alone: taken back or erased, nothing of it waits in the outbox.
    outbox.enqueue("mail.role", {"invitation_id": invitation.id}, at=at, brand_id=brand.id)
    return invitation


def accept(invitation: RoleInvitation, person: Person, at: datetime) -> Membership:
    """Join the brand's side. A customer who does so is none any more, for good. Accepting twice changes nothing.

    Their seats are freed by whoever calls this: `invites.rules.leave`.
    """
    membership = policy.membership_of(person, invitation.brand_id)
    if invitation.accepted_at is not None and membership is not None:
        return membership
    invitation.accepted_at = at
    if membership is None:
        membership = Membership(brand_id=invitation.brand_id, person_id=person.id, through="invited")
        db.session.add(membership)
    if not (membership.is_confirmed and membership.role in BRAND_SIDE) or _is_more(invitation.role, membership):
        membership.role, membership.since = invitation.role, at
    membership.brand_side_since = membership.brand_side_since or at
    membership.standing, membership.reason, membership.left_at = Standing.CONFIRMED, "", None
    tell_of_change(person, at)
    return membership


def confirm(membership: Membership, at: datetime) -> None:
    """Say yes to somebody who waits, or let somebody back in. Saying it twice changes nothing.

    Raises:
        Refused: for a customer or guest who is of the brand.
    """
    if membership.is_confirmed:
        return
    if membership.role in PEERS and policy.is_of_the_brand(membership.person, membership.brand_id):
        raise Refused(f"{membership.name} is of the brand, and can never be its customer or guest.")
    if membership.left_at is not None:
        raise Refused(f"{membership.name} left by themselves, and can come back by themselves.")
    membership.standing, membership.since, membership.reason = Standing.CONFIRMED, at, ""
    tell_of_change(membership.person, at)


def decline(membership: Membership, at: datetime) -> None:
    """Say no to somebody who waits."""
    if membership.standing != Standing.PENDING:
        raise Refused(f"{membership.name} is not waiting any more.")
    _end(membership, Standing.REVOKED, "The hosts said no.", at)


def suspend(membership: Membership, at: datetime) -> None:
    """Put a membership on hold: it opens nothing until a host lets them back in."""
    if membership.standing not in (Standing.CONFIRMED, Standing.SUSPENDED):
        raise Refused(f"{membership.name} does not belong at the moment.")
    keep_an_owner(membership)
    _end(membership, Standing.SUSPENDED, "Put on hold by a host.", at)


def revoke(membership: Membership, at: datetime) -> None:
    """Put somebody out. They can come back only when a host lets them."""
    keep_an_owner(membership)
    _end(membership, Standing.REVOKED, "Put out by a host.", at)


def leave(membership: Membership, at: datetime) -> None:
    """Go by oneself. Whoever was on hold does not escape that by leaving and joining anew."""
    keep_an_owner(membership)
    was_free = membership.standing in (Standing.CONFIRMED, Standing.PENDING)
    _end(membership, Standing.REVOKED, "Left.", at)
    if was_free:
        membership.left_at = at


def change_role(membership: Membership, role: Role, at: datetime) -> None:
    """Give a member another role on the side where they are. To change sides takes an invitation that they accept.

    Raises:
        Refused: across sides, and for the last owner.
    """
    if (role in BRAND_SIDE) != (membership.role in BRAND_SIDE):
        raise Refused("Nobody is put on the other side by somebody else: send them an invitation.")
    if role == membership.role:
        return
    keep_an_owner(membership)
    was_host = membership.role in HOSTS
    membership.role = role
    if was_host and role not in HOSTS:
        _take_back(membership.brand_id, RoleInvitation.invited_by_id == membership.person_id, at)
    tell_of_change(membership.person, at)


def keep_an_owner(membership: Membership) -> None:
    """A brand always has an owner.

    Raises:
        Refused: when this is the last one.
    """
    if membership.role != Role.OWNER or not membership.is_confirmed:
        return
    # Two owners who leave in the same second: the second waits here, and then is the last one.
    db.session.execute(select(Brand.id).where(Brand.id == membership.brand_id).with_for_update())
    others = policy.confirmed_members(membership.brand_id).where(
        Membership.role == Role.OWNER, Membership.id != membership.id
    )
    if db.session.scalar(others.limit(1).execution_options(populate_existing=True)) is None:
        raise Refused("A brand needs an owner. Make somebody else an owner first.")


def _end(membership: Membership, standing: Standing, reason: str, at: datetime) -> None:
    """Nothing opens for them any more, and no invitation that waits does, neither to them nor by them."""
    membership.standing, membership.reason = standing, reason
    email = membership.person.email
    _take_back(membership.brand_id, RoleInvitation.invited_by_id == membership.person_id, at)
    _take_back(membership.brand_id, RoleInvitation.email == email, at)
    tell_of_change(membership.person, at)


def _take_back(brand_id: int, which: ColumnElement[bool], at: datetime) -> None:
    waiting = RoleInvitation.accepted_at.is_(None) & RoleInvitation.revoked_at.is_(None)
    db.session.execute(
        update(RoleInvitation).where(RoleInvitation.brand_id == brand_id, which, waiting).values(revoked_at=at)
    )


def _is_more(role: Role, held: Membership) -> bool:
    return role in RANK and held.role in RANK and RANK.index(role) > RANK.index(Role(held.role))


def _a(role: Role) -> str:
    return f"an {role}" if role in (Role.EXPERT, Role.OWNER) else str(role)
