"""A change by another process is felt, and our own are not taken for one at every turn."""

import sqlite3

import pytest
from sqlalchemy import create_engine, text

from meetup.shared import pulse
from meetup.shared.database import configure
from meetup.shared.pulse import SQLitePulse, TimedPulse


class Time:
    def __init__(self, monkeypatch):
        self.now = 1000.0
        monkeypatch.setattr(pulse, "monotonic", lambda: self.now)

    def forward(self, seconds):
        self.now += seconds


@pytest.fixture
def time(monkeypatch):
    return Time(monkeypatch)


@pytest.fixture
def engine(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path / 'test.db'}")
    configure(engine)
    with engine.begin() as ours:
        ours.execute(text("CREATE TABLE words (word)"))
    yield engine
    engine.dispose()


@pytest.fixture
def sqlite_pulse(engine, time):
    sqlite_pulse = SQLitePulse(engine)
    assert not sqlite_pulse.feel(is_told=False)
    yield sqlite_pulse
    sqlite_pulse.close()


@pytest.fixture
def another_process(engine):
    connection = sqlite3.connect(engine.url.database, isolation_level=None)
    yield lambda: connection.execute("INSERT INTO words VALUES ('theirs')")
    connection.close()


def write(engine):
    with engine.begin() as ours:
        ours.execute(text("INSERT INTO words VALUES ('ours')"))


def test_another_process_is_felt_at_once_and_once(sqlite_pulse, another_process):
    another_process()

    assert [sqlite_pulse.feel(is_told=False) for _ in range(3)] == [True, False, False]


def test_while_we_write_ourselves_a_look_now_and_then_must_do(sqlite_pulse, engine, time):
    looks = 0
    for _ in range(120):  # a minute
        write(engine)
        looks += sqlite_pulse.feel(is_told=False)
        time.forward(0.5)

    assert looks == 12


def test_another_process_is_felt_in_a_busy_time_too(sqlite_pulse, engine, time, another_process):
    write(engine)
    assert sqlite_pulse.feel(is_told=False)
    another_process()
    waited = 0.0

    while not sqlite_pulse.feel(is_told=False):
        write(engine)
        time.forward(0.5)
        waited += 0.5

    assert waited <= pulse.TOLD_EVERY


def test_reading_does_not_make_it_deaf(sqlite_pulse, engine, another_process):
    write(engine)
    assert sqlite_pulse.feel(is_told=False)

    another_process()
    sqlite_pulse.wrote_at = 0.0
    with engine.begin() as ours:
        ours.execute(text("SELECT * FROM words"))

    assert sqlite_pulse.feel(is_told=False)


@pytest.mark.parametrize(("is_told", "looks"), [(False, 60), (True, 12)])
def test_without_such_a_number_time_alone_decides(time, is_told, looks):
    timed = TimedPulse()

    seen = 0
    for _ in range(120):
        time.forward(0.5)
        seen += timed.feel(is_told)

    assert seen == looks
