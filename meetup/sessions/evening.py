"""The four instants of an evening, from four times on one day's clocks: in order, past midnight, none in the past."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from meetup.sessions.times import DAY, in_words, place, to_instant, to_wall

# Later than this after the start it is a slip of the finger, not a long night.
LONGEST_NIGHT = timedelta(hours=8)
EARLIEST_DOORS = timedelta(hours=3)
DOORS_BEFORE = timedelta(minutes=10)
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Typed:
    """What the clocks of one day and zone are to show. No `doors`: ten minutes before. No `closes`: no closed part."""

    day: date
    zone: str
    doors: time | None
    starts: time
    closes: time | None
    ends: time


@dataclass
class Evening:
    """Four instants in order, and what to say beside a field; or, in `wrong`, why they cannot be."""

    doors_at: datetime
    starts_at: datetime
    closes_at: datetime
    ends_at: datetime
    notes: dict[str, str] = field(default_factory=dict)

    @property
    def instants(self) -> tuple[datetime, datetime, datetime, datetime]:
        return (self.doors_at, self.starts_at, self.closes_at, self.ends_at)


class WrongTimes(Exception):
    """These times cannot be. `fields` says why, beside each field: day, doors, starts, closes or ends."""

    def __init__(self, **fields: str) -> None:
        super().__init__("; ".join(fields.values()))
        self.fields = fields


def plan_evening(typed: Typed, at: datetime, brand: str, standing: dict[str, datetime] | None = None) -> Evening:
    """The evening that was meant.

    `standing` holds instants, by field, whose text nobody touched: they stay to the second, even if they have passed.

    Raises:
        WrongTimes: with a sentence beside each field that cannot be.
    """
    standing = standing or {}
    instants: dict[str, datetime] = {}
    notes, wrong = {}, {}
    before = None
    for name, wall in _in_order(typed, brand).items():
        try:
            instants[name], note = (standing[name], "") if name in standing else to_instant(wall, typed.zone, before)
        except ValueError as error:
            wrong[name] = str(error)
            continue
        before = instants[name]
        if note:
            notes[name] = note
        if before < at and name not in standing:
            wrong |= _passed(name, wall, typed, at)
    if wrong:
        raise WrongTimes(**wrong)
    ends_at = instants["ends"]
    # Not by the clocks: they may skip the ten minutes before.
    doors_at = instants.get("doors") or max(instants["starts"] - DOORS_BEFORE, min(at, instants["starts"]))
    return Evening(doors_at, instants["starts"], instants.get("closes", ends_at), ends_at, notes)


def _in_order(typed: Typed, brand: str) -> dict[str, datetime]:
    """What the clocks show, each on its own day: an evening may begin before midnight and end after it."""
    starts = datetime.combine(typed.day, typed.starts)
    walls = {"starts": starts} if typed.doors is None else {"doors": _doors(typed.doors, starts), "starts": starts}
    before, said = starts, f"it opens at {starts:%H:%M}"
    if typed.closes is not None:
        walls["closes"] = before = _after(before, typed.closes, starts, "closes", said)
        said = f"{brand} leaves at {before:%H:%M}"
    walls["ends"] = _after(before, typed.ends, starts, "ends", said)
    if walls["ends"] == starts:
        raise WrongTimes(ends=f"It cannot end at {starts:%H:%M}, when it opens.")
    return walls


def _doors(clock: time, starts: datetime) -> datetime:
    doors = datetime.combine(starts.date(), clock)
    if doors <= starts:
        return doors
    if starts - (doors - DAY) <= EARLIEST_DOORS:
        return doors - DAY
    meant = doors.replace(hour=starts.hour)
    meant = meant if meant <= starts else meant - HOUR
    raise WrongTimes(doors=f"{doors:%H:%M} is after it opens at {starts:%H:%M}. Did you mean {meant:%H:%M}?")


def _after(before: datetime, clock: time, starts: datetime, name: str, said: str) -> datetime:
    wall = datetime.combine(starts.date(), clock)
    if wall < before:
        wall += DAY
    if wall >= before and (wall - starts <= LONGEST_NIGHT or wall.date() == starts.date()):
        return wall
    meant = _guess(before, clock)
    raise WrongTimes(**{name: f"{clock:%H:%M} is before {said}. Did you mean {meant:%H:%M}?"})


def _guess(before: datetime, clock: time) -> datetime:
    """The nearest later time that a slip turns into this one: the hour mistyped, or “pm” left out."""
    same_minutes = before.replace(minute=clock.minute)
    slips = [same_minutes, same_minutes + HOUR]
    if clock.hour < 12:
        slips.append(datetime.combine(before.date(), clock) + timedelta(hours=12))
    return min(slip for slip in slips if slip > before)


def _passed(name: str, wall: datetime, typed: Typed, at: datetime) -> dict[str, str]:
    here = to_wall(at, typed.zone)
    if wall.date() < here.date():
        return {"day": f"{in_words(wall.date())} has passed."}
    return {name: f"{wall:%H:%M} has passed: it is {here:%H:%M} in {place(typed.zone)} now."}
