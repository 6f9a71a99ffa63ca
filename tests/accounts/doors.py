"""Verbs for tests at the door."""

from sqlalchemy import select

from meetup.accounts.models import SignInCode
from meetup.extensions import db
from meetup.shared.outbox import OutboxItem


def ask(client, email, **more):
    return client.post("/sign-in", data={"email": email} | more)


def type_code(client, code):
    return client.post("/sign-in/code", data={"code": code})


def digits_for(email, purpose="sign-in"):
    """The digits in the newest mail that waits for this address."""
    wanted = select(SignInCode).where(SignInCode.email == email, SignInCode.purpose == purpose)
    made = db.session.scalars(wanted.order_by(SignInCode.id.desc())).first()
    waiting = db.session.scalars(select(OutboxItem).where(OutboxItem.kind == "mail.code"))
    return next(item.payload["code"] for item in waiting if item.payload["code_id"] == made.public_id)
