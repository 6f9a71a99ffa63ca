"""One brand's evening in each phase, with everybody who could knock."""

from datetime import timedelta
from functools import cache
from itertools import count
from types import SimpleNamespace
from uuid import UUID

from meetup.accounts import codes, passwords, signin
from meetup.accounts.models import SignIn, SignInCode
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
from meetup.closed.models import ClosedEntry
from meetup.closed.models import Kind as ClosedKind
from meetup.extensions import db
from meetup.feedback.models import Answer
from meetup.rooms.models import Kind, Message, Question
from meetup.sessions.filling import filled
from meetup.sessions.phases import Phase
from tests.makers import NOON, Make

PHASES = ("draft", "scheduled", "full", "doors", "open", "closed", "ended", "cancelled")
PRINCIPALS = (
    "visitor",
    "customer_here",
    "customer_there",
    "customer_absent",
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


# Numbers that stand in addresses: beyond what a sequence of PostgreSQL reaches in a run.
FAR = 1_000_000
SIX_DIGITS, PASSWORD = "407193", "four words are plenty"
# What may be read in a world, by its mark in the matrix. Addresses of others are looked for by their mail domain.
WORDS = {"o": "Rye, always rye.", "c": "Among us: too dear.", "f": "Took a starter home."}


def build(phase):
    """The rows of a world in this phase. Public names are fixed, so that every world has the same addresses."""
    make = Make()
    brand, rival = make.brand(slug="fernhill"), make.brand("Larder", slug="larder")
    cast = people_of(make, brand, rival)
    food = things_of(brand, cast)
    here, there = tables_of(make, brand, cast, food, phase)
    for who in ("customer_here", "guest_in", "suspended", "revoked", "became_staff"):
        make.seat(here, cast[who], attended_at=here.bof_session.doors_at)
    make.seat(there, cast["customer_there"], attended_at=here.bof_session.doors_at)
    make.seat(there, cast["customer_absent"])
    say_something(here, cast["customer_here"], cast["guest_in"])
    say_something(there, cast["customer_there"], cast["customer_there"])
    if phase == "ended":
        answer_it(here.bof_session)
    fall_out(cast)
    sign_everybody_in(cast)
    db.session.commit()
    shown = as_sent(filled(here.bof_session)) | {"title": "Another title"}
    db.session.remove()
    return shown


def tables_of(make, brand, cast, trade, phase):
    """The evening with its two tables; when it is full there is no chair left at either."""
    is_full = phase == "full"
    bof_session = make.bof_session(
        brand, Phase.SCHEDULED if is_full else Phase(phase), tables=0, slug="evening", vertical_id=trade.id
    )
    here = make.table(bof_session, expert=cast["expert_here"], capacity=5 if is_full else 10, public_id="here")
    there = make.table(bof_session, expert=cast["expert_there"], capacity=2 if is_full else 10, public_id="there")
    return here, there


def people_of(make, brand, rival):
    roles = {
        "customer_here": Role.CUSTOMER,
        "customer_there": Role.CUSTOMER,
        "customer_absent": Role.CUSTOMER,
        "customer_out": Role.CUSTOMER,
        "pending": Role.CUSTOMER,
        "suspended": Role.CUSTOMER,
        "revoked": Role.CUSTOMER,
        "became_staff": Role.CUSTOMER,
        "guest_in": Role.GUEST,
        "guest_out": Role.GUEST,
        "expert_here": Role.EXPERT,
        "expert_there": Role.EXPERT,
        "staff": Role.STAFF,
        "owner": Role.OWNER,
        "second_owner": Role.OWNER,
    }
    cast = {who: member(make, brand, role, who) for who, role in roles.items()}
    cast["pending"].standing = Standing.PENDING
    cast["rival_customer"] = member(make, rival, Role.CUSTOMER, "rival_customer")
    cast["rival_owner"] = member(make, rival, Role.OWNER, "rival_owner")
    cast["operator"] = SimpleNamespace(person=person(make, "operator", operator_since=NOON))
    cast["customer_out"].person.password_hash = hashed_password()
    return cast


def member(make, brand, role, who):
    return make.member(brand, role, person=person(make, who), public_id=who)


def person(make, who, **fields):
    return make.person(who.replace("_", " ").title(), email=address_of(who), **fields)


def address_of(who):
    return f"{who}@shop.example"


@cache
def hashed_password():
    """Slow by its nature: once is enough."""
    return passwords.hashed(PASSWORD)


def say_something(table, asker, helper):
    """At the open table a question with its answer, a sentence, and a question that is the expert's now; at the
    closed table one line."""
    keys = (str(UUID(int=number)) for number in count(1))

    def said(seq, member, **fields):
        message = Message(
            brand_id=table.brand_id,
            table_id=table.id,
            seq=seq,
            author_id=member.person_id,
            author_role=member.role,
            kind=Kind.SAY,
            client_key=next(keys),
            body=WORDS["o"],
            posted_at=NOON - timedelta(minutes=4),
            **fields,
        )
        db.session.add(message)
        db.session.flush()
        return message

    asked = said(1, asker)
    said(2, helper, reply_to_id=asked.id, thread_id=asked.id)
    said(3, asker)
    db.session.add_all([question(asked, timedelta(minutes=2)), question(said(4, asker), timedelta(minutes=-1))])
    line = ClosedEntry(
        brand_id=table.brand_id,
        table_id=table.id,
        public_id=f"line {table.number}",
        seq=1,
        kind=ClosedKind.SAY,
        author_id=asker.person_id,
        client_key=next(keys),
        body=WORDS["c"],
        at=NOON,
    )
    db.session.add(line)
    table.last_seq, table.closed_seq = 4, 1
    db.session.flush()


def question(message, due_in):
    return Question(
        brand_id=message.brand_id,
        table_id=message.table_id,
        message_id=message.id,
        marked_by_id=message.author_id,
        asked_at=message.posted_at,
        due_at=NOON + due_in,
    )


def answer_it(bof_session):
    """As many answers as it takes before a host sees any."""
    ids = {"brand_id": bof_session.brand_id, "bof_session_id": bof_session.id, "on_day": NOON.date()}
    db.session.add_all(Answer(again=5, recommend=9, took_home=WORDS["f"], **ids) for _ in range(5))


def things_of(brand, cast):
    """What the brand's settings and members' pages name. Gives the one trade there is."""
    food = Vertical(brand_id=brand.id, slug="food", name="Food")
    asked = {"public_id": "asked", "email": address_of("customer_out"), "role": Role.EXPERT, "made_at": NOON}
    db.session.add_all(
        [
            food,
            Interest(brand_id=brand.id, slug="waste", name="Waste"),
            InviteCode(id=FAR, brand_id=brand.id, code="BREAD", made_at=NOON),
            BrandDomain(id=FAR, brand_id=brand.id, domain="bakers.example", kind="customer"),
            GuestLink(brand_id=brand.id, membership_id=cast["customer_here"].id, token="welcome", made_at=NOON),
            RoleInvitation(brand_id=brand.id, **asked),
        ]
    )
    db.session.flush()
    return food


def fall_out(cast):
    """Those who had a seat, and lost the right to it: their rows are left as a careless change would leave them."""
    cast["suspended"].standing = Standing.SUSPENDED
    cast["revoked"].standing = Standing.REVOKED
    cast["became_staff"].role = Role.STAFF
    cast["became_staff"].brand_side_since = NOON


def sign_everybody_in(cast):
    """Each has a browser, and in it the digits that were asked for: at the door, and for another address."""
    db.session.add(six_digits("door", "newcomer@door.example", "sign-in"))
    for number, who in enumerate(PRINCIPALS[1:], start=1):
        person_id = cast[who].person.id
        begun = {"began_at": NOON + timedelta(hours=1), "ends_at": NOON + timedelta(days=1)}
        db.session.add(SignIn(id=FAR + number, person_id=person_id, token_hash=signin.hashed(who), **begun))
        db.session.add(six_digits(f"old {number}", address_of(who), "old address", person_id))
        db.session.add(six_digits(f"new {number}", f"new{number}@door.example", "new address", person_id))
    db.session.flush()


def six_digits(name, email, purpose, person_id=None):
    return SignInCode(
        public_id=name,
        email=email,
        purpose=purpose,
        person_id=person_id,
        code_hash=codes._hash(name, SIX_DIGITS),
        made_at=NOON,
        ends_at=NOON + timedelta(minutes=10),
    )


def cookie_of(who):
    """What this principal's browser holds."""
    number = PRINCIPALS.index(who)
    held = {"asked_code": "door"}
    if who != "visitor":
        held |= {signin.COOKIE_KEY: who, "address_codes": [f"old {number}", f"new {number}"]}
    return held


def as_sent(fields):
    """A session's form as a browser sends it: boxes without a tick are left out, rows are numbered."""
    rows = fields.pop("tables")
    sent = {name: "y" if value is True else value for name, value in fields.items() if value not in (False, None)}
    return sent | {f"tables-{place}-{name}": value for place, row in enumerate(rows) for name, value in row.items()}
