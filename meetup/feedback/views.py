"""The form that goes out afterwards, and what the brand's hosts read of it."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_login import current_user

from meetup.extensions import db
from meetup.feedback import policy, results, rules
from meetup.feedback.forms import FeedbackForm
from meetup.sessions.finding import session_or_404
from meetup.shared.clock import now
from meetup.shared.errors import require

bp = Blueprint("feedback", __name__)
ADDRESS = "/b/<brand_slug>/s/<slug>/feedback"


@bp.get(ADDRESS)
def fill_in(brand_slug, slug):
    """The form, or the thanks to whoever has handed theirs in."""
    bof_session = session_or_404(brand_slug, slug)
    require_place(bof_session)

    if policy.has_answered(current_user, bof_session):
        return render_template("feedback/thanks.html", bof_session=bof_session)
    return render_template("feedback/fill_in.html", bof_session=bof_session, form=FeedbackForm())


@bp.post(ADDRESS)
def hand_in(brand_slug, slug):
    bof_session = session_or_404(brand_slug, slug)
    require_place(bof_session)
    form = FeedbackForm()
    if not form.validate_on_submit():
        return render_template("feedback/fill_in.html", bof_session=bof_session, form=form), 422

    rules.hand_in(current_user, bof_session, form.said(), now())
    db.session.commit()

    flash("Handed in. Thank you.")
    return redirect(url_for("feedback.fill_in", brand_slug=brand_slug, slug=slug), code=303)


@bp.get(f"{ADDRESS}/results")
def show_results(brand_slug, slug):
    """What people said, from five answers on."""
    bof_session = session_or_404(brand_slug, slug)
    require(policy.may_read_results(current_user, bof_session), "Only hosts read what people said.")

    return render_template(
        "feedback/results.html",
        bof_session=bof_session,
        results=results.of(bof_session),
        wishes=policy.contact_wishes(bof_session, limit=200),
    )


def require_place(bof_session):
    require(
        policy.may_answer(current_user, bof_session, now()),
        "This form is for those who came, for thirty days from the end on.",
    )
