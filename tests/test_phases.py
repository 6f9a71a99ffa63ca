"""A phase is worked out from four instants and now; it is never stored, so it cannot be stale."""

from datetime import timedelta

import pytest

from meetup.sessions.phases import Phase
from meetup.shared.errors import Refused
from tests.makers import NOON

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize("phase", [Phase.SCHEDULED, Phase.DOORS, Phase.OPEN, Phase.CLOSED, Phase.ENDED])
def test_each_phase_has_its_time(make, phase):
    bof_session = make.bof_session(phase=phase)

    assert bof_session.phase(NOON) is phase


def test_a_phase_begins_at_its_very_instant(make):
    bof_session = make.bof_session(phase=Phase.OPEN)

    assert bof_session.phase(bof_session.closes_at - timedelta(microseconds=1)) is Phase.OPEN
    assert bof_session.phase(bof_session.closes_at) is Phase.CLOSED


def test_without_a_closed_part_the_open_one_ends_it(make):
    bof_session = make.bof_session(phase=Phase.OPEN)
    bof_session.closes_at = bof_session.ends_at

    assert bof_session.phase(bof_session.ends_at - MINUTE) is Phase.OPEN
    assert bof_session.phase(bof_session.ends_at) is Phase.ENDED


def test_closed_from_the_start_is_never_open(make):
    bof_session = make.bof_session(phase=Phase.DOORS)
    bof_session.closes_at = bof_session.starts_at

    assert bof_session.phase(bof_session.starts_at) is Phase.CLOSED


def test_five_more_minutes_move_what_is_to_come(make):
    bof_session = make.bof_session(phase=Phase.OPEN)
    doors, starts, closes, ends = bof_session.instants

    bof_session.move(doors, starts, closes + 5 * MINUTE, ends + 5 * MINUTE, at=NOON)

    assert bof_session.instants == (doors, starts, closes + 5 * MINUTE, ends + 5 * MINUTE)
    assert (bof_session.sequence, bof_session.stamped_at) == (1, NOON)


def test_an_instant_that_has_passed_never_moves(make):
    bof_session = make.bof_session(phase=Phase.OPEN)
    doors, starts, closes, ends = bof_session.instants

    with pytest.raises(Refused, match="has passed"):
        bof_session.move(doors, starts + MINUTE, closes, ends, at=NOON)


def test_once_the_door_is_shut_nobody_moves_anything(make):
    bof_session = make.bof_session(phase=Phase.CLOSED)
    doors, starts, closes, ends = bof_session.instants

    with pytest.raises(Refused, match="door is shut"):
        bof_session.move(doors, starts, closes, ends + MINUTE, at=NOON)
    with pytest.raises(Refused, match="door is shut"):
        bof_session.cancel(NOON)


def test_what_has_begun_does_not_begin_again(make):
    """A start that has passed could be put off to a time to come: the doors would open a second time."""
    bof_session = make.bof_session(phase=Phase.OPEN)
    doors, _starts, closes, ends = bof_session.instants

    with pytest.raises(Refused, match="What has passed"):
        bof_session.move(doors, NOON + MINUTE, closes, ends, at=NOON)

    assert bof_session.phase(NOON) is Phase.OPEN
