"""Finds the session or table that an address names: what may not be seen does not exist."""

from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from meetup.brands.finding import brand_or_404
from meetup.extensions import db
from meetup.sessions import policy
from meetup.sessions.models import BofSession, BofTable

NO_SUCH_NUMBER = 1_000_000


def session_or_404(brand_slug: str, slug: str) -> BofSession:
    """The session of this address, if the person who asks may see it."""
    brand = brand_or_404(brand_slug)
    visible = policy.visible_to(current_user, brand.id).where(BofSession.slug == slug)
    bof_session: BofSession = db.first_or_404(visible)
    return bof_session


def table_or_404(brand_slug: str, slug: str, number: int) -> BofTable:
    """The table of this address. Whether its room may be read is another question: ask the room's policy."""
    bof_session = session_or_404(brand_slug, slug)
    wanted = select(BofTable).where(
        BofTable.brand_id == bof_session.brand_id,
        BofTable.bof_session_id == bof_session.id,
        # Whoever types a number that no database can hold gets the answer of any other wrong one.
        BofTable.number == min(number, NO_SUCH_NUMBER),
    )
    table: BofTable = db.first_or_404(wanted.options(joinedload(BofTable.bof_session)))
    return table
