"""Saying something: once, in one order, by whoever may, and never after the door has shut."""

import threading
from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from meetup import create_app
from meetup.extensions import db, limiter
from meetup.rooms import presence, rules
from meetup.rooms.models import Message, Presence, Question, Reaction, TableEvent
from meetup.sessions.rules import hold_table
from meetup.shared.errors import NotAllowed, Refused
from tests.makers import NOON
from tests.rooms.conftest import Room, key, minutes


def said():
    return [message.body for message in db.session.query(Message).order_by(Message.seq)]


def test_what_is_said_is_stored_and_answered(room):
    answer = room.say("customer", "We bake **140**")

    assert answer.status_code == 201
    assert "<strong>140</strong>" in answer.json["html"]
    assert said() == ["We bake **140**"]


def test_sending_twice_says_it_once(room):
    first = room.say("customer", "One", client_key=key(7))
    again = room.say("customer", "One", client_key=key(7).upper())

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json == again.json
    assert said() == ["One"]


@pytest.mark.parametrize("other", [{"body": "Two"}, {"asks": "y"}])
def test_other_words_under_the_same_key_are_refused(room, other):
    room.say("customer", "One", client_key=key(7))

    assert room.say("customer", **{"body": "One", "client_key": key(7)} | other).status_code == 409
    assert said() == ["One"]


def test_a_repeat_after_an_edit_gives_what_stands_now(room):
    number = room.say("customer", "One", client_key=key(7)).json["seq"]
    room.post("customer", f"/messages/{number}/edit", body="Two")

    again = room.say("customer", "One", client_key=key(7))

    assert (again.status_code, said()) == (200, ["Two"])


def test_the_key_of_another_person_is_ones_own(room):
    room.say("customer", "One", client_key=key(7))

    assert room.say("guest", "Two", client_key=key(7)).status_code == 201
    assert said() == ["One", "Two"]


def test_a_repeat_that_crossed_the_switch_learns_that_it_was_taken(room, people, noon):
    number = room.say("customer", "One", client_key=key(7), asks="y").json["seq"]
    room.say("guest", "An answer", reply_to=number)
    noon.move_to(people.bof_session.closes_at)

    again = room.say("customer", "One", client_key=key(7), asks="y")
    assert (again.status_code, again.json) == (200, {"seq": number, "html": ""})
    assert room.say("customer", "Two").status_code == 409
    assert said() == ["One", "An answer"]


@pytest.mark.parametrize(
    ("who", "status"),
    [
        *[("customer", 201), ("guest", 201), ("staff", 201), ("owner", 201), ("expert", 409), ("other", 403)],
        *[("outsider", 403), ("other_expert", 403), ("rival_staff", 403), ("rival_customer", 403), ("stranger", 403)],
        ("visitor", 401),
    ],
)
def test_who_may_speak_in_the_open_part(room, who, status):
    assert room.say(who).status_code == status
    assert len(said()) == (status == 201)


@pytest.mark.parametrize("who", ["customer", "guest", "expert", "staff", "owner"])
@pytest.mark.parametrize("instant", ["closes_at", "ends_at"])
def test_a_stale_page_says_nothing_after_the_switch(room, people, noon, who, instant):
    number = room.say("customer", "Does it?", asks="y", only_brand="y").json["seq"]
    at = f"/messages/{number}"
    noon.move_to(getattr(people.bof_session, instant))
    before = db.session.query(TableEvent).count()

    for path, data in [
        ("/messages", {"body": "Too late", "client_key": key(), "reply_to": number}),
        (f"{at}/edit", {"body": "Too late"}),
        (f"{at}/removal", {}),
        (f"{at}/reactions", {"feeling": "same"}),
        (f"{at}/question", {}),
        (f"{at}/call", {}),
        (f"{at}/helped", {}),
        ("/presence", {}),
        ("/presence", {"leaving": "y"}),
    ]:
        assert room.post(who, path, **data).status_code in (403, 409), path

    assert said() == ["Does it?"]
    assert db.session.query(TableEvent).count() == before
    assert db.session.query(Reaction).count() == 0


def test_moving_the_end_forward_counts_for_the_next_word(room, people):
    session = people.bof_session
    session.move(session.doors_at, session.starts_at, NOON, session.ends_at, NOON)
    db.session.commit()

    assert room.say("customer").status_code == 409


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)&gt;"),
        ("[a](javascript:alert(1))", "[a](javascript:alert(1))"),
        ("{{ 7 * 7 }}{% raw %}", "{{ 7 * 7 }}{% raw %}"),
        ("a\x00b", "ab"),
        ("a\u202eb", "ab"),
        ("\r\nevent: gone\r\n\r\ndata: x", "event: gone"),
        ("=HYPERLINK(1)", "=HYPERLINK(1)"),
        ("=?utf-8?q?=0A?=", "=?utf-8?q?=0A?="),
        ("a" * 8000, "a" * 8000),
        ("<b " * 2600, "&lt;b &lt;b"),
        ("@ines " * 500, "@ines @ines"),
    ],
    ids=range(12),
)
def test_hostile_words_stay_words(room, typed, kept):
    answer = room.say("customer", typed)

    assert answer.status_code == 201
    assert kept in answer.json["html"]
    assert kept in room.get("guest").text


