"""Links that open a session in somebody's web calendar, filled in: Google's, and Outlook's of either kind.

Like the entries in mails and files they name instants in UTC, so that no reader's zone moves them.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import quote, urlencode

from meetup.invites.ics import Entry

GOOGLE = "https://calendar.google.com/calendar/render"
OUTLOOK = "https://outlook.live.com/calendar/0/deeplink/compose"
OUTLOOK_AT_WORK = "https://outlook.office.com/calendar/0/deeplink/compose"
# Calendars refuse addresses of more than about 8,000 octets, and one letter may take twelve.
LONGEST_TEXT = 500


def google(entry: Entry) -> str:
    """The entry in Google Calendar, for its reader to save."""
    return _address(
        GOOGLE,
        {
            "action": "TEMPLATE",
            "text": entry.title,
            "dates": f"{_basic(entry.starts_at)}/{_basic(entry.ends_at)}",
            "details": _short(entry),
            "location": entry.location,
        },
    )


def outlook(entry: Entry) -> str:
    """The entry in Outlook.com, for its reader to save."""
    return _address(OUTLOOK, _for_outlook(entry))


def outlook_at_work(entry: Entry) -> str:
    """The entry in Outlook of Microsoft 365, for its reader to save."""
    return _address(OUTLOOK_AT_WORK, _for_outlook(entry))


def _for_outlook(entry: Entry) -> dict[str, str]:
    return {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": entry.title,
        "startdt": _extended(entry.starts_at),
        "enddt": _extended(entry.ends_at),
        "body": _short(entry),
        "location": entry.location,
    }


def _address(base: str, fields: Mapping[str, str]) -> str:
    # Not “+” for a space: Outlook shows it as a plus.
    return f"{base}?{urlencode(fields, quote_via=quote)}"


def _short(entry: Entry) -> str:
    text = entry.description
    return text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT].rstrip()}…\n\n{entry.url}"


def _basic(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _extended(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
