"""Sessions: their public page, the hosts' calendar, and the form in three steps that sets a table."""

from flask import flash, g, redirect, render_template, request
from flask_login import current_user

from meetup.brands import policy as brand_policy
from meetup.brands.finding import brand_or_404
from meetup.extensions import db
from meetup.invites import rules as invites
from meetup.invites.objections import objections
from meetup.registrations.counting import seats_taken
from meetup.sessions import calendar as calendars
from meetup.sessions import policy, rules
from meetup.sessions.blueprint import ADDRESS, bp
from meetup.sessions.filling import differences, filled
from meetup.sessions.forms import STEPS, PressForm, SessionForm
from meetup.sessions.hosting import HOSTS_ONLY, address, changeable_or_404, people
from meetup.sessions.show import show
from meetup.shared.access import public
from meetup.shared.clock import now
from meetup.shared.errors import require

# The page is written in show.py; its address stands with the others.
bp.get(ADDRESS)(public(show))


@bp.get("/b/<brand_slug>/calendar")
def calendar(brand_slug):
    """What is to come, what is drafted, what was."""
    brand = brand_or_404(brand_slug)
    require(brand_policy.is_host(current_user, brand.id), HOSTS_ONLY)
    shown = request.args.get("show", "")
    shown = shown if shown in calendars.SHOWN else "coming"
    after, at = calendars.Key.read(request.args.get("after", "")), now()

    page = calendars.page(policy.visible_to(current_user, brand.id), shown, after, at)
    return render_template(
        "sessions/calendar.html",
        page=page,
        shown=shown,
        after=after,
        taken=seats_taken(brand.id, [each.id for each in page.sessions]),
        drafts=calendars.how_many_drafts(brand.id),
        at=at,
    )


@bp.route("/b/<brand_slug>/sessions/new", methods=["GET", "POST"])
def new(brand_slug):
    """Set a table. Nothing is kept until what and when are well; nothing typed is lost before."""
    brand, at = brand_or_404(brand_slug), now()
    require(brand_policy.is_host(current_user, brand.id), HOSTS_ONLY)
    form = SessionForm(brand, at, near=current_user.zone)
    if answer := answered_without_keeping(form):
        return answer

    bof_session = rules.draft(brand, g.membership, form.plan(), at)
    db.session.commit()

    flash("Kept as a draft.")
    return go_on(bof_session)


@bp.route(f"{ADDRESS}/edit", methods=["GET", "POST"])
def edit(brand_slug, slug):
    """Change a session. What somebody else changed meanwhile is shown, not written over."""
    bof_session, at = changeable_or_404(brand_slug, slug)
    form = SessionForm(bof_session.brand, at, bof_session, near=current_user.zone)
    if answer := answered_without_keeping(form, bof_session):
        return answer
    if reasons := objections(bof_session, form.plan(), at):
        form.form_errors = reasons
        return drawn(form, bof_session, "tables"), 409

    told = invites.edit(bof_session, form.plan(), at, tell_at=at if form.tell_now.data else None)
    db.session.commit()

    flash(said_of_saving(bof_session, told, at_once=form.tell_now.data))
    return go_on(bof_session)


def answered_without_keeping(form, bof_session=None):
    """The page again: for a first look, a further row, the next step, or words to mend. None: keep what was typed."""
    if request.method == "GET":
        return drawn(form, bof_session, request.args.get("step"))
    pressed = PressForm()
    do = pressed.do.data or ""
    if do in ("add", "when") or do.startswith("drop-"):
        return drawn_further(form, bof_session, do)
    is_well = form.validate()
    if do == "look":
        return drawn(form, bof_session, pressed.step.data if is_well else form.open_step())
    if bof_session and form.version.data != str(bof_session.revision):
        return drawn(form, bof_session, form.open_step(), differences(form.data, filled(bof_session))), 409
    return None if is_well else (drawn(form, bof_session, form.open_step()), 422)


def drawn_further(form, bof_session, do):
    """A row more or less, or the next step. What is wrong elsewhere is not said before its turn."""
    if do == "when":
        return drawn(form, bof_session, "when") if form.check("what") else (drawn(form, bof_session, "what"), 422)
    form.check()
    if do == "add":
        form.add_row()
    else:
        form.drop_row(do.removeprefix("drop-"))
    return drawn(form, bof_session, "tables")


def drawn(form, bof_session, step, meanwhile=()):
    """The form, one step open, beside it what customers will read."""
    step = step if step in STEPS else "what"
    if step == "tables" and not len(form.tables):
        form.add_row()
    if meanwhile:
        # Saving once more is then a decision.
        form.version.data = str(bof_session.revision)
        form.take_for_new()
    return render_template(
        "sessions/form.html",
        form=form,
        bof_session=bof_session,
        step=step,
        meanwhile=meanwhile,
        preview=form.preview(),
        host=bof_session.host if bof_session and bof_session.host else g.membership,
        to_tell=invites.how_many_to_tell(bof_session) if bof_session else 0,
    )


def go_on(bof_session):
    """Where the button that was pressed leads."""
    pressed = PressForm()
    if pressed.do.data == "publish":
        return redirect(address("sessions.publication", bof_session), code=303)
    if bof_session.published_at is not None:
        return redirect(address("sessions.show", bof_session), code=303)
    step = "tables" if pressed.do.data == "tables" else pressed.step.data
    return redirect(address("sessions.edit", bof_session, step=step if step in STEPS else None), code=303)


def said_of_saving(bof_session, told, *, at_once):
    if bof_session.published_at is None:
        return "Kept as a draft."
    if not told:
        return "Saved. No calendar needs a mail for it."
    when_told = "now" if at_once else "in five minutes, in one mail, whatever else you change until then"
    return f"Saved. {people(told)} will be told {when_told}."