@pytest.mark.parametrize("typed", ["", " \n\t ", "\u200b\u2060", "\x00", "\u202e", "a" * 8001, "\u0301" * 90000])
def test_what_is_no_words_or_too_many_is_refused_beside_the_field(room, typed):
    answer = room.say("customer", typed)

    assert (answer.status_code, list(answer.json["errors"])) == (422, ["body"])
    assert said() == []


def test_lone_surrogates_are_taken_out(room):
    raw = b"client_key=" + key().encode() + b"&body=a%ED%A0%80b"
    answer = room.browser("customer").post(
        f"{room.address}/messages", data=raw, content_type="application/x-www-form-urlencoded"
    )

    assert answer.status_code == 303
    assert said()[0].encode().decode() == said()[0]


def test_ten_megabytes_are_turned_away(room):
    assert room.say("customer", "a" * 10_000_000).status_code == 413


@pytest.mark.parametrize("hostile", ["", "x", "7", "a" * 9000, "\x00", key(7) + "1"])
def test_a_key_that_is_none_is_refused(room, hostile):
    assert room.say("customer", client_key=hostile).status_code == 422


@pytest.mark.parametrize(
    ("reply_to", "status"), [("0", 422), ("-1", 422), ("x", 422), (str(2**63), 422), ("999999", 404)]
)
def test_a_reply_to_nothing_is_refused(room, reply_to, status):
    assert room.say("customer", reply_to=reply_to).status_code == status
    assert said() == []


def test_a_message_of_another_table_cannot_be_replied_to_or_touched(room, say, people):
    for _ in range(5):
        elsewhere = say(people.other, table=people.second)

    assert room.say("customer", reply_to=elsewhere.seq).status_code == 404
    assert room.post("customer", f"/messages/{elsewhere.seq}/reactions", feeling="same").status_code == 404


def test_what_was_taken_back_cannot_be_answered(room, say, people):
    one = say(people.customer)
    rules.remove(people.customer.person, hold_table(people.table), one, "", NOON)
    db.session.commit()

    assert room.say("guest", reply_to=one.seq).status_code == 409
    assert room.post("guest", f"/messages/{one.seq}/reactions", feeling="same").status_code == 409


@pytest.mark.parametrize("feeling", ["", "like", "SAME", "same\x00", "a" * 9000])
def test_there_are_six_reactions_and_no_other(room, say, people, feeling):
    one = say(people.customer)

    assert room.post("guest", f"/messages/{one.seq}/reactions", feeling=feeling).status_code == 422


def test_a_reaction_is_given_once_and_taken_back(room, say, people):
    path = f"/messages/{say(people.customer).seq}/reactions"

    for on, count in (("yes", 1), ("yes", 1), ("no", 0), ("no", 0), ("", 1), ("", 0)):
        assert room.post("guest", path, feeling="same", on=on).status_code == 303
        assert db.session.query(Reaction).count() == count


def test_only_ones_own_words_are_changed_and_for_five_minutes(say, people):
    one = say(people.customer, "One")
    table = hold_table(people.table)

    with pytest.raises(NotAllowed):
        rules.edit(people.guest.person, table, one, "Two", NOON)
    rules.edit(people.customer.person, table, one, "Two", minutes(4.9))
    with pytest.raises(Refused, match="five minutes"):
        rules.edit(people.customer.person, table, one, "Three", minutes(5))
    assert one.body == "Two"


def test_peers_take_back_their_own_words_only(say, people):
    one = say(people.customer, "One")

    with pytest.raises(NotAllowed):
        rules.remove(people.guest.person, hold_table(people.table), one, "", NOON)
    rules.remove(people.customer.person, hold_table(people.table), one, "", NOON)
    assert (one.body, one.sent_hash) == ("", None)


def test_at_the_doors_one_says_hello_and_asks_nothing(say, people):
    assert say(people.customer, "Hello", at=minutes(-12)).kind == "say"

    with pytest.raises(Refused, match="Questions begin"):
        say(people.customer, "How are you?", at=minutes(-12), asks=True)


def test_nothing_is_said_before_the_doors(say, people):
    for who in (people.customer, people.expert, people.staff):
        with pytest.raises(Refused, match="not open yet"):
            say(who, at=minutes(-21))


