"""The mails that follow from a seat, or from sitting there for the brand: each with its calendar object.

Each is drawn when it is sent, from what is true then; None when its reason has gone.
"""

from datetime import datetime, timedelta
from typing import Any

from flask import render_template
from sqlalchemy import exists, select

from meetup.brands import policy as brand_policy
from meetup.brands.models import HOSTS, PEERS, Role
from meetup.extensions import db
from meetup.invites import entries, ics, words
from meetup.invites.models import Because, Invite
from meetup.registrations import policy as registration_policy
from meetup.sessions.models import BofTable
from meetup.sessions.phases import Phase
from meetup.sessions.times import place
from meetup.shared import mail, outbox, when
from meetup.shared.clock import now

# No transaction of ours lasts that long: what was asked for before was there to be seen.
SURELY_COMMITTED = timedelta(minutes=1)
OVER = (Phase.DRAFT, Phase.ENDED, Phase.CANCELLED)


@outbox.handler("invites.request")
def invitation(payload: dict[str, Any], item: outbox.OutboxItem) -> bytes | None:
    """“You have a seat”: unless it was given up since, or the evening is over."""
    invite, at = _invite(payload), now()
    role = _still_concerned(invite, at) if invite else None
    if invite is None or role is None:
        return None
    lead = words.seat(Because(invite.because), _table_of(invite), invite.bof_session.brand.name)
    return _request(invite, role, "{moment}: {title}", lead)


@outbox.handler("invites.update")
def update(payload: dict[str, Any], item: outbox.OutboxItem) -> bytes | None:
    """“Look again”: unless a later change speaks for this one too, or the person has yet to hear of the evening."""
    invite, at = _invite(payload), now()
    role = _still_concerned(invite, at) if invite else None
    if invite is None or role is None:
        return None
    if _is_told_later(invite, item) or _is_in_the_invitation(invite, item):
        return None
    return _request(invite, role, "Changed: {moment}, {title}", words.CHANGED)


@outbox.handler("invites.called_off")
def called_off(payload: dict[str, Any], item: outbox.OutboxItem) -> bytes | None:
    """“It will not take place”: as long as it would still have been to come."""
    invite = _invite(payload)
    if invite is None or invite.bof_session.cancelled_at is None or invite.bof_session.ends_at <= now():
        return None
    lead = words.called_off(invite.bof_session.brand.name)
    return _cancel(invite, "Called off: {moment}, {title}", lead, whole=True)


@outbox.handler("invites.withdrawn")
def withdrawn(payload: dict[str, Any], item: outbox.OutboxItem) -> bytes | None:
    """“Your seat is free for somebody else”: it takes the entry out of the calendar."""
    invite = _invite(payload)
    if invite is None or invite.withdrawn_at is None or invite.bof_session.phase(now()) in OVER:
        return None
    lead = words.withdrawn(Because(invite.because))
    return _cancel(invite, "No longer in your calendar: {moment}, {title}", lead, whole=False)


def _invite(payload: dict[str, Any]) -> Invite | None:
    invite = db.session.get(Invite, payload["invite"])
    return invite if invite is not None and invite.person.email else None


def _still_concerned(invite: Invite, at: datetime) -> Role | None:
    """The role this person has, if it still gives them this entry."""
    bof_session, person = invite.bof_session, invite.person
    if invite.withdrawn_at is not None or bof_session.phase(at) in OVER:
        return None
    role = brand_policy.confirmed_role(person, invite.brand_id)
    concerned = {
        Because.SEAT: role in PEERS and registration_policy.seat_of(person, bof_session) is not None,
        Because.EXPERT: role == Role.EXPERT and any(_sits_at(invite, table) for table in bof_session.tables),
        Because.HOST: role in HOSTS and bof_session.host is not None and bof_session.host.person_id == person.id,
    }
    ends_at = entries.ends_for(bof_session, role)
    return role if concerned[Because(invite.because)] and ends_at is not None and ends_at > at else None


def _sits_at(invite: Invite, table: BofTable) -> bool:
    return table.expert is not None and table.expert.person_id == invite.person_id


def _is_told_later(invite: Invite, item: outbox.OutboxItem) -> bool:
    """Of several changes within a few minutes the last row speaks: whatever it says then is all of it."""
    later = exists().where(
        outbox.OutboxItem.once_key.startswith(f"invites.update:{invite.id}:", autoescape=True),
        outbox.OutboxItem.id > item.id,
        outbox.OutboxItem.dropped_at.is_(None),
        outbox.OutboxItem.dead_at.is_(None),
    )
    return bool(db.session.scalar(select(later)))


