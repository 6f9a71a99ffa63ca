"""Times as people type them, and the same times in words."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from meetup.sessions import times

TODAY = date(2026, 11, 21)  # a Saturday
THIRD = date(2026, 12, 3)
ZONES = ["Europe/London", "America/New_York", "Australia/Lord_Howe"]


@pytest.mark.parametrize(
    "typed",
    [
        "thu 3 dec",
        "Thursday, 3rd of December",
        "3 dec",
        "dec 3",
        "3.12.",
        "3.12.26",
        "3/12/2026",
        "2026-12-03",
        "３ DEC",
    ],
)
def test_a_day_is_understood_as_people_write_it(typed):
    assert times.read_day(typed, TODAY) == THIRD


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("today", TODAY),
        ("tomorrow", TODAY + timedelta(days=1)),
        ("sat", TODAY),
        ("fri", date(2026, 11, 27)),
        ("weds", date(2026, 11, 25)),
        ("3 nov", date(2027, 11, 3)),
        ("29 feb", date(2028, 2, 29)),
    ],
)
def test_without_a_year_the_next_such_day_is_meant(typed, meant):
    assert times.read_day(typed, TODAY) == meant


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("", "cannot read that as a day"),
        ("sometime", "cannot read that as a day"),
        ("31 feb", "There is no 31 February"),
        ("3.13.", "There is no month 13"),
        ("29 feb 2027", "There is no 29 February in 2027"),
        ("3 dec 2099", "too far away"),
        ("0001-01-01", "too far away"),
        ("fri 3 dec", r"is a Thursday, not a Friday\. Did you mean Friday 4 December 2026\?"),
        ("=HYPERLINK(1)", "cannot read that as a day"),
        ("\u202e3 dec", "cannot read that as a day"),
        ("9" * 40, "cannot read that as a day"),
    ],
)
def test_what_is_no_day_gets_a_sentence(typed, answer):
    with pytest.raises(ValueError, match=answer):
        times.read_day(typed, TODAY)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("18", time(18)),
        ("18:30", time(18, 30)),
        ("18.30", time(18, 30)),
        ("1830", time(18, 30)),
        ("18h30", time(18, 30)),
        ("6.30 pm", time(18, 30)),
        ("6PM", time(18)),
        ("12 am", time(0)),
        ("12 pm", time(12)),
        ("noon", time(12)),
        ("midnight", time(0)),
        ("24:00", time(0)),
    ],
)
def test_a_time_of_day_is_understood_as_people_write_it(typed, meant):
    assert times.read_clock(typed) == meant


@pytest.mark.parametrize("typed", ["", "six", "25", "24:01", "18:60", "13 pm", "0 am", "18:3", "1:2:3", "-1", "9" * 40])
def test_what_is_no_time_of_day_gets_a_sentence(typed):
    with pytest.raises(ValueError, match="A time looks like 18, 18:30 or 6.30 pm"):
        times.read_clock(typed)


@given(st.dates(TODAY, TODAY + timedelta(days=1000)))
def test_a_day_that_we_write_is_read_back(day):
    assert times.read_day(times.typed_day(day), TODAY) == day
    assert times.read_day(day.isoformat(), TODAY) == day


@given(st.times())
def test_a_time_that_we_write_is_read_back(clock):
    assert times.read_clock(f"{clock:%H:%M}") == time(clock.hour, clock.minute)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_read_or_refused_with_a_sentence(typed):
    for read in (times.read_clock, lambda words: times.read_day(words, TODAY)):
        said = "."
        try:
            read(typed)
        except ValueError as refusal:
            said = str(refusal)
        assert said.endswith((".", "?"))


@given(st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)), st.sampled_from(ZONES))
def test_what_a_clock_shows_and_the_instant_agree(wall, zone):
    wall = wall.replace(second=0, microsecond=0)
    try:
        at, _ = times.to_instant(wall, zone)
    except ValueError:
        assume(False)
    assert times.to_wall(at, zone) == wall


@given(st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)), st.sampled_from(ZONES))
def test_a_copy_always_finds_an_instant_and_never_an_earlier_clock(wall, zone):
    wall = wall.replace(second=0, microsecond=0)

    shown = times.to_wall(times.from_wall(wall, zone), zone)

    assert wall <= shown <= wall + timedelta(hours=1)


@pytest.mark.parametrize(
    ("zone", "wall", "next_that_does"),
    [
        ("Europe/London", datetime(2027, 3, 28, 1, 30), "02:00"),
        ("America/New_York", datetime(2027, 3, 14, 2, 0), "03:00"),
        ("Australia/Lord_Howe", datetime(2027, 10, 3, 2, 15), "02:30"),
    ],
)
def test_a_time_that_the_clocks_skip_is_refused_with_the_next_one(zone, wall, next_that_does):
    with pytest.raises(ValueError, match=f"does not exist in .* The next time that does is {next_that_does}"):
        times.to_instant(wall, zone)


@pytest.mark.parametrize(
    ("zone", "wall", "first"),
    [
        ("Europe/London", datetime(2027, 10, 31, 1, 30), datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
        ("America/New_York", datetime(2027, 11, 7, 1, 30), datetime(2027, 11, 7, 5, 30, tzinfo=UTC)),
        ("Australia/Lord_Howe", datetime(2027, 4, 4, 1, 45), datetime(2027, 4, 3, 14, 45, tzinfo=UTC)),
    ],
)
def test_of_a_time_that_comes_twice_the_first_is_meant_and_it_says_so(zone, wall, first):
    at, note = times.to_instant(wall, zone)

    assert at == first
    assert "comes twice" in note
    assert "we mean the first" in note


def test_a_time_that_comes_twice_is_the_second_where_the_first_would_be_too_early():
    opens = datetime(2027, 10, 31, 1, 10, tzinfo=UTC)

    at, note = times.to_instant(datetime(2027, 10, 31, 1, 30), "Europe/London", after=opens)

    assert at == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)
    assert "the second (GMT)" in note


def test_days_and_lengths_are_said_in_words():
    assert times.in_words(THIRD) == "Thursday 3 December 2026"
    assert [times.how_far(TODAY + timedelta(days=n), TODAY) for n in (-1, 0, 1, 12, 13)] == [
        "yesterday",
        "today",
        "tomorrow",
        "in twelve days",
        "in 13 days",
    ]
    assert [times.how_long(timedelta(minutes=n)) for n in (0, 1, 35, 60, 80)] == [
        "moments",
        "1 minute",
        "35 minutes",
        "1 hour",
        "1 hour 20 minutes",
    ]


def test_a_zone_is_called_by_its_place():
    assert times.place("America/New_York") == "New York"
