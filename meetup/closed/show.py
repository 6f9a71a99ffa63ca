"""The closed room's page, for somebody who may enter: ask first."""

from flask import g, render_template, request, url_for
from flask_login import current_user

from meetup.closed import policy, rules
from meetup.closed.forms import EntryForm, new_mark
from meetup.closed.models import Kind
from meetup.closed.stream import generation
from meetup.closed.window import Line, Window, here, seated, window
from meetup.config import settings
from meetup.live.frames import cursor
from meetup.registrations import policy as registration_policy
from meetup.sessions.models import BofTable
from meetup.sessions.phases import Phase
from meetup.shared.clock import now
from meetup.shared.pages import viewer_zone


def draw(table: BofTable, form: EntryForm | None = None) -> str:
    """The room with its latest lines, or those before a number; `form` as it came back, if it did."""
    bof_session, at = table.bof_session, now()
    address = {"brand_slug": g.brand.slug, "slug": bof_session.slug}
    before = _number(request.args.get("before", ""))
    said = window(table, before)
    form = form if form and form.kind.data in (Kind.SAY, Kind.EDIT) else _composer(said)
    present = here(table)
    registration = registration_policy.registration_of(current_user, bof_session)
    return render_template(
        "closed/show.html",
        table=table,
        bof_session=bof_session,
        brand=g.brand,
        phase=Phase.CLOSED,
        at=at,
        my_zone=viewer_zone(current_user, bof_session),
        room=url_for("closed.show", number=table.number, **address),
        door_url=url_for("rooms.show", number=table.number, **address),
        back_url=url_for("sessions.show", **address),
        feedback_url=url_for("feedback.fill_in", **address) if registration and registration.attended_at else None,
        operator=operator(g.brand.slug, g.brand.name),
        window=said,
        before=before,
        cursor=cursor(generation(table), said.top),
        # Who is here comes first.
        members=sorted(seated(table), key=lambda member: not present.get(member.person_id)),
        here=present,
        reactions=rules.REACTIONS,
        form=form,
        about=_line(said, form.about.data),
        new_mark=new_mark,
        may_edit=lambda line: policy.may_edit(current_user, line.entry, at),
    )


def operator(brand_slug: str, brand_name: str) -> str:
    """Who could read what is stored here, by name if they have given one."""
    if settings().operator_brand == brand_slug:
        return f"{brand_name} itself runs this server, and"
    named = settings().operator_name
    if named == type(settings()).operator_name:
        return "Whoever runs this server"
    return f"{named}, who runs this server,"


def _composer(said: Window) -> EntryForm:
    """Empty; or, where the page was asked for it, answering or changing a line that it shows."""
    changed = _line(said, request.args.get("edit"))
    if changed is not None and policy.may_edit(current_user, changed.entry, now()):
        return EntryForm(formdata=None, kind=Kind.EDIT, about=changed.entry.public_id, body=changed.text)
    answered = _line(said, request.args.get("about"))
    return EntryForm(formdata=None, about=answered.entry.public_id if answered else "")


def _line(said: Window, public_id: str | None) -> Line | None:
    """A line of this window with words that stand."""
    named = (line for line in said.lines if line.entry.public_id == public_id and line.text is not None)
    return next(named, None)


def _number(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None
