import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from meetup.invites import ics
from meetup.shared.text import clean_block, clean_line

SIX = datetime(2026, 12, 3, 18, 0, tzinfo=UTC)
ENTRY = ics.Entry(
    uid="bof-8f2c@fernhill.example",
    sequence=2,
    stamped_at=datetime(2026, 11, 21, 9, 30, 5, 123456, tzinfo=UTC),
    starts_at=SIX,
    ends_at=SIX + timedelta(minutes=90),
    title="The last tray of the day",
    description="Thursday 3 December, 19:00 in Amsterdam.\nAt 19:55 Fernhill leaves.",
    location="Online",
    url="https://fernhill.example/b/fernhill/s/last-tray",
    organizer_name="Fernhill",
    organizer_email="tables@fernhill.example",
)
JUN = ics.Attendee("jun@shop.example", "Jun Hasegawa")
BUILDERS = {
    "request": lambda entry, attendee: ics.request(entry, attendee),
    "cancel": lambda entry, attendee: ics.cancel(entry, attendee, whole=True),
    "take out": lambda entry, attendee: ics.cancel(entry, attendee, whole=False),
    "publish": lambda entry, attendee: ics.publish(entry),
}
HOSTILE = [
    "\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nATTENDEE:mailto:eve@example.com",
    "\nATTENDEE;CN=Eve:mailto:eve@example.com",
    '";X=1:mailto:eve@example.com',
    "^n^'\\n\\;\\,",
    "\u2028ATTENDEE:mailto:eve@example.com\u2029\x85\x0b\x0c\x00\x1b[2J",
    "=?utf-8?q?a=0D=0AATTENDEE:mailto:eve?=",
    "=1+1;<script>alert(1)</script>",
    "\u202egnp.exe\u2066\ud800",
    "é" * 74 + "👩🏽\u200d🚀" * 30,
]
each = pytest.mark.parametrize("build", BUILDERS.values(), ids=BUILDERS.keys())
hostile = pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))


def read(octets):
    """The calendar and its only event."""
    calendar = Calendar.from_ical(octets)
    (event,) = calendar.walk("VEVENT")
    return calendar, event


def named(typed):
    """A name as it can be written everywhere."""
    return clean_line(re.sub(r'["^\\]', "", typed))


def lines(octets):
    """The content lines, unfolded."""
    return octets.replace(b"\r\n ", b"").decode().split("\r\n")[:-1]


def test_an_invitation_octet_for_octet():
    assert lines(ics.request(ENTRY, JUN)) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Tables//Birds of a feather//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:REQUEST",
        "BEGIN:VEVENT",
        "SUMMARY:The last tray of the day",
        "DTSTART:20261203T180000Z",
        "DTEND:20261203T193000Z",
        "DTSTAMP:20261121T093005Z",
        "UID:bof-8f2c@fernhill.example",
        "SEQUENCE:2",
        'ATTENDEE;CN="Jun Hasegawa";CUTYPE=INDIVIDUAL;PARTSTAT=NEEDS-ACTION;'
        "ROLE=REQ-PARTICIPANT;RSVP=TRUE:mailto:jun@shop.example",
        "DESCRIPTION:Thursday 3 December\\, 19:00 in Amsterdam.\\nAt 19:55 Fernhill leaves.",
        "LOCATION:Online",
        "ORGANIZER;CN=Fernhill:mailto:tables@fernhill.example",
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
        "URL:https://fernhill.example/b/fernhill/s/last-tray",
        "END:VEVENT",
        "END:VCALENDAR",
    ]


def test_a_session_called_off_is_cancelled_for_everybody():
    calendar, event = read(ics.cancel(ENTRY, JUN, whole=True))

    assert (calendar["METHOD"], event["STATUS"], event["SEQUENCE"]) == ("CANCEL", "CANCELLED", 2)
    assert (event["UID"], event["ATTENDEE"]) == (ENTRY.uid, "mailto:jun@shop.example")
    assert "RSVP" not in event["ATTENDEE"].params


