"""What changes a seat or a session changes calendars too. These verbs do both in one transaction.

A calendar entry follows by UID (never changes), SEQUENCE (raised with the time, the place or the status) and DTSTAMP
(later with any change). Each person's entry is their own: customers' covers both parts of the evening, everybody
else's ends when the brand leaves. Only whose own entry changes is told, and by mail that is a row in the outbox.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, func, select, update

from meetup.accounts.models import Person
from meetup.brands.models import Membership, Role
from meetup.extensions import db
from meetup.invites import entries
from meetup.invites.models import Because, Invite
from meetup.live.sources import Topic
from meetup.live.wake import wake
from meetup.registrations import rules as registrations
from meetup.registrations.models import Registration, Seat
from meetup.sessions import rules as sessions
from meetup.sessions.models import BofSession, BofTable
from meetup.sessions.phases import LIVE, Phase
from meetup.sessions.rules import Plan
from meetup.shared import outbox
from meetup.shared.database import after_commit
from meetup.shared.errors import Refused

# Several edits within a few minutes are one piece of news.
SETTLING = timedelta(minutes=5)

entry_for = entries.entry_for


def take_seat(person: Person, table: BofTable, at: datetime) -> Seat:
    """Give a person a seat and the invitation for it. From another table they move, and keep the entry they have."""
    seat = registrations.seat(person, table, at)
    _invite(person.id, table.bof_session, Because.SEAT, at)
    return seat


def give_up(person: Person, bof_session: BofSession, at: datetime) -> bool:
    """Free a person's seat and take the entry out of their calendar. Says whether there was one."""
    had_one = registrations.unseat(person, bof_session, at)
    if had_one:
        _uninvite(_standing(bof_session, Invite.person_id == person.id), at)
    return had_one


def leave(person: Person, brand_id: int, at: datetime) -> None:
    """Give up every seat and every entry with a brand: for whoever leaves it, changes sides, or is put out.

    Call it once the membership is written, in the same transaction.
    """
    registrations.give_up_all(person, brand_id, at)
    theirs = (
        select(Invite)
        .join(Invite.bof_session)
        .where(
            Invite.brand_id == brand_id,
            Invite.person_id == person.id,
            Invite.withdrawn_at.is_(None),
            BofSession.ends_at > at,
        )
        .order_by(Invite.id)
    )
    _uninvite(list(db.session.scalars(theirs)), at)


def publish(bof_session: BofSession, at: datetime) -> None:
    """Show a session to everybody, and invite its host and experts. Publishing twice changes nothing."""
    bof_session = sessions.hold(bof_session)
    if bof_session.published_at is None:
        bof_session.publish(at)
        bof_session.slug = sessions.free_slug(bof_session.brand_id, bof_session.title, mine=bof_session.slug)
        bof_session.stamped_at = at
        bof_session.revision += 1
    _invite_brand_side(bof_session, at)


def edit(bof_session: BofSession, plan: Plan, at: datetime, *, tell_at: datetime | None = None) -> int:
    """Rewrite a session as planned; says how many people will be told of it, some minutes later unless `tell_at` says.

    Raises:
        Refused: when the door is shut, or for what `objections` says.
    """
    bof_session = sessions.hold(bof_session)
    if bof_session.phase(at) in (Phase.CLOSED, Phase.ENDED, Phase.CANCELLED):
        raise Refused("The door is shut: from here on nobody changes or calls off anything.")
    before, was_live = Shown.of(bof_session), bof_session.phase(at) in LIVE
    for objection in objections(bof_session, plan, at):
        raise Refused(objection)
    bof_session.move(*plan.instants, at=at)
    sessions.reword(bof_session, plan)
    sessions.set_tables(bof_session, plan.tables)
    _seat_within(bof_session)
    told = _follow(bof_session, before, at, tell_at or at + SETTLING, quietly=was_live)
    _invite_brand_side(bof_session, at)
    if was_live:
        _wake_tables(bof_session)
    return told


