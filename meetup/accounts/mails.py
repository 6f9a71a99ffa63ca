"""The mails of the door. Each is drawn when it is sent, from what is true then."""

from typing import Any

from flask import render_template

from meetup.accounts.models import SignInCode
from meetup.extensions import db
from meetup.shared import mail, outbox
from meetup.shared.clock import now


@outbox.handler("mail.code")
def code_mail(payload: dict[str, Any], item: outbox.OutboxItem) -> bytes | None:
    """Six digits, unless they are used, replaced or too old by now, or whoever asked has been erased."""
    made = db.session.query(SignInCode).where(SignInCode.public_id == payload["code_id"]).one_or_none()
    if made is None or made.used_at is not None or made.ends_at <= now():
        return None
    told = {"code": payload["code"], "purpose": made.purpose}
    return mail.compose(
        mail.Address(made.email),
        "Your six digits",
        render_template("accounts/email/code.txt", **told),
        sender_name="Tables",
        message_id=mail.message_id("code", made.public_id),
    )
