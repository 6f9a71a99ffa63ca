"""Who stands how with a brand, and who may do what there. Nobody else decides; everyone else asks."""

from typing import TYPE_CHECKING

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from meetup.accounts.models import Person as People
from meetup.brands import domains
from meetup.brands.models import (
    BRAND_SIDE,
    HOSTS,
    PEERS,
    Brand,
    BrandDomain,
    DomainKind,
    GuestLink,
    InviteCode,
    Membership,
    Role,
    RoleInvitation,
    Standing,
)
from meetup.extensions import db

if TYPE_CHECKING:
    from meetup.accounts.models import Person


def visible() -> Select[Brand]:
    """Every brand's page is open to all."""
    return select(Brand)


def membership_of(person: "Person", brand_id: int) -> Membership | None:
    """This person's standing with the brand, whatever it is; None for a visitor or a stranger."""
    if not person.is_authenticated:
        return None
    return db.session.scalar(
        select(Membership).where(Membership.brand_id == brand_id, Membership.person_id == person.id)
    )


def own_membership(person: "Person", brand_id: int) -> Select[Membership]:
    """The same, to look for where it must be there: not once they have left."""
    return select(Membership).where(
        Membership.brand_id == brand_id, Membership.person_id == person.id, Membership.left_at.is_(None)
    )


def confirmed_role(person: "Person", brand_id: int) -> Role | None:
    """The role that counts now: None until confirmed, while suspended, and after it was revoked."""
    membership = membership_of(person, brand_id)
    return Role(membership.role) if membership and membership.is_confirmed else None


def is_host(person: "Person", brand_id: int) -> bool:
    """Staff and owners schedule, edit, invite and moderate."""
    return confirmed_role(person, brand_id) in HOSTS


def is_owner(person: "Person", brand_id: int) -> bool:
    """Owners alone change roles, settings and take the export."""
    return confirmed_role(person, brand_id) == Role.OWNER


def confirmed_members(brand_id: int) -> Select[Membership]:
    return select(Membership).where(Membership.brand_id == brand_id, Membership.standing == Standing.CONFIRMED)


def may_manage_members(person: "Person", brand_id: int) -> bool:
    return is_host(person, brand_id)


def may_change_settings(person: "Person", brand_id: int) -> bool:
    return is_owner(person, brand_id)


def may_open_brand(person: "Person", is_open_to_all: bool) -> bool:
    """Where the installation allows it, whoever is signed in; the operator does it on the command line."""
    return bool(person.is_authenticated and is_open_to_all)


def is_of_the_brand(person: "Person", brand_id: int) -> bool:
    """Of the brand, now or ever, or with an address of its own: never its customer or guest."""
    membership = membership_of(person, brand_id)
    if membership is not None and membership.is_brand_side:
        return True
    return domains.is_within(domains.of(person.email), own_domains(brand_id))


def own_domains(brand_id: int) -> list[str]:
    return list(db.session.scalars(_domains(brand_id, DomainKind.OWN)))


def is_customer_domain(brand_id: int, domain: str) -> bool:
    """Is whoever has an address there a customer? This very domain: what lies below it may be somebody else's."""
    return db.session.scalar(_domains(brand_id, DomainKind.CUSTOMER).where(BrandDomain.domain == domain)) is not None


def may_bring_guests(person: "Person", brand_id: int) -> bool:
    """Customers and hosts have a personal link; a guest brings nobody."""
    return confirmed_role(person, brand_id) in (Role.CUSTOMER, *HOSTS)


def guest_link_of(membership: Membership) -> Select[GuestLink]:
    return select(GuestLink).where(GuestLink.brand_id == membership.brand_id, GuestLink.membership_id == membership.id)


def open_guest_link(brand_id: int, token: str) -> Select[GuestLink]:
    """The link of this token, while whoever it belongs to may bring guests."""
    return (
        select(GuestLink)
        .join(GuestLink.membership)
        .join(Membership.person)
        .where(
            GuestLink.brand_id == brand_id,
            GuestLink.token == token,
            Membership.brand_id == brand_id,
            Membership.standing == Standing.CONFIRMED,
            Membership.role.in_((Role.CUSTOMER, *HOSTS)),
        )
        .options(contains_eager(GuestLink.membership).contains_eager(Membership.person))
    )


