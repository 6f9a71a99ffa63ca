"""Times as people type them: “thu 3 dec”, “3.12.”, “18”, “6.30 pm”. Pure: today, now and the zone are handed in.

What cannot be understood, has passed, comes in the wrong order, or falls into an hour that the clocks skip raises
ValueError with the sentence that stands beside the field.
"""

import re
import unicodedata
from calendar import day_name, month_name
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
YEARS_AHEAD = 3
DAY_LOOKS = "A day looks like “thu 3 dec”, “3.12.” or “2026-12-03”."
CLOCK_LOOKS = "A time looks like 18, 18:30 or 6.30 pm."
NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
WEEKDAYS = {name.casefold(): number for number, name in enumerate(day_name)}
MONTHS = {name.casefold(): number for number, name in enumerate(month_name) if name}
SHORT_FORMS = {"weds": "wednesday"}

ORDINAL = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\b")
FILLING = re.compile(r"\b(?:the|of|on)\b|,")
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
NUMERIC = re.compile(r"(\d{1,2})([./-])(\d{1,2})(?:\2(\d{4}|\d{2})?)?")
CLOCK = re.compile(r"(\d{1,2})(?:\s?[:.h]\s?(\d{2}))?\s*(?:h|uhr|o'?clock)?\s*(?:([ap])\.?\s?m\.?)?")
FOUR_DIGITS = re.compile(r"(\d{2})(\d{2})\s*(?:h|hrs|hours)?")


def read_day(typed: str, today: date) -> date:
    """The day that was meant. Without a year, the next such day."""
    words = _plain(FILLING.sub(" ", ORDINAL.sub(r"\1", _plain(typed))))
    if words in ("today", "tonight"):
        return today
    if words == "tomorrow":
        return today + DAY
    first, _, rest = words.partition(" ")
    weekday = _named(first.rstrip("."), WEEKDAYS)
    if weekday is not None and not rest:
        return today + DAY * ((weekday - today.weekday()) % 7)
    found = _read_date(rest if weekday is not None else words, today)
    if abs(found.year - today.year) > YEARS_AHEAD:
        raise ValueError(f"{in_words(found)} is too far away. Choose a day within {NUMBERS[YEARS_AHEAD]} years.")
    if weekday is not None and found.weekday() != weekday:
        meant = found + DAY * ((weekday - found.weekday() + 3) % 7 - 3)
        raise ValueError(
            f"{found.day} {month_name[found.month]} {found.year} is a {day_name[found.weekday()]}, "
            f"not a {day_name[weekday]}. Did you mean {in_words(meant)}?"
        )
    return found


def read_clock(typed: str) -> time:
    """The time of day that was meant. Midnight is 00:00, also when it is written 24:00."""
    words = _plain(typed)
    if words in ("noon", "midday"):
        return time(12)
    if words == "midnight":
        return time(0)
    found = CLOCK.fullmatch(words) or FOUR_DIGITS.fullmatch(words)
    if found is None:
        raise ValueError(f"We cannot read “{typed.strip()}”. {CLOCK_LOOKS}")
    hour, minute = int(found[1]), int(found[2] or 0)
    half = found[3] if found.re is CLOCK else None
    if minute > 59 or hour > 24 or (hour == 24 and minute) or (half and not 1 <= hour <= 12):
        raise ValueError(f"There is no {typed.strip()} on the clock. {CLOCK_LOOKS}")
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour % 24, minute)


def to_instant(wall: datetime, zone: str, after: datetime | None = None) -> tuple[datetime, str]:
    """The instant when a zone's clocks show this, and a note where that needs one.

    Where the clocks go back, a time comes twice: the first is meant, unless it is before `after`. Where they go
    forward, some never come.
    """
    here = ZoneInfo(zone)
    first, second = (wall.replace(tzinfo=here, fold=fold) for fold in (0, 1))
    at = first.astimezone(UTC)
    if at.astimezone(here).replace(tzinfo=None) != wall:
        raise ValueError(
            f"{wall:%H:%M} does not exist in {place(zone)} on {in_words(wall.date())}: "
            f"the clocks go forward. The next time that does is {_next_that_exists(wall, here):%H:%M}."
        )
    if first.utcoffset() == second.utcoffset():
        return at, ""
    twice = f"{wall:%H:%M} comes twice in {place(zone)} that day: we mean"
    if after is not None and at < after <= second.astimezone(UTC):
        return second.astimezone(UTC), f"{twice} the second ({second:%Z})."
    return at, f"{twice} the first ({first:%Z})."


