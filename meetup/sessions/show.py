"""The page of one session: what will happen, who is coming, and which tables have free seats."""

from flask import g, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from meetup.brands.models import Membership, Role
from meetup.extensions import db
from meetup.invites import entries, links
from meetup.registrations.coming import Coming
from meetup.registrations.offer import ONE_MAY_CHOOSE, offer
from meetup.registrations.policy import registration_of
from meetup.sessions import policy
from meetup.sessions.finding import session_or_404
from meetup.sessions.models import BofSession, BofTable
from meetup.sessions.phases import Phase
from meetup.shared.clock import now

MOST_NAMES = 24
CALENDARS = (Phase.SCHEDULED, Phase.DOORS, Phase.OPEN)


def show(brand_slug: str, slug: str) -> ResponseReturnValue:
    """What, when, both parts in two sentences, the tables, and the one button that is next."""
    at = now()
    bof_session = with_everything(session_or_404(brand_slug, slug))
    phase = bof_session.phase(at)
    coming = Coming(bof_session)
    registration = registration_of(current_user, bof_session)
    experts = experts_of(bof_session)
    own_table = next(iter(experts.get(g.membership, ())), None)
    offered = offer(
        bof_session,
        phase,
        g.membership,
        registration,
        is_signed_in=current_user.is_authenticated,
        is_expert_here=own_table is not None,
        is_full=coming.free == 0,
    )
    return render_template(
        "sessions/show.html",
        bof_session=bof_session,
        phase=phase,
        at=at,
        coming=coming,
        most_names=MOST_NAMES,
        experts=experts,
        offer=offered,
        may_choose=offered in ONE_MAY_CHOOSE,
        table=registration.seat.table if registration and registration.seat else own_table,
        may_edit=policy.may_edit(current_user, bof_session, at),
        calendars=calendars(bof_session) if phase in CALENDARS else None,
    )


def with_everything(bof_session: BofSession) -> BofSession:
    """The session with all that its page shows, in as many questions however much that is."""
    wanted = select(BofSession).where(BofSession.brand_id == bof_session.brand_id, BofSession.id == bof_session.id)
    tables = selectinload(BofSession.tables)
    options = (
        tables.joinedload(BofTable.expert).joinedload(Membership.person),
        tables.joinedload(BofTable.vertical),
        selectinload(BofSession.interests),
        joinedload(BofSession.vertical),
        joinedload(BofSession.host).joinedload(Membership.person),
    )
    return db.session.scalars(wanted.options(*options).execution_options(populate_existing=True)).one()


def experts_of(bof_session: BofSession) -> dict[Membership, list[BofTable]]:
    """Whoever sits in an expert seat with a role that still counts, and where."""
    found: dict[Membership, list[BofTable]] = {}
    for table in bof_session.tables:
        if table.expert is not None and table.expert.is_confirmed and table.expert.role == Role.EXPERT:
            found.setdefault(table.expert, []).append(table)
    return found


def calendars(bof_session: BofSession) -> dict[str, str] | None:
    """Links to web calendars, with the times that are this reader's; none where nothing is left for them."""
    role = g.membership.role if g.membership and g.membership.is_confirmed else None
    entry = entries.entry_for(bof_session, role)
    if entry is None:
        return None
    return {
        "Google Calendar": links.google(entry),
        "Outlook": links.outlook(entry),
        "Outlook at work": links.outlook_at_work(entry),
    }
