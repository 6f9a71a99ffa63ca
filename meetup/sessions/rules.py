"""How a session comes to be and is rewritten. What also touches seats and invites is in `invites.rules`."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from meetup.brands import slugs
from meetup.brands.models import Brand, Interest, Membership, Vertical
from meetup.config import settings
from meetup.extensions import db
from meetup.sessions.models import BofSession, BofTable
from meetup.sessions.times import from_wall, to_wall
from meetup.shared.errors import Refused

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class TablePlan:
    """A table as staff want it. `table` is the one it was before; a new one has none."""

    topic: str
    capacity: int
    vertical: Vertical | None = None
    expert: Membership | None = None
    table: BofTable | None = None


@dataclass(frozen=True)
class Plan:
    """A session as staff want it."""

    title: str
    summary: str
    zone: str
    instants: tuple[datetime, datetime, datetime, datetime]
    vertical: Vertical | None = None
    interests: list[Interest] = field(default_factory=list)
    place: str = ""
    is_online: bool = True
    peer_window: int = 3
    admits_guests: bool = True
    tables: list[TablePlan] = field(default_factory=list)


def draft(brand: Brand, host: Membership, plan: Plan, at: datetime) -> BofSession:
    """A new session that only the brand's hosts see, until it is published."""
    doors, starts, closes, ends = plan.instants
    bof_session = BofSession(
        brand=brand,
        slug=free_slug(brand.id, plan.title),
        uid=f"bof-{secrets.token_hex(12)}@{settings().mail_host}",
        host_id=host.id,
        made_at=at,
        stamped_at=at,
        doors_at=doors,
        starts_at=starts,
        closes_at=closes,
        ends_at=ends,
    )
    reword(bof_session, plan)
    db.session.add(bof_session)
    set_tables(bof_session, plan.tables)
    db.session.flush()
    return bof_session


def copy(bof_session: BofSession, host: Membership, at: datetime) -> BofSession:
    """A draft like this one, on the same weekday and at the same time of day, in the next week that is to come."""
    walls = [to_wall(instant, bof_session.zone) for instant in bof_session.instants]
    later = WEEK
    while from_wall(walls[0] + later, bof_session.zone) <= at:
        later += WEEK
    doors, starts, closes, ends = (from_wall(wall + later, bof_session.zone) for wall in walls)
    plan = Plan(
        title=bof_session.title,
        summary=bof_session.summary,
        zone=bof_session.zone,
        instants=(doors, starts, closes, ends),
        vertical=bof_session.vertical,
        interests=list(bof_session.interests),
        place=bof_session.place,
        is_online=bof_session.is_online,
        peer_window=bof_session.peer_window,
        admits_guests=bof_session.admits_guests,
        tables=[TablePlan(each.topic, each.capacity, each.vertical, each.expert) for each in bof_session.tables],
    )
    return draft(bof_session.brand, host, plan, at)


def hold(bof_session: BofSession) -> BofSession:
    """The session as it is now, held still until the commit: nobody else changes it or takes a seat meanwhile."""
    wanted = select(BofSession).where(BofSession.brand_id == bof_session.brand_id, BofSession.id == bof_session.id)
    held = db.session.scalars(wanted.with_for_update().execution_options(populate_existing=True)).one()
    db.session.expire(held, ["tables", "interests"])
    return held


def hold_table(table: BofTable) -> BofTable:
    """The table as it is now, held until the commit: what is said there, moves of time and the switch take turns.

    Take the time after this, not before: waiting here may outlast the phase, and the times may have moved meanwhile.
    """
    # The session first, as whoever moves its times or gives a seat does it; shared, so that tables do not wait for each
    # other. Two statements: what is joined to a locked row may be as it was before the wait.
    its_session = select(BofTable.bof_session_id).where(BofTable.brand_id == table.brand_id, BofTable.id == table.id)
    evening = select(BofSession).where(
        BofSession.brand_id == table.brand_id, BofSession.id == its_session.scalar_subquery()
    )
    anew = {"populate_existing": True}
    with_brand = evening.options(joinedload(BofSession.brand, innerjoin=True))
    db.session.scalars(with_brand.with_for_update(read=True, of=BofSession).execution_options(**anew)).one()
    row = select(BofTable).where(BofTable.brand_id == table.brand_id, BofTable.id == table.id)
    return db.session.scalars(row.with_for_update(of=BofTable).execution_options(**anew)).one()


def reword(bof_session: BofSession, plan: Plan) -> None:
    """Everything of the plan but its times and tables."""
    bof_session.title = plan.title
    bof_session.summary = plan.summary
    bof_session.zone = plan.zone
    bof_session.vertical = plan.vertical
    bof_session.interests = plan.interests
    bof_session.place = plan.place
    bof_session.is_online = plan.is_online
    bof_session.peer_window = plan.peer_window
    bof_session.admits_guests = plan.admits_guests
    bof_session.revision = (bof_session.revision or 0) + 1


def set_tables(bof_session: BofSession, plans: list[TablePlan]) -> None:
    """Keep, change, add and take away tables. A table keeps its number once people can have it in a link.

    Raises:
        Refused: when one expert is to sit at two tables.
    """
    experts = [plan.expert for plan in plans if plan.expert]
    for expert in experts:
        if experts.count(expert) > 1:
            raise Refused(f"{expert.person.shown_name} cannot listen at two tables at once.")
    last = max((table.number for table in bof_session.tables), default=0)
    kept = {plan.table for plan in plans if plan.table}
    for table in list(bof_session.tables):
        if table not in kept:
            bof_session.tables.remove(table)
    # Its number is free only when it is gone.
    db.session.flush()
    numbers_stay = bof_session.published_at is not None
    for place, plan in enumerate(plans, 1):
        table = plan.table or BofTable(brand_id=bof_session.brand_id)
        if not numbers_stay:
            table.number = place
        elif plan.table is None:
            table.number = last = last + 1
        table.topic, table.capacity = plan.topic, plan.capacity
        table.vertical, table.expert = plan.vertical, plan.expert
        if plan.table is None:
            bof_session.tables.append(table)


def free_slug(brand_id: int, title: str, mine: str = "") -> str:
    """What its address ends in: the title, as far as an address can hold it, and a number if another has it."""
    wanted = slugs.made_of(title, otherwise="session")
    others = select(BofSession.slug).where(
        BofSession.brand_id == brand_id,
        BofSession.slug.startswith(wanted[: slugs.LONGEST - 4]),
        BofSession.slug != mine,
    )
    return slugs.free(wanted, set(db.session.scalars(others)))
