"""The addresses of an open table. Who may do what stands in policy.py; what happens, in rules.py and questions.py."""

from flask import Blueprint, abort, redirect, request, url_for
from flask_login import current_user

from meetup.accounts import signin
from meetup.extensions import db, limiter
from meetup.live.stream import open_stream
from meetup.rooms import policy, presence, questions, rules
from meetup.rooms.drawing import draw_line, neutral
from meetup.rooms.forms import HIGHEST, EditForm, PresenceForm, ReactionForm, RemovalForm, SayForm
from meetup.rooms.line import topic_of
from meetup.rooms.models import Feeling, Message
from meetup.rooms.show import NOT_YOURS, message_page, refused_form, room
from meetup.rooms.window import lines
from meetup.sessions.finding import table_or_404
from meetup.sessions.rules import hold_table
from meetup.shared.clock import now
from meetup.shared.errors import require, wants_json

bp = Blueprint("rooms", __name__)
ADDRESS = "/b/<brand_slug>/s/<slug>/t/<int(max=999):number>"
MESSAGE = f"{ADDRESS}/messages/<int(max={HIGHEST}):seq>"


def each_person():
    return f"room:{current_user.get_id()}"


speaks = limiter.shared_limit("40 per minute", scope="rooms.speak", key_func=each_person)
acts = limiter.shared_limit("120 per minute", scope="rooms.act", key_func=each_person)


@bp.get(ADDRESS)
def show(brand_slug, slug, number):
    """The room, its last fifty lines or those before a number."""
    table = table_or_404(brand_slug, slug, number)

    return room(table, place("before"))


@bp.post(f"{ADDRESS}/messages")
@speaks
def post(brand_slug, slug, number):
    """Say something."""
    table = held_table(brand_slug, slug, number)
    form = SayForm()
    if not form.validate():
        return ({"errors": form.errors}, 422) if wants_json() else refused_form(table, form)

    words = rules.Words(
        key=form.client_key.data,
        body=form.body.data,
        reply_to=message_or_404(table, form.reply_to.data) if form.reply_to.data else None,
        asks=form.asks.data,
        only_brand=form.asks.data and form.only_brand.data,
    )
    message, is_new = rules.say(current_user, table, words, now())
    db.session.commit()

    if wants_json():
        return {"seq": message.seq, "html": as_it_stands(table, message)}, 201 if is_new else 200
    return to_room(brand_slug, slug, number, message)


@bp.get(MESSAGE)
def message(brand_slug, slug, number, seq):
    """One message, and what may be done with it."""
    table = table_or_404(brand_slug, slug, number)
    footing = policy.footing_of(current_user, table)
    require(policy.may_read(footing, table.bof_session, now()), NOT_YOURS)
    said = message_or_404(table, seq)

    if wants_json():
        may_edit = policy.may_edit(footing, said, table.bof_session, now())
        return {"seq": said.seq, "body": said.body if may_edit else None}
    return message_page(table, said, place("before"))


@bp.post(f"{MESSAGE}/edit")
@acts
def edit(brand_slug, slug, number, seq):
    """Change one's own words."""
    table = held_table(brand_slug, slug, number)
    said, form = message_or_404(table, seq), EditForm()
    if not form.validate():
        return ({"errors": form.errors}, 422) if wants_json() else (message_page(table, said, None, form), 422)

    rules.edit(current_user, table, said, form.body.data, now())
    db.session.commit()

    return done(brand_slug, slug, number, said)


@bp.post(f"{MESSAGE}/removal")
@acts
def remove(brand_slug, slug, number, seq):
    """Take words away."""
    table = held_table(brand_slug, slug, number)
    said, form = message_or_404(table, seq), RemovalForm()
    form.validate()

    rules.remove(current_user, table, said, form.why.data if not form.errors else "", now())
    db.session.commit()

    return done(brand_slug, slug, number, said)


@bp.post(f"{MESSAGE}/reactions")
@acts
def react(brand_slug, slug, number, seq):
    """Give one of the six words, or take it back."""
    table = held_table(brand_slug, slug, number)
    said, form = message_or_404(table, seq), ReactionForm()
    if not form.validate():
        abort(422)

    rules.react(current_user, table, said, Feeling(form.feeling.data), form.wanted, now())
    db.session.commit()

    return done(brand_slug, slug, number, said)


@bp.post(f"{MESSAGE}/question")
@acts
def mark(brand_slug, slug, number, seq):
    """Mark a message as a question."""
    table = held_table(brand_slug, slug, number)
    said = message_or_404(table, seq)

    questions.mark(current_user, table, said, now())
    db.session.commit()

    return done(brand_slug, slug, number, said)


@bp.post(f"{MESSAGE}/call")
@acts
def call(brand_slug, slug, number, seq):
    """Call the expert on a question."""
    table = held_table(brand_slug, slug, number)
    said = message_or_404(table, seq)

    questions.call_expert(current_user, table, said, now())
    db.session.commit()

    return done(brand_slug, slug, number, said)


@bp.post(f"{MESSAGE}/helped")
@acts
def helped(brand_slug, slug, number, seq):
    """Say that this answer helped."""
    table = held_table(brand_slug, slug, number)
    said = message_or_404(table, seq)

    questions.note_what_helped(current_user, table, said, now())
    db.session.commit()

    return done(brand_slug, slug, number, said)


@bp.post(f"{ADDRESS}/presence")
@acts
def arrive(brand_slug, slug, number):
    """Come in, go on being here, or leave."""
    table = held_table(brand_slug, slug, number)
    form = PresenceForm()
    if not form.validate():
        abort(422)

    if form.leaving.data:
        presence.leave(current_user, table, now())
    else:
        presence.arrive(current_user, table, form.read.data or 0, now())
    db.session.commit()

    return done(brand_slug, slug, number)


@bp.get(f"{ADDRESS}/stream")
@limiter.limit("120 per minute", key_func=each_person)
def stream(brand_slug, slug, number):
    """The table, live."""
    table = table_or_404(brand_slug, slug, number)
    footing, at = policy.footing_of(current_user, table), now()
    require(policy.may_hear(footing, table.bof_session, at), NOT_YOURS)

    sign_in = signin.current()
    assert sign_in is not None  # whoever comes this far is signed in

    return open_stream(topic_of(table), sign_in.id, request.args.get("after"), request)


def held_table(brand_slug, slug, number):
    """The table of this address with its row held, for somebody who belongs in its room."""
    table = hold_table(table_or_404(brand_slug, slug, number))
    require(policy.footing_of(current_user, table).belongs, NOT_YOURS)
    return table


def as_it_stands(table, message):
    """How the page shows it; nothing to whoever sent it again after the door had shut."""
    at = now()
    if not policy.may_read(policy.footing_of(current_user, table), table.bof_session, at):
        return ""
    return draw_line(lines(table, [message.id])[message.id], neutral(table, at))


def message_or_404(table, seq):
    return db.first_or_404(policy.messages_of(table).where(Message.seq == seq))


def place(name):
    """A number in the order of a table, from the address; none for anything else."""
    typed = request.args.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None


def done(brand_slug, slug, number, said=None):
    return ("", 204) if wants_json() else to_room(brand_slug, slug, number, said)


def to_room(brand_slug, slug, number, said=None):
    anchor = f"m-{said.seq}" if said else None
    return redirect(url_for("rooms.show", brand_slug=brand_slug, slug=slug, number=number, _anchor=anchor), code=303)
