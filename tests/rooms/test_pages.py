"""The room's pages: who sees them when, and that plain forms do all that the script does."""

import pytest

from meetup.extensions import db
from meetup.rooms.models import Message, Question
from meetup.sessions.phases import Phase
from tests.makers import AT_NOON, NOON
from tests.queries import counting
from tests.rooms.conftest import minutes

OPEN = {"customer": 200, "guest": 200, "other": 200, "expert": 200, "staff": 200, "owner": 200}
NOBODY_ELSE = {
    "other_expert": 403,
    "outsider": 403,
    "rival_staff": 403,
    "rival_customer": 403,
    "stranger": 403,
    "visitor": 303,
}


@pytest.mark.parametrize(("who", "status"), (OPEN | NOBODY_ELSE).items())
def test_the_open_table_is_read_by_those_who_belong(room, say, people, who, status):
    said = say(people.customer, "We bake 140 sourdough")

    page, alone = room.get(who), room.get(who, f"/messages/{said.seq}")

    assert (page.status_code, alone.status_code) == (status, status)
    assert ("140 sourdough" in page.text) == ("140 sourdough" in alone.text) == (status == 200)


@pytest.mark.parametrize("phase", [Phase.DRAFT, Phase.SCHEDULED, Phase.CLOSED, Phase.CANCELLED])
@pytest.mark.parametrize("who", OPEN)
def test_outside_of_doors_and_open_nobody_reads(room, say, people, who, phase):
    said = say(people.customer, "We bake 140 sourdough")
    move(people.bof_session, phase)

    page = room.get(who)

    assert page.status_code == (200 if phase is not Phase.DRAFT or who in ("staff", "owner") else 404)
    assert "140 sourdough" not in page.text
    assert room.get(who, f"/messages/{said.seq}").status_code in (403, 404)


@pytest.mark.parametrize("who", NOBODY_ELSE)
def test_whoever_does_not_belong_is_not_told_what_the_door_says(room, people, who):
    for phase in (Phase.SCHEDULED, Phase.DOORS, Phase.CLOSED, Phase.ENDED):
        move(people.bof_session, phase)

        assert room.get(who).status_code == NOBODY_ELSE[who]


def test_after_the_switch_customers_are_shown_the_way_in_and_all_others_out(room, people):
    move(people.bof_session, Phase.CLOSED)

    assert f"{room.address}/closed" in room.get("customer").text
    for who in ("guest", "expert", "staff", "owner"):
        page = room.get(who).text
        assert "The door is shut. Fernhill has left." in page
        assert "/closed" not in page


@pytest.mark.parametrize("who", ["customer", "guest", "expert", "staff"])
def test_a_form_that_came_in_empty_is_no_way_in(room, say, people, who):
    said = say(people.customer, "We bake 140 sourdough")
    move(people.bof_session, Phase.CLOSED)

    answers = [room.post(who, f"/messages/{said.seq}/edit"), room.say(who, "", script=False)]

    assert [answer.status_code for answer in answers] == [403, 422]
    assert not any("140 sourdough" in answer.text for answer in answers)


def test_before_the_doors_one_waits_at_them(room, people):
    move(people.bof_session, Phase.SCHEDULED)

    page = room.get("customer").text

    assert "The doors are not open yet." in page
    assert 'data-opens-at="2026-12-03T12:50:00Z"' in page


@pytest.mark.parametrize("who", ["customer", "guest", "expert", "staff"])
def test_the_transcript_is_reread_for_ninety_days_by_those_who_were_there(room, say, people, who):
    say(people.customer, "We bake 140 sourdough")
    for person in ("customer", "guest"):
        room.post(person, "/presence")
    move(people.bof_session, Phase.ENDED)

    for later, is_there in ((0, True), (89, True), (91, False)):
        people.bof_session.ends_at = minutes(-100 - later * 24 * 60)
        people.bof_session.closes_at = people.bof_session.starts_at = people.bof_session.doors_at = minutes(-(9**6))
        db.session.commit()
        assert ("140 sourdough" in room.get(who).text) == is_there


def test_who_did_not_come_rereads_nothing(room, say, people):
    say(people.customer)
    room.post("customer", "/presence")
    move(people.bof_session, Phase.ENDED)

    assert room.get("customer").status_code == 200
    assert room.get("guest").status_code == 403


def test_a_lost_standing_counts_at_once(room, people):
    assert room.get("customer").status_code == 200

    people.customer.standing = "suspended"
    db.session.commit()

    assert room.get("customer").status_code == 403
    assert room.say("customer").status_code == 403


