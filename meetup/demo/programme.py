"""The demo as a whole: who, where, what is said, and how it is told to whoever starts it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from flask import current_app, url_for
from sqlalchemy import select

from meetup.accounts.models import Person
from meetup.brands.models import Brand, Membership
from meetup.config import settings
from meetup.demo import people, stage, talk
from meetup.demo.cast import PASSWORD
from meetup.demo.talk import Said
from meetup.extensions import db
from meetup.feedback import rules as feedback
from meetup.feedback.rules import Said as Answered
from meetup.rooms import questions
from meetup.rooms import rules as rooms
from meetup.rooms.models import Feeling, Message
from meetup.sessions.models import BofSession, BofTable
from meetup.sessions.phases import IN_ORDER
from meetup.sessions.rules import hold_table

# Where a newcomer finds people talking.
LIVING_ROOM = "the-last-tray-of-the-day"
# What twelve of those who came handed in.
ANSWERS = {
    "Ines Okafor": Answered(
        5,
        10,
        "Someone to ring up.",
        "Winter cash flow",
        "I came to ask about tills. I left with the number of a woman who had already made all my mistakes.",
        True,
    ),
    "Yusuf Demir": Answered(5, 9, "I came for bread and got a supplier.", "Paying Saturday staff properly"),
    "Marguerite Blanc": Answered(
        4, 9, "A shelf a day. I start on Monday.", "", "The best answer came from a bike shop. I sell cheese.", True
    ),
    "Caleb Moss": Answered(5, 10, "", "Selling the shop, one day", may_contact=True),
    "Anneke Visser": Answered(4, 8, "More time in the second half, please.", "When the high street floods"),
    "Siobhán Kerr": Answered(5, 10, "Your expert said three things at our table, and all three were useful."),
    "Luca Ferrante": Answered(
        5,
        9,
        "",
        "Winter cash flow",
        "Nobody sold me anything for an hour and a half. I had forgotten what that is like.",
        True,
    ),
    "Jun Hasegawa": Answered(4, 7, "Something to try this week."),
    "Rosa Almeida": Answered(5, 9, "Weigh the screws.", "Returns, and who pays for them", may_contact=True),
    "Farah Nassar": Answered(4, 8),
    "Niall Byrne": Answered(4, 9, "Nothing yet, and I liked it."),
    "Hamish Baird": Answered(5, 10, "", "Winter cash flow", "When the door shut we finally talked about prices.", True),
}


def start(at: datetime) -> dict[str, Any]:
    """Bring the demo, set its sessions anew, commit, and say what there is.

    Raises:
        Refused: in a database that holds real people.
    """
    fernhill = people.bring(at)
    stage.clear(fernhill)
    tonight = stage.set_tonight(fernhill, at)
    by_slug = {bof_session.slug: bof_session for bof_session in tonight}
    living_room = by_slug[LIVING_ROOM]
    perform(living_room.tables[0], talk.BREAD, at)
    perform(living_room.tables[1], talk.CHEESE, at)
    perform(by_slug["paying-saturday-staff-properly"].tables[0], talk.DOORS, at)
    over = by_slug["counting-stock-with-a-toddler"]
    perform(over.tables[0], talk.COUNTING, at)
    answer(over, at)
    db.session.commit()
    return told(fernhill, tonight, at)


def show(at: datetime) -> dict[str, Any]:
    """What there is, if the demo plays already with a session in each phase; else it is started."""
    fernhill = people.brand()
    if fernhill is not None:
        shown = select(BofSession).where(BofSession.brand_id == fernhill.id, BofSession.is_demo)
        sessions = db.session.scalars(shown.order_by(BofSession.id)).all()
        if {bof_session.phase(at) for bof_session in sessions} >= set(IN_ORDER):
            return told(fernhill, sessions, at)
    return start(at)


def add_session(at: datetime, open_for: timedelta, closed_for: timedelta) -> dict[str, Any]:
    """A session that is open from now on for that long, then closed for that long, with the cast seated."""
    fernhill = people.bring(at)
    closes = at + open_for
    like = stage.TONIGHT[0]
    name = uuid4().hex[:8]
    setting = like._replace(slug=f"for-showing-{name}", title="For showing")
    instants = (at - timedelta(minutes=2), at - timedelta(minutes=1), closes, closes + closed_for)
    bof_session = stage.set_at(fernhill, setting, instants, at)
    db.session.commit()
    return told(fernhill, [bof_session], at)


def perform(table: BofTable, lines: Iterable[Said], now: datetime) -> None:
    """Let the table talk, each line at its time and by the room's own rules."""
    cast = {person.name: person for person in db.session.scalars(select(Person).where(Person.is_demo))}
    said: dict[str, Message] = {}
    for line in lines:
        table, at = hold_table(table), now - timedelta(minutes=line.minutes_ago)
        words = rooms.Words(str(uuid4()), line.text, said.get(line.to), line.asks, line.only_brand)
        message, _ = rooms.say(cast[line.who], table, words, at)
        said[line.key] = message
        for who, feeling in line.feelings:
            rooms.react(cast[who], table, message, Feeling(feeling), True, at + timedelta(seconds=20))
        if line.called_by:
            questions.call_expert(cast[line.called_by], table, message, at + timedelta(seconds=50))
        if line.helps:
            questions.note_what_helped(said[line.to].author, table, message, at + timedelta(seconds=30))


def answer(bof_session: BofSession, at: datetime) -> None:
    """Twelve of those who came say how it was; the one whose sentence opens the brand's page comes last."""
    came = {registration.person.name: registration.person for registration in stage.seated(bof_session)}
    for name in reversed(ANSWERS):
        feedback.hand_in(came[name], bof_session, ANSWERS[name], at)


def told(fernhill: Brand, sessions: Iterable[BofSession], at: datetime) -> dict[str, Any]:
    """What there is: the brand, its sessions by phase with their addresses, and who can sign in with what."""
    members = db.session.scalars(select(Membership).where(Membership.brand_id == fernhill.id).order_by(Membership.id))
    with current_app.test_request_context():
        return {
            "brand": {"name": fernhill.name, "address": address("brands.show", brand_slug=fernhill.slug)},
            "sign_in": address("accounts.enter_password"),
            "mails": address("devmail.index"),
            "sessions": [
                {
                    "phase": bof_session.phase(at),
                    "title": bof_session.title,
                    "address": address("sessions.show", brand_slug=fernhill.slug, slug=bof_session.slug),
                    "table": address("rooms.show", brand_slug=fernhill.slug, slug=bof_session.slug, number=1),
                }
                for bof_session in sessions
            ],
            "cast": [
                {
                    "name": member.person.name,
                    "role": member.role,
                    "email": member.person.email,
                    "password": PASSWORD,
                }
                for member in members
                if member.person.is_demo
            ],
        }


def address(endpoint: str, **values: Any) -> str:
    return settings().public_url + url_for(endpoint, **values)
