"""After the end no byte of what was said is left: not in a row, not in the file, not in its journal."""

import sqlite3
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import time_machine
from sqlalchemy import func, select

from meetup import commands
from meetup.closed import rules, wiring
from meetup.closed.models import ClosedEntry, Kind
from meetup.extensions import db
from meetup.sessions.phases import Phase
from meetup.sessions.rules import hold_table
from meetup.shared import due
from tests.makers import NOON

WORDS = "quincunx-marmalade-telegraph"


@pytest.fixture
def over(make):
    """A session whose closed table has just ended, with a secret in it."""
    bof_session = make.bof_session(phase=Phase.CLOSED)
    table = bof_session.tables[0]
    person = make.seat(table).registration.person
    rules.write(hold_table(table), person, Kind.SAY, str(uuid4()), NOON, body=WORDS)
    db.session.commit()
    return bof_session


def stored_bytes():
    """What lies in the database's file and its journal."""
    path = Path(db.engine.url.database)
    return b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))


def is_sqlite():
    return db.engine.dialect.name == "sqlite"


def test_due_work_erases_what_has_ended(over):
    due.run(over.ends_at)

    assert db.session.scalar(select(func.count()).select_from(ClosedEntry)) == 0
    assert not rules.is_unswept()


def test_a_start_erases_before_the_first_page_what_ended_meanwhile(over):
    """The server was down at the end: nobody is served while anything of it is left."""
    ends_at = over.ends_at
    db.session.rollback()

    with time_machine.travel(ends_at, tick=False):
        commands.prepare()

    assert db.session.scalar(select(func.count()).select_from(ClosedEntry)) == 0
    assert not rules.is_unswept()


def test_due_work_leaves_a_running_evening_alone(over):
    due.run(over.ends_at - timedelta(seconds=1))

    assert db.session.scalars(select(ClosedEntry.body)).all() == [WORDS]


def test_no_byte_is_left_in_file_or_journal(over):
    if not is_sqlite():
        return check_the_rows_are_gone(over)
    assert WORDS.encode() in stored_bytes()

    wiring.erase_what_is_over(over.ends_at)
    db.session.commit()
    wiring.sweep(over.ends_at)
    db.session.commit()

    assert WORDS.encode() not in stored_bytes()
    return None


def check_the_rows_are_gone(over):
    """PostgreSQL keeps dead rows until they are overwritten; docs/security.md says so. What can be read is gone."""
    wiring.erase_what_is_over(over.ends_at)
    db.session.commit()
    assert db.session.scalars(select(ClosedEntry.body)).all() == []


def test_an_open_reader_holds_the_sweep_up_and_it_is_tried_again(over):
    if not is_sqlite():
        return check_the_rows_are_gone(over)
    reader = sqlite3.connect(db.engine.url.database, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM closed_entries").fetchone()

    due.run(over.ends_at)
    assert rules.is_unswept()
    assert WORDS.encode() in stored_bytes()

    reader.close()
    db.session.rollback()
    due.run(over.ends_at + timedelta(minutes=1))
    db.session.rollback()
    assert not rules.is_unswept()
    assert WORDS.encode() not in stored_bytes()
    return None
