"""What a view returns for a stream, after it has found its topic and asked whether this person may hear it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from flask import Request, Response, current_app

from meetup.live.engine import live_of
from meetup.live.frames import Cursor, cursor
from meetup.live.handover import Opening
from meetup.live.hub import Hub
from meetup.live.lines import ThreadLine
from meetup.live.sources import Topic, source_of

__all__ = ["cursor", "open_stream"]

NOWHERE = Cursor("", 0)  # what cannot be understood cannot be followed: it is answered with a reset


def open_stream(topic: Topic, listener: int, first_batch_after: str | None, request: Request) -> Response:
    """A stream of `topic` for the sign-in `listener`, from where they stopped.

    `first_batch_after` is the cursor that the page was drawn with. What the browser says it has heard last wins over
    it, and without either the stream begins now.
    """
    source_of(topic)  # a kind that nobody answers for fails here, and not where nobody sees it
    opening = Opening(topic, listener, _after(request.headers.get("Last-Event-ID") or first_batch_after))
    response = Response(mimetype="text/event-stream")
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Accel-Buffering"] = "no"  # nginx passes every event on at once
    if request.method == "GET":
        opening.offer(request.environ)
        response.response = _chunks(live_of(current_app).hub, opening)
    return response


def _after(text: str | None) -> Cursor | None:
    return (Cursor.read(text) or NOWHERE) if text else None


def _chunks(hub: Callable[[], Hub], opening: Opening) -> Iterator[bytes]:
    """The stream for a server that gives no socket. It begins when the server asks for its first chunk."""
    line = ThreadLine()
    running = hub()
    listener = running.join(line, b"", *opening)
    try:
        yield from line.chunks()
    finally:
        running.leave(listener)
