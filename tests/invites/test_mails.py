"""The mails that follow from a seat read well as plain text, name nobody else, and stay harmless whatever is typed."""

from datetime import timedelta

import pytest

from meetup.extensions import db
from meetup.invites import rules
from meetup.sessions.phases import Phase
from meetup.shared import outbox
from meetup.shared.text import line
from tests.invites.conftest import LATER, all_moved, event_of
from tests.makers import NOON
from tests.shared.mailbox import calendar_of, html_of, text_of

pytestmark = pytest.mark.usefixtures("noon")
HOSTILE = [
    "Bread\r\nBcc: everybody@shop.example",
    "=?utf-8?q?Bread=0ABcc:=20x?=",
    '<script>alert("x")</script>',
    "a;b,c:d\\n\"^'END:VEVENT",
    "=HYPERLINK(1)+cmd|' /C calc'!A0",
    "\u202edaerB\u2066 and \x00 more",
    "🍞" * 20,
    "{{ 7*7 }} {% raw %}",
    "بريد وخبز",
]


@pytest.fixture
def invited(to_come, people, mailbox):
    """The invitation of a customer who reads in Amsterdam."""
    people.customer.person.zone = "Europe/Amsterdam"
    rules.publish(to_come, NOON)
    rules.take_seat(people.customer.person, to_come.tables[0], NOON)
    mailbox.deliver(NOON)
    return mailbox.last_to(people.customer.person.email)


def test_it_reads_well_as_plain_text(invited, people, to_come):
    page = f"http://tables.example/b/{people.brand.slug}/s/{to_come.slug}"

    assert invited["Subject"] == "Thu 3 Dec, 14:00: The last tray of the day"
    assert text_of(invited) == (
        "Ines,\n\n"
        "You have a seat at “Bread and anything baked”.\n\n"
        "THE LAST TRAY OF THE DAY\n"
        "Thursday 3 December, 14:00 to 15:30\n"
        "your time, Amsterdam (13:00 to 14:30 in London)\n"
        "Online\n\n"
        f"See your table:\n{page}\n\n"
        "Until 15:00 Nadia from our side listens, and answers only what\n"
        "none of you could. Then we leave and the door shuts: the last 30\n"
        "minutes are yours alone.\n\n"
        "Ben Otieno, host at Fernhill\n\n"
        "--\nFernhill\n"
        f"Give up your seat: {page}/seat/removal\n"
    )


def test_it_says_the_same_as_a_page_with_one_button(invited, to_come):
    html = html_of(invited)

    assert html.count('class="button"') == 1
    assert "Then we leave and the door shuts: the last 30 minutes are yours alone." in html
    assert "<style" not in html
    assert "src=" not in html


def test_it_is_built_as_mail_programs_want_it(invited, people):
    mixed = [part.get_content_type() for part in invited.iter_parts()]
    alternatives = [part.get_content_type() for part in next(iter(invited.iter_parts())).iter_parts()]
    attached = list(invited.iter_attachments())[-1]

    assert mixed == ["multipart/alternative", "application/ics"]
    assert alternatives == ["text/plain", "text/html", "text/calendar"]
    assert attached.get_payload(decode=True) == calendar_of(invited)[0]
    assert [str(box) for box in invited["To"].addresses] == [f"Ines Okafor <{people.customer.person.email}>"]
    assert str(invited["From"]) == "Fernhill <tables@tables.example>"
    assert (invited["Cc"], invited["List-Unsubscribe"]) == (None, None)


def test_the_organizer_is_the_mailbox_it_comes_from(invited):
    event, _ = event_of(invited)

    assert (event["ORGANIZER"], event["ORGANIZER"].params["CN"]) == ("mailto:tables@tables.example", "Fernhill")


def test_no_other_guest_or_customer_is_in_any_byte_of_it(to_come, people, mailbox):
    rules.publish(to_come, NOON)
    for who in (people.customer, people.guest, people.outsider):
        rules.take_seat(who.person, to_come.tables[0], NOON)
    mailbox.deliver(NOON)

    mail = mailbox.last_to(people.customer.person.email)
    octets = mail.as_bytes() + text_of(mail).encode() + html_of(mail).encode() + calendar_of(mail)[0]
    for other in (people.guest.person, people.outsider.person):
        assert other.email.encode() not in octets
        assert other.name.encode() not in octets


def test_the_expert_and_the_host_hear_what_is_theirs_to_do(to_come, people, mailbox):
    rules.publish(to_come, NOON)
    mailbox.deliver(NOON)

    expert, host = (text_of(mailbox.last_to(who.person.email)) for who in (people.expert, people.staff))
    assert "You listen, and answer what none of them could." in expert
    assert "yours to host" in host
    assert "Give up your seat" not in expert + host


def test_a_guest_is_not_told_that_the_closed_part_is_theirs(to_come, people, mailbox):
    rules.publish(to_come, NOON)
    rules.take_seat(people.guest.person, to_come.tables[0], NOON)
    mailbox.deliver(NOON)

    text = text_of(mailbox.last_to(people.guest.person.email))
    assert "Then we leave and the door shuts." in text
    assert "yours alone" not in text


