"""What brands hold of a person, and how they let go of them."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import joinedload

from meetup.accounts.models import Person
from meetup.brands.models import Membership, RoleInvitation
from meetup.brands.rules import keep_an_owner
from meetup.extensions import db


def held(person_id: int) -> dict[str, Any]:
    """Where they belong, since when, as what; and who asked them to its side."""
    email = db.session.get_one(Person, person_id).email
    memberships = _theirs(person_id)
    invitations = db.session.scalars(
        select(RoleInvitation).where(RoleInvitation.email == email).options(joinedload(RoleInvitation.brand))
    )
    return {
        "memberships": [
            {
                "brand": each.brand.name,
                "role": str(each.role),
                "standing": str(each.standing),
                "since": each.since.isoformat(),
                "through": each.through,
                "reason": each.reason,
                "name_is_shown": each.is_listed,
            }
            for each in memberships
        ],
        "invitations": [
            {"brand": each.brand.name, "role": str(each.role), "made_at": each.made_at.isoformat()}
            for each in invitations
        ],
    }


def erase(person_id: int, at: datetime) -> None:
    """Leave every brand without a trace; guests whom they brought stay, through nobody.

    Raises:
        Refused: for the last owner of a brand.
    """
    for membership in _theirs(person_id):
        keep_an_owner(membership)
        db.session.delete(membership)
    email = db.session.get_one(Person, person_id).email
    theirs = or_(RoleInvitation.email == email, RoleInvitation.invited_by_id == person_id)
    db.session.execute(delete(RoleInvitation).where(theirs))
    brought = update(Membership).where(Membership.sponsor_id == person_id)
    db.session.execute(brought.values(sponsor_id=None, through="somebody who has gone"))
    db.session.flush()


def _theirs(person_id: int) -> list[Membership]:
    wanted = select(Membership).where(Membership.person_id == person_id).options(joinedload(Membership.brand))
    return list(db.session.scalars(wanted))