def objections(bof_session: BofSession, plan: Plan, at: datetime) -> list[str]:
    """Why it cannot be as planned: what has passed would move, or somebody would lose their seat."""
    found = []
    is_live = bof_session.phase(at) in LIVE
    if bof_session.published_at is not None and any(
        old != new and old <= at for old, new in zip(bof_session.instants, plan.instants, strict=True)
    ):
        found.append("What has passed stays as it was: only what is still to come can move.")
    seated = _seated(bof_session)
    kept = {each.table.id: each for each in plan.tables if each.table}
    for table in bof_session.tables:
        people = seated.get(table.id, 0)
        if table.id in kept:
            if kept[table.id].capacity < people:
                found.append(f"“{table.topic}” has {_people(people)} at it: it needs {people} seats or more.")
        elif people:
            found.append(f"“{table.topic}” has {_people(people)} at it. Ask them to move before you take it away.")
        elif is_live:
            found.append(f"The doors are open: “{table.topic}” stays until the end.")
    _doors, starts, closes, _ends = plan.instants
    if starts == closes and (guests := _guests(bof_session)):
        found.append(
            f"{_people(guests, 'guest', 'guests')} could not stay: they need an open part before you leave."
        )
    if bof_session.published_at is not None and not plan.tables:
        found.append("A session needs a table: people sit at tables.")
    return found


def reschedule(bof_session: BofSession, instants: tuple[datetime, datetime, datetime, datetime], at: datetime) -> int:
    """Give a session other times; says how many will be told. While it runs its tables see it, and nobody gets mail."""
    bof_session = sessions.hold(bof_session)
    before, was_live = Shown.of(bof_session), bof_session.phase(at) in LIVE
    if not bof_session.move(*instants, at=at):
        return 0
    bof_session.revision += 1
    told = _follow(bof_session, before, at, at + SETTLING, quietly=was_live)
    if not was_live:
        _invite_brand_side(bof_session, at)
    _wake_tables(bof_session)
    return told


def call_off(bof_session: BofSession, at: datetime) -> int:
    """Cancel a session and take its invites back, in one breath; says how many will be told."""
    bof_session = sessions.hold(bof_session)
    if bof_session.phase(at) is Phase.CANCELLED:
        return 0
    bof_session.cancel(at)
    bof_session.revision += 1
    invites = _standing(bof_session)
    for invite in invites:
        invite.withdraw(at)
        invite.sequence = max(invite.sequence, bof_session.sequence)
        _tell("invites.called_off", invite, at)
    _wake_tables(bof_session)
    return len(invites)


def invite_of(person: Person, bof_session: BofSession) -> Invite | None:
    """The entry that stands in this person's calendar."""
    return next(iter(_standing(bof_session, Invite.person_id == person.id)), None)


def how_many_to_tell(bof_session: BofSession) -> int:
    """How many people would hear of it, were it moved or called off."""
    return db.session.scalar(select(func.count()).select_from(Invite).where(*_stands(bof_session))) or 0


@dataclass(frozen=True)
class Shown:
    """What entries show of a session, to see afterwards whose entry has changed."""

    whole: tuple[datetime, datetime]
    open_part: tuple[datetime, datetime]
    place: tuple[str, bool]
    title: str
    words: tuple[str, str, datetime]

    @classmethod
    def of(cls, bof_session: BofSession) -> "Shown":
        starts, closes, ends = bof_session.starts_at, bof_session.closes_at, bof_session.ends_at
        return cls(
            whole=(starts, ends),
            open_part=(starts, closes),
            place=(bof_session.place, bof_session.is_online),
            title=bof_session.title,
            words=(bof_session.summary, bof_session.zone, closes),
        )


def _follow(bof_session: BofSession, before: Shown, at: datetime, due_at: datetime, *, quietly: bool) -> int:
    """Let the entries that changed say so, and tell their people. Says how many."""
    now = Shown.of(bof_session)
    if now == before:
        return 0
    moved = now.whole != before.whole or now.open_part != before.open_part
    if now.place != before.place and not moved:
        # Moving raised it already.
        bof_session.sequence += 1
    bof_session.stamped_at = at
    told = 0
    for whose, span in ((_of_customers(bof_session), "whole"), (~_of_customers(bof_session), "open_part")):
        is_other = now.place != before.place or getattr(now, span) != getattr(before, span)
        changes = {"stamped_at": at} | ({"sequence": bof_session.sequence} if is_other else {})
        db.session.execute(update(Invite).where(*_stands(bof_session), whose).values(changes))
        if (is_other or now.title != before.title) and not quietly:
            invites = _standing(bof_session, whose)
            for invite in invites:
                _tell("invites.update", invite, at, due_at)
            told += len(invites)
    return told


