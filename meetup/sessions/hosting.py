"""What hosts do with a session that stands: publish it, call it off, move it while it runs, make it again."""

from datetime import datetime

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from meetup.brands import policy as brand_policy
from meetup.extensions import db
from meetup.invites import rules as invites
from meetup.sessions import moving, policy, preview, rules
from meetup.sessions.blueprint import ADDRESS, bp
from meetup.sessions.finding import session_or_404
from meetup.sessions.forms import MoveForm
from meetup.sessions.models import BofSession
from meetup.sessions.phases import Phase
from meetup.shared.clock import now
from meetup.shared.errors import Refused, require
from meetup.shared.form import ConfirmForm
from meetup.shared.pages import plural

HOSTS_ONLY = "Only the hosts of this brand set its tables."


@bp.route(f"{ADDRESS}/publication", methods=["GET", "POST"])
def publication(brand_slug: str, slug: str) -> ResponseReturnValue:
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
def cancellation(brand_slug: str, slug: str) -> ResponseReturnValue:
    """Ask, saying how many will be told; then call it off."""
    bof_session, at = changeable_or_404(brand_slug, slug)
    is_draft = bof_session.published_at is None
    if not ConfirmForm().is_confirmed:
        return asked_whether_to_call_off(bof_session, is_draft=is_draft)

    told = invites.call_off(bof_session, at)
    db.session.commit()

    flash(
        "The draft is put away."
        if is_draft
        else f"Called off. {plural(told, 'person', 'people')} will be told by mail."
    )
    return redirect(url_for("sessions.calendar", brand_slug=brand_slug), code=303)


@bp.route(f"{ADDRESS}/times", methods=["GET", "POST"])
def times(brand_slug: str, slug: str) -> ResponseReturnValue:
    """Move what is still to come, while it runs: five more minutes, or the doors now."""
    bof_session, at = changeable_or_404(brand_slug, slug)
    if request.method == "GET":
        return render_template("sessions/times.html", bof_session=bof_session, phase=bof_session.phase(at), at=at)
    form = MoveForm()
    if form.version.data != str(bof_session.revision):
        raise Refused("Somebody moved it a moment ago. Look at the times as they are now, then decide.")

    kind = form.move.data or ""
    said_now = moving.move(kind, bof_session, at)
    if kind == "close" and not form.is_confirmed:
        return asked_whether_to_close(bof_session)
    invites.reschedule(bof_session, said_now.instants, at)
    db.session.commit()

    flash(said_now.words)
    is_over = bof_session.phase(at) in (Phase.CLOSED, Phase.ENDED)
    return redirect(address("sessions.show" if is_over else "sessions.times", bof_session), code=303)


@bp.post(f"{ADDRESS}/copies")
def copies(brand_slug: str, slug: str) -> ResponseReturnValue:
    """The same again, as a draft, a week or more later."""
    bof_session = session_or_404(brand_slug, slug)
    require(brand_policy.is_host(current_user, bof_session.brand_id), HOSTS_ONLY)

    copy = rules.copy(bof_session, g.membership, now())
    db.session.commit()

    flash("A copy, as a draft. Look at its day.")
    return redirect(address("sessions.edit", copy), code=303)


def changeable_or_404(brand_slug: str, slug: str) -> tuple[BofSession, datetime]:
    """The session, for its hosts, while the door is not shut; and the time. Held still for a request that may write."""
    bof_session = session_or_404(brand_slug, slug)
    require(brand_policy.is_host(current_user, bof_session.brand_id), HOSTS_ONLY)
    if request.method == "POST":
        rules.hold(bof_session)
    # Asked only once it is held: whoever waited for the lock may have waited past the closing.
    at = now()
    require(policy.may_edit(current_user, bof_session, at), "From here on nobody changes or calls off anything.")
    return bof_session, at


def asked_whether_to_call_off(bof_session: BofSession, *, is_draft: bool) -> str:
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


def asked_whether_to_close(bof_session: BofSession) -> str:
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


def people(count: int) -> str:
    return plural(count, "person", "people")


def address(endpoint: str, bof_session: BofSession, step: str | None = None) -> str:
    return url_for(endpoint, brand_slug=bof_session.brand.slug, slug=bof_session.slug, step=step)
