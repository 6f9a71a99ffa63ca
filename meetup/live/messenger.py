"""Wake-ups between processes. Only hints: whatever gets lost on the way is found by the pulse."""

from __future__ import annotations

import logging
import os
import secrets
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Protocol

import redis

from meetup.live.sources import Topic

CHANNEL = "meetup:wake"
PATIENCE = 0.25  # seconds that a request may wait for Redis
REST = 2.0  # seconds in which nobody asks a Redis that has just failed
BACK_OFF = (0.1, 0.5, 1.0, 2.0)

log = logging.getLogger(__name__)


class Messenger(Protocol):
    @property
    def is_healthy(self) -> bool: ...

    def tell(self, topic: Topic | None) -> None:
        """Tell the other processes to look at a topic, or (None) at everything. Never raises."""

    def listen(self, wake: Callable[[Topic], None], wake_everything: Callable[[], None]) -> None: ...

    def stop(self) -> None: ...


class NoMessenger:
    """One process, or several that find out by their pulse."""

    is_healthy = False

    def tell(self, topic: Topic | None) -> None: ...

    def listen(self, wake: Callable[[Topic], None], wake_everything: Callable[[], None]) -> None: ...

    def stop(self) -> None: ...


class RedisMessenger:
    def __init__(self, url: str) -> None:
        self.url = url
        self.name = secrets.token_hex(8)
        self.client = redis.Redis.from_url(url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)
        self.rests_until = 0.0
        self.is_healthy = False
        self.stopping = threading.Event()
        self.thread: threading.Thread | None = None

    @property
    def sender(self) -> str:
        # The process is part of it: what a server forks off carries the same name.
        return f"{self.name}-{os.getpid()}"

    def tell(self, topic: Topic | None) -> None:
        if time.monotonic() < self.rests_until:
            return
        what = f"{topic.kind} {topic.key}" if topic else "*"
        try:
            self.client.publish(CHANNEL, f"{self.sender} {what}")
        except redis.RedisError as error:
            self.rests_until = time.monotonic() + REST
            log.warning("wake-ups do not reach other processes: %s", type(error).__name__)

    def listen(self, wake: Callable[[Topic], None], wake_everything: Callable[[], None]) -> None:
        self.stopping.clear()
        self.thread = threading.Thread(
            target=self._listen, args=(wake, wake_everything), name="live-messenger", daemon=True
        )
        self.thread.start()

    def _listen(self, wake: Callable[[Topic], None], wake_everything: Callable[[], None]) -> None:
        failures = 0
        while not self.stopping.is_set():
            try:
                with redis.Redis.from_url(self.url, socket_connect_timeout=REST) as client, client.pubsub() as ears:
                    ears.subscribe(CHANNEL)
                    while not self.stopping.is_set():
                        heard = ears.get_message(timeout=PATIENCE)
                        if heard and heard["type"] == "subscribe":
                            self.is_healthy, failures = True, 0
                            wake_everything()  # whatever was said while nobody heard it
                        elif heard:
                            self._pass_on(heard, wake, wake_everything)
            except (redis.RedisError, OSError):
                self.is_healthy = False
                self.stopping.wait(BACK_OFF[min(failures, len(BACK_OFF) - 1)])
                failures += 1
        self.is_healthy = False

    def _pass_on(
        self, heard: dict[str, Any], wake: Callable[[Topic], None], wake_everything: Callable[[], None]
    ) -> None:
        sender, *what = heard["data"].decode(errors="replace").split(" ")
        if sender == self.sender:
            return
        if what == ["*"]:
            wake_everything()
        elif len(what) == 2:
            with suppress(ValueError):
                wake(Topic(what[0], int(what[1])))

    def stop(self) -> None:
        self.stopping.set()
        if self.thread is not None:
            self.thread.join()
        self.client.close()
