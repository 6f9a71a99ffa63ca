"""Who is here. A page says so when it opens and every while after; a silence says that they left.

Both verbs need the table's row held: two windows of one person come one after the other.
"""

from datetime import datetime

from sqlalchemy import Select, select

from meetup.accounts.models import Person
from meetup.extensions import db
from meetup.registrations import rules as registrations
from meetup.rooms import policy
from meetup.rooms.line import record
from meetup.rooms.models import HERE_FOR, Change, Presence
from meetup.rooms.voice import SHUT
from meetup.sessions.models import BofTable
from meetup.shared.errors import Refused


def arrive(person: Person, table: BofTable, read_seq: int, at: datetime) -> None:
    """Note that this person is here, and how far they have read. Whoever has a seat has attended from now on.

    The table hears of it when somebody comes who was not here, and of those whose pages have fallen silent.

    Raises:
        Refused: when the door is shut, or not open yet.
    """
    _refuse_once_shut(table, at)
    if policy.footing_of(person, table).is_peer:
        registrations.come_in(person, table.bof_session, at)
    presence = presence_of(person, table)
    was_here = presence is not None and presence.is_here(at)
    presence = presence or _new(person, table, at)
    if not was_here:
        presence.came_at = at
    presence.seen_at, presence.left_at = at, None
    presence.read_seq = max(presence.read_seq, min(read_seq, table.last_seq))
    gone = list(db.session.scalars(_silent(table, at)))
    for other in gone:
        other.left_at = other.seen_at
    if gone or not was_here:
        record(table, Change.PEOPLE, at)


def leave(person: Person, table: BofTable, at: datetime) -> None:
    """Note that this person's page was closed. Leaving twice changes nothing.

    Raises:
        Refused: when the door is shut: everybody has left.
    """
    _refuse_once_shut(table, at)
    presence = presence_of(person, table)
    if presence is not None and presence.left_at is None:
        presence.left_at = at
        record(table, Change.PEOPLE, at)


def _refuse_once_shut(table: BofTable, at: datetime) -> None:
    if table.bof_session.phase(at) not in policy.TALKING:
        raise Refused(SHUT)


def presence_of(person: Person, table: BofTable) -> Presence | None:
    if not person.is_authenticated:
        return None
    return db.session.scalar(
        select(Presence).where(
            Presence.brand_id == table.brand_id, Presence.table_id == table.id, Presence.person_id == person.id
        )
    )


def here(table: BofTable, at: datetime) -> Select[Presence]:
    """Whoever is at this table now."""
    return select(Presence).where(
        Presence.brand_id == table.brand_id,
        Presence.table_id == table.id,
        Presence.left_at.is_(None),
        Presence.seen_at > at - HERE_FOR,
    )


def _silent(table: BofTable, at: datetime) -> Select[Presence]:
    return select(Presence).where(
        Presence.brand_id == table.brand_id,
        Presence.table_id == table.id,
        Presence.left_at.is_(None),
        Presence.seen_at <= at - HERE_FOR,
    )


def _new(person: Person, table: BofTable, at: datetime) -> Presence:
    presence = Presence(
        brand_id=table.brand_id, table_id=table.id, person_id=person.id, came_at=at, seen_at=at, read_seq=0
    )
    db.session.add(presence)
    return presence
