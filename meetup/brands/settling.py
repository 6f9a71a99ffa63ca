"""What an owner settles for a brand: domains, trades, interests, invite codes."""

import secrets
from datetime import datetime

from sqlalchemy import func, select

from meetup.brands import domains, policy, slugs
from meetup.brands.models import Brand, BrandDomain, DomainKind, GuestLink, Interest, InviteCode, Membership, Vertical
from meetup.extensions import db
from meetup.shared.database import public_id
from meetup.shared.errors import Refused

MOST = 100
# No letter that is read as another one, or as a digit.
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


def declare_domain(brand: Brand, domain: str, kind: DomainKind, at: datetime) -> None:
    """From now on an address there says who somebody is. Declaring it twice changes nothing.

    For an own domain call `joining.judge_domains` next: whoever came in as a customer with such an address leaves.

    Raises:
        Refused: when it says the opposite already.
    """
    held = db.session.scalar(select(BrandDomain).where(BrandDomain.brand_id == brand.id, BrandDomain.domain == domain))
    if held is not None and held.kind == kind:
        return
    if held is not None or (kind == DomainKind.CUSTOMER and domains.is_within(domain, policy.own_domains(brand.id))):
        raise Refused(f"{domain} cannot be {brand.name}'s own and its customers' at once. Remove one first.")
    _at_most(brand, BrandDomain)
    db.session.add(BrandDomain(brand_id=brand.id, domain=domain, kind=kind))
    db.session.flush()


def add(brand: Brand, kind: type[Vertical] | type[Interest], name: str) -> Vertical | Interest:
    """A trade, or something that is on people's minds across trades, with an address of its own."""
    _at_most(brand, kind)
    taken = set(db.session.scalars(select(kind.slug).where(kind.brand_id == brand.id)))
    wanted = slugs.made_of(name, otherwise=kind.__name__.lower())
    added = kind(brand_id=brand.id, name=name, slug=slugs.free(wanted, taken))
    db.session.add(added)
    return added


def is_taken(brand: Brand, kind: type[Vertical] | type[Interest], name: str, by_another_than: str = "") -> bool:
    """Is there one of this name already, however its letters are written?"""
    names = db.session.execute(select(kind.slug, kind.name).where(kind.brand_id == brand.id))
    return any(slug != by_another_than and held.casefold() == name.casefold() for slug, held in names)


def make_code(brand: Brand, label: str, at: datetime) -> InviteCode:
    """A code that makes whoever types it a customer: about 49 bits, so nobody finds one by trying."""
    _at_most(brand, InviteCode)
    letters = "".join(secrets.choice(ALPHABET) for _ in range(10))
    code = InviteCode(brand_id=brand.id, code=f"{letters[:5]}-{letters[5:]}", label=label, made_at=at)
    db.session.add(code)
    return code


def guest_link(membership: Membership, at: datetime) -> GuestLink:
    """A member's personal link; a new one takes the place of the old, which opens nothing any more."""
    link = db.session.scalar(policy.guest_link_of(membership))
    if link is None:
        link = GuestLink(brand_id=membership.brand_id, membership_id=membership.id)
        db.session.add(link)
    link.token, link.made_at = public_id(), at
    return link


def _at_most(brand: Brand, kind: type[Vertical] | type[Interest] | type[InviteCode] | type[BrandDomain]) -> None:
    count = db.session.scalar(select(func.count()).select_from(kind).where(kind.brand_id == brand.id)) or 0
    if count >= MOST:
        raise Refused(f"{MOST} are as many as anybody can keep in mind. Remove one first.")
