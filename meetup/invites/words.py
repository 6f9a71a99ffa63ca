"""The sentences of a mail, as plain text: its page in HTML escapes them like anything else that people typed."""

from meetup.accounts.models import Person
from meetup.invites.models import Because
from meetup.sessions.models import BofSession, BofTable
from meetup.sessions.times import how_long


def greeting(person: Person) -> str:
    return f"{person.first_name}," if person.name else "Hello,"


CHANGED = "Something about this evening has changed. This is how it stands now. Your place is still yours."
NOT_NEEDED = "You are no longer needed at this evening, and your calendar forgets it."
NO_SEAT = (
    "You no longer have a seat at this evening, and your calendar forgets it. Somebody else will be glad of the chair. "
    "Should you want to come after all, take a seat again while there are some."
)


def called_off(brand: str) -> str:
    return f"{brand} has called this evening off. It will not take place, and your calendar forgets it. We are sorry."


def withdrawn(because: Because) -> str:
    return NO_SEAT if because is Because.SEAT else NOT_NEEDED


def seat(because: Because, table: BofTable | None, brand: str) -> str:
    """Why this person is part of it."""
    if because is Because.EXPERT:
        where = f"“{table.topic}”" if table else "a table"
        return f"You sit at {where} as the expert of {brand}. You listen, and answer what none of them could."
    if because is Because.HOST:
        notices = "In the open part you may post notices; the talking is theirs."
        return f"This evening is yours to host for {brand}. {notices}"
    return f"You have a seat at “{table.topic}”." if table else "You have a seat."


def parts(bof_session: BofSession, because: Because, expert: Person | None, leaves: str, *, is_customer: bool) -> str:
    """How the evening goes, for this person. `leaves` is when the brand does, on their own clock."""
    brand, left = bof_session.brand.name, how_long(bof_session.closed_for)
    if because is not Because.SEAT:
        shuts = f"At {leaves} everybody of {brand} leaves and the door shuts."
        return f"{shuts} What is said after that is for customers alone." if bof_session.has_closed_part else ""
    if not bof_session.has_open_part:
        return f"Nobody of {brand} is in the room: all {left} are yours alone."
    listens = "we listen while you talk."
    if expert is not None:
        listens = f"{expert.first_name} from our side listens, and answers only what none of you could."
    if not bof_session.has_closed_part:
        return listens[0].upper() + listens[1:]
    alone = f": the last {left} are yours alone." if is_customer else "."
    return f"Until {leaves} {listens} Then we leave and the door shuts{alone}"
