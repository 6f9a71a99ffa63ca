"""How live listeners find out about a change that nobody told them of: a command line, a worker, Redis away."""

import sqlite3
from time import monotonic
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine import Connection

UNTOLD_EVERY = 1.0  # seconds between looks when no other process can reach us
TOLD_EVERY = 5.0  # seconds between looks when the word is carried: for the word that was lost
OURS = 1.0  # seconds in which a change is taken for the one that we have just made ourselves


class SQLitePulse:
    """SQLite counts the commits of other connections: a number that moved means that somebody wrote.

    It cannot tell who. Our own writes wake their own listeners, and reading every topic again for each of them would
    cost more than the rest of a busy evening: so while we write ourselves, a look every few seconds must do.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.connection: sqlite3.Connection | None = None
        self.version: int | None = None
        self.owes_a_look = False
        self.wrote_at = self.looked_at = -TOLD_EVERY
        event.listen(engine, "commit", self._note)

    def feel(self, is_told: bool) -> bool:
        at = monotonic()
        self.owes_a_look = self._has_moved() or self.owes_a_look
        may_be_ours = at - self.wrote_at < OURS
        if not self.owes_a_look or (may_be_ours and at - self.looked_at < TOLD_EVERY):
            return False
        self.owes_a_look = False
        self.looked_at = at
        return True

    def _has_moved(self) -> bool:
        if self.connection is None:
            self.connection = sqlite3.connect(self.engine.url.database or ":memory:", isolation_level=None)
        version: int = self.connection.execute("PRAGMA data_version").fetchone()[0]
        before, self.version = self.version, version
        return before not in (None, version)

    def _note(self, connection: Connection) -> None:
        """A transaction of our own is about to be committed; has it written?"""
        driver: Any = connection.connection.dbapi_connection
        if connection.info.get("written") != driver.total_changes:
            connection.info["written"] = driver.total_changes
            self.wrote_at = monotonic()

    def close(self) -> None:
        event.remove(self.engine, "commit", self._note)
        if self.connection is not None:
            self.connection.close()


class TimedPulse:
    """PostgreSQL has no such number: look again every second, or every five while Redis carries the word."""

    def __init__(self) -> None:
        self.looked_at = monotonic()

    def feel(self, is_told: bool) -> bool:
        if monotonic() - self.looked_at < (TOLD_EVERY if is_told else UNTOLD_EVERY):
            return False
        self.looked_at = monotonic()
        return True

    def close(self) -> None:
        """Nothing is held."""
