"""Who is asking: sign-ins are rows, so they can be seen, counted and ended from elsewhere."""

import hashlib
import secrets
from datetime import datetime

from flask import g, session
from flask.wrappers import Request
from sqlalchemy import select

from meetup.accounts.models import SIGN_IN_LASTS, Person, SignIn
from meetup.extensions import db, login_manager
from meetup.shared.clock import now
from meetup.shared.database import after_commit

COOKIE_KEY = "sign_in"


def begin(person: Person, browser: str, at: datetime) -> SignIn:
    """Sign a person in here, under a new session id: whatever the cookie held before is gone."""
    token = secrets.token_urlsafe(32)
    sign_in = SignIn(
        person_id=person.id, token_hash=hashed(token), browser=browser[:80], began_at=at, ends_at=at + SIGN_IN_LASTS
    )
    db.session.add(sign_in)
    session.clear()
    session[COOKIE_KEY] = token
    session.permanent = True
    return sign_in


def end(at: datetime) -> None:
    """Sign out here. The cookie is emptied, and a copy of it opens nothing."""
    sign_in = current()
    if sign_in is not None:
        sign_in.end(at)
    session.clear()


def renew(at: datetime) -> None:
    """Give this browser a new session id, its sign-in staying what it is. An older copy of the cookie opens nothing.

    Due at every change of rights. The cookie follows the commit: if that fails, the old id goes on.
    """
    sign_in = current()
    if sign_in is None:
        return
    token = secrets.token_urlsafe(32)
    sign_in.token_hash, sign_in.renewed_at = hashed(token), at
    after_commit(db.session(), lambda: session.__setitem__(COOKIE_KEY, token))


def end_elsewhere(person: Person, at: datetime) -> int:
    """Sign a person out of every browser but this one. Says how many there were."""
    here = current()
    others = [each for each in person.sign_ins if each.holds(at) and each is not here]
    for each in others:
        each.end(at)
    return len(others)


def current() -> SignIn | None:
    """The sign-in of this request; its id is what a live stream is held by."""
    sign_in: SignIn | None = g.get("sign_in")
    return sign_in


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@login_manager.request_loader  # type: ignore[untyped-decorator]  # Flask-Login ships without types
def load(_request: Request) -> Person | None:
    """The signed-in person, judged anew at every request: no right lives in the cookie."""
    g.pop("sign_in", None)
    token = session.get(COOKIE_KEY)
    if not isinstance(token, str):
        return None
    sign_in = db.session.scalar(select(SignIn).where(SignIn.token_hash == hashed(token)))
    if sign_in is None or not sign_in.holds(now()):
        return None
    g.sign_in = sign_in
    return sign_in.person
