"""Every listener of this process: who is in, what each is sent in this turn of the loop, and how they leave."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from functools import partial

from meetup.live import frames
from meetup.live.circle import Circle
from meetup.live.listener import Listener, TooSlow
from meetup.live.sources import Topic

MOST_STREAMS = 12  # of one sign-in: seven tabs must work, a script that runs wild must not
LAST_WORDS = 0.5  # seconds that the reason for leaving may take to be written


class Crowd:
    """Belongs to the hub's loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop, beat_every: float) -> None:
        self.loop = loop
        self.beat_every = beat_every
        self.circles: dict[Topic, Circle] = {}
        self.streams: defaultdict[int, dict[Listener, None]] = defaultdict(dict)  # of each sign-in, oldest first
        self.due: list[Listener] = []

    def enter(self, listener: Listener, head: bytes) -> Circle:
        listener.line.watch(on_gone=partial(self.close, listener), on_room=partial(self.flush, listener))
        circle = self.circles.get(listener.topic)
        if circle is None:
            circle = self.circles[listener.topic] = Circle(listener.topic, self.loop.time() + self.beat_every)
        circle.listeners.add(listener)
        streams = self.streams[listener.key]
        streams[listener] = None
        if head:
            self.say(listener, head)
        if len(streams) > MOST_STREAMS:
            self.dismiss(next(iter(streams)), "too many")
        return circle

    def say(self, listener: Listener, data: bytes) -> None:
        """Send `data`, together with whatever else they are sent in this turn. Who is too slow is let go."""
        try:
            listener.take(data)
        except TooSlow:
            self.close(listener)
            return
        if not listener.is_due:
            listener.is_due = True
            if not self.due:
                self.loop.call_soon(self.write)
            self.due.append(listener)

    def write(self) -> None:
        """The turn's one write to everybody who has something coming."""
        due, self.due = self.due, []
        for listener in due:
            listener.is_due = False
            self.flush(listener)

    def flush(self, listener: Listener) -> None:
        if listener.is_closed:
            return
        try:
            listener.flush()
        except OSError:
            self.close(listener)
            return
        if listener.is_leaving and not listener.pending:
            self.close(listener)

    def dismiss(self, listener: Listener, reason: str) -> None:
        """From this moment they hear nothing but the reason, and the line is closed."""
        self._forget(listener)
        listener.is_leaving = True
        self.say(listener, frames.gone(reason))
        self.loop.call_later(LAST_WORDS, self.close, listener)

    def close(self, listener: Listener) -> None:
        """Closing twice changes nothing."""
        if not listener.is_closed:
            listener.is_closed = True
            self._forget(listener)
            listener.line.close()

    def close_all(self) -> None:
        for circle in tuple(self.circles.values()):
            for listener in tuple(circle.listeners):
                self.close(listener)

    def _forget(self, listener: Listener) -> None:
        circle = self.circles.get(listener.topic)
        if circle and listener in circle.listeners:
            circle.listeners.remove(listener)
            if not circle.listeners:
                del self.circles[listener.topic]
        streams = self.streams.get(listener.key, {})
        streams.pop(listener, None)
        if not streams:
            self.streams.pop(listener.key, None)
