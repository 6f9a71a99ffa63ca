"""Six digits by mail: made, sent, and tried at most five times."""

import hashlib
import hmac
import secrets
import unicodedata
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from meetup.accounts.models import SignInCode
from meetup.config import settings
from meetup.extensions import db
from meetup.shared import outbox
from meetup.shared.database import public_id

LASTS = timedelta(minutes=10)
MOST_TRIES = 5
DIGITS = 6
COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def send(email: str, at: datetime, purpose: str = "sign-in", person_id: int | None = None) -> SignInCode:
    """Send new digits to an address. Those sent before for the same purpose are worth nothing from now on."""
    older = update(SignInCode).where(
        SignInCode.email == email, SignInCode.purpose == purpose, SignInCode.ends_at > at, SignInCode.used_at.is_(None)
    )
    db.session.execute(older.values(ends_at=at))
    name, code = public_id(), f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    made = SignInCode(
        public_id=name,
        email=email,
        purpose=purpose,
        person_id=person_id,
        code_hash=_hash(name, code),
        made_at=at,
        ends_at=at + LASTS,
    )
    db.session.add(made)
    # The row keeps only a hash, so the mail's text must carry the digits. They leave the outbox as soon as the mail is
    # sent or dropped, at most ten minutes after; the address stays in the code's own row and goes when that goes.
    outbox.enqueue("mail.code", {"code_id": name, "code": code}, at=at, person_id=person_id)
    return made


def find(name: str | None, purpose: str = "sign-in") -> SignInCode | None:
    """The code that this browser asked for."""
    if not name:
        return None
    return db.session.scalar(select(SignInCode).where(SignInCode.public_id == name, SignInCode.purpose == purpose))


def digits(typed: str) -> str:
    """The digits of what was typed: “407 19”, “407-193” and other scripts' digits are all fine.

    Raises:
        ValueError: when they are not six, with a sentence for the person.
    """
    squeezed = "".join(sign for sign in typed[:200] if not (sign.isspace() or sign in "-.·–"))
    values = [unicodedata.decimal(sign, None) for sign in squeezed]
    found = [value for value in values if value is not None]
    if len(found) < len(squeezed):
        raise ValueError("Only digits, please: 0 to 9, six of them.")
    count = COUNTS[len(found)] if len(found) < len(COUNTS) else "many"
    missing = DIGITS - len(found)
    if missing > 0:
        how = f"{count} digit{'s' if len(found) != 1 else ''}"
        raise ValueError(f"That is {how}. {COUNTS[missing].title()} {'is' if missing == 1 else 'are'} missing.")
    if missing < 0:
        raise ValueError(f"That is {count} digits. There are six in the mail.")
    return "".join(str(value) for value in found)


def wrong_with(made: SignInCode, code: str, at: datetime) -> str | None:
    """Try a code, and count the try. None: it is right, and used up now; else what is wrong, in a sentence."""
    # Counted by the database, before the digits are compared: two tries in one second are two.
    counted = (
        update(SignInCode)
        .where(
            SignInCode.id == made.id,
            SignInCode.attempts < MOST_TRIES,
            SignInCode.ends_at > at,
            SignInCode.used_at.is_(None),
        )
        .values(attempts=SignInCode.attempts + 1)
        .returning(SignInCode.attempts)
    )
    tried = db.session.scalar(counted)
    if tried is None:
        return "These digits are no longer good. Ask for new ones."
    if hmac.compare_digest(made.code_hash, _hash(made.public_id, code)):
        made.used_at = at
        return None
    left = MOST_TRIES - tried
    if left == 0:
        return "Those are not the digits we sent, and that was the last try. Ask for new ones."
    return f"Those are not the digits we sent. {COUNTS[left].title()} {'try' if left == 1 else 'tries'} left."


def sweep(at: datetime) -> None:
    """Forget codes that are no longer good, and with them the addresses of those who never came in."""
    db.session.execute(delete(SignInCode).where(SignInCode.ends_at < at))


def _hash(name: str, code: str) -> str:
    # A million codes are tried in a second, so the hash needs a key that does not lie in the database.
    return hmac.new(settings().secret_key.encode(), f"{name}:{code}".encode(), hashlib.sha256).hexdigest()
