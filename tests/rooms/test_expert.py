"""The expert listens: every way of speaking that the rule forbids, beside one that it allows."""

from datetime import timedelta

import pytest

from meetup.extensions import db
from meetup.rooms import questions, rules
from meetup.rooms.models import Feeling, Kind, Release
from meetup.rooms.questions import question_of
from meetup.sessions.rules import hold_table
from meetup.shared.errors import NotAllowed, Refused
from tests.makers import NOON
from tests.rooms.conftest import minutes

BEFORE_THE_START = minutes(-12)


def test_the_expert_greets_once_at_the_doors(say, people):
    greeting = say(people.expert, "Good evening, I am Nadia.", at=BEFORE_THE_START)

    assert greeting.kind == Kind.GREETING
    with pytest.raises(Refused, match="said hello"):
        say(people.expert, "And another thing …", at=BEFORE_THE_START)


def test_taking_the_greeting_back_gives_no_other(say, people):
    greeting = say(people.expert, at=BEFORE_THE_START)
    rules.remove(people.expert.person, hold_table(people.table), greeting, "", BEFORE_THE_START)

    with pytest.raises(Refused, match="said hello"):
        say(people.expert, at=BEFORE_THE_START)


def test_the_expert_does_not_talk_in_the_open_part(say, people):
    said = say(people.customer, "We bake 140 sourdough on a Saturday.")

    for to in (None, said):
        with pytest.raises(Refused, match="listen"):
            say(people.expert, "Have you tried our forecast?", to=to)


def test_peers_come_first_and_then_the_expert_may_answer(say, people):
    question = say(people.customer, "Does it know about holidays?", asks=True)

    with pytest.raises(Refused, match="with the table"):
        say(people.expert, to=question, at=minutes(2.9))
    answer = say(people.expert, "Public ones, yes.", to=question, at=minutes(3))

    assert answer.kind == Kind.ANSWER
    assert answer.thread_id == question.id


def test_time_releases_nothing_that_a_peer_has_answered(say, people):
    question = say(people.customer, asks=True)
    say(people.guest, "In our halls, no.", to=question, at=minutes(1))

    with pytest.raises(Refused, match="with the table"):
        say(people.expert, to=question, at=minutes(10))


def test_what_the_asker_adds_is_no_answer(say, people):
    question = say(people.customer, asks=True)
    say(people.customer, "I mean school holidays.", to=question, at=minutes(1))

    assert say(people.expert, to=question, at=minutes(3)).kind == Kind.ANSWER


def test_an_answer_after_the_window_does_not_take_the_question_back(say, people):
    question = say(people.customer, asks=True)
    say(people.guest, to=question, at=minutes(4))

    assert say(people.expert, to=question, at=minutes(5)).kind == Kind.ANSWER


def test_anyone_who_sits_here_may_call_the_expert(say, people):
    question = say(people.customer, asks=True)
    say(people.guest, to=question)
    questions.call_expert(people.guest.person, hold_table(people.table), question, NOON)

    assert say(people.expert, to=question).kind == Kind.ANSWER
    assert question_of(question).released_why == Release.CALL
    assert question_of(question).called_by_id == people.guest.person_id


@pytest.mark.parametrize("who", ["expert", "staff", "other", "outsider"])
def test_nobody_else_calls_the_expert(say, people, who):
    question = say(people.customer, asks=True)

    with pytest.raises(NotAllowed):
        questions.call_expert(getattr(people, who).person, hold_table(people.table), question, NOON)


def test_what_only_the_brand_can_know_is_released_at_once(say, people):
    question = say(people.customer, "What will it cost next year?", asks=True, only_brand=True)

    assert say(people.expert, to=question).kind == Kind.ANSWER
    assert question_of(question).released_why == Release.ONLY_BRAND


def test_the_expert_follows_up_for_five_minutes_and_no_longer(say, people):
    question = say(people.customer, asks=True, only_brand=True)
    answer = say(people.expert, to=question)
    say(people.expert, to=answer, at=minutes(4.9))

    with pytest.raises(Refused, match="five minutes"):
        say(people.expert, to=answer, at=minutes(5))


def test_one_released_question_opens_no_other(say, people):
    say(people.customer, asks=True, only_brand=True)
    still_ours = say(people.guest, asks=True)

    with pytest.raises(Refused, match="with the table"):
        say(people.expert, to=still_ours)


def test_the_expert_of_another_table_says_nothing_here(say, people):
    question = say(people.customer, asks=True, only_brand=True)

    with pytest.raises(NotAllowed):
        say(people.other_expert, to=question)


def test_an_expert_who_lost_the_role_says_nothing(say, people):
    question = say(people.customer, asks=True, only_brand=True)
    people.expert.standing = "suspended"

    with pytest.raises(NotAllowed):
        say(people.expert, to=question)


def test_the_expert_asks_reacts_marks_and_helps_nothing(say, people):
    table, expert = people.table, people.expert.person
    said = say(people.customer)
    question = say(people.customer, asks=True, only_brand=True)
    answer = say(people.guest, to=question)

    with pytest.raises(Refused, match="the table's"):
        say(people.expert, "Or is it?", to=question, asks=True)
    with pytest.raises(NotAllowed):
        rules.react(expert, hold_table(table), answer, Feeling.THANKS, True, NOON)
    with pytest.raises(NotAllowed):
        questions.mark(expert, hold_table(table), said, NOON)
    with pytest.raises(NotAllowed):
        questions.note_what_helped(expert, hold_table(table), answer, NOON)


def test_a_greeting_is_not_rewritten_into_a_post(say, people):
    greeting = say(people.expert, "Hello", at=minutes(-10.5))
    table = hold_table(people.table)
    rules.edit(people.expert.person, table, greeting, "Good evening", minutes(-10.2))

    with pytest.raises(Refused, match="while you may speak"):
        rules.edit(people.expert.person, table, greeting, "Buy our forecast", minutes(-9.9))
    assert greeting.body == "Good evening"


def test_an_answer_may_be_mended_while_following_up(say, people):
    question = say(people.customer, asks=True, only_brand=True)
    answer = say(people.expert, "Publik holidays", to=question)
    rules.edit(people.expert.person, hold_table(people.table), answer, "Public holidays", minutes(4))

    with pytest.raises(Refused):
        rules.edit(people.expert.person, hold_table(people.table), answer, "And more", minutes(5))


def test_nothing_is_taken_once_the_door_has_shut(say, people):
    question = say(people.customer, asks=True, only_brand=True)
    closes = people.bof_session.closes_at
    say(people.expert, to=question, at=closes - timedelta(milliseconds=1))

    for who in (people.expert, people.staff, people.customer, people.guest):
        with pytest.raises(Refused, match="shut"):
            say(who, to=question, at=closes)


def test_hosts_give_notice_and_nothing_else(say, people):
    question = say(people.customer, asks=True)
    notice = say(people.staff, "The recap is in the library.")

    assert notice.kind == Kind.NOTICE
    with pytest.raises(Refused, match="stands on its own"):
        say(people.staff, "It does.", to=question)
    with pytest.raises(NotAllowed):
        rules.react(people.staff.person, hold_table(people.table), question, Feeling.THANKS, True, NOON)


def test_a_question_taken_away_needs_no_expert(say, people):
    question = say(people.customer, asks=True, only_brand=True)
    rules.remove(people.customer.person, hold_table(people.table), question, "", NOON)
    db.session.commit()

    with pytest.raises(Refused, match="taken away"):
        say(people.expert, to=question)
