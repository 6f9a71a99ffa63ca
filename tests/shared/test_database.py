"""What every connection is told, whatever the machine's own defaults are."""

import pytest
from sqlalchemy import text

from meetup.extensions import db

PROMISED = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL: an answer follows the write to disk
    "foreign_keys": 1,
    "secure_delete": 1,  # ON: FAST, which is 2, leaves rows readable in free pages
    "temp_store": 2,  # in memory: no row spills into a file that nobody erases
    "busy_timeout": 10_000,
}


@pytest.mark.parametrize("pragma", PROMISED)
def test_a_sqlite_connection_keeps_what_was_promised(app, pragma):
    if db.engine.dialect.name == "postgresql":
        assert db.session.scalar(text("SHOW synchronous_commit")) == "on"
        return

    assert db.session.scalar(text(f"PRAGMA {pragma}")) == PROMISED[pragma]
