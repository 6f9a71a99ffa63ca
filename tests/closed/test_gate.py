"""The gate: whoever is no seated customer, or comes at another time, finds what they would find at no table at all."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from meetup.accounts.models import SignIn
from meetup.brands.models import Role, Standing
from meetup.closed import policy
from meetup.closed.models import ClosedEntry
from meetup.closed.stream import ClosedTables
from meetup.extensions import db
from meetup.live.sources import Topic
from meetup.registrations import rules as registrations
from meetup.sessions import rules as session_rules
from meetup.shared import database
from tests.closed.conftest import UNKNOWN, mark
from tests.makers import NOON

CANARY = "quincunx-marmalade"
OUT = ["owner", "staff", "expert", "other_expert", "guest", "outsider", "other", "rival_staff", "rival_customer",
       "stranger", "visitor"]  # fmt: skip
EVERYBODY = [*OUT, "customer"]
# Where the clock stands, from the doors to long after.
BEFORE = {"scheduled": -90, "doors": -75, "open": -40, "a breath before it shuts": -10 - 1 / 60000}
AFTER = {"at the end": 30, "ended": 90}
WAYS = [("GET", ""), ("GET", "/stream"), ("POST", "/entries")]


def seen(answer):
    """All that an answer tells, but its own address, and the reader's cookie."""
    headers = [(name, same_address(value)) for name, value in answer.headers if name != "Set-Cookie"]
    return answer.status_code, headers, same_address(answer.text)


def same_address(text):
    """A visitor is sent to the door with the way back: there each table stands by its own number."""
    return re.sub(f"(/|%2F)t(/|%2F){UNKNOWN}(/|%2F)", r"\1t\g<2>1\3", text)


def both(closed, who, method, path, **more):
    """What this person finds at the table, and at a table that is not there."""
    if method == "POST":
        more = {"data": {"kind": "say", "body": "Hello?", "client_key": mark()}, **more}
    return [seen(closed.ask(who, method, path, number, **more)) for number in (None, UNKNOWN)]


def nothing_on_any_way(closed, who, script=False):
    sent_to_the_door = 401 if script else 303
    for method, path in WAYS:
        here, nowhere = both(closed, who, method, path, script=script)
        assert here == nowhere, (who, method, path)
        assert here[0] == (sent_to_the_door if who == "visitor" else 404), (who, method, path)


def entries():
    return db.session.scalar(select(func.count()).select_from(ClosedEntry))


@pytest.mark.parametrize("script", [False, True], ids=["page", "script"])
def test_while_it_is_closed_everybody_else_finds_nothing(closed, script):
    assert closed.say("customer", CANARY).status_code == 201

    for who in OUT:
        nothing_on_any_way(closed, who, script)
    assert entries() == 1


@pytest.mark.parametrize("phase", [*BEFORE, *AFTER])
def test_at_any_other_time_nobody_finds_it(closed, noon, phase):
    closed.say("customer", CANARY)
    noon.move_to(NOON + timedelta(minutes={**BEFORE, **AFTER}[phase]))
    closed.browsers.clear()  # a cookie from later than now is no cookie

    for who in EVERYBODY:
        nothing_on_any_way(closed, who)
    assert entries() == 1


def test_who_sits_there_finds_it_on_every_way(closed):
    assert closed.say("customer", CANARY).status_code == 201
    page = closed.get("customer")
    assert (page.status_code, CANARY in page.text) == (200, True)

    stream = closed.browser("customer").get(closed.address() + "/stream", buffered=False)
    assert (stream.status_code, stream.mimetype) == (200, "text/event-stream")
    stream.close()


def test_a_session_called_off_or_not_published_has_no_closed_room(closed, people):
    assert closed.get("customer").status_code == 200

    people.bof_session.cancelled_at = NOON
    db.session.commit()
    assert closed.get("customer").status_code == 404
    people.bof_session.cancelled_at, people.bof_session.published_at = None, None
    db.session.commit()
    assert closed.get("customer").status_code == 404


def test_the_door_shuts_and_opens_at_its_very_instants(closed, people, noon):
    bof_session, moment = people.bof_session, timedelta(microseconds=1)
    shut, over = bof_session.closes_at, bof_session.ends_at
    answers = []
    for at in (shut - moment, shut, over - moment, over):
        noon.move_to(at)
        answers.append((closed.get("customer").status_code, closed.say("customer").status_code))

    assert answers == [(404, 404), (200, 201), (200, 201), (404, 404)]


LOSSES = {
    "became staff": lambda cast: vars_of(cast.customer, role=Role.STAFF, brand_side_since=NOON),
    "became the expert": lambda cast: vars_of(cast.customer, role=Role.EXPERT, brand_side_since=NOON),
    "became a guest": lambda cast: vars_of(cast.customer, role=Role.GUEST),
    "found to be of the brand": lambda cast: vars_of(cast.customer, own_address_since=NOON),
    "suspended": lambda cast: vars_of(cast.customer, standing=Standing.SUSPENDED),
    "revoked": lambda cast: vars_of(cast.customer, standing=Standing.REVOKED),
    "unconfirmed": lambda cast: vars_of(cast.customer, standing=Standing.PENDING),
    "gave up the seat": lambda cast: registrations.unseat(cast.customer.person, cast.bof_session, NOON),
}


