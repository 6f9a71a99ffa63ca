"""Whose calendar holds what of a session: the two-part rule, and the words an entry carries."""

from datetime import UTC, datetime

from meetup.brands.models import Role
from meetup.config import settings
from meetup.invites.ics import Entry
from meetup.invites.models import Invite
from meetup.sessions.models import BofSession
from meetup.sessions.times import how_long, place
from meetup.shared import when


def ends_for(bof_session: BofSession, role: Role | None) -> datetime | None:
    """When the evening ends for somebody: customers stay for the closed part, everybody else leaves as it begins.

    None where that leaves nothing. Who has no role yet reads of the whole evening, as the public page says it.
    """
    ends = bof_session.ends_at if role in (Role.CUSTOMER, None) else bof_session.closes_at
    return ends if ends > bof_session.starts_at else None


def entry_for(bof_session: BofSession, person_role: Role | None, invite: Invite | None = None) -> Entry | None:
    """What a calendar shows of a session to somebody of this role; with their invite, under its UID and SEQUENCE."""
    ends_at = ends_for(bof_session, person_role)
    if ends_at is None:
        return None
    return Entry(
        uid=invite.uid if invite else bof_session.uid,
        sequence=invite.sequence if invite else bof_session.sequence,
        stamped_at=invite.stamped_at if invite else bof_session.stamped_at,
        starts_at=bof_session.starts_at,
        ends_at=ends_at,
        title=bof_session.title,
        description=description(bof_session, person_role),
        location=location(bof_session),
        url=session_url(bof_session),
        organizer_name=bof_session.brand.name,
        organizer_email=settings().mail_from,
    )


def uid_of(bof_session: BofSession, copy: int) -> str:
    """The session's own UID; for somebody's second copy and later ones, the same with a suffix."""
    if copy == 1:
        return bof_session.uid
    name, _, host = bof_session.uid.rpartition("@")
    return f"{name}-{copy}@{host}"


def stamp(at: datetime) -> str:
    """A DTSTAMP as outbox rows remember it, to know later whether it is still the last word."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def session_url(bof_session: BofSession) -> str:
    """Its page, at the address that people know us by; never at the one that a request claimed."""
    return f"{settings().public_url}/b/{bof_session.brand.slug}/s/{bof_session.slug}"


def location(bof_session: BofSession) -> str:
    """Where to go: an address, or a screen, or either."""
    if not bof_session.place:
        return "Online"
    return f"{bof_session.place}, or online" if bof_session.is_online else bof_session.place


def description(bof_session: BofSession, role: Role | None) -> str:
    """What it is, when it is where it is hosted, and how the evening goes. No secret: calendars are shared."""
    ends_at = ends_for(bof_session, role) or bof_session.ends_at
    zone = bof_session.zone
    local = f"{when.day(bof_session.starts_at, zone)}, {when.span(bof_session.starts_at, ends_at, zone)}"
    there = f"{local} in {place(zone)}."
    parts = [bof_session.summary, there, parts_in_words(bof_session, role), session_url(bof_session)]
    return "\n\n".join(part for part in parts if part)


def parts_in_words(bof_session: BofSession, role: Role | None) -> str:
    """How the evening goes, in a sentence or two, for somebody of this role."""
    brand, closes = bof_session.brand.name, when.clock(bof_session.closes_at, bof_session.zone)
    if not bof_session.has_closed_part:
        return ""
    if role not in (Role.CUSTOMER, None):
        return f"At {closes} {brand} and all guests leave, and the customers stay among themselves."
    left = how_long(bof_session.closed_for)
    if not bof_session.has_open_part:
        return f"Nobody of {brand} is in the room: all {left} are for customers alone."
    return f"At {closes} everybody of {brand} leaves, the door shuts, and the last {left} are for customers alone."
