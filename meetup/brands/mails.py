"""The mails of a brand about its people. Each is drawn when it is sent, from what is true then."""

from typing import Any

from flask import render_template
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from meetup.accounts.models import Person
from meetup.brands.models import RoleInvitation
from meetup.config import settings
from meetup.extensions import db
from meetup.shared import mail, outbox

AS = {"expert": "an expert", "staff": "a host", "owner": "an owner"}


@outbox.handler("mail.role")
def role_mail(payload: dict[str, Any], item: outbox.OutboxItem) -> bytes | None:
    """Join us as a host or expert; unless it was taken back, or accepted meanwhile."""
    wanted = select(RoleInvitation).where(
        RoleInvitation.brand_id == item.brand_id, RoleInvitation.id == payload["invitation_id"]
    )
    invitation = db.session.scalar(wanted.options(joinedload(RoleInvitation.brand)))
    if invitation is None or not invitation.is_waiting:
        return None
    brand = invitation.brand
    by = db.session.get(Person, invitation.invited_by_id) if invitation.invited_by_id else None
    told = {
        "invitation": invitation,
        "brand": brand,
        "brand_name": brand.name,
        "by": by.shown_name if by else None,
        "as_what": AS[invitation.role],
        "button_url": f"{settings().public_url}/b/{brand.slug}/invitations/{invitation.public_id}",
        "button_text": "Read the invitation",
    }
    return mail.compose(
        mail.Address(invitation.email),
        f"{brand.name} asks you to its tables as {AS[invitation.role]}",
        render_template("brands/email/role.txt", **told),
        render_template("brands/email/role.html", **told),
        sender_name=brand.name,
        colour=brand.colour,
        message_id=mail.message_id("role", invitation.public_id),
    )
