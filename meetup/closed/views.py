"""The closed room's pages. Everything is answered `no-store`; who may not enter is told that nothing is here."""

from flask import Blueprint, abort, redirect, request, url_for
from flask_login import current_user

from meetup.accounts import signin
from meetup.closed import policy, rules
from meetup.closed.forms import EntryForm
from meetup.closed.models import ClosedEntry, Kind
from meetup.closed.show import draw
from meetup.closed.window import as_json
from meetup.extensions import db, limiter
from meetup.live.sources import Topic
from meetup.live.stream import open_stream
from meetup.live.wake import wake
from meetup.sessions import rules as session_rules
from meetup.sessions.finding import table_or_404
from meetup.shared.clock import now
from meetup.shared.database import after_commit
from meetup.shared.errors import Refused, wants_json

bp = Blueprint("closed", __name__)
ADDRESS = "/b/<brand_slug>/s/<slug>/t/<int:number>/closed"


@bp.get(ADDRESS)
def show(brand_slug, slug, number):
    """The closed room."""
    table = closed_table_or_404(brand_slug, slug, number)

    return draw(table)


@bp.post(f"{ADDRESS}/entries")
@limiter.limit("120 per minute", key_func=lambda: f"closed:{current_user.get_id()}")
def write(brand_slug, slug, number):
    """Say, edit, remove, react, arrive, leave: one entry each."""
    table = held_table_or_404(brand_slug, slug, number)
    form = EntryForm()
    if not form.validate_on_submit():
        return ({"errors": form.errors}, 422) if wants_json() else (draw(table, form), 422)

    kind, about = Kind(form.kind.data), entry_named(table, form.about.data)
    entry, is_new = rules.write(
        table, current_user, kind, form.client_key.data, now(), body=form.body.data, about=about
    )
    after_commit(db.session(), lambda: wake(Topic("closed", table.id)))
    db.session.commit()

    if wants_json():
        return as_json(entry), 201 if is_new else 200
    endpoint, place = ("sessions.show", {}) if kind is Kind.LEAVE else ("closed.show", {"number": number})
    return redirect(url_for(endpoint, brand_slug=brand_slug, slug=slug, **place), code=303)


@bp.get(f"{ADDRESS}/stream")
@limiter.limit("120 per minute", key_func=lambda: f"closed:{current_user.get_id()}")
def stream(brand_slug, slug, number):
    """The table, live."""
    table = closed_table_or_404(brand_slug, slug, number)

    sign_in = signin.current()
    assert sign_in is not None  # whoever comes this far is signed in

    return open_stream(Topic("closed", table.id), sign_in.id, request.args.get("after"), request)


def closed_table_or_404(brand_slug, slug, number):
    """Found only by whoever may enter at this moment: one that is not closed looks like one that is not there."""
    table = table_or_404(brand_slug, slug, number)
    if not policy.may_enter(current_user, table, now()):
        abort(404)
    return table


def held_table_or_404(brand_slug, slug, number):
    """The same with its row held, and asked again: whoever waited for it may have lost the right meanwhile."""
    # Asked before it is held, too: nobody else can make the table wait, or feel it busy.
    table = session_rules.hold_table(closed_table_or_404(brand_slug, slug, number))
    if not policy.may_enter(current_user, table, now()):
        abort(404)
    return table


def entry_named(table, public_id):
    """What an entry is about. Not found is no 404: that says that the room is over."""
    if not public_id:
        return None
    entry = db.session.scalar(policy.entries_of(table).where(ClosedEntry.public_id == public_id))
    if entry is None:
        raise Refused(rules.GONE)
    return entry
