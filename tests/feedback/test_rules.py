"""Who came is asked once, and what they answer cannot be found again."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy import inspect as look

from meetup.brands.models import Role
from meetup.extensions import db
from meetup.feedback import policy, results, rules
from meetup.feedback.models import Answer, ContactWish, HandedIn, Voice
from meetup.feedback.rules import Said
from meetup.sessions.phases import Phase
from meetup.shared.errors import Refused
from meetup.shared.outbox import OutboxItem
from tests.makers import NOON


def others(make, bof_session, count):
    return [
        make.seat(bof_session.tables[0], attended_at=bof_session.starts_at).registration.person for _ in range(count)
    ]


def count(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_who_came_answers_once(over):
    rules.hand_in(over.someone, over, Said(again=5, recommend=10), NOON)

    with pytest.raises(Refused, match="handed yours in"):
        rules.hand_in(over.someone, over, Said(again=1), NOON)
    assert (count(Answer), count(HandedIn)) == (1, 1)


def test_who_had_a_seat_but_did_not_come_is_not_asked(make, over):
    person = make.seat(over.tables[0]).registration.person

    assert not policy.may_answer(person, over, NOON)
    assert policy.may_answer(over.someone, over, NOON)


@pytest.mark.parametrize("phase", [Phase.OPEN, Phase.CLOSED])
def test_nobody_answers_before_the_end(make, phase):
    bof_session = make.bof_session(phase=phase)
    person = make.seat(bof_session.tables[0], attended_at=bof_session.doors_at).registration.person

    with pytest.raises(Refused):
        rules.hand_in(person, bof_session, Said(again=5), NOON)


def test_after_thirty_days_it_is_too_late(over):
    assert policy.may_answer(over.someone, over, over.ends_at + timedelta(days=30, microseconds=-1))
    assert not policy.may_answer(over.someone, over, over.ends_at + timedelta(days=30))


def test_nobody_of_the_brand_answers(make, over):
    member = make.member(over.brand, Role.CUSTOMER)
    make.seat(over.tables[0], member, attended_at=over.starts_at)
    assert policy.may_answer(member.person, over, NOON)

    member.role, member.brand_side_since = Role.STAFF, NOON
    db.session.flush()
    assert not policy.may_answer(member.person, over, NOON)


def test_no_column_joins_an_answer_to_a_person():
    columns = {column.key for column in look(Answer).columns}

    assert columns == {
        "public_id", "brand_id", "bof_session_id", "on_day", "again", "recommend", "took_home", "next_topic",
    }  # fmt: skip
    assert {column.key for column in look(HandedIn).columns} == {"bof_session_id", "person_id", "brand_id"}


def test_a_released_sentence_stands_in_no_answer(over):
    said = Said(took_home="a supplier", sentence="Nobody sold me anything.", is_released=True)
    rules.hand_in(over.someone, over, said, NOON)

    answer = db.session.scalars(select(Answer)).one()
    assert "Nobody sold" not in f"{answer.took_home}{answer.next_topic}"
    assert [voice.text for voice in policy.voices(over.brand_id, 3)] == ["Nobody sold me anything."]


def test_an_unreleased_sentence_is_kept_nowhere(over):
    rules.hand_in(over.someone, over, Said(sentence="For nobody’s eyes."), NOON)

    assert count(Voice) == 0
    assert "For nobody" not in str([vars(answer) for answer in db.session.scalars(select(Answer))])


def test_who_may_be_written_to_is_a_row_of_its_own(over):
    rules.hand_in(over.someone, over, Said(again=4, may_contact=True), NOON)

    assert db.session.scalars(select(ContactWish.person_id)).all() == [over.someone.id]


def test_results_begin_with_the_fifth_answer(make, over):
    for person in others(make, over, 4):
        rules.hand_in(person, over, Said(again=5, recommend=9, took_home="bread"), NOON)
    assert results.of(over) == results.Results(None, 5)

    rules.hand_in(over.someone, over, Said(again=5, recommend=9), NOON)
    shown = results.of(over)
    assert (shown.answered, shown.came, shown.again[0]) == (5, 5, ("5 · tomorrow", 5, 100.0))
    assert shown.took_home == ["bread"] * 4


def test_two_texts_of_one_answer_stand_in_two_orders(make, over):
    """Read side by side, what somebody took home and what they want next must not point to each other."""
    for letter in "edcba":
        person = make.seat(over.tables[0], attended_at=over.starts_at).registration.person
        rules.hand_in(person, over, Said(took_home=letter, next_topic=letter), NOON)

    shown = results.of(over)

    assert shown.next_topics == ["a", "b", "c", "d", "e"]
    assert sorted(shown.took_home) == shown.next_topics


def test_everybody_who_came_is_asked_once(make, over):
    others(make, over, 2)
    make.seat(over.tables[0])

    assert rules.ask_those_who_came(NOON) == 1
    assert rules.ask_those_who_came(NOON) == 0
    assert count(OutboxItem) == 3


@pytest.mark.parametrize("phase", [Phase.OPEN, Phase.CLOSED, Phase.SCHEDULED, Phase.CANCELLED])
def test_nobody_is_asked_about_what_has_not_ended(make, phase):
    make.seat(make.bof_session(phase=phase).tables[0], attended_at=NOON)

    assert rules.ask_those_who_came(NOON) == 0
