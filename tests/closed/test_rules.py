"""What happens at a closed table, and that nothing of it is left."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import DatabaseError

from meetup.brands.models import Role, Standing
from meetup.closed import policy, rules, window
from meetup.closed.models import ClosedEntry, Kind
from meetup.extensions import db
from meetup.registrations.models import Place
from meetup.sessions.phases import Phase
from meetup.sessions.rules import hold_table
from meetup.shared.errors import NotAllowed, Refused
from tests.makers import NOON

MINUTE = timedelta(minutes=1)


@pytest.fixture
def room(make):
    """A closed table with two customers; a guest and an expert who were there a moment ago."""
    brand = make.brand()
    expert = make.member(brand, Role.EXPERT, "Nadia Farrow")
    bof_session = make.bof_session(brand, Phase.CLOSED, tables=0)
    table = make.table(bof_session, expert=expert)
    ines, yusuf = make.member(brand, name="Ines Okafor"), make.member(brand, name="Yusuf Demir")
    guest = make.member(brand, Role.GUEST, "Paul Achterberg")
    for member in (ines, yusuf, guest):
        make.seat(table, member)
    db.session.commit()
    return SimpleNamespace(
        brand=brand,
        table=table,
        bof_session=bof_session,
        ines=ines,
        yusuf=yusuf,
        guest=guest,
        expert=expert,
        staff=make.member(brand, Role.STAFF, "Ben Otieno"),
        owner=make.member(brand, Role.OWNER, "Olive Hart"),
        outsider=make.member(brand, name="Stefan Kurz"),
    )


def write(room, who, kind=Kind.SAY, at=NOON, key=None, **what):
    what = {"body": "Eighteen per cent."} | what if kind is Kind.SAY else what
    return rules.write(hold_table(room.table), who.person, kind, key or str(uuid4()), at, **what)[0]


def test_customers_who_sit_there_may_enter(room):
    assert policy.may_enter(room.ines.person, room.table, NOON)
    assert policy.may_enter(room.yusuf.person, room.table, NOON)


@pytest.mark.parametrize("who", ["guest", "expert", "staff", "owner", "outsider"])
def test_nobody_else_may(room, who):
    person = getattr(room, who).person

    assert not policy.may_enter(person, room.table, NOON)
    with pytest.raises(NotAllowed):
        write(room, getattr(room, who))


@pytest.mark.parametrize("phase", [phase for phase in Phase if phase is not Phase.CLOSED])
def test_there_is_no_closed_room_in_any_other_phase(make, phase):
    bof_session = make.bof_session(phase=phase)
    seat = make.seat(bof_session.tables[0])

    assert not policy.may_enter(seat.registration.person, bof_session.tables[0], NOON)


def test_another_table_of_the_evening_is_another_room(room, make):
    second = make.table(room.bof_session)

    assert not policy.may_enter(room.ines.person, second, NOON)


@pytest.mark.parametrize("change", ["became staff", "suspended", "revoked", "gave up the seat", "once of the brand"])
def test_a_lost_right_counts_at_once(room, change):
    if change == "became staff":
        room.ines.role, room.ines.brand_side_since = Role.STAFF, NOON
    if change == "once of the brand":
        room.ines.role, room.ines.brand_side_since = Role.EXPERT, NOON
    if change == "suspended":
        room.ines.standing = Standing.SUSPENDED
    if change == "revoked":
        room.ines.standing = Standing.REVOKED
    if change == "gave up the seat":
        policy.db.session.execute(text("UPDATE registrations SET standing = :s"), {"s": Place.CANCELLED})
    db.session.flush()

    assert not policy.may_enter(room.ines.person, room.table, NOON)
    assert policy.may_enter(room.yusuf.person, room.table, NOON) == (change != "gave up the seat")


def test_what_is_said_stands_in_one_gapless_line(room):
    write(room, room.ines, Kind.ARRIVE)
    write(room, room.ines, body="Did anyone else’s renewal go up?")
    write(room, room.yusuf, body="Twelve.")

    line = db.session.scalars(policy.entries_of(room.table).order_by(ClosedEntry.seq)).all()
    assert [(entry.seq, entry.kind, entry.author.name) for entry in line] == [
        (1, "arrive", "Ines Okafor"),
        (2, "say", "Ines Okafor"),
        (3, "say", "Yusuf Demir"),
    ]


def test_the_same_key_says_it_once(room):
    key = str(uuid4())
    first = write(room, room.ines, key=key)
    again = write(room, room.ines, key=key)

    assert again.id == first.id
    assert room.table.closed_seq == 1
    with pytest.raises(Refused, match="other words"):
        write(room, room.ines, key=key, body="Something else.")


def test_two_people_may_choose_the_same_key(room):
    key = str(uuid4())

    assert write(room, room.ines, key=key).id != write(room, room.yusuf, key=key).id


def test_only_the_writer_edits_and_only_for_five_minutes(room):
    said = write(room, room.ines)

    write(room, room.ines, Kind.EDIT, body="Eighteen!", about=said, at=NOON + 5 * MINUTE)
    with pytest.raises(NotAllowed):
        write(room, room.yusuf, Kind.EDIT, body="Nothing.", about=said)
    with pytest.raises(Refused, match="five minutes"):
        write(room, room.ines, Kind.EDIT, body="Later.", about=said, at=NOON + 6 * MINUTE)
    assert [(line.text, line.is_edited) for line in window.window(room.table).lines] == [("Eighteen!", True)]


def test_taking_back_takes_the_words_out_of_the_database(room):
    said = write(room, room.ines, body="Secret plum.")
    write(room, room.ines, Kind.EDIT, body="Secret quince.", about=said)
    write(room, room.ines, Kind.REMOVE, about=said)
    db.session.commit()

    assert db.session.scalars(select(ClosedEntry.body)).all() == [None, None, None]
    assert [line.text for line in window.window(room.table).lines] == [None]


def test_a_reaction_comes_and_goes(room):
    said = write(room, room.ines)
    write(room, room.yusuf, Kind.REACT, body="thanks", about=said)
    assert window.window(room.table).lines[0].reactions == {"thanks": [room.yusuf.person.public_id]}

    write(room, room.yusuf, Kind.REACT, body="-thanks", about=said)
    assert window.window(room.table).lines[0].reactions == {"thanks": []}


@pytest.mark.parametrize(
    ("body", "reason"), [("", "Write something"), (" \n ", "Write something"), ("x" * 8001, "8,001 characters")]
)
def test_what_cannot_be_said_is_refused_with_a_reason(room, body, reason):
    with pytest.raises(Refused, match=reason):
        write(room, room.ines, body=body)


def test_an_entry_of_another_table_is_gone(room, make):
    elsewhere = make.table(room.bof_session)
    make.seat(elsewhere, make.member(room.brand, name="Farah Nassar"))
    said = write(room, room.ines)
    farah = policy.seated_customers(elsewhere)
    there = SimpleNamespace(table=elsewhere)

    with pytest.raises(Refused, match="gone"):
        write(there, db.session.scalars(farah).one(), about=said)


def test_an_entry_never_changes(room):
    said = write(room, room.ines)
    db.session.commit()

    with pytest.raises(DatabaseError, match="never changes"):
        db.session.execute(update(ClosedEntry).where(ClosedEntry.id == said.id).values(body="Forged."))
    db.session.rollback()
    with pytest.raises(DatabaseError, match="never changes"):
        db.session.execute(update(ClosedEntry).values(author_id=room.yusuf.person_id))
    db.session.rollback()
    db.session.execute(update(ClosedEntry).values(body=None))


def test_nothing_is_due_before_the_end(room):
    write(room, room.ines)

    assert rules.due_for_erasure(room.bof_session.ends_at - MINUTE) == []
    assert rules.due_for_erasure(room.bof_session.ends_at) == [room.table.id]


def test_after_the_end_no_row_is_left(room):
    said = write(room, room.ines)
    write(room, room.yusuf, Kind.REACT, body="thanks", about=said)

    rules.erase(rules.due_for_erasure(room.bof_session.ends_at), room.bof_session.ends_at)

    assert db.session.scalar(select(func.count()).select_from(ClosedEntry)) == 0
    assert rules.due_for_erasure(room.bof_session.ends_at) == []
    assert rules.is_unswept()


def test_an_evening_that_still_runs_is_left_alone(room, make):
    later = make.bof_session(room.brand, Phase.CLOSED, ends_at=NOON + 60 * MINUTE)
    seat = make.seat(later.tables[0])
    rules.write(hold_table(later.tables[0]), seat.registration.person, Kind.SAY, str(uuid4()), NOON, body="Still here.")
    write(room, room.ines)

    rules.erase(rules.due_for_erasure(room.bof_session.ends_at), room.bof_session.ends_at)

    assert db.session.scalars(select(ClosedEntry.body)).all() == ["Still here."]
