"""What somebody types into the form that sets a table, and what a form that is well asks for."""

from meetup.sessions.filling import filled
from meetup.sessions.rules import Plan, TablePlan

TYPED = {
    "version": "0",
    "title": "What we throw away",
    "summary": "And how we found out.",
    "day": "thu 10 dec",
    "zone": "Europe/London",
    "doors": "17:50",
    "starts": "18",
    "closes": "18:55",
    "ends": "7.30 pm",
    "closed_part": "y",
    "peer_window": "3",
    "is_online": "y",
    "admits_guests": "y",
}
ROW = {"tables-0-topic": "Bread", "tables-0-seats": "8", "tables-0-expert": "", "tables-0-vertical": ""}


def typed(**changes):
    """The form with these changes; a field that is None is not sent, as browsers do with a box without a tick."""
    return {name: value for name, value in (TYPED | changes).items() if value is not None}


def form_of(bof_session, **changes):
    """The form of a session as a browser sends it back."""
    fields = filled(bof_session)
    rows = fields.pop("tables")
    for place, row in enumerate(rows):
        fields |= {f"tables-{place}-{name}": value for name, value in row.items()}
    sent = {name: "y" if value is True else value for name, value in (fields | {"do": "save"} | changes).items()}
    return {name: value for name, value in sent.items() if value not in (None, False)}


def plan_of(bof_session, **changes):
    """The plan that leaves a session as it is, but for these changes."""
    kept = {name: filled(bof_session)[name] for name in ("title", "summary", "zone", "place", "is_online")}
    tables = [TablePlan(each.topic, each.capacity, each.vertical, each.expert, each) for each in bof_session.tables]
    return Plan(**kept | {"instants": bof_session.instants, "tables": tables} | changes)
