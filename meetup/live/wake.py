"""“Look again”: said after the commit of whatever listeners should hear of. It carries no data and no authority."""

from __future__ import annotations

from flask import current_app

from meetup.live.engine import live_of
from meetup.live.sources import Topic


def wake(topic: Topic) -> None:
    """Something happened in this topic. Never raises, whether or not anybody listens."""
    live_of(current_app).wake(topic)


def wake_everything() -> None:
    """Something happened that may concern any topic: a role lost, a sign-out. Each is read again, once."""
    live_of(current_app).wake(None)