def vars_of(row, **changes):
    for name, value in changes.items():
        setattr(row, name, value)


@pytest.mark.parametrize("loss", LOSSES)
def test_a_right_lost_midway_is_lost_on_every_way_at_once(closed, people, loss):
    assert closed.say("customer", CANARY).status_code == 201
    LOSSES[loss](people)
    db.session.commit()

    nothing_on_any_way(closed, "customer")
    assert entries() == 1


def hears(people, after=0):
    """What the stream's reader would read now: the words, and whose sign-ins may hear them."""
    db.session.commit()
    with database.reading():
        batch = ClosedTables().read(Topic("closed", people.table.id), after, 300)
        listeners = batch.may_hear.get("", ())
        named = select(SignIn.person_id).where(SignIn.id.in_(listeners))
        who = set(db.session.scalars(named))
    db.session.rollback()
    db.session.expire_all()
    return batch, who


def test_the_stream_is_for_those_who_sit_there(closed, people):
    for who in EVERYBODY:
        closed.browser(who)
    closed.say("customer", CANARY)

    batch, who = hears(people)

    assert who == {people.customer.person_id}
    assert [CANARY in event.data for event in batch.events] == [True]
    assert (batch.top, batch.look_again_at) == (1, people.bof_session.ends_at)


@pytest.mark.parametrize("loss", LOSSES)
def test_the_stream_of_who_loses_the_right_ends(closed, people, loss):
    closed.say("customer", CANARY)
    assert hears(people)[1] == {people.customer.person_id}

    LOSSES[loss](people)

    batch, who = hears(people)
    assert (who, batch.gone) == (set(), "out")


def test_a_sign_out_elsewhere_ends_the_stream(closed, people):
    closed.get("customer")
    db.session.query(SignIn).update({"ended_at": NOON})

    assert hears(people)[1] == set()


@pytest.mark.parametrize(("minutes", "reason"), [(-10 - 1 / 60000, "out"), (30, "ended")])
def test_outside_its_hours_nobody_hears_it(closed, people, noon, minutes, reason):
    closed.say("customer", CANARY)
    assert hears(people)[1] != set()

    noon.move_to(NOON + timedelta(minutes=minutes))

    batch, who = hears(people)
    assert (who, batch.gone) == (set(), reason)


def test_a_cursor_of_the_open_part_means_nothing_here(closed, people):
    from meetup.rooms.line import generation

    assert hears(people)[0].generation != generation(people.table)


def test_the_clock_is_read_after_the_wait_for_the_table(closed, people, noon, monkeypatch):
    """Whoever waits for the row while the session ends has come too late, though they asked in time."""
    waits = session_rules.hold_table

    def long_wait(table):
        held = waits(table)
        noon.move_to(people.bof_session.ends_at)
        return held

    assert closed.say("customer").status_code == 201
    monkeypatch.setattr(session_rules, "hold_table", long_wait)
    late = closed.say("customer", CANARY)

    assert (late.status_code, entries()) == (404, 1)


def test_what_comes_back_wrong_shows_no_room_that_has_ended_meanwhile(closed, people, noon, monkeypatch):
    closed.say("customer", CANARY)
    assert CANARY in closed.say("customer", "", script=False).text
    waits = session_rules.hold_table

    def long_wait(table):
        held = waits(table)
        noon.move_to(people.bof_session.ends_at)
        return held

    monkeypatch.setattr(session_rules, "hold_table", long_wait)
    late = closed.say("customer", "", script=False)

    assert (late.status_code, CANARY in late.text) == (404, False)


def test_nobody_else_ever_holds_the_tables_row(closed, monkeypatch):
    """Nor, then, makes it wait, or can tell by waiting whether people talk."""
    held = []
    waits = session_rules.hold_table
    monkeypatch.setattr(session_rules, "hold_table", lambda table: held.append(table) or waits(table))

    for who in OUT:
        closed.say(who)
    assert held == []
    closed.say("customer")
    assert len(held) == 1


def test_the_gate_hangs_on_one_question(closed, monkeypatch):
    """These tests would notice a gate that lets everybody in."""
    closed.say("customer", CANARY)
    assert closed.get("staff").status_code == 404

    monkeypatch.setattr(policy, "may_enter", lambda *_: True)

    assert CANARY in closed.get("staff").text


def test_nothing_of_it_is_kept_by_a_browser(closed):
    for answer in (closed.get("customer"), closed.say("customer"), closed.get("staff")):
        assert answer.headers["Cache-Control"] == "no-store"
