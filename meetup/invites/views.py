"""The calendar file of a session."""

from flask import Blueprint, Response, abort, g
from flask_login import current_user

from meetup.invites import entries, ics, rules
from meetup.sessions.finding import session_or_404
from meetup.sessions.phases import Phase
from meetup.shared.access import public
from meetup.shared.clock import now
from meetup.shared.errors import Refused

bp = Blueprint("invites", __name__)


@bp.get("/b/<brand_slug>/s/<slug>/invite.ics")
@public
def download(brand_slug, slug):
    """The session as one's own calendar shows it: the same entry as in the mail, or the public one for a visitor."""
    bof_session = session_or_404(brand_slug, slug)
    phase = bof_session.phase(now())
    if phase is Phase.CANCELLED:
        raise Refused("This session was called off: there is nothing to put into a calendar.")
    role = g.membership.role if g.membership and g.membership.is_confirmed else None
    invite = rules.invite_of(current_user, bof_session) if current_user.is_authenticated else None
    entry = entries.entry_for(bof_session, role, invite)
    if entry is None or phase is Phase.DRAFT:
        abort(404)

    return Response(
        ics.publish(entry),
        content_type="text/calendar; charset=utf-8; method=PUBLISH",
        # A slug holds letters, digits and hyphens: nothing that a header or a file system could stumble over.
        headers={"Content-Disposition": f'attachment; filename="{bof_session.slug}.ics"'},
    )
