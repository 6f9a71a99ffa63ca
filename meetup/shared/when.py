"""Instants in words: in someone's zone, or as the time that is left. The browser's twin is static/js/times.js."""

from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from babel.dates import format_datetime, format_timedelta

from meetup.shared.clock import now

LOCALE = "en_GB"
MINUTE, HOUR, DAY = 60, 3600, 86400


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def is_zone(name: str) -> bool:
    """Is this the name of a zone we know? Never tries it as a path."""
    return name in _zones()


def zone_named(typed: str) -> str | None:
    """The zone that somebody typed, as we write its name: “europe/new york” is no zone, “america/new york” is."""
    wanted = "_".join(typed.split()).casefold()
    return next((name for name in _zones() if name.casefold() == wanted), None)


def zone_names() -> list[str]:
    """Every zone by city, for a list to choose from; those that are only there for old programs are left out."""
    return sorted(name for name in _zones() if "/" in name and not name.startswith(("Etc/", "SystemV/", "US/")))


def local(at: datetime, zone: str) -> datetime:
    """The same instant on the clocks of a zone."""
    return at.astimezone(ZoneInfo(zone))


def iso(at: datetime) -> str:
    """For `datetime=` and scripts: 2026-12-03T18:00:00Z."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def day(at: datetime, zone: str, today: datetime | None = None) -> str:
    """“Thursday 3 December”, with the year when it is not this one."""
    here = local(at, zone)
    this_year = local(today or now(), zone).year
    return format_datetime(here, "EEEE d MMMM" if here.year == this_year else "EEEE d MMMM y", locale=LOCALE)


def day_of_month(at: datetime, zone: str) -> str:
    """“3”: the large figure of an agenda."""
    return str(local(at, zone).day)


def month(at: datetime, zone: str) -> str:
    """“Thu, Dec”: what stands below that figure. Three letters each, September too."""
    weekday, _, name = format_datetime(local(at, zone), "EEE, MMM", locale=LOCALE).partition(", ")
    return f"{weekday[:3]}, {name[:3]}"


def clock(at: datetime, zone: str) -> str:
    """“19:00”."""
    return format_datetime(local(at, zone), "HH:mm", locale=LOCALE)


def moment(at: datetime, zone: str) -> str:
    """“Thursday 3 December, 19:00”."""
    return f"{day(at, zone)}, {clock(at, zone)}"


def span(starts: datetime, ends: datetime, zone: str) -> str:
    """“19:00 to 20:30”; past midnight “22:00 to Friday 00:30”."""
    here, there = local(starts, zone), local(ends, zone)
    if here.date() == there.date():
        return f"{clock(starts, zone)} to {clock(ends, zone)}"
    shape = "EEEE HH:mm" if there - here < timedelta(days=6) else "EEEE d MMMM HH:mm"
    return f"{clock(starts, zone)} to {format_datetime(there, shape, locale=LOCALE)}"


def zone_words(zone: str, at: datetime) -> str:
    """“Amsterdam (CET)”: the city, and what its clocks are called on that day."""
    city = zone.rpartition("/")[2].replace("_", " ")
    short = local(at, zone).strftime("%Z")
    # Zones whose clocks have no name of their own give “+0545”.
    if short[:1] in ("+", "-"):
        short = f"UTC{short[:3]}" + (f":{short[3:]}" if short[3:] else "")
    return city if short == city else f"{city} ({short})"


def left(to: datetime, at: datetime) -> str:
    """The time until then, as one says it: “2 days”, “1 h 20 min”, “18 min”, “40 s”, “no time”."""
    seconds = int((to - at).total_seconds())
    if seconds <= 0:
        return "no time"
    if seconds < MINUTE:
        return f"{seconds} s"
    if seconds < HOUR:
        return f"{seconds // MINUTE} min"
    if seconds < DAY:
        hours, rest = divmod(seconds, HOUR)
        return f"{hours} h {rest // MINUTE} min" if rest >= MINUTE else f"{hours} h"
    days = seconds // DAY
    return f"{days} day" if days == 1 else f"{days} days"


def ago(then: datetime, at: datetime) -> str:
    """“just now”, “5 minutes ago”, “2 days ago”. What lies ahead is “in 5 minutes”."""
    if abs(at - then) < timedelta(minutes=1):
        return "just now"
    return format_timedelta(then - at, granularity="minute", add_direction=True, locale=LOCALE)
