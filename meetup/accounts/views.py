"""The operator's page; and the door's and one's own, which have files of their own."""

from flask import abort, render_template
from flask_login import current_user

from meetup.accounts import door, me, policy
from meetup.accounts.blueprint import bp
from meetup.shared import outbox
from meetup.shared.clock import now

__all__ = ["bp", "door", "me"]


@bp.get("/operator/outbox")
def dead_letters():
    """What could not be sent: kind, age and reason, no words and no address. Nobody else learns that it exists."""
    if not policy.may_see_outbox(current_user):
        abort(404)

    return render_template("accounts/dead_letters.html", letters=outbox.dead_letters(now()))
