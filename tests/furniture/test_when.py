"""Instants in words."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from meetup.shared import when
from meetup.shared.pages import Zone, plural, viewer_zone

SEVEN = datetime(2026, 12, 3, 18, 0, tzinfo=UTC)
HALF_PAST_EIGHT = SEVEN + timedelta(minutes=90)


def test_a_day_is_said_in_the_readers_zone():
    late = datetime(2026, 12, 3, 23, 30, tzinfo=UTC)

    assert when.day(late, "Europe/London", today=late) == "Thursday 3 December"
    assert when.day(late, "Europe/Amsterdam", today=late) == "Friday 4 December"


def test_another_year_is_named():
    assert when.day(SEVEN, "UTC", today=SEVEN.replace(year=2025)) == "Thursday 3 December 2026"


def test_the_evening_is_said_in_the_readers_zone():
    assert when.span(SEVEN, HALF_PAST_EIGHT, "Europe/Amsterdam") == "19:00 to 20:30"
    assert when.span(SEVEN, HALF_PAST_EIGHT, "Asia/Kolkata") == "23:30 to Friday 01:00"


def test_a_long_gathering_says_on_which_date_it_ends():
    assert when.span(SEVEN, SEVEN + timedelta(days=8), "UTC") == "18:00 to Friday 11 December 18:00"


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Europe/Amsterdam", "Amsterdam (CET)"),
        ("America/New_York", "New York (EST)"),
        ("Asia/Kathmandu", "Kathmandu (UTC+05:45)"),
        ("America/Sao_Paulo", "Sao Paulo (UTC-03)"),
        ("UTC", "UTC"),
    ],
)
def test_a_zone_is_named_by_its_city_and_its_clocks(zone, words):
    assert when.zone_words(zone, SEVEN) == words


def test_a_zones_clocks_have_another_name_in_summer():
    assert when.zone_words("Europe/London", SEVEN.replace(month=7)) == "London (BST)"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-5, "no time"),
        (0, "no time"),
        (40, "40 s"),
        (60, "1 min"),
        (18 * 60 + 59, "18 min"),
        (3600, "1 h"),
        (3600 + 1260, "1 h 21 min"),
        (86400, "1 day"),
        (86400 * 12, "12 days"),
    ],
)
def test_the_time_left_is_said_in_words(seconds, words):
    assert when.left(SEVEN + timedelta(seconds=seconds), SEVEN) == words


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (timedelta(seconds=30), "just now"),
        (timedelta(minutes=5), "5 minutes ago"),
        (timedelta(days=2), "2 days ago"),
        (timedelta(minutes=-5), "in 5 minutes"),
    ],
)
def test_the_past_is_said_in_words(before, words):
    assert when.ago(SEVEN - before, SEVEN) == words


def test_an_instant_for_scripts_is_utc():
    assert when.iso(when.local(SEVEN, "Asia/Tokyo")) == "2026-12-03T18:00:00Z"


def test_no_path_is_a_zone():
    assert when.is_zone("Europe/Amsterdam")
    assert not when.is_zone("../../etc/passwd")
    assert not when.is_zone("")


def test_a_page_shows_the_zone_that_its_reader_chose():
    reader, evening = SimpleNamespace(zone="Europe/Amsterdam"), SimpleNamespace(zone="Europe/London")

    assert viewer_zone(reader, evening) == Zone("Europe/Amsterdam", chosen=True)


@pytest.mark.parametrize(
    "reader", [None, SimpleNamespace(), SimpleNamespace(zone=None), SimpleNamespace(zone="Mars/Base")]
)
def test_a_reader_who_chose_none_gets_the_sessions_until_the_browser_knows_better(reader):
    assert viewer_zone(reader, SimpleNamespace(zone="Europe/London")) == Zone("Europe/London", chosen=False)
    assert viewer_zone(reader) == Zone("UTC", chosen=False)


def test_things_are_counted_in_words():
    assert [plural(n, "seat") for n in (0, 1, 3)] == ["0 seats", "1 seat", "3 seats"]
    assert plural(2, "person", "people") == "2 people"


def test_an_agenda_shows_the_day_in_its_readers_zone():
    late = datetime(2026, 12, 3, 23, 30, tzinfo=UTC)

    assert (when.day_of_month(late, "Europe/London"), when.month(late, "Europe/London")) == ("3", "Thu, Dec")
    assert (when.day_of_month(late, "Asia/Tokyo"), when.month(late, "Asia/Tokyo")) == ("4", "Fri, Dec")


def test_every_month_is_three_letters_wide():
    months = [when.month(SEVEN.replace(month=number), "UTC")[5:] for number in range(1, 13)]

    assert months == ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