def test_a_person_taken_out_gets_a_cancel_without_status():
    calendar, event = read(ics.cancel(ENTRY, JUN, whole=False))

    assert calendar["METHOD"] == "CANCEL"
    assert "STATUS" not in event
    assert event["ATTENDEE"] == "mailto:jun@shop.example"


def test_a_download_names_nobody_and_reminds():
    calendar, event = read(ics.publish(ENTRY))

    assert calendar["METHOD"] == "PUBLISH"
    assert "ATTENDEE" not in event
    (alarm,) = event.walk("VALARM")
    assert (alarm["ACTION"], alarm["TRIGGER"].dt) == ("DISPLAY", timedelta(minutes=-15))


def test_a_download_of_a_cancelled_session_says_so():
    _, event = read(ics.publish(replace(ENTRY, status="CANCELLED")))

    assert event["STATUS"] == "CANCELLED"


@pytest.mark.parametrize("name", ["request", "cancel", "take out"])
def test_only_downloads_remind(name):
    assert b"VALARM" not in BUILDERS[name](ENTRY, JUN)


@each
def test_times_are_utc_and_no_zone_is_sent(build):
    amsterdam = SIX.astimezone(ZoneInfo("Europe/Amsterdam"))

    octets = build(replace(ENTRY, starts_at=amsterdam), JUN)

    assert b"\r\nDTSTART:20261203T180000Z\r\n" in octets
    assert b"TZID" not in octets
    assert b"VTIMEZONE" not in octets


