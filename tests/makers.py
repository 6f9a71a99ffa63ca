"""Makes one valid thing of each kind; a test names only what it is about."""

from datetime import UTC, datetime, timedelta
from itertools import count

from meetup.accounts.models import Person
from meetup.brands.models import BRAND_SIDE, Brand, Membership, Role, Standing, Vertical
from meetup.extensions import db
from meetup.registrations.models import Place, Registration, Seat
from meetup.sessions.models import BofSession, BofTable
from meetup.sessions.phases import Phase

NOON = datetime(2026, 12, 3, 12, 0, tzinfo=UTC)

# How far a session's instants lie from NOON (minutes), so that at NOON it is in that phase.
AT_NOON = {
    Phase.SCHEDULED: (50, 60, 120, 150),
    Phase.DOORS: (-5, 5, 60, 90),
    Phase.OPEN: (-20, -10, 30, 60),
    Phase.CLOSED: (-80, -70, -10, 30),
    Phase.ENDED: (-200, -190, -130, -100),
}


class Make:
    """One of everything. Rows are flushed, so they have ids; the test commits if another session must see them."""

    def __init__(self) -> None:
        self.numbers = count(1)

    def _keep(self, row):
        db.session.add(row)
        db.session.flush()
        return row

    def person(self, name="Ada Byron", **fields):
        fields = {"email": f"person{next(self.numbers)}@shop.example", "joined_at": NOON, "headline": "a shop"} | fields
        return self._keep(Person(name=name, **fields))

    def brand(self, name="Fernhill", **fields):
        slug = f"{name.lower().replace(' ', '-')}-{next(self.numbers)}"
        return self._keep(Brand(**{"slug": slug, "name": name, "opened_at": NOON} | fields))

    def vertical(self, brand, name="Food and drink"):
        slug = f"{name.lower().replace(' ', '-')}-{next(self.numbers)}"
        return self._keep(Vertical(brand_id=brand.id, slug=slug, name=name))

    def member(self, brand, role=Role.CUSTOMER, name=None, person=None, **fields):
        """A confirmed membership and, unless given, its person."""
        person = person or self.person(name or f"{role.title()} Person")
        brand_side_since = NOON if role in BRAND_SIDE else None
        fields = {"standing": Standing.CONFIRMED, "since": NOON, "brand_side_since": brand_side_since} | fields
        return self._keep(Membership(brand=brand, person=person, role=role, **fields))

    def bof_session(self, brand=None, phase=Phase.SCHEDULED, tables=1, around=NOON, **fields):
        """A session that is in this phase at `around`."""
        brand = brand or self.brand()
        doors, starts, closes, ends = (around + timedelta(minutes=m) for m in AT_NOON.get(phase, AT_NOON["scheduled"]))
        number = next(self.numbers)
        times = {"doors_at": doors, "starts_at": starts, "closes_at": closes, "ends_at": ends}
        rest = {
            "brand": brand,
            "slug": f"the-last-tray-{number}",
            "title": "The last tray of the day",
            "zone": "Europe/London",
            "uid": f"bof-{number}@tables.example",
            "made_at": NOON - timedelta(days=30),
            "stamped_at": NOON - timedelta(days=30),
            "published_at": None if phase is Phase.DRAFT else NOON - timedelta(days=20),
            "cancelled_at": NOON - timedelta(days=1) if phase is Phase.CANCELLED else None,
        }
        bof_session = self._keep(BofSession(**times | rest | fields))
        for _ in range(tables):
            self.table(bof_session)
        return bof_session

    def table(self, bof_session=None, expert=None, **fields):
        """A table; `expert` is a membership."""
        bof_session = bof_session or self.bof_session(tables=0)
        fields = {"number": len(bof_session.tables) + 1, "topic": "Bread and anything baked", "capacity": 10} | fields
        table = BofTable(brand_id=bof_session.brand_id, expert_id=expert.id if expert else None, **fields)
        bof_session.tables.append(table)
        db.session.flush()
        return table

    def seat(self, table, member=None, **fields):
        """A seat, and the registration that holds it; `member` is a membership (a new customer, unless given)."""
        member = member or self.member(table.bof_session.brand)
        registration = self._keep(
            Registration(
                **{
                    "brand_id": table.brand_id,
                    "bof_session_id": table.bof_session_id,
                    "person_id": member.person_id,
                    "standing": Place.GOING,
                    "made_at": NOON - timedelta(days=10),
                }
                | fields
            )
        )
        taken = {seat.number for seat in db.session.query(Seat).where(Seat.table_id == table.id)}
        number = min(set(range(1, table.capacity + 1)) - taken)
        return self._keep(
            Seat(
                brand_id=table.brand_id,
                table_id=table.id,
                registration=registration,
                number=number,
                taken_at=NOON - timedelta(days=10),
            )
        )
