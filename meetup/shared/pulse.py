"""How live listeners find out about a change that nobody told them of: a command line, a worker, Redis away."""

import sqlite3
from time import monotonic

from sqlalchemy.engine import URL

UNTOLD_EVERY = 1.0  # seconds between looks when no other process can reach us
TOLD_EVERY = 5.0  # seconds between looks when Redis carries the word: for the word that it lost


class SQLitePulse:
    """SQLite counts the commits of other connections: a number that moved means that somebody wrote."""

    def __init__(self, url: URL) -> None:
        self.path = url.database or ":memory:"
        self.connection: sqlite3.Connection | None = None
        self.last: int | None = None

    def feel(self, is_told: bool) -> bool:
        if self.connection is None:
            self.connection = sqlite3.connect(self.path, check_same_thread=False, isolation_level=None)
        version: int = self.connection.execute("PRAGMA data_version").fetchone()[0]
        has_moved = self.last is not None and version != self.last
        self.last = version
        return has_moved

    def close(self) -> None:
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
