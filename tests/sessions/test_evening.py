"""Four times on one day's clocks become four instants in order, or a sentence beside the one that cannot be."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetup.sessions.evening import Typed, WrongTimes, plan_evening
from meetup.sessions.times import read_clock, to_wall

NOW = datetime(2026, 11, 21, 16, tzinfo=UTC)
THIRD = date(2026, 12, 3)


def planned(doors, starts, closes, ends, day=THIRD, zone="Europe/London", at=NOW, standing=None):
    doors, starts, closes, ends = (read_clock(typed) if typed else None for typed in (doors, starts, closes, ends))
    return plan_evening(Typed(day, zone, doors, starts, closes, ends), at, "Fernhill", standing)


def shown(evening, zone="Europe/London"):
    return [f"{to_wall(instant, zone):%d %H:%M}" for instant in evening.instants]


def wrong(*typed, **more):
    with pytest.raises(WrongTimes) as caught:
        planned(*typed, **more)
    return caught.value.fields


def test_an_evening_in_order():
    assert shown(planned("17:50", "18", "18:55", "7.30 pm")) == ["03 17:50", "03 18:00", "03 18:55", "03 19:30"]


def test_doors_open_ten_minutes_before_unless_said_otherwise():
    assert shown(planned("", "18", "19", "20"))[0] == "03 17:50"


def test_without_a_closed_part_the_end_is_when_the_brand_leaves():
    assert shown(planned("", "18", "", "20"))[2:] == ["03 20:00", "03 20:00"]


def test_it_may_be_closed_from_the_start():
    assert shown(planned("", "18", "18", "20"))[1:3] == ["03 18:00", "03 18:00"]


def test_an_evening_may_end_after_midnight():
    assert shown(planned("22:30", "23", "0:30", "1")) == ["03 22:30", "03 23:00", "04 00:30", "04 01:00"]


def test_doors_may_open_before_midnight_of_the_day():
    assert shown(planned("23:50", "0", "1", "2"))[:2] == ["02 23:50", "03 00:00"]


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        (("17:50", "18", "17:55", "19:30"), "closes", "17:55 is before it opens at 18:00. Did you mean 18:55?"),
        (("", "18", "6:30", "20"), "closes", "06:30 is before it opens at 18:00. Did you mean 18:30?"),
        (("", "18", "18:55", "18:30"), "ends", "18:30 is before Fernhill leaves at 18:55. Did you mean 19:30?"),
        (("", "18", "", "17:30"), "ends", "17:30 is before it opens at 18:00. Did you mean 18:30?"),
        (("", "23", "0:30", "0:10"), "ends", "00:10 is before Fernhill leaves at 00:30. Did you mean 01:10?"),
        (("18:10", "18", "19", "20"), "doors", "18:10 is after it opens at 18:00. Did you mean 17:10?"),
        (("", "18", "18", "18"), "ends", "It cannot end at 18:00, when it opens."),
    ],
)
def test_a_wrong_order_is_said_with_a_guess(typed, field, sentence):
    assert wrong(*typed) == {field: sentence}


def test_a_day_that_has_passed_is_said_beside_the_day():
    assert wrong("", "18", "19", "20", day=date(2026, 11, 20)) == {"day": "Friday 20 November 2026 has passed."}


def test_an_hour_that_has_passed_is_said_beside_the_hour():
    assert wrong("15", "18", "19", "20", day=date(2026, 11, 21)) == {
        "doors": "15:00 has passed: it is 16:00 in London now."
    }


def test_what_nobody_touched_stays_to_the_second_even_if_it_has_passed():
    doors = datetime(2026, 11, 21, 15, 0, 42, tzinfo=UTC)

    evening = planned("15", "18", "19", "20", day=date(2026, 11, 21), standing={"doors": doors})

    assert evening.doors_at == doors


def test_a_time_that_the_clocks_skip_is_said_beside_its_field():
    fields = wrong("", "0:30", "1:30", "3", day=date(2027, 3, 28))

    assert list(fields) == ["closes"]
    assert "The next time that does is 02:00." in fields["closes"]


def test_the_ten_minutes_before_count_though_the_clocks_skip_them():
    evening = planned("", "2", "", "3", day=date(2027, 3, 28))

    assert evening.starts_at - evening.doors_at == timedelta(minutes=10)


def test_an_evening_across_the_hour_that_comes_twice_stays_in_order():
    evening = planned("", "1:30", "1:45", "2:30", day=date(2027, 10, 31))

    assert list(evening.instants) == sorted(evening.instants)
    assert set(evening.notes) == {"starts", "closes"}


clocks = st.builds(time, st.integers(0, 23), st.integers(0, 59))


@given(
    day=st.dates(date(2026, 11, 22), date(2028, 1, 1)),
    typed=st.tuples(st.none() | clocks, clocks, st.none() | clocks, clocks),
    zone=st.sampled_from(["Europe/London", "America/New_York", "Australia/Lord_Howe", "Pacific/Kiritimati"]),
)
def test_whatever_is_typed_comes_out_in_order_and_ahead_or_is_refused_beside_a_field(day, typed, zone):
    doors, starts, closes, ends = typed
    evening, fields = None, {}
    try:
        evening = plan_evening(Typed(day, zone, doors, starts, closes, ends), NOW, "Fernhill")
    except WrongTimes as refusal:
        fields = refusal.fields
    assert set(fields) <= {"day", "doors", "starts", "closes", "ends"}
    if evening is None:
        assert all(fields.values())
        return
    assert list(evening.instants) == sorted(evening.instants)
    assert evening.starts_at < evening.ends_at <= evening.starts_at + timedelta(hours=25)
    assert NOW - timedelta(minutes=10) <= evening.doors_at
    assert to_wall(evening.starts_at, zone) == datetime.combine(day, starts)
