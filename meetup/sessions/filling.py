"""How a session stands in its form, and what a filled form asks for."""

from datetime import datetime
from typing import Any

from meetup.brands.models import Brand
from meetup.sessions.models import BofSession, BofTable
from meetup.sessions.times import to_wall, typed_day

CLOCKS = ("doors", "starts", "closes", "ends")


def blank(brand: Brand) -> dict[str, Any]:
    """What a new session's form begins with."""
    return {
        "version": "0",
        "zone": brand.zone,
        "closed_part": True,
        "is_online": True,
        "admits_guests": True,
        "peer_window": "3",
        "tables": [],
    }


def filled(bof_session: BofSession) -> dict[str, Any]:
    """Each field of a session's form, as it would be typed."""
    zone = bof_session.zone
    clocks = [f"{to_wall(instant, zone):%H:%M}" for instant in bof_session.instants]
    return {
        "version": str(bof_session.revision),
        "title": bof_session.title,
        "summary": bof_session.summary,
        "vertical": bof_session.vertical.slug if bof_session.vertical else None,
        "interests": [interest.slug for interest in bof_session.interests],
        "day": typed_day(to_wall(bof_session.starts_at, zone).date()),
        "zone": zone,
        **dict(zip(CLOCKS, clocks, strict=True)),
        "closes": clocks[2] if bof_session.has_closed_part else "",
        "closed_part": bof_session.has_closed_part,
        "peer_window": str(bof_session.peer_window),
        "is_online": bof_session.is_online,
        "place": bof_session.place,
        "admits_guests": bof_session.admits_guests,
        "tables": [_row(table) for table in bof_session.tables],
    }


def _row(table: BofTable) -> dict[str, Any]:
    return {
        "ref": table.public_id,
        "topic": table.topic,
        "vertical": table.vertical.slug if table.vertical else "",
        "seats": table.capacity,
        "expert": table.expert.public_id if table.expert else "",
    }


def standing(bof_session: BofSession, typed: dict[str, Any]) -> dict[str, datetime]:
    """The instants whose text nobody touched: they stay to the second, whichever way their text could be read."""
    kept = filled(bof_session)
    if (typed["day"], typed["zone"]) != (kept["day"], kept["zone"]):
        return {}
    instants = dict(zip(CLOCKS, bof_session.instants, strict=True))
    if not typed["closed_part"] or not kept["closed_part"]:
        del instants["closes"]
    return {name: instant for name, instant in instants.items() if typed[name] == kept[name]}


def differences(typed: dict[str, Any], kept: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    """Where somebody else's words stand against these: the field, what is kept now, what was typed."""
    fields = [name for name in kept if name not in ("version", "tables")]
    found = [(name, kept[name], typed[name]) for name in fields if (kept[name] or "") != (typed[name] or "")]
    rows = {row["ref"]: row for row in typed["tables"]}
    for place, row in enumerate(kept["tables"], 1):
        mine = rows.pop(row["ref"], None)
        if mine is None:
            found.append((f"table {place}", row["topic"], ""))
        else:
            found += [
                (f"table {place}, {name}", row[name], mine[name])
                for name in row
                if (row[name] or "") != (mine[name] or "")
            ]
    return found + [("a new table", "", row["topic"]) for row in rows.values()]