def _is_in_the_invitation(invite: Invite, item: outbox.OutboxItem) -> bool:
    """Their invitation still waits, or went out well after this change: new people never get an “updated”."""
    invited = db.session.execute(
        select(outbox.OutboxItem.sent_at, outbox.OutboxItem.leased_by, outbox.is_waiting()).where(
            outbox.OutboxItem.once_key == f"invites.request:{invite.id}"
        )
    ).first()
    if invited is None:
        return False
    sent_at, leased_by, is_waiting = invited
    if is_waiting:
        # Whoever sends it this moment may have looked before the change.
        return leased_by is None
    return sent_at is not None and sent_at > item.enqueued_at + SURELY_COMMITTED


def _request(invite: Invite, role: Role, subject: str, lead: str) -> bytes | None:
    entry = entries.entry_for(invite.bof_session, role, invite)
    if entry is None:
        return None
    url = entries.session_url(invite.bof_session)
    button = {"button_url": url, "button_text": "See it" if invite.because == Because.HOST else "See your table"}
    return _compose(invite, role, subject, lead, ics.request(entry, _attendee(invite)), "REQUEST", button)


def _cancel(invite: Invite, subject: str, lead: str, *, whole: bool) -> bytes | None:
    membership = brand_policy.membership_of(invite.person, invite.brand_id)
    role = membership.role if membership else Role.CUSTOMER
    # As the calendar knows it; where nothing of it would be left to them now, the whole evening says which one it was.
    entry = entries.entry_for(invite.bof_session, role, invite) or entries.entry_for(invite.bof_session, None, invite)
    if entry is None:
        return None
    return _compose(invite, role, subject, lead, ics.cancel(entry, _attendee(invite), whole=whole), "CANCEL", {})


def _attendee(invite: Invite) -> ics.Attendee:
    return ics.Attendee(email=invite.person.email or "", name=invite.person.name)


def _compose(
    invite: Invite, role: Role, subject: str, lead: str, octets: bytes, method: str, button: dict[str, str]
) -> bytes:
    bof_session, person = invite.bof_session, invite.person
    told = _what_it_says(invite, role) | {"lead": lead} | button
    starts = when.local(bof_session.starts_at, told["zone"])
    return mail.compose(
        mail.Address(person.email or "", person.name),
        subject.format(moment=f"{starts:%a} {starts.day} {starts:%b}, {starts:%H:%M}", title=bof_session.title),
        render_template("invites/email/evening.txt", **told),
        render_template("invites/email/evening.html", **told),
        sender_name=bof_session.brand.name,
        message_id=mail.message_id(person.id, invite.uid, invite.sequence, entries.stamp(invite.stamped_at)),
        ics=octets,
        method=method,
        colour=bof_session.brand.colour,
    )


def _what_it_says(invite: Invite, role: Role) -> dict[str, Any]:
    bof_session, person, because = invite.bof_session, invite.person, Because(invite.because)
    zone = person.zone if person.zone and when.is_zone(person.zone) else bof_session.zone
    starts, ends = bof_session.starts_at, entries.ends_for(bof_session, role) or bof_session.ends_at
    table = _table_of(invite)
    expert = table.expert.person if table and table.expert else None
    leaves = when.clock(bof_session.closes_at, zone)
    return {
        "bof_session": bof_session,
        "because": because,
        "greeting": words.greeting(person),
        "host": bof_session.host.person if bof_session.host and because is not Because.HOST else None,
        "zone": zone,
        "day": when.day(starts, zone, now()),
        "hours": when.span(starts, ends, zone),
        "here": place(zone),
        "hours_there": when.span(starts, ends, bof_session.zone) if zone != bof_session.zone else "",
        "there": place(bof_session.zone),
        "where": entries.location(bof_session),
        "parts": words.parts(bof_session, because, expert, leaves, is_customer=role == Role.CUSTOMER),
        "brand_name": bof_session.brand.name,
        "session_url": entries.session_url(bof_session),
        "give_up_url": f"{entries.session_url(bof_session)}/seat/removal",
    }


def _table_of(invite: Invite) -> BofTable | None:
    """Where this person sits; none for a host, and for whoever has left."""
    if invite.because == Because.SEAT:
        seat = registration_policy.seat_of(invite.person, invite.bof_session)
        return seat.table if seat else None
    return next((table for table in invite.bof_session.tables if _sits_at(invite, table)), None)
