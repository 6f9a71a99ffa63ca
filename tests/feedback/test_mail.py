"""The one mail that asks, and when it is dropped."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from sqlalchemy import select

from meetup.extensions import db
from meetup.feedback import mails, rules
from meetup.feedback.rules import Said
from meetup.shared.outbox import OutboxItem
from tests.makers import NOON


@pytest.fixture
def item(over, noon):
    rules.ask_those_who_came(NOON)
    db.session.commit()
    return db.session.scalars(select(OutboxItem)).one()


def written(item):
    octets = mails.ask(item.payload, item)
    return octets and message_from_bytes(octets, policy=policy.default)


def test_it_asks_in_words_and_in_html(over, item):
    mail = written(item)
    plain, rich = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    way = f"http://tables.example/b/{over.brand.slug}/s/{over.slug}/feedback"

    assert mail["Subject"] == "How was it? The last tray of the day"
    assert over.someone.email in mail["To"]
    for words in (way, "The last tray of the day", "Five questions, two minutes; skip any."):
        assert words in plain
        assert words in rich
    assert "style=" in rich
    assert "<style" not in rich


def test_its_plain_text_is_no_wider_than_a_window(over, item):
    over.title = "An evening with a title as long as titles are allowed to be, and then a little longer than that"
    db.session.commit()

    lines = written(item).get_body(("plain",)).get_content().splitlines()

    assert [line for line in lines if len(line) > 72 and "http" not in line] == []
    assert "" not in (lines[0], lines[-1])
    assert "\n\n\n" not in "\n".join(lines)


def test_a_title_cannot_write_headers(over, item):
    over.title = "Hello =?utf-8?q?=0ABcc:_eve@evil.example?= <b>"
    db.session.commit()

    mail = written(item)

    assert mail["Bcc"] is None
    assert "&lt;b&gt;" in mail.get_body(("html",)).get_content()


def test_who_has_answered_is_not_asked(over, item):
    assert written(item) is not None

    rules.hand_in(over.someone, over, Said(again=5), NOON)
    db.session.commit()

    assert written(item) is None


def test_whose_time_is_over_is_not_asked(over, item, noon):
    noon.move_to(over.ends_at + timedelta(days=30))

    assert written(item) is None


def test_who_has_no_address_any_more_is_not_asked(over, item):
    over.someone.email = None
    db.session.commit()

    assert written(item) is None


def test_where_the_door_is_shut_from_the_beginning_a_seat_counts(make, noon):
    """Nobody notes there who comes, so nobody could be asked."""
    evening = make.bof_session(
        phase="ended", starts_at=NOON - timedelta(minutes=130), doors_at=NOON - timedelta(hours=3)
    )
    person = make.seat(evening.tables[0]).registration.person
    assert not evening.has_open_part

    rules.ask_those_who_came(NOON)
    item = db.session.scalars(select(OutboxItem)).one()
    assert (item.person_id, written(item) is not None) == (person.id, True)
    rules.hand_in(person, evening, Said(again=5), NOON)
