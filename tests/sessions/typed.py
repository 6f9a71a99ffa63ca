"""What somebody types into the form that sets a table."""

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
