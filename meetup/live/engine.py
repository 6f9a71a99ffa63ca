"""Joins the stream engine to an app. The app's own libraries come in as callables: the engine knows none of them."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol, cast

from flask import Flask

from meetup.live.handover import Handover
from meetup.live.hub import BEAT_EVERY, Hub
from meetup.live.messenger import Messenger, NoMessenger, RedisMessenger
from meetup.live.sources import Topic

EXTENSION = "meetup_live"
PULSE_EVERY = 0.5  # seconds

log = logging.getLogger(__name__)


class Pulse(Protocol):
    """Finds out what nobody told us: a change made by a process that could not wake us. One thread uses it."""

    def feel(self, is_told: bool) -> bool:
        """Has anything changed, or is it time to look anyway? `is_told`: other processes can reach us."""

    def close(self) -> None: ...


class Live:
    """One per app and process. The loop begins with the first listener, so never before a server has forked."""

    def __init__(
        self,
        around: Callable[[], AbstractContextManager[object]],
        clock: Callable[[], datetime],
        make_pulse: Callable[[], Pulse],
        redis_url: str | None,
        beat_every: float,
    ) -> None:
        self.around = around
        self.clock = clock
        self.make_pulse = make_pulse
        self.beat_every = beat_every
        self.messenger: Messenger = RedisMessenger(redis_url) if redis_url else NoMessenger()
        self.running: Hub | None = None
        self.lock = threading.Lock()
        self.feeling: tuple[threading.Thread, threading.Event] | None = None

    def hub(self) -> Hub:
        with self.lock:
            if self.running is None:
                hub = self.running = Hub(self.around, self.clock, self.beat_every)
                self.messenger.listen(hub.wake, hub.wake_everything)
                is_over = threading.Event()
                feeling = threading.Thread(target=self._feel, args=(hub, is_over), name="live-pulse", daemon=True)
                feeling.start()
                self.feeling = feeling, is_over
            return self.running

    def _feel(self, hub: Hub, is_over: threading.Event) -> None:
        pulse = self.make_pulse()
        while not is_over.wait(PULSE_EVERY):
            if hub.has_listeners and self._has_changed(pulse):
                hub.wake_everything()
        pulse.close()

    def _has_changed(self, pulse: Pulse) -> bool:
        try:
            return pulse.feel(is_told=self.messenger.is_healthy)
        except Exception:  # whatever the app's database library raises: look anyway, and go on feeling
            log.exception("the pulse could not be felt")
            return True

    def stop(self) -> None:
        """End every stream and thread of this app. The next listener begins anew."""
        with self.lock:
            hub, self.running = self.running, None
            if hub is None or self.feeling is None:
                return
            hub.stop()
            feeling, is_over = self.feeling
            is_over.set()
            self.messenger.stop()
            feeling.join()

    def wake(self, topic: Topic | None) -> None:
        """Look again at a topic, or (None) at everything: here, and in every other process."""
        hub = self.running
        if hub is not None and topic is not None:
            hub.wake(topic)
        elif hub is not None:
            hub.wake_everything()
        self.messenger.tell(topic)


class NoPulse:
    """For one process whose database nobody else writes to, and for tests."""

    def feel(self, is_told: bool) -> bool:
        return False

    def close(self) -> None: ...


def start(
    app: Flask,
    *,
    around: Callable[[], AbstractContextManager[object]],
    clock: Callable[[], datetime],
    make_pulse: Callable[[], Pulse] = NoPulse,
    redis_url: str | None = None,
    beat_every: float = BEAT_EVERY,
) -> Live:
    """Give an app its stream engine. The last thing `create_app` does: its middleware must be the outermost.

    `around` is entered in a reader thread around each reading: the app context, and a transaction that only reads.
    """
    live = Live(around, clock, make_pulse, redis_url, beat_every)
    app.extensions[EXTENSION] = live
    app.wsgi_app = Handover(app.wsgi_app, live.hub)  # type: ignore[method-assign]  # as Flask's documentation says
    return live


def live_of(app: Flask) -> Live:
    return cast(Live, app.extensions[EXTENSION])
