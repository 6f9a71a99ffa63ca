"""Sets the demo's sessions, one in each phase, anew at every start: the last start's are removed first."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload

from meetup.accounts.models import Person
from meetup.brands.models import Brand, Membership, Role
from meetup.config import settings
from meetup.extensions import db
from meetup.registrations import rules as registrations
from meetup.registrations.models import Registration
from meetup.sessions.models import BofSession, BofTable
from meetup.sessions.phases import LIVE


class Setting(NamedTuple):
    """A session to set. Minutes are counted from now: doors, start, closing, end."""

    slug: str
    title: str
    summary: str
    trade: str
    interests: tuple[str, ...]
    minutes: tuple[int, int, int, int]
    # Topic, seats, the expert's name, and who sits there: a slice of the customers, then guests by number.
    tables: tuple[tuple[str, int, str | None, slice, tuple[int, ...]], ...]


DAY = 24 * 60
TONIGHT = (
    Setting(
        "the-last-tray-of-the-day",
        "The last tray of the day",
        "What you bake, stack or pour too much of, how you found out, and what you do with it at ten to six.",
        "food-and-drink",
        ("forecasting", "waste"),
        (-45, -35, 50, 85),
        (
            ("Bread and anything baked", 12, "Nadia Farrow", slice(0, 9), (0,)),
            ("Wine, cheese, things that age", 10, "Lena Brandt", slice(9, 14), ()),
            ("Greens, flowers, things that don’t", 10, None, slice(14, 18), (1,)),
            ("New to counting waste", 6, None, slice(18, 24), ()),
        ),
    ),
    Setting(
        "paying-saturday-staff-properly",
        "Paying Saturday staff properly",
        "What an hour on a Saturday is worth, who gets it, and how you told the ones who did not.",
        "food-and-drink",
        ("margins", "staff"),
        (-5, 40, 90, 120),
        (
            ("Two to five people", 8, "Tom Reyes", slice(2, 7), (2,)),
            ("Family and friends behind the counter", 8, None, slice(20, 24), ()),
        ),
    ),
    Setting(
        "renewal-notices",
        "Renewal notices, and what they cost",
        "Rents, tills, insurance, us: who raised what, and what you said to them.",
        "books-and-toys",
        ("buying", "margins"),
        (-60, -50, -5, 55),
        (
            ("Rents and leases", 8, "Lena Brandt", slice(6, 13), ()),
            ("Everything on subscription", 8, "Tom Reyes", slice(13, 19), ()),
        ),
    ),
    Setting(
        "counting-stock-with-a-toddler",
        "Counting stock with two people and a toddler",
        "When you count, what you skip, and what it cost to skip it.",
        "home-and-garden",
        ("staff", "forecasting"),
        (-160, -150, -70, -40),
        (
            ("Once a year, all of it", 10, "Nadia Farrow", slice(0, 9), (0,)),
            ("A shelf a day", 10, None, slice(9, 16), ()),
        ),
    ),
    Setting(
        "ordering-blind-the-spring-lists",
        "Ordering blind: the spring lists",
        "How you choose in December what has to sell in April, and what you send back.",
        "books-and-toys",
        ("buying", "returns"),
        (12 * DAY - 10, 12 * DAY, 12 * DAY + 55, 12 * DAY + 90),
        (
            ("Books and paper", 10, "Lena Brandt", slice(14, 21), (2,)),
            ("Toys, games and everything with batteries", 10, "Tom Reyes", slice(21, 25), ()),
        ),
    ),
    Setting(
        "suppliers-who-raise-prices-by-e-mail",
        "Suppliers who raise prices by e-mail",
        "Nobody rings any more. What you answer, and whom you have left over it.",
        "food-and-drink",
        ("buying", "margins"),
        (24 * DAY, 24 * DAY, 24 * DAY, 24 * DAY + 60),
        (("Fresh things", 10, None, slice(0, 6), ()), ("Things in tins", 10, None, slice(24, 28), ())),
    ),
)


def clear(fernhill: Brand) -> None:
    """Remove the sessions of the last start, and all that hangs on them."""
    db.session.execute(delete(BofSession).where(BofSession.brand_id == fernhill.id, BofSession.is_demo))
    db.session.expire_all()


def set_tonight(fernhill: Brand, at: datetime) -> list[BofSession]:
    """One session in each phase, with people at its tables; the order is that of `TONIGHT`."""
    return [set_one(fernhill, setting, at) for setting in TONIGHT]


def set_one(fernhill: Brand, setting: Setting, at: datetime) -> BofSession:
    start = at if setting.minutes[1] < DAY else half_past_six(fernhill, at)
    doors, starts, closes, ends = (start + timedelta(minutes=m) for m in setting.minutes)
    return set_at(fernhill, setting, (doors, starts, closes, ends), at)


def set_at(
    fernhill: Brand, setting: Setting, instants: tuple[datetime, datetime, datetime, datetime], at: datetime
) -> BofSession:
    """The session with its tables, its experts and its people, at these instants."""
    bof_session = make(fernhill, setting, instants, at)
    for number, (topic, capacity, expert, _, _) in enumerate(setting.tables, start=1):
        bof_session.tables.append(
            BofTable(
                brand_id=fernhill.id,
                number=number,
                topic=topic,
                capacity=capacity,
                expert=named(fernhill, expert) if expert else None,
                vertical_id=bof_session.vertical_id,
            )
        )
    db.session.flush()
    fill(bof_session, setting, at)
    return bof_session


def make(
    fernhill: Brand, setting: Setting, instants: tuple[datetime, datetime, datetime, datetime], at: datetime
) -> BofSession:
    doors, starts, closes, ends = instants
    long_ago = min(at, doors) - timedelta(days=9)
    bof_session = BofSession(
        brand=fernhill,
        slug=setting.slug,
        title=setting.title,
        summary=setting.summary,
        vertical=next(trade for trade in fernhill.verticals if trade.slug == setting.trade),
        interests=[interest for interest in fernhill.interests if interest.slug in setting.interests],
        zone=fernhill.zone,
        doors_at=doors,
        starts_at=starts,
        closes_at=closes,
        ends_at=ends,
        published_at=long_ago,
        uid=f"bof-{secrets.token_urlsafe(12)}@{settings().mail_host}",
        made_at=long_ago,
        stamped_at=long_ago,
        host=named(fernhill, "Ben Otieno"),
        is_demo=True,
    )
    db.session.add(bof_session)
    db.session.flush()
    return bof_session


def fill(bof_session: BofSession, setting: Setting, at: datetime) -> None:
    """Seat people by the real rule, a while before the doors; in what has begun they came in, too."""
    customers, guests = players(bof_session.brand_id, Role.CUSTOMER), players(bof_session.brand_id, Role.GUEST)
    before = min(at, bof_session.doors_at) - timedelta(days=2)
    has_begun = bof_session.phase(at) in LIVE or at >= bof_session.ends_at
    for table, (_, _, _, who, which) in zip(bof_session.tables, setting.tables, strict=True):
        for person in [*customers[who], *(guests[number] for number in which)]:
            registrations.seat(person, table, before)
            if has_begun:
                registrations.come_in(person, bof_session, bof_session.doors_at)


def players(brand_id: int, role: Role) -> Sequence[Person]:
    """The demo's own people of one role, in the order of the cast."""
    return db.session.scalars(
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.brand_id == brand_id, Membership.role == role, Person.is_demo)
        .order_by(Person.id)
    ).all()


def named(fernhill: Brand, name: str) -> Membership:
    return db.session.scalars(
        select(Membership)
        .join(Person, Membership.person_id == Person.id)
        .where(Membership.brand_id == fernhill.id, Person.name == name, Person.is_demo)
    ).one()


def half_past_six(fernhill: Brand, at: datetime) -> datetime:
    """Half past six in the evening, today, where the brand is: what is to come begins at a good hour."""
    local = at.astimezone(ZoneInfo(fernhill.zone)).replace(hour=18, minute=30, second=0, microsecond=0)
    return local.astimezone(at.tzinfo)


def seated(bof_session: BofSession) -> Sequence[Registration]:
    """Everybody at this session's tables, by table and number."""
    return db.session.scalars(
        select(Registration)
        .where(Registration.bof_session_id == bof_session.id)
        .options(joinedload(Registration.person), joinedload(Registration.seat))
        .order_by(Registration.id)
    ).all()