def test_a_change_says_how_things_stand_now(seated, people, mailbox):
    rules.reschedule(seated, all_moved(seated, 30), NOON)
    mailbox.deliver(NOON + LATER)

    mail = mailbox.last_to(people.customer.person.email)
    assert mail["Subject"] == "Changed: Thu 3 Dec, 13:30, The last tray of the day"
    assert "Something about this evening has changed." in text_of(mail)


def test_calling_off_says_so_and_asks_for_nothing(seated, people, mailbox):
    rules.call_off(seated, NOON)
    mailbox.deliver(NOON)

    mail = mailbox.last_to(people.customer.person.email)
    assert mail["Subject"] == "Called off: Thu 3 Dec, 13:00, The last tray of the day"
    assert "Fernhill has called this evening off." in text_of(mail)
    assert "http" not in text_of(mail)


def test_the_same_mail_sent_again_has_the_same_id_and_a_later_one_another(to_come, people, mailbox):
    rules.publish(to_come, NOON)
    rules.take_seat(people.customer.person, to_come.tables[0], NOON)
    item = db.session.query(outbox.OutboxItem).filter_by(person_id=people.customer.person_id).one()
    drawn = [outbox.handler_of(item.kind)(item.payload, item) for _ in range(2)]
    mailbox.deliver(NOON)
    rules.reschedule(to_come, all_moved(to_come, 30), NOON + LATER)
    mailbox.deliver(NOON + 2 * LATER)

    ids = [str(mail["Message-ID"]).encode() for mail in mailbox.to(people.customer.person.email)]
    assert [sum(each in octets for each in ids) for octets in drawn] == [1, 1]
    assert len(set(ids)) == 2


@pytest.mark.parametrize("typed", HOSTILE)
def test_whatever_was_typed_into_any_field_stays_text(people, make, mailbox, typed):
    # A field cleans what it is given; of that, nothing may harm a mail.
    typed = line(typed, 100)
    people.brand.name = people.customer.person.name = people.staff.person.name = typed[:60]
    bof_session = make.bof_session(
        people.brand, tables=0, title=typed, summary=typed, place=typed, host_id=people.staff.id
    )
    table = make.table(bof_session, topic=typed[:80])
    rules.take_seat(people.customer.person, table, NOON)
    mailbox.deliver(NOON)

    mail = mailbox.last_to(people.customer.person.email)
    event, _ = event_of(mail)
    assert (mail["Bcc"], len(mail["To"].addresses)) == (None, 1)
    assert "<script" not in html_of(mail)
    assert str(event["UID"]) == bof_session.uid
    assert "49" not in text_of(mail).replace(bof_session.slug, "")


def test_links_are_ours_whatever_the_request_claimed(app, people, make, mailbox):
    bof_session = make.bof_session(people.brand)

    with app.test_request_context(base_url="http://evil.example"):
        rules.take_seat(people.outsider.person, bof_session.tables[0], NOON)
        (mail,) = mailbox.deliver(NOON)

    assert "evil.example" not in text_of(mail) + html_of(mail) + str(calendar_of(mail))
    assert "http://tables.example/b/" in text_of(mail)


@pytest.mark.parametrize("kind", ["invites.request", "invites.update", "invites.called_off", "invites.withdrawn"])
def test_nothing_is_sent_once_the_evening_is_over(seated, people, mailbox, kind):
    mine = rules.invite_of(people.customer.person, seated)
    outbox.enqueue(kind, {"invite": mine.id}, at=NOON)
    if kind in ("invites.called_off", "invites.withdrawn"):
        mine.withdraw(NOON)
    seated.ends_at, seated.closes_at = NOON - timedelta(minutes=1), NOON - timedelta(minutes=2)
    seated.starts_at, seated.doors_at = NOON - timedelta(minutes=3), NOON - timedelta(minutes=4)
    if kind == "invites.called_off":
        seated.cancelled_at = NOON - timedelta(minutes=2)

    assert mailbox.deliver(NOON) == []


def test_nothing_is_sent_to_somebody_who_is_no_member_any_more(seated, people, mailbox):
    rules.reschedule(seated, all_moved(seated, 30), NOON)
    people.customer.standing = "suspended"

    mailbox.deliver(NOON + LATER)

    assert mailbox.to(people.customer.person.email) == []


def test_nothing_is_sent_to_somebody_who_is_erased(seated, people, mailbox):
    rules.reschedule(seated, all_moved(seated, 30), NOON)
    address, people.customer.person.email = people.customer.person.email, None

    mailbox.deliver(NOON + LATER)

    assert mailbox.to(address) == []


def test_a_session_that_was_never_published_invites_nobody(people, make, mailbox):
    draft = make.bof_session(people.brand, Phase.DRAFT, host_id=people.staff.id)
    rules.call_off(draft, NOON)

    assert mailbox.deliver(NOON) == []
