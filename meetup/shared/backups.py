"""A copy of the database, made while it is in use. What is closed is left out: it was never meant to last."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

# Tables whose rows no copy takes along. The feature that owns them says so.
LEFT_OUT: set[str] = set()


def copy_sqlite(database: str, target: Path) -> None:
    """Copy a SQLite database to a file that must not exist yet. Whole or not at all.

    Raises:
        FileExistsError: when something is there already.
    """
    if target.exists():
        raise FileExistsError(f"{target} is there already")
    half = target.with_name(f".{target.name}.half")
    half.unlink(missing_ok=True)
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(half, isolation_level=None)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        copy.execute("PRAGMA secure_delete=ON")
        copy.execute("PRAGMA foreign_keys=OFF")
        for table in sorted(LEFT_OUT):
            copy.execute(f'DELETE FROM "{table}"')
        # Nothing of the rows that were left out may stay in free pages.
        copy.execute("VACUUM")
    with half.open("rb") as written:
        os.fsync(written.fileno())
    half.rename(target)
