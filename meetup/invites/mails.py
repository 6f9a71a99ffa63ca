"""The mails that follow from a seat, or from sitting there for the brand: each with its calendar object.

Each is drawn when it is sent, from what is true then; None when its reason has gone.
"""

from datetime import datetime
from typing import Any

from flask import render_template
from sqlalchemy import exists, select

from meetup.brands import policy as brand_policy
from meetup.brands.models import HOSTS, PEERS, Role
from meetup.extensions import db
from meetup.invites import entries, ics
from meetup.invites.models import Because, Invite
from meetup.registrations import policy as registration_policy
from meetup.sessions.models import BofTable
from meetup.sessions.phases import Phase
from meetup.sessions.times import how_long, place
from meetup.shared import mail, outbox, when
from meetup.shared.clock import now

OVER = (Phase.DRAFT, Phase.ENDED, Phase.CANCELLED)


@outbox.handler("invites.request")
def invitation(payload: dict[str, Any], item: outbox.OutboxItem) -> bytes | None:
    """“You have a seat”: unless it was given up since, or the evening is over."""
    invite, at = _invite(payload), now()
    role = _still_concerned(invite, at) if invite else None
    if invite is None or role is None:
        return None
    return _request("invitation", invite, role, "{moment}: {title}")


@outbox.handler("invites.update")
def update(payload: dict[str, Any], item: outbox.OutboxItem) -> bytes | None:
    """“Look again”: unless a later change speaks for this one too, or the person has yet to hear of the evening."""
    invite, at = _invite(payload), now()
    role = _still_concerned(invite, at) if invite else None
    if invite is None or role is None:
        return None
    if _is_told_later(invite, item) or _is_yet_to_be_invited(invite):
        return None
    return _request("update", invite, role, "Changed: {moment}, {title}")


@outbox.handler("invites.called_off")
def called_off(payload: dict[str, Any], item: outbox.OutboxItem) -> bytes | None:
    """“It will not take place”: as long as it would still have been to come."""
    invite = _invite(payload)
    if invite is None or invite.bof_session.cancelled_at is None or invite.bof_session.ends_at <= now():
        return None
    return _cancel("called_off", invite, "Called off: {moment}, {title}", whole=True)


@outbox.handler("invites.withdrawn")
def withdrawn(payload: dict[str, Any], item: outbox.OutboxItem) -> bytes | None:
    """“Your seat is free for somebody else”: it takes the entry out of the calendar."""
    invite = _invite(payload)
    if invite is None or invite.withdrawn_at is None or invite.bof_session.phase(now()) in OVER:
        return None
    return _cancel("withdrawn", invite, "No longer in your calendar: {moment}, {title}", whole=False)


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


def _is_yet_to_be_invited(invite: Invite) -> bool:
    """Their invitation still waits, for a mail server or a worker: it will say how things are by then."""
    waiting = exists().where(
        outbox.OutboxItem.once_key == f"invites.request:{invite.id}",
        outbox.OutboxItem.leased_by.is_(None),
        outbox.is_waiting(),
    )
    return bool(db.session.scalar(select(waiting)))


def _request(name: str, invite: Invite, role: Role, subject: str) -> bytes | None:
    entry = entries.entry_for(invite.bof_session, role, invite)
    if entry is None:
        return None
    return _compose(name, invite, role, subject, ics.request(entry, _attendee(invite)), "REQUEST")


def _cancel(name: str, invite: Invite, subject: str, *, whole: bool) -> bytes | None:
    role = Role.CUSTOMER if invite.because == Because.SEAT else Role.STAFF
    membership = brand_policy.membership_of(invite.person, invite.brand_id)
    role = membership.role if membership else role
    entry = entries.entry_for(invite.bof_session, role, invite) or entries.entry_for(invite.bof_session, None, invite)
    if entry is None:
        return None
    octets = ics.cancel(entry, _attendee(invite), whole=whole)
    return _compose(name, invite, role, subject, octets, "CANCEL")


def _attendee(invite: Invite) -> ics.Attendee:
    return ics.Attendee(email=invite.person.email or "", name=invite.person.name)


def _compose(name: str, invite: Invite, role: Role, subject: str, octets: bytes, method: str) -> bytes:
    bof_session, person = invite.bof_session, invite.person
    told = _what_it_says(invite, role)
    if method == "REQUEST":
        told |= {"button_url": told["session_url"], "button_text": "See your table" if told["table"] else "See it"}
    starts = when.local(bof_session.starts_at, told["zone"])
    return mail.compose(
        mail.Address(person.email or "", person.name),
        subject.format(moment=f"{starts:%a} {starts.day} {starts:%b}, {starts:%H:%M}", title=bof_session.title),
        render_template(f"invites/email/{name}.txt", **told),
        render_template(f"invites/email/{name}.html", **told),
        sender_name=bof_session.brand.name,
        message_id=mail.message_id(person.id, invite.uid, invite.sequence, entries.stamp(invite.stamped_at)),
        ics=octets,
        method=method,
        colour=bof_session.brand.colour,
    )


def _what_it_says(invite: Invite, role: Role) -> dict[str, Any]:
    bof_session, person = invite.bof_session, invite.person
    zone = person.zone if person.zone and when.is_zone(person.zone) else bof_session.zone
    seat = registration_policy.seat_of(person, bof_session)
    table = seat.table if seat else next((each for each in bof_session.tables if _sits_at(invite, each)), None)
    ends_at = entries.ends_for(bof_session, role) or bof_session.ends_at
    return {
        "bof_session": bof_session,
        "person": person,
        "because": Because(invite.because),
        "table": table,
        "expert": table.expert.person if table and table.expert else None,
        "host": bof_session.host.person if bof_session.host else None,
        "zone": zone,
        "day": when.day(bof_session.starts_at, zone, now()),
        "hours": when.span(bof_session.starts_at, ends_at, zone),
        "here": place(zone),
        "hours_there": when.span(bof_session.starts_at, ends_at, bof_session.zone) if zone != bof_session.zone else "",
        "there": place(bof_session.zone),
        "where": entries.location(bof_session),
        "leaves": when.clock(bof_session.closes_at, zone),
        "left": how_long(bof_session.closed_for),
        "is_customer": role == Role.CUSTOMER,
        "brand_name": bof_session.brand.name,
        "session_url": entries.session_url(bof_session),
        "give_up_url": f"{entries.session_url(bof_session)}/seat/removal",
    }
