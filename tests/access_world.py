"""One brand's evening in each phase, with everybody who could knock, and a request for every route.

A world is built once per phase and run, kept as rows, and laid out anew whenever a request has changed it.
"""

from datetime import timedelta
from types import SimpleNamespace
from uuid import UUID

from sqlalchemy import select

from meetup.accounts import signin
from meetup.accounts.models import SignIn
from meetup.brands.models import (
    BrandDomain,
    GuestLink,
    Interest,
    InviteCode,
    Role,
    RoleInvitation,
    Standing,
    Vertical,
)
from meetup.closed.models import ClosedEntry, Kind
from meetup.extensions import db
from meetup.rooms import models as rooms
from meetup.sessions.phases import Phase
from tests.makers import NOON, Make

PHASES = ("draft", "scheduled", "full", "doors", "open", "closed", "ended", "cancelled")
PRINCIPALS = (
    "visitor",
    "customer_here",
    "customer_there",
    "customer_out",
    "pending",
    "suspended",
    "revoked",
    "guest_in",
    "guest_out",
    "expert_here",
    "expert_there",
    "staff",
    "owner",
    "became_staff",
    "rival_customer",
    "rival_owner",
    "operator",
)


def build(phase):
    """The rows of a world in this phase. Public names are fixed, so that every world has the same addresses."""
    make = Make()
    brand, rival = make.brand(slug="fernhill"), make.brand("Larder", slug="larder")
    expert, other = make.member(brand, Role.EXPERT, "Nadia Farrow"), make.member(brand, Role.EXPERT, "Tom Reyes")
    is_full = phase == "full"
    bof_session = make.bof_session(brand, Phase.SCHEDULED if is_full else Phase(phase), tables=0, slug="evening")
    here = make.table(bof_session, expert=expert, capacity=5 if is_full else 10)
    there = make.table(bof_session, expert=other, capacity=2 if is_full else 10)
    bof_session.host_id = None
    cast = people_of(make, brand, rival, expert, other)
    for who in ("customer_here", "guest_in", "suspended", "revoked", "became_staff"):
        make.seat(here, cast[who], attended_at=bof_session.doors_at)
    make.seat(there, cast["customer_there"], attended_at=bof_session.doors_at)
    if is_full:
        make.seat(there, make.member(brand))
    say_something(brand, here, cast)
    things_of(brand, cast)
    fall_out(cast)
    sign_everybody_in(cast)
    db.session.commit()
    db.session.remove()


def people_of(make, brand, rival, expert, other):
    customers = ("customer_here", "customer_there", "customer_out", "pending", "suspended", "revoked", "became_staff")
    cast = {who: make.member(brand, Role.CUSTOMER, who.title(), public_id=who) for who in customers}
    cast["pending"].standing = Standing.PENDING
    for who in ("guest_in", "guest_out"):
        cast[who] = make.member(brand, Role.GUEST, who.title(), public_id=who)
    cast["expert_here"], cast["expert_there"] = expert, other
    cast["staff"] = make.member(brand, Role.STAFF, "Ben Otieno", public_id="staff")
    cast["owner"] = make.member(brand, Role.OWNER, "Olive Hart", public_id="owner")
    make.member(brand, Role.OWNER, "Second Owner")
    cast["rival_customer"] = make.member(rival, Role.CUSTOMER, "Rob Vale")
    cast["rival_owner"] = make.member(rival, Role.OWNER, "Rita Vale")
    cast["operator"] = SimpleNamespace(person=make.person("Opal", operator_since=NOON))
    return cast


def say_something(brand, table, cast):
    """An open part with a question and its answer, and in the closed part one line."""
    asker, helper = cast["customer_here"].person_id, cast["guest_in"].person_id
    ids = {"brand_id": brand.id, "table_id": table.id, "posted_at": NOON - timedelta(minutes=4), "kind": "say"}
    asked = rooms.Message(
        seq=1, author_id=asker, author_role=Role.CUSTOMER, client_key=str(UUID(int=1)), body="Who?", **ids
    )
    db.session.add(asked)
    db.session.flush()
    db.session.add(
        rooms.Message(
            seq=2,
            author_id=helper,
            author_role=Role.GUEST,
            client_key=str(UUID(int=2)),
            body="Me.",
            reply_to_id=asked.id,
            thread_id=asked.id,
            **ids,
        )
    )
    plain = rooms.Message(
        seq=3, author_id=asker, author_role=Role.CUSTOMER, client_key=str(UUID(int=3)), body="Bread.", **ids
    )
    db.session.add(plain)
    db.session.add(
        rooms.Question(
            brand_id=brand.id,
            table_id=table.id,
            message_id=asked.id,
            marked_by_id=asker,
            only_brand=False,
            asked_at=NOON - timedelta(minutes=1),
            due_at=NOON + timedelta(minutes=2),
        )
    )
    table.last_seq = 3
    db.session.add(
        ClosedEntry(
            brand_id=brand.id,
            table_id=table.id,
            public_id="line",
            seq=1,
            kind=Kind.SAY,
            author_id=asker,
            client_key=str(UUID(int=4)),
            body="Among us.",
            at=NOON,
        )
    )
    table.closed_seq = 1
    db.session.flush()


def things_of(brand, cast):
    """What the brand's settings and members' pages name."""
    db.session.add_all(
        [
            Vertical(brand_id=brand.id, slug="food", name="Food"),
            Interest(brand_id=brand.id, slug="waste", name="Waste"),
            InviteCode(id=1, brand_id=brand.id, code="BREAD", made_at=NOON),
            BrandDomain(id=1, brand_id=brand.id, domain="shops.example", kind="customer"),
            GuestLink(brand_id=brand.id, membership_id=cast["customer_here"].id, token="welcome", made_at=NOON),
            RoleInvitation(
                brand_id=brand.id, public_id="asked", email=cast["customer_out"].person.email, role=Role.EXPERT,
                made_at=NOON,
            ),
        ]
    )  # fmt: skip


def fall_out(cast):
    """Those who had a seat, and lost the right to it: their rows are left as a careless change would leave them."""
    cast["suspended"].standing = Standing.SUSPENDED
    cast["revoked"].standing = Standing.REVOKED
    cast["became_staff"].role = Role.STAFF
    cast["became_staff"].brand_side_since = NOON


def sign_everybody_in(cast):
    for number, who in enumerate(PRINCIPALS[1:], start=1):
        db.session.add(
            SignIn(
                id=number,
                person_id=cast[who].person.id,
                token_hash=signin.hashed(who),
                began_at=NOON + timedelta(hours=1),
                ends_at=NOON + timedelta(days=1),
            )
        )
    db.session.flush()


class Stage:
    """Lays worlds out. `set_up(phase)` makes the database hold that world and nothing else."""

    def __init__(self, empty):
        self.empty = empty
        self.worlds = {}

    def set_up(self, phase):
        self.empty()
        if phase not in self.worlds:
            build(phase)
            self.worlds[phase] = {
                table: [row._asdict() for row in db.session.execute(select(table))]
                for table in db.metadata.sorted_tables
            }
            db.session.remove()
            return
        for table, rows in self.worlds[phase].items():
            if rows:
                # Rows of one table may refer to each other: the order in which they were made.
                db.session.execute(table.insert(), rows)
        db.session.commit()
        db.session.remove()
