"""What happens to a person: they come, change their address, and go."""

from datetime import datetime

from sqlalchemy import delete, select

from meetup.accounts.models import Person, SignIn, SignInCode
from meetup.extensions import db
from meetup.shared import outbox
from meetup.shared.errors import Refused


def find(email: str) -> Person | None:
    """The person who signs in with this address."""
    return db.session.scalar(select(Person).where(Person.email == email))


def welcome(email: str, at: datetime) -> Person:
    """The person of an address that has just been proven; a new one, without a name yet, if there was none."""
    person = find(email)
    if person is None:
        person = Person(email=email, joined_at=at)
        db.session.add(person)
        db.session.flush()
    return person


def change_address(person: Person, email: str) -> None:
    """Sign in with another address from now on. Both have been proven by then.

    Raises:
        Refused: when somebody signs in with it already.
    """
    other = find(email)
    if other is not None and other.id != person.id:
        raise Refused("Another sign-in uses that address already. Sign in with it, or choose another one.")
    person.email = email
    db.session.flush()


def rights_changed(person: Person, at: datetime) -> None:
    """Note that a role or standing changed: every browser of theirs gets a new session id with its next form."""
    person.rights_changed_at = at


def held(person_id: int) -> dict[str, object]:
    """What is held of a person here, for themselves."""
    person = db.session.get_one(Person, person_id)
    return {
        "email": person.email,
        "name": person.name,
        "headline": person.headline,
        "zone": person.zone,
        "language": person.language,
        "joined_at": person.joined_at.isoformat(),
        "has_password": person.password_hash is not None,
        "sign_ins": [
            {"browser": each.browser, "began_at": each.began_at.isoformat(), "ended_at": _iso(each.ended_at)}
            for each in person.sign_ins
        ],
    }


def erase(person_id: int, at: datetime) -> None:
    """Forget a person. The row stays without a name, so that what others said to them keeps its place."""
    person = db.session.get_one(Person, person_id)
    theirs = SignInCode.person_id == person.id
    db.session.execute(delete(SignInCode).where(theirs | (SignInCode.email == person.email)))
    db.session.execute(delete(SignIn).where(SignIn.person_id == person.id))
    outbox.forget(person.id)
    person.email = person.password_hash = person.zone = person.operator_since = None
    person.name = person.headline = ""
    person.erased_at = at
    db.session.flush()
    db.session.expire(person, ["sign_ins"])


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
