"""Who may see a session, and who may change it. Nobody else decides; everyone else asks."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Select, select, true

from meetup.brands import policy as brand_policy
from meetup.brands.models import Role
from meetup.sessions.models import BofSession, BofTable
from meetup.sessions.phases import Phase

if TYPE_CHECKING:
    from meetup.accounts.models import Person


def visible_to(person: "Person", brand_id: int) -> Select[BofSession]:
    """What is published all may read. A draft exists for the brand's hosts alone, and so does its calling off."""
    is_host = brand_policy.is_host(person, brand_id)
    is_shown = true() if is_host else BofSession.published_at.is_not(None)
    return select(BofSession).where(BofSession.brand_id == brand_id, is_shown)


def may_edit(person: "Person", bof_session: BofSession, at: datetime) -> bool:
    """Hosts, until the door is shut."""
    is_changeable = bof_session.phase(at) not in (Phase.CLOSED, Phase.ENDED, Phase.CANCELLED)
    return is_changeable and brand_policy.is_host(person, bof_session.brand_id)


def is_its_expert(person: "Person", table: BofTable) -> bool:
    """Sits in this table's expert seat, with a role that still counts."""
    if table.expert_id is None:
        return False
    membership = brand_policy.membership_of(person, table.brand_id)
    return bool(
        membership and membership.id == table.expert_id and membership.is_confirmed and membership.role == Role.EXPERT
    )