def to_wall(at: datetime, zone: str) -> datetime:
    """What a zone's clocks show at an instant, without seconds or zone."""
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None, second=0, microsecond=0)


def from_wall(wall: datetime, zone: str) -> datetime:
    """The instant when a zone's clocks show this; where they skip it, the next that exists. For what nobody typed."""
    here = ZoneInfo(zone)
    at = wall.replace(tzinfo=here).astimezone(UTC)
    skipped = at.astimezone(here).replace(tzinfo=None) != wall
    return _next_that_exists(wall, here).replace(tzinfo=here).astimezone(UTC) if skipped else at


def typed_day(day: date) -> str:
    """As it stands in the field: “Thu 3 Dec 2026”."""
    return f"{day_name[day.weekday()][:3]} {day.day} {month_name[day.month][:3]} {day.year}"


def in_words(day: date) -> str:
    """“Thursday 3 December 2026”."""
    return f"{day_name[day.weekday()]} {day.day} {month_name[day.month]} {day.year}"


def how_far(day: date, today: date) -> str:
    """“today”, “tomorrow”, “in twelve days”, “yesterday”, “90 days ago”."""
    days = (day - today).days
    if near := {0: "today", 1: "tomorrow", -1: "yesterday"}.get(days):
        return near
    count = NUMBERS[abs(days)] if abs(days) < len(NUMBERS) else str(abs(days))
    return f"in {count} days" if days > 0 else f"{count} days ago"


def how_long(time: timedelta) -> str:
    """“35 minutes”, “1 hour 20 minutes”, “2 hours”."""
    hours, minutes = divmod(round(time / MINUTE), 60)
    parts = [
        f"{count} {unit if count == 1 else unit + 's'}"
        for count, unit in ((hours, "hour"), (minutes, "minute"))
        if count
    ]
    return " ".join(parts) or "moments"


def place(zone: str) -> str:
    """“New York”."""
    return zone.rpartition("/")[2].replace("_", " ")


def _plain(typed: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", typed).casefold().split())


def _named(word: str, names: dict[str, int]) -> int | None:
    """The number of a weekday or month, by its name or any beginning of three letters or more."""
    word = SHORT_FORMS.get(word, word)
    if len(word) < 3:
        return None
    return next((number for name, number in names.items() if name.startswith(word)), None)


def _read_date(words: str, today: date) -> date:
    if found := ISO.fullmatch(words):
        return _existing(int(found[3]), int(found[2]), int(found[1]), today)
    if found := NUMERIC.fullmatch(words):
        return _existing(int(found[1]), int(found[3]), _year(found[4]), today)
    parts = words.replace(".", " ").split()
    if len(parts) in (2, 3):
        month = _named(parts[1], MONTHS)
        day, year = parts[0], parts[2] if len(parts) == 3 else None
        if month is None:
            month, day = _named(parts[0], MONTHS), parts[1]
        if month is not None and _is_number(day, 2) and (year is None or _is_number(year, 4)):
            return _existing(int(day), month, _year(year), today)
    raise ValueError(f"We cannot read that as a day. {DAY_LOOKS}")


def _is_number(word: str, most: int) -> bool:
    return word.isdecimal() and len(word) <= most


def _year(typed: str | None) -> int | None:
    if typed is None:
        return None
    return int(typed) + (2000 if len(typed) <= 2 else 0)


def _existing(day: int, month: int, year: int | None, today: date) -> date:
    """This date; without a year, the first from today on. 29 February waits for its year."""
    if not 1 <= month <= 12:
        raise ValueError(f"There is no month {month}. {DAY_LOOKS}")
    years = range(today.year, today.year + 9) if year is None else (year,)
    for wanted in years:
        try:
            found = date(wanted, month, day)
        except ValueError:
            continue
        if year is not None or found >= today:
            return found
    raise ValueError(f"There is no {day} {month_name[month]}{f' in {year}' if year is not None else ''}.")


def _next_that_exists(wall: datetime, here: ZoneInfo) -> datetime:
    # Half an hour on Lord Howe, an hour elsewhere, a whole day where an island changed sides of the date line.
    while wall.replace(tzinfo=here).astimezone(UTC).astimezone(here).replace(tzinfo=None) != wall:
        wall += MINUTE
    return wall
