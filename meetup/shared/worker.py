"""The worker: a thread that sends and a thread that does what is due, for as long as the process lives.

It runs inside the web process, or alone as `python -m meetup worker`.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event, Thread

import structlog
from flask import Flask

from meetup.extensions import db
from meetup.shared import bell, due, outbox, sending
from meetup.shared.bell import nudge
from meetup.shared.clock import now
from meetup.shared.database import reading

__all__ = ["Worker", "nudge"]

# Seconds. Another process may have written what this one's bell did not ring for.
LONGEST_NAP, SHORTEST_NAP, NAP_AFTER_ACCIDENT = 2.0, 0.2, 5.0

log = structlog.get_logger(__name__)

# One round; says how many seconds to rest, or None: until something falls due.
Turn = Callable[[datetime, Event], float | None]


class Worker:
    """Both loops. `stop` ends them after the mail in hand."""

    def __init__(self, app: Flask) -> None:
        self.stopping = Event()
        self.loops = [
            _Loop(app, self.stopping, "outbox", send, outbox.next_due),
            _Loop(app, self.stopping, "due", do_due_work, due.next_due),
        ]

    def start(self) -> "Worker":
        for loop in self.loops:
            loop.start()
        return self

    def stop(self, patience: float = 1.0) -> None:
        """Ask both to end, and wait that many seconds for each. One that waits for a mail server is left behind:
        its lease runs out, and the same mail is sent once more with the same Message-ID."""
        self.stopping.set()
        nudge()
        for loop in self.loops:
            loop.join(patience)

    def wait(self) -> None:
        """Until somebody calls `stop`."""
        for loop in self.loops:
            loop.join()


class _Loop(Thread):
    def __init__(
        self, app: Flask, stopping: Event, name: str, turn: Turn, next_due: Callable[[], datetime | None]
    ) -> None:
        super().__init__(name=f"worker-{name}", daemon=True)
        self.app, self.stopping, self.turn, self.next_due = app, stopping, turn, next_due
        self.bell = bell.hung()

    def run(self) -> None:
        while not self.stopping.is_set():
            # Before the look and not after it: whoever rings while we look wants another look.
            self.bell.clear()
            nap = self.once()
            if not self.stopping.is_set():
                self.bell.wait(nap)

    def once(self) -> float:
        """One turn. Says how long to rest after it."""
        try:
            with self.app.app_context():
                rest = self.turn(now(), self.stopping)
                return self.nap() if rest is None else rest
        # The database may be away for a while: the worker outlives it.
        except Exception as error:
            log.error("worker stumbled", loop=self.name, error=type(error).__name__)
            return NAP_AFTER_ACCIDENT

    def nap(self) -> float:
        with reading():
            due_at = self.next_due()
        db.session.rollback()
        left = (due_at - now()) / timedelta(seconds=1) if due_at else LONGEST_NAP
        return min(max(left, SHORTEST_NAP), LONGEST_NAP)


def send(at: datetime, stopping: Event) -> float | None:
    done = sending.work(at, stop=stopping)
    if done.is_closed:
        return NAP_AFTER_ACCIDENT
    return 0 if done.handled else None


def do_due_work(at: datetime, _stopping: Event) -> float | None:
    return 0 if due.run(at) else None
