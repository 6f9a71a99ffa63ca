"""Draws parts of a room, the same for whoever reads them: the page's first load and the live stream use it alike."""

from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import select

from meetup.accounts.models import Person
from meetup.brands.models import Membership, Role, Standing
from meetup.extensions import db
from meetup.rooms.models import Question
from meetup.rooms.people import People, people_at
from meetup.rooms.window import Line
from meetup.sessions.models import BofTable
from meetup.shared.pages import Zone, plural


def address(table: BofTable) -> str:
    """The room's address, also where there is no request to build one from."""
    bof_session = table.bof_session
    return f"/b/{bof_session.brand.slug}/s/{bof_session.slug}/t/{table.number}"


def neutral(table: BofTable, at: datetime) -> dict[str, Any]:
    """What the parts need and nobody in particular decides. The browser puts the times into the reader's zone."""
    return {
        "table": table,
        "bof_session": table.bof_session,
        "brand": table.bof_session.brand,
        "room": address(table),
        "zone": Zone(table.bof_session.zone, chosen=False),
        "expert": expert_at(table),
        "phase": table.bof_session.phase(at),
        "at": at,
    }


def expert_at(table: BofTable) -> str | None:
    """The first name of the expert who sits at this table with a role that still counts."""
    if table.expert_id is None:
        return None
    person = db.session.scalar(
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.brand_id == table.brand_id,
            Membership.id == table.expert_id,
            Membership.role == Role.EXPERT,
            Membership.standing == Standing.CONFIRMED,
        )
    )
    return person.first_name if person else None


def draw_line(line: Line, around: dict[str, Any]) -> str:
    """A message, or a question's whole card."""
    return _draw("_line", around, line=line)


def draw_change(line: Line, around: dict[str, Any]) -> str:
    """What is new about a line that stands there already: of a card, all but the answers under it."""
    if line.question is None:
        return draw_line(line, around)
    return _draw("_asked", around, card=line) + _draw("_turn", around, card=line)


def draw_people(table: BofTable, around: dict[str, Any]) -> str:
    people: People = people_at(table, around["at"])
    return _draw("_people", around, people=people)


def _draw(name: str, around: dict[str, Any], **more: Any) -> str:
    # Without the context processors: nobody is signed in where a stream is read.
    return current_app.jinja_env.get_template(f"rooms/{name}.html").render(around | more)


def took(since: datetime, until: datetime) -> str:
    """“50 seconds”, “3 minutes”; nothing for less than a second."""
    seconds = max(0, int((until - since).total_seconds()))
    if seconds < 60:
        return plural(seconds, "second") if seconds else ""
    return plural(seconds // 60, "minute")


def clock_left(question: Question, at: datetime) -> str:
    """“1:42” until the expert may answer."""
    seconds = max(0, int((question.due_at - at).total_seconds()))
    return f"{seconds // 60}:{seconds % 60:02}"


def ring_left(question: Question, at: datetime) -> int:
    """How much of the peer window is left, in per cent."""
    window = (question.due_at - question.asked_at).total_seconds()
    return round(100 * max(0.0, (question.due_at - at).total_seconds()) / window) if window else 0