@pytest.mark.parametrize(
    ("local", "sent"),
    [
        (datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"), fold=0), b"20261025T003000Z"),
        (datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"), fold=1), b"20261025T013000Z"),
        (datetime(2026, 6, 1, 9, 0, tzinfo=timezone(timedelta(hours=5, minutes=45))), b"20260601T031500Z"),
    ],
    ids=["before the clocks go back", "after it", "Kathmandu"],
)
def test_an_hour_that_comes_twice_is_still_one_instant(local, sent):
    assert b"\r\nDTSTART:" + sent in ics.publish(replace(ENTRY, starts_at=local))


def test_a_floating_time_is_no_instant():
    with pytest.raises(ValueError, match="have a zone"):
        ics.publish(replace(ENTRY, starts_at=datetime(2026, 12, 3, 18, 0)))


@each
def test_the_same_entry_gives_the_same_octets(build):
    assert build(ENTRY, JUN) == build(ENTRY, JUN)


@each
def test_lines_end_in_crlf_and_are_at_most_75_octets(build):
    octets = build(
        replace(ENTRY, title="é" * 200, description="👩🏽\u200d🚀 baking\n" * 40), ics.Attendee(JUN.email, "ü" * 90)
    )

    assert octets.endswith(b"END:VCALENDAR\r\n")
    assert octets.count(b"\n") == octets.count(b"\r") == octets.count(b"\r\n")
    assert max(len(line) for line in octets.split(b"\r\n")) <= 75
    assert [line.decode() for line in octets.split(b"\r\n")]  # no character is cut in two


@each
@hostile
@pytest.mark.parametrize("field", ["title", "description", "location", "organizer_name"])
def test_words_stay_words_whatever_they_are(build, field, words):
    octets = build(replace(ENTRY, **{field: words}), JUN)

    assert [line for line in lines(octets) if not re.match(NO_MORE_THAN, line)] == []
    calendar, event = read(octets)
    assert [calendar.name, *(part.name for part in calendar.subcomponents)] == ["VCALENDAR", "VEVENT"]
    assert not isinstance(event.get("ATTENDEE", ""), list)
    assert b"\x00" not in octets
    assert "\u202e" not in octets.decode()


NO_MORE_THAN = (
    r"(BEGIN|END):V(CALENDAR|EVENT|ALARM)$|(VERSION|PRODID|CALSCALE|METHOD|SUMMARY|DTSTART|DTEND|DTSTAMP|UID|SEQUENCE"
    r"|DESCRIPTION|LOCATION|STATUS|TRANSP|URL|ACTION|TRIGGER):|ORGANIZER[;:]|ATTENDEE[;:].*:mailto:jun@shop\.example$"
)


@hostile
@pytest.mark.parametrize("name", ["request", "cancel", "take out"])
def test_a_hostile_name_is_one_attendees_name(name, words):
    octets = BUILDERS[name](ENTRY, ics.Attendee(JUN.email, words))

    _, event = read(octets)
    assert event["ATTENDEE"] == "mailto:jun@shop.example"
    assert event["ATTENDEE"].params.get("CN", "") == named(words)
    assert sum(line.startswith("ATTENDEE") for line in lines(octets)) == 1


@pytest.mark.parametrize("field", ["uid", "url", "organizer_email"])
@pytest.mark.parametrize(
    "value", ["", "a b@c", "x@y\r\nATTENDEE:mailto:eve@example.com", 'x"@y', "é@y", "x@y\x00", "<x@y>"]
)
def test_what_we_make_ourselves_is_refused_when_it_is_not_ours(field, value):
    with pytest.raises(ValueError, match="no UID, address or link of ours"):
        ics.publish(replace(ENTRY, **{field: value}))


@pytest.mark.parametrize("email", ["", "jun", "jun@shop.example,eve@example.com", "jun@shop.example\r\nX:1"])
def test_an_attendee_is_one_mailbox(email):
    with pytest.raises(ValueError, match="no UID, address or link of ours"):
        ics.request(ENTRY, ics.Attendee(email))


def test_a_nameless_attendee_has_no_name():
    _, event = read(ics.request(ENTRY, ics.Attendee(JUN.email, '"^" ')))

    assert "CN" not in event["ATTENDEE"].params


def test_many_invitations_are_those_that_would_be_built_one_by_one():
    people = [ics.Attendee(f"person{n}@shop.example", f"Nämé, {n} " + "x" * n) for n in range(80)]

    assert list(ics.requests(ENTRY, people)) == [ics.request(ENTRY, person) for person in people]


@hostile
def test_many_invitations_each_name_one_person(words):
    entry = replace(ENTRY, title=words, description=words + "ATTENDEE:mailto:x@example.com\r\n" * 9, location=words)
    people = [ics.Attendee(f"person{n}@shop.example", f"{words} {n}") for n in range(5)]

    for octets, person in zip(ics.requests(entry, people), people, strict=True):
        assert read(octets)[1]["ATTENDEE"] == f"mailto:{person.email}"
        assert re.findall(rb"person\d", octets.replace(b"\r\n ", b"")) == [person.email[:7].encode()]


def test_ten_thousand_invitations_are_built_from_one():
    built = []
    event = ics._event

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ics, "_event", lambda entry: built.append(entry) or event(entry))
        sent = sum(1 for _ in ics.requests(ENTRY, (ics.Attendee(f"p{n}@shop.example", "P") for n in range(10_000))))

    assert (sent, built) == (10_000, [ENTRY])


WORDS = st.text(st.characters() | st.sampled_from('\\;,:n"^\r\n é'), max_size=300)
INSTANTS = st.datetimes(datetime(1990, 1, 1), datetime(2200, 1, 1), timezones=st.timezones())


@given(WORDS, WORDS, WORDS, WORDS, WORDS, INSTANTS, INSTANTS, INSTANTS, st.integers(0, 2**31 - 1))
def test_what_was_built_is_what_is_read(title, description, place, brand, person, stamped, starts, ends, sequence):
    entry = replace(
        ENTRY, title=title, description=description, location=place, organizer_name=brand,
        stamped_at=stamped, starts_at=starts, ends_at=ends, sequence=sequence,
    )  # fmt: skip

    _, event = read(ics.request(entry, ics.Attendee(JUN.email, person)))

    assert (event["SUMMARY"], event["LOCATION"]) == (clean_line(title), clean_line(place))
    assert event["DESCRIPTION"] == clean_block(description)
    assert [event[name].dt for name in ("DTSTAMP", "DTSTART", "DTEND")] == [
        at.astimezone(UTC).replace(microsecond=0) for at in (stamped, starts, ends)
    ]
    assert event["SEQUENCE"] == sequence
    for mailbox, name in ((event["ORGANIZER"], brand), (event["ATTENDEE"], person)):
        assert mailbox.params.get("CN", "") == named(name)
