"""Somebody who hears a topic: who they are, how far they have heard, and what still waits for them."""

from __future__ import annotations

from meetup.live.frames import Cursor
from meetup.live.lines import Line
from meetup.live.sources import Topic

MOST_PENDING = 256 * 1024  # bytes that may wait for one listener while more comes; who is slower comes back later
NOT_YET = -1


class TooSlow(Exception):
    """More has come while too much was still waiting. The listener comes back by its cursor."""


class Listener:
    """Belongs to the hub's loop: nothing here is called from another thread."""

    __slots__ = ("after", "is_closed", "is_due", "is_leaving", "key", "line", "pending", "seq", "topic")

    def __init__(self, topic: Topic, key: int, after: Cursor | None, line: Line) -> None:
        self.topic = topic
        self.key = key
        self.after = after  # what they asked to go on from; None: from now on
        self.seq = NOT_YET  # everything up to here has been decided for them
        self.line = line
        self.pending: list[bytes | memoryview] = []
        self.is_due = False  # is written to at the end of this turn
        self.is_leaving = False  # has been told `gone`
        self.is_closed = False

    @property
    def is_new(self) -> bool:
        return self.seq == NOT_YET

    def take(self, data: bytes) -> None:
        """Keep `data` for the turn's one write.

        Raises:
            TooSlow: when too much has been waiting since earlier turns.
        """
        if self.pending and not self.is_due and sum(map(len, self.pending)) > MOST_PENDING:
            raise TooSlow
        self.pending.append(data)

    def flush(self) -> None:
        """Write everything that waits, as one; what the line does not take goes on waiting.

        Raises:
            OSError: when nobody is there any more.
        """
        if not self.pending:
            return
        data = self.pending[0] if len(self.pending) == 1 else b"".join(self.pending)
        sent = self.line.send(data)
        # A view, not a copy: a thousand listeners who wait for the same bytes share them.
        self.pending = [memoryview(data)[sent:]] if sent < len(data) else []
