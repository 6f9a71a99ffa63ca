"""The table, heard live: what happened, drawn as the page draws it, for whoever may hear it at this moment."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from meetup.accounts.models import SignIn
from meetup.extensions import db
from meetup.rooms import questions, rules
from meetup.rooms.line import generation
from meetup.rooms.models import Feeling, Question, TableEvent
from meetup.sessions.phases import Phase
from meetup.sessions.rules import hold_table
from tests.makers import NOON
from tests.queries import counting
from tests.rooms.conftest import minutes

CAST = ("customer", "guest", "other", "expert", "staff", "owner", "other_expert", "outsider", "rival_staff", "stranger")


@pytest.fixture
def sign_ins(app, people, sign_in, noon):
    """Everybody is signed in; sign-in's id → who."""
    for who in CAST:
        sign_in(getattr(people, who), app.test_client())
    by_person = {row.person_id: row.id for row in db.session.scalars(select(SignIn))}
    ids = {who: getattr(getattr(people, who), "person_id", None) or getattr(people, who).id for who in CAST}
    return {by_person[person_id]: who for who, person_id in ids.items()}


def who_hears(batch, sign_ins):
    return {sign_ins[one] for one in batch.may_hear.get("", ())}


def test_those_who_belong_hear_and_nobody_else(hear, sign_ins):
    assert who_hears(hear(), sign_ins) == {"customer", "guest", "other", "expert", "staff", "owner"}


@pytest.mark.parametrize(
    "lose",
    [
        lambda people: setattr(people.customer, "standing", "suspended"),
        lambda people: setattr(people.customer, "standing", "pending"),
        lambda people: (
            db.session.query(SignIn).filter_by(person_id=people.customer.person_id).update({"ended_at": NOON})
        ),
        lambda people: (
            db.session.query(SignIn).filter_by(person_id=people.customer.person_id).update({"ends_at": NOON})
        ),
    ],
    ids=["suspended", "pending", "signed out", "sign-in too old"],
)
def test_who_loses_the_right_hears_nothing_more(hear, people, sign_ins, lose):
    assert "customer" in who_hears(hear(), sign_ins)

    lose(people)

    assert "customer" not in who_hears(hear(), sign_ins)


def test_who_gives_the_seat_up_hears_nothing_more(hear, people, sign_ins):
    from meetup.registrations import rules as registrations

    registrations.unseat(people.customer.person, people.bof_session, NOON)

    assert who_hears(hear(), sign_ins) == {"guest", "other", "expert", "staff", "owner"}


def test_an_expert_without_a_table_hears_none(hear, people, sign_ins):
    people.table.expert_id = None

    assert "expert" not in who_hears(hear(), sign_ins)


@pytest.mark.parametrize(("phase", "reason"), [("closes_at", "closed"), ("ends_at", "ended")])
def test_at_its_instant_the_stream_ends_for_everybody(hear, people, sign_ins, noon, phase, reason):
    instant = getattr(people.bof_session, phase)
    if phase == "closes_at":
        noon.move_to(instant - timedelta(milliseconds=1))
        assert hear().look_again_at == instant
        assert who_hears(hear(), sign_ins)

    noon.move_to(instant)

    batch = hear()
    assert (batch.gone, dict(batch.may_hear), batch.events) == (reason, {}, ())


def test_a_session_called_off_ends_its_streams(hear, people, sign_ins):
    people.bof_session.cancel(NOON)

    assert (hear().gone, hear().may_hear) == ("cancelled", {})


def test_a_phase_is_told_once_by_whoever_notices_first(hear, people, noon):
    noon.move_to(minutes(-12))
    assert [(event.name, event.data) for event in hear().events] == [("phase", "doors")]
    noon.move_to(NOON)
    assert [event.name for event in hear().events] == ["phase", "phase"]
    hear()

    assert db.session.query(TableEvent.told).order_by(TableEvent.seq).all() == [("doors:0",), ("open:0",)]


def test_new_times_are_told(hear, people, noon):
    hear()
    session = people.bof_session
    session.move(session.doors_at, session.starts_at, minutes(20), minutes(50), NOON)

    assert [event.name for event in hear().events] == ["phase", "phase"]
    assert hear().look_again_at == minutes(20)


def test_time_releases_a_question_and_everybody_sees_it(hear, say, people, noon):
    question = say(people.customer, "Does it know?", asks=True)
    assert hear().look_again_at == minutes(3)
    top = hear().top
    noon.move_to(minutes(3))

    [event] = hear(top).events

    assert event.name == "question"
    assert 'data-turn="expert"' in event.data
    assert "3 minutes passed without an answer" in event.data
    assert db.session.query(Question).filter_by(message_id=question.id).one().released_at == minutes(3)


