"""What a closed table's page shows: the line folded into what stands now."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import joinedload

from meetup.brands.models import Membership
from meetup.closed import policy
from meetup.closed.models import ClosedEntry, Kind
from meetup.extensions import db
from meetup.sessions.models import BofTable

AT_ONCE = 50


@dataclass
class Line:
    """One thing that stands in the conversation: something said, or somebody coming or going."""

    entry: ClosedEntry
    text: str | None
    is_edited: bool = False
    # Reaction → public ids of those who gave it, in the order in which they did.
    reactions: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


@dataclass
class Window:
    """The latest lines, and the cursor from which a stream goes on without a gap."""

    lines: Sequence[Line]
    top: int
    older: int | None


def window(table: BofTable, before: int | None = None) -> Window:
    """The last fifty lines (before a seq, if given). Three queries, however long the line is."""
    shown = policy.entries_of(table).where(ClosedEntry.kind.in_((Kind.SAY, Kind.ARRIVE, Kind.LEAVE)))
    if before is not None:
        shown = shown.where(ClosedEntry.seq < before)
    latest = db.session.scalars(
        shown.order_by(ClosedEntry.seq.desc()).limit(AT_ONCE + 1).options(joinedload(ClosedEntry.author))
    ).all()
    lines = {entry.id: Line(entry, entry.body) for entry in reversed(latest[:AT_ONCE])}
    later = policy.entries_of(table).where(
        ClosedEntry.about_id.in_(lines), ClosedEntry.kind.in_((Kind.EDIT, Kind.REACT))
    )
    fold(lines, db.session.scalars(later.order_by(ClosedEntry.seq).options(joinedload(ClosedEntry.author))))
    older = latest[AT_ONCE - 1].seq if len(latest) > AT_ONCE else None
    return Window(list(lines.values()), table.closed_seq, older)


def fold(lines: dict[int, Line], later: Iterable[ClosedEntry]) -> None:
    """Let edits and reactions act on the lines they are about, in order."""
    for entry in later:
        line = lines[entry.about_id or 0]
        if line.entry.body is None or entry.body is None:
            continue
        if entry.kind == Kind.EDIT:
            line.text, line.is_edited = entry.body, True
            continue
        givers = line.reactions[entry.body.removeprefix("-")]
        who = entry.author.public_id
        if who in givers:
            givers.remove(who)
        if not entry.body.startswith("-"):
            givers.append(who)


def as_json(entry: ClosedEntry) -> dict[str, object]:
    """An entry as pages get it, live and in answers. Words are words: a page puts them in as text."""
    about = entry.about
    return {
        "seq": entry.seq,
        "id": entry.public_id,
        "kind": entry.kind,
        "author": entry.author.public_id,
        "name": entry.author.shown_name,
        "key": entry.client_key,
        "text": entry.body,
        "about": about.public_id if about else None,
        "about_name": about.author.shown_name if about else None,
        "at": entry.at.isoformat(),
    }


def seated(table: BofTable) -> Sequence[Membership]:
    """Who belongs at this table now, by name."""
    members = db.session.scalars(policy.seated_customers(table).options(joinedload(Membership.person))).all()
    return sorted(members, key=lambda member: (member.person.shown_name.casefold(), member.id))


def here(table: BofTable) -> dict[int, datetime]:
    """Person → since when they are here: came in, and has not left."""
    moves = policy.entries_of(table).where(ClosedEntry.kind.in_((Kind.ARRIVE, Kind.LEAVE))).order_by(ClosedEntry.seq)
    came: dict[int, datetime] = {}
    for entry in db.session.scalars(moves):
        if entry.kind == Kind.ARRIVE:
            came.setdefault(entry.author_id, entry.at)
        else:
            came.pop(entry.author_id, None)
    return came
