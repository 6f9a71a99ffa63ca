"""The loop that holds every listener of this process, in a thread of its own.

No thread, task or queue per listener. A wake-up makes a reader thread read the topic once; the loop gets bytes and the
sets of those who may hear them, and writes to each listener at most once per turn. Nothing in the loop's thread waits:
not for the database, not for a listener.
"""

from __future__ import annotations

import asyncio
import logging
import socket
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import datetime
from functools import partial

from meetup.live import lines
from meetup.live.circle import Circle
from meetup.live.crowd import Crowd
from meetup.live.frames import Cursor
from meetup.live.lines import Line, SocketLine
from meetup.live.listener import Listener
from meetup.live.reading import News, Wanted, read
from meetup.live.sources import Topic, source_of

BEAT_EVERY = 20.0  # seconds
RETRY = 1.0  # seconds after a reading that failed
TICK = 0.25  # seconds between looks at the clock, which may be set while we wait
READERS = 4

log = logging.getLogger(__name__)


class Hub:
    """Every public method may be called from any thread."""

    def __init__(
        self,
        around: Callable[[], AbstractContextManager[object]],
        clock: Callable[[], datetime],
        beat_every: float = BEAT_EVERY,
    ) -> None:
        self.around = around
        self.clock = clock
        self.loop = asyncio.new_event_loop()
        self.crowd = Crowd(self.loop, beat_every)
        self.readers = ThreadPoolExecutor(READERS, thread_name_prefix="live-reader")
        self.thread = threading.Thread(target=self._run, name="live-hub", daemon=True)
        self.thread.start()

    def join_socket(self, sock: socket.socket, head: bytes, topic: Topic, key: int, after: Cursor | None) -> None:
        """Take a socket over for good. `head` goes out first."""
        try:
            lines.prepare(sock)
        except OSError:  # they have left already
            sock.close()
            return
        self.join(SocketLine(self.loop, sock), head, topic, key, after)

    def join(self, line: Line, head: bytes, topic: Topic, key: int, after: Cursor | None) -> Listener:
        listener = Listener(topic, key, after, line)
        self._call(lambda: self._look(self.crowd.enter(listener, head)))
        return listener

    def leave(self, listener: Listener) -> None:
        """They are no longer there. Leaving twice changes nothing."""
        self._call(partial(self.crowd.close, listener))

    def wake(self, topic: Topic) -> None:
        """Something may have changed. Costs next to nothing when nobody listens."""
        # Who comes in at this very moment is in the crowd before they read, and so reads after the change.
        if topic in self.crowd.circles:
            self._call(partial(self._look_at, topic))

    def wake_everything(self) -> None:
        if self.crowd.circles:
            self._call(self._look_everywhere)

    @property
    def has_listeners(self) -> bool:
        return bool(self.crowd.circles)

    def stop(self) -> None:
        """End every stream, without a word: the pages come back to whoever serves them next."""
        self._call(self._stop)
        self.thread.join()
        self.readers.shutdown(cancel_futures=True)

    def _call(self, what: Callable[[], object]) -> None:
        try:
            self.loop.call_soon_threadsafe(what)
        except RuntimeError:
            log.debug("the hub has stopped")

    # From here on everything runs in the loop's thread, `_read` apart.

    def _run(self) -> None:
        self.loop.call_soon(self._keep_time)
        self.loop.run_forever()
        self.loop.close()

    def _stop(self) -> None:
        self.crowd.close_all()
        self.loop.stop()

    def _look_at(self, topic: Topic) -> None:
        if circle := self.crowd.circles.get(topic):
            self._look(circle)

    def _look_everywhere(self) -> None:
        for circle in self.crowd.circles.values():
            self._look(circle)

    def _look(self, circle: Circle) -> None:
        """Read the topic: at once, or as soon as it is not busy with the last reading any more."""
        circle.is_stale = True
        if circle.listeners and not circle.is_busy:
            reading = self.readers.submit(self._read, circle.topic, circle.begin_reading())
            reading.add_done_callback(lambda done: self._call(partial(self._hear, circle, done)))

    def _read(self, topic: Topic, wanted: Wanted) -> News:
        with self.around():
            return read(source_of(topic), topic, wanted, self.clock)

    def _hear(self, circle: Circle, reading: Future[News]) -> None:
        if reading.cancelled() or (error := reading.exception()):
            # Nobody hears what could not be read and judged; they wait until it can be.
            log.error("could not read %s %s", *circle.topic, exc_info=None if reading.cancelled() else error)
            self.loop.call_later(RETRY, self._go_on, circle)
            circle.is_stale = True
            return
        began = self.loop.time()
        news = reading.result()
        for listener, data in circle.end_reading(news):
            if data is None:
                self.crowd.dismiss(listener, news.gone or "left")
            elif data:
                self.crowd.say(listener, data)
        self.loop.call_soon(self._rest, circle, began)  # that is, after the writes of this turn

    def _rest(self, circle: Circle, began: float) -> None:
        """A topic rests for as long as its turn took: more is said in one write, and others get theirs in between."""
        self.loop.call_later(self.loop.time() - began, self._go_on, circle)

    def _go_on(self, circle: Circle) -> None:
        circle.is_busy = False
        if circle.is_stale:
            self._look(circle)

    def _keep_time(self) -> None:
        """Let the topics be read whose instant has come, and let hearts beat. Needs nobody to wake it."""
        now, turn = self.clock(), self.loop.time()
        for circle in tuple(self.crowd.circles.values()):
            if circle.look_at and circle.look_at <= now:
                circle.look_at = None
                self._look(circle)
            if circle.beat_at <= turn:
                circle.beat_at = turn + self.crowd.beat_every
                for listener, beat in circle.beats():
                    self.crowd.say(listener, beat)
        instants = [circle.look_at for circle in self.crowd.circles.values() if circle.look_at]
        until = (min(instants) - now).total_seconds() if instants else TICK
        self.loop.call_later(max(0.0, min(TICK, until)), self._keep_time)