def _invite(person_id: int, bof_session: BofSession, because: Because, at: datetime) -> None:
    """An entry of their own, unless they have one. A further one goes under a further UID."""
    if _standing(bof_session, Invite.person_id == person_id):
        return
    mine = select(func.max(Invite.copy)).where(
        Invite.brand_id == bof_session.brand_id,
        Invite.bof_session_id == bof_session.id,
        Invite.person_id == person_id,
    )
    copy = (db.session.scalar(mine) or 0) + 1
    invite = Invite(
        brand_id=bof_session.brand_id,
        bof_session_id=bof_session.id,
        person_id=person_id,
        copy=copy,
        uid=entries.uid_of(bof_session, copy),
        because=because,
        sequence=bof_session.sequence,
        stamped_at=at,
        made_at=at,
    )
    db.session.add(invite)
    db.session.flush()
    _tell("invites.request", invite, at)


def _uninvite(invites: list[Invite], at: datetime) -> None:
    for invite in invites:
        invite.withdraw(at)
        _tell("invites.withdrawn", invite, at)


def _invite_brand_side(bof_session: BofSession, at: datetime) -> None:
    """The host and the experts have entries, while there is an open part for them; whoever no longer sits has none."""
    if bof_session.published_at is None:
        return
    wanted: dict[int, Because] = {}
    if entry_for(bof_session, Role.STAFF):
        wanted |= {table.expert.person_id: Because.EXPERT for table in bof_session.tables if table.expert}
        if bof_session.host:
            wanted[bof_session.host.person_id] = Because.HOST
    standing = _standing(bof_session, Invite.because != Because.SEAT)
    _uninvite([invite for invite in standing if invite.person_id not in wanted], at)
    for person_id, because in wanted.items():
        _invite(person_id, bof_session, because, at)


def _seated(bof_session: BofSession) -> dict[int, int]:
    """How many sit at each table."""
    rows = db.session.execute(
        select(Seat.table_id, func.count())
        .where(Seat.brand_id == bof_session.brand_id, Seat.bof_session_id == bof_session.id)
        .group_by(Seat.table_id)
    )
    return {row[0]: row[1] for row in rows}


def _guests(bof_session: BofSession) -> int:
    guests = (
        select(func.count())
        .select_from(Seat)
        .join(Seat.registration)
        .join(Membership, Membership.person_id == Registration.person_id)
        .where(
            Seat.brand_id == bof_session.brand_id,
            Seat.bof_session_id == bof_session.id,
            Membership.brand_id == bof_session.brand_id,
            Membership.role == Role.GUEST,
        )
    )
    return db.session.scalar(guests) or 0


def _seat_within(bof_session: BofSession) -> None:
    """A table that shrank keeps its people: whoever sat on a chair that went takes the first free one."""
    seats = list(
        db.session.scalars(
            select(Seat)
            .where(Seat.brand_id == bof_session.brand_id, Seat.bof_session_id == bof_session.id)
            .order_by(Seat.number)
        )
    )
    for table in bof_session.tables:
        here = [seat for seat in seats if seat.table_id == table.id]
        taken = {seat.number for seat in here}
        for seat in here:
            if seat.number > table.capacity:
                seat.number = min(set(range(1, table.capacity + 1)) - taken)
                taken.add(seat.number)
                db.session.flush()


def _stands(bof_session: BofSession) -> tuple[ColumnElement[bool], ...]:
    return (
        Invite.brand_id == bof_session.brand_id,
        Invite.bof_session_id == bof_session.id,
        Invite.withdrawn_at.is_(None),
    )


def _standing(bof_session: BofSession, *whose: ColumnElement[bool]) -> list[Invite]:
    wanted = select(Invite).where(*_stands(bof_session), *whose).order_by(Invite.id)
    return list(db.session.scalars(wanted.execution_options(populate_existing=True)))


def _of_customers(bof_session: BofSession) -> ColumnElement[bool]:
    return exists().where(
        Membership.brand_id == bof_session.brand_id,
        Membership.person_id == Invite.person_id,
        Membership.role == Role.CUSTOMER,
    )


def _tell(kind: str, invite: Invite, at: datetime, due_at: datetime | None = None) -> None:
    outbox.enqueue(
        kind,
        {"invite": invite.id, "sequence": invite.sequence, "stamp": entries.stamp(invite.stamped_at)},
        at=at,
        due_at=due_at,
        once_key=f"{kind}:{invite.id}" if kind != "invites.update" else None,
        person_id=invite.person_id,
        brand_id=invite.brand_id,
    )


def _wake_tables(bof_session: BofSession) -> None:
    for table in bof_session.tables:
        topic = Topic("table", table.id)
        after_commit(db.session(), lambda topic=topic: wake(topic))  # type: ignore[misc]  # bound now, called later


def _people(count: int, one: str = "person", many: str = "people") -> str:
    return f"one {one}" if count == 1 else f"{count} {many}"