def test_everything_can_be_done_with_plain_forms(room, people):
    assert room.say("customer", "Does it know about holidays?", script=False, asks="y").status_code == 303
    question = db.session.query(Message).one()
    at = f"/messages/{question.seq}"
    room.say("guest", "Ours does not", script=False, reply_to=question.seq)
    answer = db.session.query(Message).order_by(Message.seq.desc()).first()

    assert room.post("customer", f"/messages/{answer.seq}/helped").status_code == 303
    assert room.post("guest", f"{at}/reactions", feeling="same").status_code == 303
    assert room.post("guest", f"{at}/call").status_code == 303
    assert room.post("customer", f"{at}/edit", body="Does it know about school holidays?").status_code == 303
    page = room.get("other").text
    for words in ("school holidays", "edited", "Same here", "This helped <bdi>Ines", "<bdi>Paul</bdi> helped"):
        assert words in page
    assert db.session.query(Question).one().released_why == "call"

    assert room.post("guest", f"/messages/{answer.seq}/removal").status_code == 303
    assert "Ours does not" not in room.get("customer").text


def test_a_form_that_comes_back_keeps_what_was_typed(room):
    answer = room.say("customer", "a" * 8001, script=False)

    assert answer.status_code == 422
    assert "8,000 characters; it has 8,001" in answer.text
    assert "a" * 8001 in answer.text


def test_a_message_may_be_marked_as_a_question_later(room, say, people):
    said = say(people.customer, "I wonder about holidays")
    reply = say(people.guest, "So do I", to=said)

    assert room.post("guest", f"/messages/{said.seq}/question").status_code == 303

    page = room.get("customer").text
    assert f'id="m-{said.seq}-replies"' in page
    assert page.index(f'id="m-{said.seq}-replies"') < page.index(f'id="m-{reply.seq}"')


def test_hosts_take_away_what_must_not_stand(room, say, people):
    said = say(people.customer, "Something nobody should say")

    answer = room.post("staff", f"/messages/{said.seq}/removal", why="not at our tables")

    assert answer.status_code == 303
    page = room.get("guest").text
    assert "Something nobody" not in page
    assert "Taken away by Ben, a host of Fernhill: not at our tables" in page


def test_the_unread_line_stands_before_what_is_new(room, say, people):
    first = say(people.guest, "One")
    room.post("customer", "/presence", read=first.seq)
    second = say(people.guest, "Two")

    page = room.get("customer").text

    assert page.index("One") < page.index('id="unread"') < page.index(f'id="m-{second.seq}"')
    assert 'id="unread"' not in room.get("other").text


def test_pages_go_back_by_fifty(room, say, people):
    messages = [say(people.customer, f"number {n}.") for n in range(120)]

    latest = room.get("guest").text
    earlier = room.get("guest", f"?before={messages[70].seq}").text

    assert "number 70." in latest
    assert "number 69." not in latest
    assert f"before={messages[70].seq}" in latest
    assert "number 69." in earlier
    assert "number 20." in earlier
    assert "number 19." not in earlier


@pytest.mark.parametrize("before", ["-1", "x", "9" * 30, "", "１", "1;2"])
def test_a_forged_place_is_no_place(room, say, people, before):
    say(people.customer, "One")

    assert room.get("guest", f"?before={before}").status_code == 200


def test_a_room_with_five_hundred_messages_asks_no_more_than_one_with_ten(room, say, people):
    def fill(count):
        for number in range(count // 5):
            question = say(people.customer, f"Question {number}?", asks=True)
            answer = say(people.guest, "An answer", to=question)
            room.post("customer", f"/messages/{answer.seq}/reactions", feeling="thanks")
            say(people.customer, "Something", to=say(people.guest, "Something else"))
            say(people.staff, "Notice")

    fill(10)
    with counting() as few:
        room.get("customer")
    fill(490)
    with counting() as many:
        room.get("customer")

    assert len(many) == len(few), many
    assert len(few) <= 30, few


def test_an_address_of_another_brand_or_session_or_table_finds_nothing(room, say, people, make):
    said = say(people.customer)
    elsewhere = say(people.other, table=people.second)
    slug, rival = people.bof_session.slug, people.rival.slug
    db.session.commit()

    browser = room.browser("customer")
    assert browser.get(f"/b/{rival}/s/{slug}/t/1").status_code == 404
    assert browser.get(f"/b/{people.brand.slug}/s/{slug}/t/3").status_code == 404
    assert browser.get(f"/b/{people.brand.slug}/s/{slug}/t/{'9' * 30}").status_code == 404
    for number in (elsewhere.seq + 1000, 2**31 - 1, 2**63):
        assert room.get("customer", f"/messages/{number}").status_code == 404
    assert room.get("customer", f"/messages/{said.seq}").status_code == 200


def move(bof_session, phase):
    """Let it be in this phase at noon."""
    doors, starts, closes, ends = (minutes(after) for after in AT_NOON.get(phase, AT_NOON[Phase.OPEN]))
    bof_session.doors_at, bof_session.starts_at, bof_session.closes_at, bof_session.ends_at = (
        doors,
        starts,
        closes,
        ends,
    )
    bof_session.published_at = None if phase is Phase.DRAFT else NOON.replace(year=2025)
    bof_session.cancelled_at = NOON if phase is Phase.CANCELLED else None
    db.session.commit()
