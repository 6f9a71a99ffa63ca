"""What changes a seat or a session changes calendars too. These verbs do both, in one transaction."""

from datetime import datetime, timedelta

from sqlalchemy import func, select

from meetup.accounts.models import Person
from meetup.extensions import db
from meetup.invites import entries
from meetup.invites.following import Shown, follow, invite, invite_brand_side, standing, stands, tell, uninvite
from meetup.invites.models import Because, Invite
from meetup.invites.objections import objections, seat_within
from meetup.live.sources import Topic
from meetup.live.wake import wake
from meetup.registrations import rules as registrations
from meetup.registrations.models import Seat
from meetup.sessions import rules as sessions
from meetup.sessions.models import BofSession, BofTable
from meetup.sessions.phases import LIVE, Phase
from meetup.sessions.rules import Plan
from meetup.shared.database import after_commit
from meetup.shared.errors import Refused

# Several edits within a few minutes are one piece of news.
SETTLING = timedelta(minutes=5)

entry_for = entries.entry_for


def take_seat(person: Person, table: BofTable, at: datetime) -> Seat:
    """Give a person a seat and the invitation for it. From another table they move, and keep the entry they have."""
    seat = registrations.seat(person, table, at)
    invite(person.id, table.bof_session, Because.SEAT, at)
    return seat


def give_up(person: Person, bof_session: BofSession, at: datetime) -> bool:
    """Free a person's seat and take the entry out of their calendar. Says whether there was one."""
    had_one = registrations.unseat(person, bof_session, at)
    if had_one:
        uninvite(standing(bof_session, Invite.person_id == person.id), at)
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
    uninvite(list(db.session.scalars(theirs)), at)


def publish(bof_session: BofSession, at: datetime) -> None:
    """Show a session to everybody, and invite its host and experts. Publishing twice changes nothing."""
    bof_session = sessions.hold(bof_session)
    if bof_session.published_at is None:
        bof_session.publish(at)
        bof_session.slug = sessions.free_slug(bof_session.brand_id, bof_session.title, mine=bof_session.slug)
        bof_session.stamped_at = at
        bof_session.revision += 1
    invite_brand_side(bof_session, at)


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
    seat_within(bof_session)
    told = follow(bof_session, before, at, tell_at or at + SETTLING, quietly=was_live)
    invite_brand_side(bof_session, at)
    if was_live:
        _wake_tables(bof_session)
    return told


def reschedule(bof_session: BofSession, instants: tuple[datetime, datetime, datetime, datetime], at: datetime) -> int:
    """Give a session other times; says how many will be told. While it runs its tables see it, and nobody gets mail."""
    bof_session = sessions.hold(bof_session)
    before, was_live = Shown.of(bof_session), bof_session.phase(at) in LIVE
    if not bof_session.move(*instants, at=at):
        return 0
    bof_session.revision += 1
    told = follow(bof_session, before, at, at + SETTLING, quietly=was_live)
    if not was_live:
        invite_brand_side(bof_session, at)
    _wake_tables(bof_session)
    return told


def call_off(bof_session: BofSession, at: datetime) -> int:
    """Cancel a session and take its invites back, in one breath; says how many will be told."""
    bof_session = sessions.hold(bof_session)
    if bof_session.phase(at) is Phase.CANCELLED:
        return 0
    bof_session.cancel(at)
    bof_session.revision += 1
    taken_back = standing(bof_session)
    for each in taken_back:
        each.withdraw(at)
        each.sequence = bof_session.sequence
        tell("invites.called_off", each, at)
    _wake_tables(bof_session)
    return len(taken_back)


def invite_of(person: Person, bof_session: BofSession) -> Invite | None:
    """The entry that stands in this person's calendar."""
    return next(iter(standing(bof_session, Invite.person_id == person.id)), None)


def how_many_to_tell(bof_session: BofSession) -> int:
    """How many people would hear of it, were it moved or called off."""
    return db.session.scalar(select(func.count()).select_from(Invite).where(*stands(bof_session))) or 0


def _wake_tables(bof_session: BofSession) -> None:
    for table in bof_session.tables:
        topic = Topic("table", table.id)
        after_commit(db.session(), lambda topic=topic: wake(topic))  # type: ignore[misc]  # bound now, called later