def open_code(brand_id: int, typed: str) -> InviteCode | None:
    """The invite code that somebody typed, unless it was revoked. Only its letters and digits count, in any case."""
    wanted = "".join(sign for sign in typed if sign.isalnum()).upper()
    return db.session.scalar(
        select(InviteCode).where(
            InviteCode.brand_id == brand_id,
            func.replace(InviteCode.code, "-", "") == wanted,
            InviteCode.revoked_at.is_(None),
        )
    )


def memberships_of(person: "Person") -> Select[Membership]:
    """Where this person belongs, or waits to: not what they left."""
    return (
        select(Membership)
        .join(Membership.brand)
        .where(Membership.person_id == person.id, Membership.left_at.is_(None))
        .options(contains_eager(Membership.brand))
        .order_by(Brand.name, Membership.id)
    )


KINDS = {
    "waiting": Membership.standing == Standing.PENDING,
    "customers": and_(Membership.role == Role.CUSTOMER, Membership.standing == Standing.CONFIRMED),
    "guests": and_(Membership.role == Role.GUEST, Membership.standing == Standing.CONFIRMED),
    "brand": and_(Membership.role.in_(BRAND_SIDE), Membership.standing == Standing.CONFIRMED),
    "outside": Membership.standing.in_((Standing.SUSPENDED, Standing.REVOKED)),
}


def members(brand_id: int, kind: str = "", words: str = "", before: int | None = None) -> Select[Membership]:
    """The roster, the newest first: of one kind, with these words in name or address, from before a row on."""
    wanted = select(Membership).join(Membership.person).where(Membership.brand_id == brand_id)
    if kind in KINDS:
        wanted = wanted.where(KINDS[kind])
    for word in words.split()[:5]:
        sought = {"other": word, "autoescape": True}
        wanted = wanted.where(or_(People.name.icontains(**sought), People.email.icontains(**sought)))
    if before is not None:
        wanted = wanted.where(Membership.id < before)
    return wanted.options(contains_eager(Membership.person)).order_by(Membership.id.desc())


def invitations_waiting(brand_id: int) -> Select[RoleInvitation]:
    return (
        select(RoleInvitation)
        .where(
            RoleInvitation.brand_id == brand_id,
            RoleInvitation.accepted_at.is_(None),
            RoleInvitation.revoked_at.is_(None),
        )
        .order_by(RoleInvitation.id.desc())
    )


def invitation_for(person: "Person", brand_id: int, name: str) -> Select[RoleInvitation]:
    """An invitation is for one address: for anybody else it does not exist."""
    return (
        select(RoleInvitation)
        .where(
            RoleInvitation.brand_id == brand_id,
            RoleInvitation.public_id == name,
            RoleInvitation.email == person.email,
            RoleInvitation.revoked_at.is_(None),
        )
        .options(joinedload(RoleInvitation.brand))
    )


def may_invite_as(person: "Person", brand_id: int, role: Role) -> bool:
    """Hosts invite experts and staff; only an owner makes an owner."""
    return is_owner(person, brand_id) if role == Role.OWNER else is_host(person, brand_id)


def may_change_standing(person: "Person", membership: Membership) -> bool:
    """Hosts decide about customers, guests and experts; about hosts only an owner does. Nobody about themselves."""
    if membership.person_id == person.id:
        return False
    if membership.role in HOSTS:
        return is_owner(person, membership.brand_id)
    return is_host(person, membership.brand_id)


def may_change_role(person: "Person", membership: Membership) -> bool:
    """Owners change roles; their own too, as long as another owner is left. Hosts choose between customer and guest."""
    if membership.role in PEERS:
        return is_host(person, membership.brand_id)
    return is_owner(person, membership.brand_id)


def count_waiting(brand_id: int) -> int:
    """How many wait for a host to say yes."""
    waiting = select(func.count()).select_from(Membership)
    return db.session.scalar(waiting.where(Membership.brand_id == brand_id, KINDS["waiting"])) or 0


def _domains(brand_id: int, kind: DomainKind) -> Select[str]:
    return select(BrandDomain.domain).where(BrandDomain.brand_id == brand_id, BrandDomain.kind == kind)
