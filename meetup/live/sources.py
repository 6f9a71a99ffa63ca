"""What a feature provides to be heard live: for each kind of topic, somebody who can read it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol, Self

EVERYONE = ""  # the audience of an event that is for whoever is in the topic at all
OWN_NAMES = frozenset({"beat", "reset", "gone"})  # what the engine itself says to a listener

_NAME = re.compile(r"[a-z][a-z0-9_.-]{0,63}")
_GENERATION = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Topic(NamedTuple):
    """What one stream is about: ("table", 17)."""

    kind: str
    key: int


@dataclass(frozen=True, slots=True)
class Event:
    """One change. `data` may hold anything at all, line breaks too; `seq` rises within a topic."""

    seq: int
    name: str
    data: str
    audience: str = EVERYONE

    def __post_init__(self) -> None:
        if self.seq < 1:
            raise ValueError(f"An event's seq begins at 1, not at {self.seq}.")
        if self.name in OWN_NAMES or not _NAME.fullmatch(self.name):
            raise ValueError(f"An event cannot be called {self.name!r}.")


@dataclass(frozen=True, slots=True)
class Batch:
    """What a topic has to say after a given seq, and who may hear it now.

    `may_hear` maps an audience to its listeners (ids of sign-ins), and is the whole truth: who is in no set leaves,
    and is told `gone`. `top` is the newest seq there is, in the batch or not: who comes without a cursor begins there.
    `generation` changes when the seqs begin anew.
    """

    events: Sequence[Event]
    may_hear: Mapping[str, Collection[int]]
    top: int
    generation: str
    look_again_at: datetime | None = None
    gone: str | None = None

    def __post_init__(self) -> None:
        if not _GENERATION.fullmatch(self.generation):
            raise ValueError(f"A generation cannot be {self.generation!r}.")

    @classmethod
    def over(cls, reason: str) -> Self:
        """Nothing more to hear, for nobody."""
        return cls(events=(), may_hear={}, top=0, generation="over", gone=reason)


class Source(Protocol):
    def read(self, topic: Topic, after: int, limit: int) -> Batch:
        """The events with `seq > after` in order, `limit` at most, and who may hear the topic now."""


_sources: dict[str, Source] = {}


def register(kind: str, source: Source) -> None:
    """From now on `source` answers for topics of this kind. Registering again replaces."""
    _sources[kind] = source


def source_of(topic: Topic) -> Source:
    return _sources[topic.kind]


def kinds() -> frozenset[str]:
    """Every kind of topic there is: the access matrix has a row for each."""
    return frozenset(_sources)
