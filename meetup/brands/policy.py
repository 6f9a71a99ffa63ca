"""Who stands how with a brand, and who may do what there. Nobody else decides; everyone else asks."""

from typing import TYPE_CHECKING

from sqlalchemy import Select, select

from meetup.brands.models import HOSTS, Brand, Membership, Role, Standing
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
