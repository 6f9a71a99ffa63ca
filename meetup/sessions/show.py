"""The page of one session: what will happen, who is coming, and which tables have free seats."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from meetup.sessions import policy
from meetup.sessions.finding import session_or_404
from meetup.shared.clock import now


def show(brand_slug: str, slug: str) -> ResponseReturnValue:
    """What, when, both parts in two sentences, and the tables."""
    at = now()
    bof_session = session_or_404(brand_slug, slug)

    return render_template(
        "sessions/show.html",
        bof_session=bof_session,
        phase=bof_session.phase(at),
        may_edit=policy.may_edit(current_user, bof_session, at),
    )