def test_every_change_is_an_event_in_one_gapless_order(hear, say, people, room):
    table = people.table
    said = say(people.customer, "One")
    reply = say(people.guest, "Two", to=said)
    rules.edit(people.customer.person, hold_table(table), said, "One and a half", NOON)
    rules.react(people.guest.person, hold_table(table), said, Feeling.SAME, True, NOON)
    questions.mark(people.guest.person, hold_table(table), said, NOON)
    questions.call_expert(people.guest.person, hold_table(table), said, NOON)
    say(people.expert, "An answer", to=said)
    questions.note_what_helped(people.customer.person, hold_table(table), reply, NOON)
    rules.remove(people.guest.person, hold_table(table), reply, "", NOON)
    room.post("guest", "/presence")

    events = hear().events

    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    assert [event.name for event in events] == (
        [
            "phase",
            "message",
            "message",
            "edit",
            "reaction",
            "asked",
            "question",
            "message",
            "question",
            "helped",
            "question",
            "removal",
            "people",
        ]
    )
    assert hear().top == events[-1].seq


def test_the_page_and_the_events_show_the_same(hear, say, people, room):
    """Each thing's last event holds, to the letter, what a page fetched afresh holds."""
    table = people.table
    said, asked = say(people.customer, "One *two*"), say(people.guest, "Does it?", asks=True)
    answer = say(people.customer, "No", to=asked)
    say(people.customer, "And: no", to=answer)
    say(people.staff, "Notice")
    rules.edit(people.customer.person, hold_table(table), said, "One and a half", NOON)
    rules.react(people.guest.person, hold_table(table), answer, Feeling.SAME, True, NOON)
    questions.call_expert(people.guest.person, hold_table(table), asked, NOON)
    say(people.expert, "It does", to=asked)
    questions.note_what_helped(people.guest.person, hold_table(table), answer, NOON)
    rules.remove(people.customer.person, hold_table(table), said, "", NOON)
    room.post("guest", "/presence")

    page = room.get("customer").text
    drawn = [event for event in hear().events if event.name != "phase"]

    assert len(drawn) >= 14
    for event in drawn:
        # A card's change is two parts: whose turn it is, and what may be done.
        for part in re.split(r"(?=<p class=.acts-row)", event.data) if event.name == "question" else [event.data]:
            assert part in page, (event.seq, event.name, part)


def test_what_was_said_is_not_heard_before_it_is_committed(hear, say, people):
    top = hear().top
    table = hold_table(people.table)
    rules.say(people.customer.person, table, rules.Words("k", "Unsaid"), NOON)
    db.session.rollback()

    assert hear(top).events == []
    assert hear().top == top


@pytest.mark.parametrize("who", ["customer", "expert", "staff", "other"])
def test_a_stream_is_opened_by_those_who_belong(room, people, who):
    answer = room.get(who, "/stream", headers={"Accept": "text/event-stream"})

    assert answer.status_code == 200
    assert answer.mimetype == "text/event-stream"
    assert answer.headers["Cache-Control"] == "no-store"
    answer.close()


@pytest.mark.parametrize(
    ("who", "status"), [("outsider", 403), ("other_expert", 403), ("rival_staff", 403), ("visitor", 401)]
)
def test_a_stream_is_opened_by_nobody_else(room, who, status):
    assert room.get(who, "/stream", headers={"Accept": "text/event-stream"}).status_code == status


@pytest.mark.parametrize("who", ["customer", "guest", "expert", "staff"])
def test_no_stream_is_opened_once_the_door_is_shut(room, people, who):
    people.bof_session.closes_at = NOON
    db.session.commit()

    assert room.get(who, "/stream", headers={"Accept": "text/event-stream"}).status_code == 403


@pytest.mark.parametrize("forged", ["-1", "open:-1", "open:9223372036854775808", "x" * 9000, "open-x:1", "\u00ff", "1"])
def test_a_forged_cursor_is_answered_with_a_reset(room, say, people, forged):
    say(people.customer, "One")

    answer = room.get("guest", "/stream", query_string={"after": forged}, buffered=False)
    first = next(iter(answer.response))
    answer.close()

    assert b"event: reset" in first or b"event: reset" in b"".join([first])


def test_a_reading_asks_as_often_for_many_as_for_few(hear, say, people, make, sign_in):
    say(people.customer, "One")
    hear()
    with counting() as few:
        hear()
    for number in range(30):
        question = say(people.customer, f"Number {number}?", asks=True)
        say(people.guest, "An answer", to=question)
        sign_in(make.seat(make.table(people.bof_session)).registration.person)
    with counting() as many:
        hear()

    assert len(many) == len(few), many


def test_words_cannot_forge_a_line_of_the_stream(hear, say, people):
    for end in ("\n", "\r", "\r\n", "\u2028", "\u2029", "\x85", "\x0b", "\x0c"):
        say(people.customer, f"One{end}event: gone{end}data: closed{end}{end}id: 7")

    for event in hear().events:
        assert event.name in ("phase", "message")


def test_a_table_that_is_no_more_is_over(hear, people):
    class Gone:
        id = 10**9

    assert hear(table=Gone).gone == "ended"


def test_the_cursor_on_the_page_is_where_the_stream_goes_on(room, say, people, hear):
    say(people.customer, "One")
    page = room.get("guest").text

    assert f'data-after="{generation(people.table)}:{hear().top}"' in page
    assert people.bof_session.phase(NOON) is Phase.OPEN
