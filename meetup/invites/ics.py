"""Calendar entries, octet for octet (RFC 5545, 5546, 7986). Pure: plain values in, octets out.

Each entry is a single occurrence in UTC, without VTIMEZONE: nothing in it can drift when clocks change. Only the
library escapes and folds.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Alarm, Calendar, Event, vCalAddress, vText
from icalendar.parser import Contentline, Parameters

from meetup.shared.text import clean_block, clean_line

PRODUCT = "-//Tables//Birds of a feather//EN"
REMINDER = timedelta(minutes=-15)
# What we make ourselves, and nobody types: anything else in there is an accident that must not reach a calendar.
OURS = re.compile(r"[!#-;=?-\[\]-~]+")
# Quotes cannot be written in a name; “^” and “\\” begin escapes that some programs know and others do not.
NO_NAME = str.maketrans("", "", '"^\\')
SOMEBODY = vCalAddress("mailto:attendee@placeholder.invalid")
ATTENDEE_LINE = re.compile(rb"(?<=\r\n)ATTENDEE[;:][^\r]*(?:\r\n [^\r]*)*\r\n")


@dataclass(frozen=True)
class Entry:
    """What one session looks like in one calendar: for guests and the brand it ends when the brand leaves."""

    uid: str
    # Calendar programs find “the same” entry by UID and believe the highest SEQUENCE, then the latest DTSTAMP.
    sequence: int
    stamped_at: datetime
    starts_at: datetime
    ends_at: datetime
    title: str
    description: str
    location: str
    url: str
    organizer_name: str
    organizer_email: str
    status: str = "CONFIRMED"


@dataclass(frozen=True)
class Attendee:
    """The one person an entry is sent to, by the very address it is mailed to."""

    email: str
    name: str = ""


def request(entry: Entry, attendee: Attendee) -> bytes:
    """An invitation, or its change when the SEQUENCE is higher."""
    return next(requests(entry, [attendee]))


def requests(entry: Entry, attendees: Iterable[Attendee]) -> Iterator[bytes]:
    """The same invitation for each of many people, and no word of the others in any: the entry is built once."""
    event = _event(entry)
    event.add("status", entry.status)
    event.add("attendee", SOMEBODY, encode=False)
    octets = _calendar(event, "REQUEST")
    before, after = ATTENDEE_LINE.split(octets)
    for attendee in attendees:
        yield before + _line("ATTENDEE", _attendee(attendee, rsvp=True)) + after


def cancel(entry: Entry, attendee: Attendee, *, whole: bool) -> bytes:
    """Take an entry back: `whole` when the session is called off, else because this person is no longer part of it.

    Outranks the invitation by a SEQUENCE that whoever cancels has raised.
    """
    event = _event(entry)
    if whole:
        event.add("status", "CANCELLED")
    event.add("attendee", _attendee(attendee, rsvp=False), encode=False)
    return _calendar(event, "CANCEL")


def publish(entry: Entry) -> bytes:
    """A file for whoever downloads it: nobody's invitation, with a reminder a quarter of an hour before."""
    event = _event(entry)
    event.add("status", entry.status)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", clean_line(entry.title))
    alarm.add("trigger", REMINDER)
    event.add_component(alarm)
    return _calendar(event, "PUBLISH")


def _calendar(event: Event, method: str) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", _ours(entry.uid))
    event.add("sequence", entry.sequence)
    event.add("dtstamp", _instant(entry.stamped_at))
    event.add("dtstart", _instant(entry.starts_at))
    event.add("dtend", _instant(entry.ends_at))
    event.add("summary", clean_line(entry.title))
    event.add("description", clean_block(entry.description))
    event.add("location", clean_line(entry.location))
    event.add("url", _ours(entry.url))
    event.add("organizer", _mailbox(entry.organizer_email, entry.organizer_name), encode=False)
    event.add("transp", "OPAQUE")
    return event


def _instant(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("an entry's instants have a zone: a floating time means another hour to each reader")
    return at.astimezone(UTC).replace(microsecond=0)


def _attendee(attendee: Attendee, *, rsvp: bool) -> vCalAddress:
    mailbox = _mailbox(attendee.email, attendee.name)
    answers = {"CUTYPE": "INDIVIDUAL", "ROLE": "REQ-PARTICIPANT", "PARTSTAT": "NEEDS-ACTION"}
    if rsvp:
        answers["RSVP"] = "TRUE"
    for name, value in answers.items():
        mailbox.params[name] = vText(value)
    return mailbox


def _mailbox(email: str, name: str) -> vCalAddress:
    mailbox = vCalAddress(f"mailto:{_ours(email, one_mailbox=True)}")
    shown = clean_line(name.translate(NO_NAME))
    if shown:
        mailbox.params["CN"] = vText(shown)
    return mailbox


def _line(name: str, value: vCalAddress) -> bytes:
    return bytes(Contentline.from_parts(name, Parameters(value.params), value).to_ical()) + b"\r\n"


def _ours(value: str, *, one_mailbox: bool = False) -> str:
    if not OURS.fullmatch(value) or (one_mailbox and value.count("@") != 1):
        raise ValueError("this is no UID, address or link of ours")
    return value
