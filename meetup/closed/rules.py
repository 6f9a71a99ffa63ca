"""What happens at a closed table: entries in one gapless line, and nothing of them left when the session has ended."""

import sqlite3
from collections.abc import Collection
from contextlib import closing
from datetime import datetime

from sqlalchemy import Engine, delete, exists, select, update

from meetup.accounts.models import Person
from meetup.closed import policy
from meetup.closed.models import EDIT_WITHIN, ClosedEntry, Erasure, Kind
from meetup.extensions import db
from meetup.sessions.models import BofSession, BofTable
from meetup.shared.errors import NotAllowed, Refused

LONGEST = 8_000
MOST_ENTRIES = 20_000
GONE = "What this is about is gone."
REACTIONS = ("agree", "thanks", "same here", "laugh", "sorry", "wow")


def write(
    table: BofTable,
    person: Person,
    kind: Kind,
    client_key: str,
    at: datetime,
    *,
    body: str | None = None,
    about: ClosedEntry | None = None,
) -> tuple[ClosedEntry, bool]:
    """Add an entry to the line of a table that is held; says whether it is new.

    The same key again gets the stored entry and changes nothing.

    Raises:
        NotAllowed: when the room is not this person's, or no longer closed.
        Refused: when the entry cannot be (too old to edit, somebody else's, the same key for other words).
    """
    if not policy.may_enter(person, table, at):
        raise NotAllowed("The door is shut.")
    stored = db.session.scalar(
        policy.entries_of(table).where(ClosedEntry.author_id == person.id, ClosedEntry.client_key == client_key)
    )
    if stored is not None:
        return _repeated(stored, kind, body, about), False
    _check(table, person, kind, body, about, at)
    table.closed_seq += 1
    entry = ClosedEntry(
        brand_id=table.brand_id,
        table_id=table.id,
        seq=table.closed_seq,
        kind=kind,
        author_id=person.id,
        client_key=client_key,
        body=body,
        about=about,
        at=at,
    )
    db.session.add(entry)
    if kind is Kind.REMOVE and about is not None:
        _take_back(about)
    db.session.flush()
    return entry, True


def _repeated(stored: ClosedEntry, kind: Kind, body: str | None, about: ClosedEntry | None) -> ClosedEntry:
    same_about = stored.about_id == (about.id if about else None)
    if stored.kind != kind or not same_about or (stored.body is not None and stored.body != body):
        raise Refused("That was sent before, with other words. Send it anew.")
    return stored


def _check(
    table: BofTable, person: Person, kind: Kind, body: str | None, about: ClosedEntry | None, at: datetime
) -> None:
    if table.closed_seq >= MOST_ENTRIES:
        raise Refused("This table has said all that it can hold.")
    if kind in (Kind.SAY, Kind.EDIT) and not (body and body.strip()):
        raise Refused("Write something first.")
    if body is not None and len(body) > LONGEST:
        raise Refused(f"That is {len(body):,} characters; 8,000 are the limit.")
    if kind is Kind.REACT and (body or "").removeprefix("-") not in REACTIONS:
        raise Refused("There is no such reaction.")
    if about is None:
        if kind in (Kind.EDIT, Kind.REMOVE, Kind.REACT):
            raise Refused(GONE)
        return
    # A coming is what a leaving ends; everything else is about something said.
    wanted = Kind.ARRIVE if kind is Kind.LEAVE else Kind.SAY
    if about.table_id != table.id or about.kind != wanted or (wanted is Kind.SAY and about.body is None):
        raise Refused(GONE)
    if kind in (Kind.EDIT, Kind.REMOVE, Kind.LEAVE) and about.author_id != person.id:
        raise NotAllowed("Only who wrote it can do that.")
    if kind is Kind.EDIT and at - about.at > EDIT_WITHIN:
        raise Refused("It can be changed for five minutes. Write what you mean below it.")


def _take_back(about: ClosedEntry) -> None:
    """Its words go at once, and those of its edits."""
    about.body = None
    for edit in db.session.scalars(
        select(ClosedEntry).where(ClosedEntry.about_id == about.id, ClosedEntry.kind == Kind.EDIT)
    ):
        edit.body = None


def due_for_erasure(at: datetime) -> list[int]:
    """The tables whose session has ended and of which something is still stored."""
    is_over = select(BofSession.id).where(BofSession.id == BofTable.bof_session_id, BofSession.ends_at <= at)
    holds_some = exists().where(ClosedEntry.table_id == BofTable.id)
    return list(db.session.scalars(select(BofTable.id).where(is_over.exists(), holds_some)))


def erase(tables: Collection[int], at: datetime) -> None:
    """Delete all that was said at these tables, and note that the journal is still to be swept."""
    # What is about something goes first: the rows refer to each other.
    mine = ClosedEntry.table_id.in_(tables)
    db.session.execute(delete(ClosedEntry).where(mine, ClosedEntry.about_id.is_not(None)))
    db.session.execute(delete(ClosedEntry).where(mine))
    for table_id in tables:
        db.session.merge(Erasure(table_id=table_id, erased_at=at, swept_at=None))


def is_unswept() -> bool:
    """Was something deleted whose bytes the journal may still hold?"""
    return db.session.scalar(select(Erasure.table_id).where(Erasure.swept_at.is_(None)).limit(1)) is not None


def note_swept(at: datetime) -> None:
    db.session.execute(update(Erasure).where(Erasure.swept_at.is_(None)).values(swept_at=at))


CHECKPOINT_WAITS = 0.25  # seconds; then it is tried again a little later


class StillRead(Exception):
    """Somebody holds an old view of the database open, so its journal cannot be emptied yet."""


def checkpoint(engine: Engine) -> None:
    """Write SQLite's journal into the file, where what was deleted is overwritten, and cut the journal to nothing.

    Raises:
        StillRead: while a reader holds it up; until then the rows stay in the journal.
    """
    # A connection of the driver's own: ours begin a transaction, and inside one there is no checkpoint.
    with closing(sqlite3.connect(engine.url.database or "", timeout=CHECKPOINT_WAITS)) as own:
        busy, _, _ = own.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise StillRead


def forget(person_id: int) -> None:
    """Delete all that a person wrote at tables that are still closed."""
    mine = select(ClosedEntry.id).where(ClosedEntry.author_id == person_id)
    db.session.execute(update(ClosedEntry).where(ClosedEntry.id.in_(mine)).values(body=None))
    db.session.execute(delete(ClosedEntry).where(ClosedEntry.about_id.in_(mine)))
    db.session.execute(delete(ClosedEntry).where(ClosedEntry.author_id == person_id))
