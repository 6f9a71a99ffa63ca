"""Taking a seat and giving it up, coming in, my agenda, and the hosts' roster."""

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask_login import current_user

from meetup.extensions import db, limiter
from meetup.invites import rules as invites
from meetup.registrations import agenda as agendas
from meetup.registrations import policy, rules
from meetup.registrations import roster as rosters
from meetup.registrations.forms import SeatForm
from meetup.sessions.finding import session_or_404, table_or_404
from meetup.sessions.phases import Phase
from meetup.shared.clock import now
from meetup.shared.errors import Refused, require, wants_json

bp = Blueprint("registrations", __name__)
ADDRESS = "/b/<brand_slug>/s/<slug>"


@bp.post(f"{ADDRESS}/seat")
# Whoever sits down and gets up again and again would send themselves a mail each time.
@limiter.limit("20 per minute; 100 per day", key_func=lambda: f"seat:{current_user.get_id()}")
def take_seat(brand_slug, slug):
    """Sit down, or move to another table."""
    bof_session = session_or_404(brand_slug, slug)
    words = policy.why_turned_away(g.membership, bof_session)
    require(words is None, words or "")

    table = picked_table(bof_session)
    invites.take_seat(current_user, table, now())
    db.session.commit()

    flash(f"You have a seat at “{table.topic}”.")
    return to_session(brand_slug, slug)


@bp.get(f"{ADDRESS}/seat/removal")
def give_up(brand_slug, slug):
    """Ask before a seat is given up; mails lead here."""
    bof_session = session_or_404(brand_slug, slug)
    require(policy.may_give_up(current_user, bof_session), "You have no seat here.")
    seat = policy.seat_of(current_user, bof_session)
    if seat is None or bof_session.phase(now()) is Phase.ENDED:
        return to_session(brand_slug, slug)

    return render_template(
        "shared/confirm.html",
        title="Give up your seat?",
        detail=f"It is at “{seat.table.topic}”, in “{bof_session.title}”. Somebody else may take it then.",
        action=url_for(".remove_seat", brand_slug=brand_slug, slug=slug),
        yes="Give up my seat",
        back_url=url_for("sessions.show", brand_slug=brand_slug, slug=slug),
    )


@bp.post(f"{ADDRESS}/seat/removal")
def remove_seat(brand_slug, slug):
    """Give the seat up."""
    bof_session = session_or_404(brand_slug, slug)
    require(policy.may_give_up(current_user, bof_session), "You have no seat here.")

    was_there = invites.give_up(current_user, bof_session, now())
    db.session.commit()

    if was_there:
        flash("Your seat is free for somebody else. Come back whenever you like.")
    return to_session(brand_slug, slug)


@bp.post(f"{ADDRESS}/t/<int:number>/arrival")
def come_in(brand_slug, slug, number):
    """Note that somebody came, and show them to their table."""
    table = table_or_404(brand_slug, slug, number)
    has_seat = policy.seat_of(current_user, table.bof_session) is not None
    require(has_seat and policy.is_still_peer(current_user, table.brand_id), "You have no seat here.")
    at = now()

    rules.come_in(current_user, table.bof_session, at)
    db.session.commit()

    if wants_json():
        return "", 204
    room = "closed.show" if table.bof_session.phase(at) is Phase.CLOSED else "rooms.show"
    return redirect(url_for(room, brand_slug=brand_slug, slug=slug, number=number), code=303)


@bp.get("/agenda")
def agenda():
    """My sessions: what is to come, then what has been."""
    after, before = mark("after"), mark("before")
    at = now()

    return render_template(
        "registrations/agenda.html",
        at=at,
        is_first=not (after or before),
        to_come=agendas.Page() if before else agendas.to_come(current_user, at, after),
        been=agendas.Page() if after else agendas.been(current_user, at, before),
    )


@bp.get(f"{ADDRESS}/roster")
def roster(brand_slug, slug):
    """Who is coming, for the hosts."""
    bof_session = session_or_404(brand_slug, slug)
    require(policy.may_see_roster(current_user, bof_session), "The roster is for the hosts.")
    after = rosters.read_mark(request.args.get("after", "0.0")) or abort(404)
    rows, goes_on_at = rosters.rows(bof_session, after)

    return render_template(
        "registrations/roster.html",
        bof_session=bof_session,
        counts=rosters.counts(bof_session),
        rows=rows,
        goes_on_at=goes_on_at,
        is_first=after == (0, 0),
        is_over=bof_session.phase(now()) is Phase.ENDED,
    )


def picked_table(bof_session):
    form = SeatForm()
    if not form.validate():
        raise Refused("Choose one of the tables first.")
    table = next((table for table in bof_session.tables if table.number == form.table.data), None)
    if table is None:
        raise Refused("This table has been taken away. Choose another one.")
    return table


def to_session(brand_slug, slug):
    return redirect(url_for("sessions.show", brand_slug=brand_slug, slug=slug), code=303)


def mark(name):
    """Where a list goes on; 404 for what is no such place."""
    typed = request.args.get(name)
    if typed and not agendas.is_mark(typed):
        abort(404)
    return typed or None
