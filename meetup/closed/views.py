"""The closed room's pages. Everything is answered `no-store`; who may not enter is told that nothing is here."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_login import current_user

from meetup.accounts import signin
from meetup.closed import policy, rules
from meetup.closed.forms import EntryForm
from meetup.closed.models import ClosedEntry, Kind
from meetup.closed.stream import generation
from meetup.closed.window import as_json, here, seated, window
from meetup.extensions import db, limiter
from meetup.live.frames import cursor
from meetup.live.sources import Topic
from meetup.live.stream import open_stream
from meetup.live.wake import wake
from meetup.sessions.finding import table_or_404
from meetup.shared.clock import now
from meetup.shared.database import after_commit
from meetup.shared.errors import wants_json

bp = Blueprint("closed", __name__)
ADDRESS = "/b/<brand_slug>/s/<slug>/t/<int:number>/closed"


@bp.get(ADDRESS)
def show(brand_slug, slug, number):
    """The closed room."""
    table = closed_table_or_404(brand_slug, slug, number)

    return draw(table, EntryForm(), 200)


@bp.post(f"{ADDRESS}/entries")
@limiter.limit("60 per minute", key_func=lambda: f"closed:{current_user.get_id()}")
def write(brand_slug, slug, number):
    """Say, edit, remove, react, arrive, leave: one entry each."""
    table = rules.lock(closed_table_or_404(brand_slug, slug, number))
    form = EntryForm()
    if not form.validate_on_submit():
        return ({"errors": form.errors}, 422) if wants_json() else draw(table, form, 422)

    entry, is_new = rules.write(
        table,
        current_user,
        Kind(form.kind.data),
        form.client_key.data,
        now(),
        body=form.body.data,
        about=about_or_404(table, form.about.data),
    )
    after_commit(db.session, lambda: wake(Topic("closed", table.id)))
    db.session.commit()

    if wants_json():
        return as_json(entry), 201 if is_new else 200
    return redirect(url_for("closed.show", brand_slug=brand_slug, slug=slug, number=number), code=303)


@bp.get(f"{ADDRESS}/stream")
def stream(brand_slug, slug, number):
    """The table, live."""
    table = closed_table_or_404(brand_slug, slug, number)

    return open_stream(Topic("closed", table.id), signin.current().id, request.args.get("after"), request)


def closed_table_or_404(brand_slug, slug, number):
    """Found only by whoever may enter at this moment: one that is not closed looks like one that is not there."""
    table = table_or_404(brand_slug, slug, number)
    if not policy.may_enter(current_user, table, now()):
        abort(404)
    return table


def about_or_404(table, public_id):
    if not public_id:
        return None
    return db.first_or_404(policy.entries_of(table).where(ClosedEntry.public_id == public_id))


def draw(table, form, status):
    said = window(table, before=request.args.get("before", type=int))
    page = render_template(
        "closed/show.html",
        table=table,
        bof_session=table.bof_session,
        window=said,
        cursor=cursor(generation(table), said.top),
        members=seated(table),
        here=here(table),
        reactions=rules.REACTIONS,
        form=form,
    )
    return page, status
