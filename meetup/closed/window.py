"""What a closed table's page shows: the line folded into what stands now."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import exists, or_
from sqlalchemy.orm import aliased, joinedload

from meetup.brands.models import Membership
from meetup.closed import policy
from meetup.closed.models import ClosedEntry, Kind
from meetup.extensions import db
from meetup.sessions.models import BofTable

AT_ONCE = 50


@dataclass
class Line:
    """One thing that stands in the conversation: something said, or somebody who came in."""

    entry: ClosedEntry
    text: str | None
    is_edited: bool = False
    # Reaction → public ids of those who gave it, in the order in which they did.
    reactions: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    # What it replies to, as that stands now.
    quoted: "Line | None" = None


@dataclass
class Window:
    """The latest lines, and the cursor from which a stream goes on without a gap."""

    lines: Sequence[Line]
    top: int
    older: int | None


def window(table: BofTable, before: int | None = None) -> Window:
    """The last fifty lines (before a seq, if given). Two queries, however long the line is."""
    earlier = aliased(ClosedEntry)
    came_before = exists().where(
        earlier.table_id == table.id,
        earlier.author_id == ClosedEntry.author_id,
        earlier.kind == Kind.ARRIVE,
        earlier.seq < ClosedEntry.seq,
    )
    # Pages come and go with every reload: only the first time is worth a line.
    shown = policy.entries_of(table).where(
        or_(ClosedEntry.kind == Kind.SAY, (ClosedEntry.kind == Kind.ARRIVE) & ~came_before)
    )
    if before is not None:
        shown = shown.where(ClosedEntry.seq < before)
    whole = (joinedload(ClosedEntry.author), joinedload(ClosedEntry.about).joinedload(ClosedEntry.author))
    latest = db.session.scalars(shown.order_by(ClosedEntry.seq.desc()).limit(AT_ONCE + 1).options(*whole)).all()
    entries = list(reversed(latest[:AT_ONCE]))
    quoted = {entry.about.id: Line(entry.about, entry.about.body) for entry in entries if entry.about}
    lines = {entry.id: Line(entry, entry.body, quoted=quoted.get(entry.about_id or 0)) for entry in entries}
    later = policy.entries_of(table).where(
        ClosedEntry.about_id.in_({*lines, *quoted}), ClosedEntry.kind.in_((Kind.EDIT, Kind.REACT))
    )
    for entry in db.session.scalars(later.order_by(ClosedEntry.seq).options(joinedload(ClosedEntry.author))):
        fold(entry, [known[entry.about_id or 0] for known in (lines, quoted) if entry.about_id in known])
    older = entries[0].seq if len(latest) > AT_ONCE else None
    return Window(list(lines.values()), table.closed_seq, older)


def fold(entry: ClosedEntry, lines: Iterable[Line]) -> None:
    """Let an edit or a reaction act on what it is about."""
    for line in lines:
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
        "mark": entry.client_key,
        "text": entry.body,
        "about": about.public_id if about else None,
        "at": entry.at.isoformat(),
    }


def seated(table: BofTable) -> Sequence[Membership]:
    """Who belongs at this table now, by name."""
    members = db.session.scalars(policy.seated_customers(table).options(joinedload(Membership.person))).all()
    return sorted(members, key=lambda member: (member.person.shown_name.casefold(), member.id))


def here(table: BofTable) -> dict[int, list[str]]:
    """Whoever came in → the comings that no leaving has ended yet: one for each page they have open, or none."""
    moves = policy.entries_of(table).where(ClosedEntry.kind.in_((Kind.ARRIVE, Kind.LEAVE))).order_by(ClosedEntry.seq)
    open_pages: dict[int, dict[int, str]] = defaultdict(dict)
    for entry in db.session.scalars(moves):
        if entry.kind == Kind.ARRIVE:
            open_pages[entry.author_id][entry.id] = entry.public_id
        elif entry.about_id is None:
            open_pages[entry.author_id].clear()
        else:
            open_pages[entry.author_id].pop(entry.about_id, None)
    return {person_id: list(pages.values()) for person_id, pages in open_pages.items()}
