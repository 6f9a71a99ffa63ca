"""How calendar entries come to be, follow their session, and go; and who is told.

A calendar entry follows by UID (never changes), SEQUENCE (raised with the time, the place or the status) and DTSTAMP
(later with any change). Each person's entry is their own: customers' covers both parts of the evening, everybody
else's ends when the brand leaves. Only whose own entry changes is told, by mail that is a row in the outbox.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, select, update

from meetup.brands.models import HOSTS, Membership, Role
from meetup.extensions import db
from meetup.invites import entries
from meetup.invites.models import Because, Invite
from meetup.sessions.models import BofSession
from meetup.shared import outbox


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


def follow(bof_session: BofSession, before: Shown, at: datetime, due_at: datetime, *, quietly: bool) -> int:
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
        db.session.execute(update(Invite).where(*stands(bof_session), whose).values(changes))
        if (is_other or now.title != before.title) and not quietly:
            changed = standing(bof_session, whose)
            for each in changed:
                tell("invites.update", each, at, due_at)
            told += len(changed)
    return told


def invite(person_id: int, bof_session: BofSession, because: Because, at: datetime) -> None:
    """An entry of their own, unless they have one. A further one goes under a further UID."""
    if standing(bof_session, Invite.person_id == person_id):
        return
    mine = select(func.max(Invite.copy)).where(
        Invite.brand_id == bof_session.brand_id,
        Invite.bof_session_id == bof_session.id,
        Invite.person_id == person_id,
    )
    copy = (db.session.scalar(mine) or 0) + 1
    made = Invite(
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
    db.session.add(made)
    db.session.flush()
    tell("invites.request", made, at)


def uninvite(invites: list[Invite], at: datetime) -> None:
    """Take these entries out of their people's calendars; the session itself goes on."""
    for each in invites:
        each.withdraw(at)
        tell("invites.withdrawn", each, at)


def invite_brand_side(bof_session: BofSession, at: datetime) -> None:
    """The host and the experts have entries, while there is an open part for them; whoever no longer sits has none."""
    if bof_session.published_at is None:
        return
    wanted: dict[int, Because] = {}
    if entries.entry_for(bof_session, Role.STAFF):
        experts = [table.expert for table in bof_session.tables if table.expert]
        wanted |= {expert.person_id: Because.EXPERT for expert in experts if _still_is(expert, {Role.EXPERT})}
        if bof_session.host and _still_is(bof_session.host, HOSTS):
            wanted[bof_session.host.person_id] = Because.HOST
    of_the_brand = standing(bof_session, Invite.because != Because.SEAT)
    uninvite([each for each in of_the_brand if each.person_id not in wanted], at)
    for person_id, because in wanted.items():
        invite(person_id, bof_session, because, at)


def _still_is(membership: Membership, roles: Collection[Role]) -> bool:
    return membership.is_confirmed and membership.role in roles


def stands(bof_session: BofSession) -> tuple[ColumnElement[bool], ...]:
    return (
        Invite.brand_id == bof_session.brand_id,
        Invite.bof_session_id == bof_session.id,
        Invite.withdrawn_at.is_(None),
    )


def standing(bof_session: BofSession, *whose: ColumnElement[bool]) -> list[Invite]:
    wanted = select(Invite).where(*stands(bof_session), *whose).order_by(Invite.id)
    return list(db.session.scalars(wanted.execution_options(populate_existing=True)))


def _of_customers(bof_session: BofSession) -> ColumnElement[bool]:
    return exists().where(
        Membership.brand_id == bof_session.brand_id,
        Membership.person_id == Invite.person_id,
        Membership.role == Role.CUSTOMER,
    )


def tell(kind: str, invite: Invite, at: datetime, due_at: datetime | None = None) -> None:
    """Write the mail's row. A change has a row each, so that the last one can speak for those before it."""
    change = f":{invite.sequence}:{entries.stamp(invite.stamped_at)}" if kind == "invites.update" else ""
    outbox.enqueue(
        kind,
        {"invite": invite.id},
        at=at,
        due_at=due_at,
        once_key=f"{kind}:{invite.id}{change}",
        person_id=invite.person_id,
        brand_id=invite.brand_id,
    )
