"""How often somebody may try at the door for one address: counted in the database, whichever process they reach."""

import hashlib
import hmac
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from meetup.accounts.models import Knock
from meetup.config import settings
from meetup.extensions import db

# At most so many in such a time. Twenty codes of five tries leave a guesser one chance in ten thousand a day.
LIMITS = {
    "code": ((5, timedelta(minutes=15)), (20, timedelta(days=1))),
    "password": ((10, timedelta(minutes=15)), (50, timedelta(days=1))),
}
KEPT = timedelta(days=1)


def note(kind: str, email: str, at: datetime) -> None:
    """Count a try for this address."""
    db.session.add(Knock(kind=kind, key=_key(email), at=at))


def open_again_at(kind: str, email: str, at: datetime) -> datetime | None:
    """When this address may be tried again; None: now."""
    waits = []
    for most, span in LIMITS[kind]:
        recent = (
            select(Knock.at)
            .where(Knock.kind == kind, Knock.key == _key(email), Knock.at > at - span)
            .order_by(Knock.at.desc())
            .limit(most)
        )
        times = db.session.scalars(recent).all()
        if len(times) == most:
            waits.append(times[-1] + span)
    return max(waits, default=None)


def sweep(at: datetime) -> None:
    """Forget what no limit counts any more."""
    db.session.execute(delete(Knock).where(Knock.at < at - KEPT))


def _key(email: str) -> str:
    return hmac.new(settings().secret_key.encode(), b"knock:" + email.encode(), hashlib.sha256).hexdigest()
