"""Who may see what of whom. A person sees their own; the operator sees what was given up, and no words of it."""

from sqlalchemy import Select, select

from meetup.accounts.models import Person, SignIn


def sign_ins_of(person: Person) -> Select[SignIn]:
    """The browsers of this person, the newest first."""
    return select(SignIn).where(SignIn.person_id == person.id).order_by(SignIn.id.desc())


def may_see_outbox(person: Person) -> bool:
    """The operator: runs the machine, not the rooms."""
    return bool(person.is_authenticated and person.operator_since)
