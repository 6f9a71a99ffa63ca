"""Sessions: their public page, the hosts' calendar, and the form in three steps that sets a table."""

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask_login import current_user

from meetup.brands import policy as brand_policy
from meetup.brands.finding import brand_or_404
from meetup.extensions import db
from meetup.invites import rules as invites
from meetup.invites.objections import objections
from meetup.registrations.counting import seats_taken
from meetup.sessions import calendar as calendars
from meetup.sessions import moving, policy, preview, rules
from meetup.sessions.filling import differences, filled
from meetup.sessions.finding import session_or_404
from meetup.sessions.forms import STEPS, SessionForm
from meetup.sessions.phases import Phase
from meetup.sessions.show import show
from meetup.shared.access import public
from meetup.shared.clock import now
from meetup.shared.errors import Refused, require
from meetup.shared.pages import plural

bp = Blueprint("sessions", __name__)
ADDRESS = "/b/<brand_slug>/s/<slug>"
HOSTS_ONLY = "Only the hosts of this brand set its tables."

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


@bp.route(f"{ADDRESS}/publication", methods=["GET", "POST"])
def publication(brand_slug, slug):
    """Look once more, then show it to everybody."""
    bof_session, at = changeable_or_404(brand_slug, slug)
    if request.method == "GET":
        return render_template(
            "sessions/publication.html", bof_session=bof_session, preview=preview.of_session(bof_session), at=at
        )

    invites.publish(bof_session, at)
    db.session.commit()

    flash(f"Published. Everybody can find it on the page of {bof_session.brand.name}.")
    return redirect(address("sessions.show", bof_session), code=303)


@bp.route(f"{ADDRESS}/cancellation", methods=["GET", "POST"])
def cancellation(brand_slug, slug):
    """Ask, saying how many will be told; then call it off."""
    bof_session, at = changeable_or_404(brand_slug, slug)
    is_draft = bof_session.published_at is None
    if request.form.get("confirmed") != "yes":
        return asked_whether_to_call_off(bof_session, is_draft)

    told = invites.call_off(bof_session, at)
    db.session.commit()

    flash(
        "The draft is put away."
        if is_draft
        else f"Called off. {plural(told, 'person', 'people')} will be told by mail."
    )
    return redirect(url_for("sessions.calendar", brand_slug=brand_slug), code=303)


@bp.route(f"{ADDRESS}/times", methods=["GET", "POST"])
def times(brand_slug, slug):
    """Move what is still to come, while it runs: five more minutes, or the doors now."""
    bof_session, at = changeable_or_404(brand_slug, slug)
    if request.method == "GET":
        return render_template("sessions/times.html", bof_session=bof_session, phase=bof_session.phase(at), at=at)
    if request.form.get("version") != str(bof_session.revision):
        raise Refused("Somebody moved it a moment ago. Look at the times as they are now, then decide.")

    kind = request.form.get("move", "")
    said_now = moving.move(kind, bof_session, at)
    if kind == "close" and request.form.get("confirmed") != "yes":
        return asked_whether_to_close(bof_session)
    invites.reschedule(bof_session, said_now.instants, at)
    db.session.commit()

    flash(said_now.words)
    is_over = bof_session.phase(at) in (Phase.CLOSED, Phase.ENDED)
    return redirect(address("sessions.show" if is_over else "sessions.times", bof_session), code=303)


@bp.post(f"{ADDRESS}/copies")
def copies(brand_slug, slug):
    """The same again, as a draft, a week or more later."""
    bof_session = session_or_404(brand_slug, slug)
    require(brand_policy.is_host(current_user, bof_session.brand_id), HOSTS_ONLY)

    copy = rules.copy(bof_session, g.membership, now())
    db.session.commit()

    flash("A copy, as a draft. Look at its day.")
    return redirect(address("sessions.edit", copy), code=303)


def changeable_or_404(brand_slug, slug):
    """The session, for its hosts, while the door is not shut; and the time. Held still for a request that may write."""
    bof_session = session_or_404(brand_slug, slug)
    require(brand_policy.is_host(current_user, bof_session.brand_id), HOSTS_ONLY)
    if request.method == "POST":
        rules.hold(bof_session)
    # Asked only once it is held: whoever waited for the lock may have waited past the closing.
    at = now()
    require(policy.may_edit(current_user, bof_session, at), "From here on nobody changes or calls off anything.")
    return bof_session, at


def answered_without_keeping(form, bof_session=None):
    """The page again: for a first look, a further row, the next step, or words to mend. None: keep what was typed."""
    do = request.form.get("do", "")
    if request.method == "GET":
        return drawn(form, bof_session, request.args.get("step"))
    if do in ("add", "when") or do.startswith("drop-"):
        return drawn_further(form, bof_session, do)
    is_well = form.validate()
    if do == "look":
        return drawn(form, bof_session, request.form.get("step") if is_well else form.open_step())
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
    do = request.form.get("do", "")
    if do == "publish":
        return redirect(address("sessions.publication", bof_session), code=303)
    if bof_session.published_at is not None:
        return redirect(address("sessions.show", bof_session), code=303)
    step = "tables" if do == "tables" else request.form.get("step")
    return redirect(address("sessions.edit", bof_session, step=step if step in STEPS else None), code=303)


def asked_whether_to_call_off(bof_session, is_draft):
    to_tell = people(invites.how_many_to_tell(bof_session))
    return render_template(
        "shared/confirm.html",
        title="Put this draft away?" if is_draft else f"Call off “{bof_session.title}”?",
        detail="Nobody but you hosts has seen it."
        if is_draft
        else f"{to_tell} will be told by mail, and their calendars forget it. It cannot be taken back.",
        action=address("sessions.cancellation", bof_session),
        yes="Put it away" if is_draft else "Call it off",
        back_url=address("sessions.edit", bof_session),
    )


def asked_whether_to_close(bof_session):
    brand = bof_session.brand.name
    return render_template(
        "shared/confirm.html",
        title="Close the doors now?" if bof_session.has_closed_part else "End it now?",
        detail=f"Everybody of {brand} and all guests are put out at once, you too. It cannot be undone."
        if bof_session.has_closed_part
        else "It cannot be undone.",
        action=address("sessions.times", bof_session),
        hidden={"move": "close", "version": bof_session.revision},
        yes="Close them" if bof_session.has_closed_part else "End it",
        back_url=address("sessions.times", bof_session),
    )


def said_of_saving(bof_session, told, *, at_once):
    if bof_session.published_at is None:
        return "Kept as a draft."
    if not told:
        return "Saved. No calendar needs a mail for it."
    when_told = "now" if at_once else "in five minutes, in one mail, whatever else you change until then"
    return f"Saved. {people(told)} will be told {when_told}."


def people(count):
    return plural(count, "person", "people")


def address(endpoint, bof_session, **more):
    return url_for(endpoint, brand_slug=bof_session.brand.slug, slug=bof_session.slug, **more)