@pytest.mark.parametrize("column", ["audience", "seq", "author_id", "kind", "posted_at", "client_key"])
def test_who_said_what_to_whom_never_changes(say, people, column):
    one = say(people.customer)
    other = {"audience": "all", "seq": 99, "author_id": people.guest.person_id, "posted_at": minutes(1)}
    with pytest.raises(IntegrityError):
        db.session.query(Message).filter_by(id=one.id).update({column: other.get(column, "x")})
    db.session.rollback()


def test_the_asker_says_what_helped_and_may_change_their_mind(say, people):
    question = say(people.customer, asks=True)
    first, second = say(people.guest, to=question), say(people.guest, to=question)
    from meetup.rooms.questions import note_what_helped

    for answer in (first, second):
        note_what_helped(people.customer.person, hold_table(people.table), answer, NOON)
    with pytest.raises(NotAllowed):
        note_what_helped(people.guest.person, hold_table(people.table), first, NOON)
    assert db.session.query(Question).one().helped_id == second.id


def test_eight_at_once_get_one_order_and_lose_nothing(app, people):
    """Each thread says ten things twice over, as a page does that heard no answer."""
    table_id, keys = people.table.id, [[key() for _ in range(10)] for _ in range(8)]
    authors = [people.customer.person_id, people.guest.person_id] * 4
    db.session.commit()
    troubles = []

    def talk(author_id, mine):
        from meetup.accounts.models import Person
        from meetup.sessions.models import BofTable

        with app.app_context():
            try:
                for one in [*mine, *mine]:
                    table = hold_table(db.session.get(BofTable, table_id))
                    rules.say(db.session.get(Person, author_id), table, rules.Words(one, f"said {one}"), NOON)
                    db.session.commit()
            except Exception as error:  # a thread's errors are the test's
                troubles.append(error)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=talk, args=pair) for pair in zip(authors, keys, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert troubles == []
    messages = db.session.query(Message).order_by(Message.seq).all()
    events = [seq for (seq,) in db.session.query(TableEvent.seq).order_by(TableEvent.seq)]
    assert sorted(message.client_key for message in messages) == sorted(sum(keys, []))
    assert events == list(range(1, 82))  # the phase, and eighty words
    assert [message.seq for message in messages] == events[1:]
    for mine in keys:
        assert [message.client_key for message in messages if message.client_key in mine] == mine


def test_one_who_talks_too_fast_is_slowed_down(app, settings, sign_in, people, noon):
    """Forty words a minute; the limit is each person's own."""
    strict = create_app(replace(settings, rate_limits=True))
    strict.config["WTF_CSRF_ENABLED"] = False
    strict.testing = True
    room = Room(strict, sign_in, people)
    try:
        answers = [room.say("customer", f"Word {number}").status_code for number in range(43)]
        assert answers == [201] * 40 + [429] * 3
        assert room.say("guest").status_code == 201
    finally:
        limiter.enabled = False
        with strict.app_context():
            db.engine.dispose()


def test_a_form_of_another_site_is_turned_away(room, app, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)

    assert room.say("customer").status_code == 400
    assert said() == []


def test_coming_in_counts_as_attendance_and_is_heard_once(room, people):
    for _ in range(3):
        assert room.post("customer", "/presence").status_code == 303

    assert people.table.last_seq == 1
    assert "1 here" in room.get("guest").text
    seat = db.session.query(Presence).one()
    assert seat.person_id == people.customer.person_id


def test_a_silent_page_is_a_person_who_left(people):
    table = hold_table(people.table)
    presence.arrive(people.customer.person, table, 0, NOON)
    db.session.commit()
    presence.arrive(people.guest.person, hold_table(people.table), 0, minutes(2))
    db.session.commit()

    gone = presence.presence_of(people.customer.person, table)
    assert (gone.left_at, gone.is_here(minutes(2))) == (NOON, False)


def test_leaving_is_told_and_coming_back_too(room, people):
    for leaving in ("", "y", "y", ""):
        room.post("customer", "/presence", **({"leaving": leaving} if leaving else {}))

    assert [event.kind for event in db.session.query(TableEvent)] == ["people"] * 3


@pytest.mark.parametrize("who", ["outsider", "other_expert", "rival_staff", "stranger"])
def test_nobody_comes_in_who_does_not_belong(room, who):
    assert room.post(who, "/presence").status_code == 403
    assert db.session.query(Presence).count() == 0


def test_hosts_and_experts_are_here_without_having_attended(room, people):
    from meetup.registrations.models import Registration

    for who in ("staff", "expert", "customer"):
        assert room.post(who, "/presence").status_code == 303

    attended = db.session.query(Registration.person_id).filter(Registration.attended_at.is_not(None)).all()
    assert attended == [(people.customer.person_id,)]
    page = room.get("guest").text
    assert "Your hosts" in page
    assert "Listening." in page
