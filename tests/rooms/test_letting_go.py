"""What open tables hold of a person, how they let go of it, and when all of it is erased."""

from datetime import timedelta

import pytest

from meetup.extensions import db
from meetup.rooms import owndata, presence, rules
from meetup.rooms.erasing import AT_ONCE, erase_transcripts
from meetup.rooms.models import Feeling, Message, Presence, Question, Reaction, TableEvent
from meetup.rooms.policy import REREAD_FOR
from meetup.sessions.rules import hold_table
from meetup.shared import due
from meetup.shared import owndata as parts
from tests.makers import NOON


@pytest.fixture
def busy(say, people):
    """A table at which something of everything happened."""
    question = say(people.customer, "Does it know?", asks=True)
    answer = say(people.guest, "It does not", to=question)
    rules.react(people.guest.person, hold_table(people.table), question, Feeling.SAME, True, NOON)
    rules.react(people.customer.person, hold_table(people.table), answer, Feeling.THANKS, True, NOON)
    presence.arrive(people.guest.person, hold_table(people.table), 1, NOON)
    db.session.commit()
    return question, answer


def test_one_takes_out_what_one_said(busy, people):
    held = parts.everything_of(people.guest.person_id)["rooms"]

    assert [message["text"] for message in held["messages"]] == ["It does not"]
    assert [reaction["feeling"] for reaction in held["reactions"]] == ["same"]


def test_who_goes_takes_their_words_with_them(busy, people):
    owndata.erase(people.guest.person_id, NOON)
    db.session.commit()

    assert [message.body for message in db.session.query(Message).order_by(Message.seq)] == ["Does it know?", ""]
    assert db.session.query(Reaction).count() == 0
    assert db.session.query(Presence).count() == 0
    assert owndata.held(people.guest.person_id)["messages"][0]["removed_at"] is not None


def test_after_ninety_days_nothing_is_left(busy, people):
    ends = people.bof_session.ends_at
    erase_transcripts(ends + REREAD_FOR - timedelta(seconds=1))
    assert db.session.query(Message).count() == 2

    erase_transcripts(ends + REREAD_FOR)
    db.session.commit()

    for kind in (Message, TableEvent, Question, Reaction, Presence):
        assert db.session.query(kind).count() == 0


def test_other_sessions_words_stay(busy, people, make, say):
    old = make.bof_session(people.brand, around=NOON - timedelta(days=200), tables=0)
    make.table(old)

    erase_transcripts(NOON)

    assert db.session.query(Message).count() == 2


def test_erasing_goes_on_while_there_is_more(people, make):
    old = make.bof_session(people.brand, around=NOON - timedelta(days=200), tables=AT_ONCE + 1)
    for table in old.tables:
        db.session.add(TableEvent(brand_id=table.brand_id, table_id=table.id, seq=1, kind="people", at=NOON))
    db.session.commit()

    assert erase_transcripts(NOON) is True
    assert erase_transcripts(NOON) is False
    assert db.session.query(TableEvent).count() == 0


def test_it_is_due_work(app):
    assert "rooms.erase_transcripts" in due.names()
