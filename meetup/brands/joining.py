"""How somebody becomes a brand's customer or guest, and who never can."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import contains_eager

from meetup.accounts.models import Person
from meetup.accounts.rules import rights_changed
from meetup.brands import domains, policy
from meetup.brands.models import PEERS, Brand, BrandDomain, DomainKind, GuestLink, Membership, Role, Standing
from meetup.extensions import db
from meetup.live.wake import wake_everything
from meetup.shared.database import after_commit
from meetup.shared.errors import Refused


class NoSuchCode(Refused):
    """What was typed opens nothing. Said beside the field, where it can be mended."""


def join_as_customer(person: Person, brand: Brand, typed_code: str, at: datetime) -> Membership:
    """Become a customer at once by one's mail domain or an invite code; else wait for a member of staff to say yes.

    Raises:
        Refused: for whoever is of the brand, or was put out; and for a code that is none.
    """
    membership = _refused_or_held(person, brand)
    through = _proof_of(person, brand, typed_code)
    if membership is not None and membership.is_confirmed and membership.role == Role.CUSTOMER:
        return membership
    if through is None and membership is not None and membership.is_confirmed:
        raise Refused(f"You are here as a guest. Bring an invite code of {brand.name}'s, or ask your host.")
    membership = membership or _new(person, brand, at)
    membership.role, membership.left_at, membership.reason = Role.CUSTOMER, None, ""
    membership.standing = Standing.CONFIRMED if through else Standing.PENDING
    membership.through = through or "asking a host"
    membership.since = at
    tell_of_change(person, at)
    return membership


def join_as_guest(person: Person, brand: Brand, link: GuestLink, at: datetime) -> Membership:
    """Come as a guest, by the link of somebody who belongs. Whoever is a customer already stays one.

    Raises:
        Refused: for whoever is of the brand, or was put out.
    """
    membership = _refused_or_held(person, brand)
    if membership is not None and membership.is_confirmed:
        return membership
    if link.membership.person_id == person.id:
        raise Refused("This link is your own: give it to somebody else.")
    membership = membership or _new(person, brand, at)
    membership.role, membership.left_at, membership.reason = Role.GUEST, None, ""
    membership.standing = Standing.CONFIRMED
    membership.through, membership.sponsor_id = link.membership.person.shown_name, link.membership.person_id
    membership.since = at
    tell_of_change(person, at)
    return membership


def judge_domains(brand: Brand, at: datetime) -> Sequence[Membership]:
    """Put out every customer and guest with an address of the brand's own; says whom. Due when a domain is declared."""
    own = policy.own_domains(brand.id)
    theirs = or_(*(_is_at(domain) for domain in own))
    if not own:
        return []
    turned = db.session.scalars(_peers().where(Membership.brand_id == brand.id, theirs)).all()
    for membership in turned:
        _put_out(membership, brand, at)
    return turned


def judge_address(person: Person, at: datetime) -> Sequence[Membership]:
    """The same for one person in every brand, when their address has changed."""
    own = select(BrandDomain).where(BrandDomain.kind == DomainKind.OWN, BrandDomain.brand_id == Membership.brand_id)
    theirs = own.where(BrandDomain.domain.in_(_every_tail(domains.of(person.email)))).exists()
    turned = db.session.scalars(_peers().where(Membership.person_id == person.id, theirs)).all()
    for membership in turned:
        _put_out(membership, membership.brand, at)
    return turned


def tell_of_change(person: Person, at: datetime) -> None:
    """Rights have changed: a new session id with the next form, and every stream is judged again after the commit."""
    rights_changed(person, at)
    after_commit(db.session(), wake_everything)


def _refused_or_held(person: Person, brand: Brand) -> Membership | None:
    """What this person is to the brand so far, if they may join at all."""
    if policy.is_of_the_brand(person, brand.id):
        raise Refused(
            f"You are of {brand.name}: by your role there, now or before, or by your address. "
            "Its tables are for people who are not. If you work there, ask a colleague to invite you as host or expert."
        )
    membership = policy.membership_of(person, brand.id)
    if membership is None or membership.left_at is not None:
        return membership
    if membership.standing == Standing.SUSPENDED:
        raise Refused(f"{brand.name} has put your membership on hold. Ask your host.")
    if membership.standing == Standing.REVOKED:
        raise Refused(f"{brand.name} has ended your membership. Only its hosts can let you back in.")
    return membership


def _proof_of(person: Person, brand: Brand, typed_code: str) -> str | None:
    """By what we know that somebody is a customer, as the roster says it; None when nobody knows yet."""
    domain = domains.of(person.email)
    if policy.is_customer_domain(brand.id, domain):
        return domain
    if not typed_code.strip():
        return None
    code = policy.open_code(brand.id, typed_code)
    if code is None:
        raise NoSuchCode("That is no invite code of theirs, or not any more. Look at it again, or ask without one.")
    return f"the code “{code.label}”" if code.label else "an invite code"


def _new(person: Person, brand: Brand, at: datetime) -> Membership:
    # By id: in a request `person` is Flask-Login's proxy, which a relationship would keep.
    membership = Membership(brand_id=brand.id, person_id=person.id, role=Role.CUSTOMER, since=at)
    db.session.add(membership)
    return membership


def _put_out(membership: Membership, brand: Brand, at: datetime) -> None:
    membership.standing, membership.own_address_since = Standing.REVOKED, at
    membership.reason = f"Their address is one of {brand.name}'s own."
    tell_of_change(membership.person, at)


def _peers() -> Select[Membership]:
    return (
        select(Membership)
        .join(Membership.person)
        .where(Membership.role.in_(PEERS), Membership.own_address_since.is_(None))
        .options(contains_eager(Membership.person))
    )


def _is_at(domain: str) -> ColumnElement[bool]:
    return or_(*(Person.email.endswith(before + domain, autoescape=True) for before in "@."))


def _every_tail(domain: str) -> list[str]:
    """mail.fernhill.example, fernhill.example, example."""
    parts = domain.split(".")
    return [".".join(parts[start:]) for start in range(len(parts))]
