"""Reading a topic for its listeners: in a reader thread, once for all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from meetup.live import frames
from meetup.live.frames import Cursor
from meetup.live.sources import Batch, Source, Topic

MOST_REPLAYED = 300


@dataclass(frozen=True, slots=True)
class Wanted:
    """From which seqs a topic is to be read on: for those who follow it, and for those who have just come."""

    following: frozenset[int]
    joining: frozenset[int]

    @property
    def lowest(self) -> int | None:
        return min(self.following | self.joining, default=None)

    def lowest_within_reach(self, top: int) -> int:
        return min(self.following | {seq for seq in self.joining if top - seq <= MOST_REPLAYED}, default=top)


@dataclass(frozen=True, slots=True)
class News:
    """One reading of a topic, ready for the loop: framed once, however many will hear it."""

    batch: Batch
    floor: int  # the events begin right after this seq …
    reached: Cursor  # … and end with this one
    is_whole: bool  # and there was nothing beyond it
    framed: Sequence[tuple[int, str, bytes]]  # seq, audience, bytes
    may_hear: Sequence[tuple[str, frozenset[int]]]
    began_at: datetime


def read(source: Source, topic: Topic, wanted: Wanted, clock: Callable[[], datetime]) -> News:
    began_at = clock()
    floor, batch = _batch(source, topic, wanted)
    last = batch.events[-1].seq if batch.events else 0
    is_whole = len(batch.events) < MOST_REPLAYED or last >= batch.top
    return News(
        batch,
        floor,
        reached=Cursor(batch.generation, max(batch.top, last) if is_whole else last),
        is_whole=is_whole,
        framed=[(event.seq, event.audience, frames.of(event, batch.generation)) for event in batch.events],
        may_hear=[(audience, frozenset(keys)) for audience, keys in batch.may_hear.items()],
        began_at=began_at,
    )


def _batch(source: Source, topic: Topic, wanted: Wanted) -> tuple[int, Batch]:
    floor = wanted.lowest
    if floor is None:  # only people who want to hear what comes from now on: the top and their rights will do
        return 0, source.read(topic, 0, 1)
    batch = source.read(topic, floor, MOST_REPLAYED)
    if len(batch.events) < MOST_REPLAYED or floor in wanted.following:
        return floor, batch
    # Somebody new asks for more than is replayed. They will be reset; the others must not wait for that.
    floor = wanted.lowest_within_reach(batch.top)
    return floor, source.read(topic, floor, MOST_REPLAYED)
