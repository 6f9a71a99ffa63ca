"""A hub without a server: listeners are socket pairs, and the topic is a notebook that the test writes in."""

import socket
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta

import pytest

from meetup.live import sources
from meetup.live.frames import Cursor
from meetup.live.hub import Hub
from meetup.live.sources import Batch, Event, Topic
from tests.live.ears import Ears

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


class Notebook:
    """A topic as a feature would keep it: what happened, and who may hear it."""

    def __init__(self) -> None:
        self.generation = "g1"
        self.events: list[Event] = []
        self.may_hear: dict[str, set[int]] = {"": {1, 2, 3}}
        self.look_again_at: datetime | None = None
        self.gone: str | None = None
        self.readings: list[int] = []
        self.trouble: Exception | None = None
        self.before_reading: Callable[[], object] = lambda: None
        self.after_events: Callable[[], object] = lambda: None  # once

    def write(self, data: str, audience: str = "", name: str = "message") -> int:
        seq = len(self.events) + 1
        self.events.append(Event(seq, name, data, audience))
        return seq

    def cursor(self, seq: int) -> Cursor:
        return Cursor(self.generation, seq)

    def read(self, topic: Topic, after: int, limit: int) -> Batch:
        self.readings.append(after)
        self.before_reading()
        if self.trouble:
            raise self.trouble
        events = self.events[after : after + limit]
        after_events, self.after_events = self.after_events, lambda: None
        after_events()
        return Batch(
            events,
            {audience: set(keys) for audience, keys in self.may_hear.items()},
            top=len(self.events),
            generation=self.generation,
            look_again_at=self.look_again_at,
            gone=self.gone,
        )


class Clock:
    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **much: float) -> None:
        self.at += timedelta(**much)


@pytest.fixture
def notebook() -> Notebook:
    notebook = Notebook()
    sources.register("notebook", notebook)
    return notebook


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def make_hub(clock: Clock) -> Iterator[Callable[..., Hub]]:
    hubs: list[Hub] = []

    def make(**given: float) -> Hub:
        hubs.append(Hub(nullcontext, clock, **given))
        return hubs[-1]

    yield make
    for hub in hubs:
        hub.stop()


@pytest.fixture
def hub(make_hub: Callable[..., Hub]) -> Hub:
    return make_hub()


@pytest.fixture
def join(hub: Hub) -> Iterator[Callable[..., Ears]]:
    opened: list[Ears] = []

    def join(key: int = 1, after: Cursor | None = None, into: Hub = hub, topic_key: int = 7) -> Ears:
        ours, theirs = socket.socketpair()
        into.join_socket(ours, b"", Topic("notebook", topic_key), key, after)
        opened.append(Ears(theirs))
        return opened[-1]

    yield join
    for ears in opened:
        ears.close()


@pytest.fixture(autouse=True)
def own_sources(monkeypatch):
    """What a test here registers, no other test finds."""
    monkeypatch.setattr(sources, "_sources", dict(sources._sources))
