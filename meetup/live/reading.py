"""Reading a topic for its listeners: in a reader thread, once for all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from meetup.live import frames
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

    generation: str
    floor: int  # the events begin right after this seq …
    last: int  # … and end with this one
    top: int  # the newest there is: where somebody begins who asks for nothing earlier
    is_whole: bool  # nothing is left between `last` and `top`
    framed: Sequence[tuple[int, str, bytes]]  # seq, audience, bytes
    may_hear: Sequence[tuple[str, frozenset[int]]]
    gone: str | None
    look_again_at: datetime | None


def read(source: Source, topic: Topic, wanted: Wanted, clock: Callable[[], datetime]) -> News:
    began_at = clock()
    floor, batch = _batch(source, topic, wanted)
    newest = batch.events[-1].seq if batch.events else 0
    again = batch.look_again_at
    return News(
        generation=batch.generation,
        floor=floor,
        # Nobody is taken to have heard what was not in a batch, whatever its top says: a source may look for the top
        # a moment after it has looked for the events.
        last=newest or floor,
        top=max(batch.top, newest),
        is_whole=len(batch.events) < MOST_REPLAYED or newest >= batch.top,
        framed=[(event.seq, event.audience, frames.of(event, batch.generation)) for event in batch.events],
        may_hear=[(audience, frozenset(keys)) for audience, keys in batch.may_hear.items()],
        gone=batch.gone,
        # An instant that had passed when the reading began is answered by it: there is nothing to look for again.
        look_again_at=again if again and again > began_at else None,
    )


def _batch(source: Source, topic: Topic, wanted: Wanted) -> tuple[int, Batch]:
    floor = wanted.lowest
    if floor is None:  # only people who want to hear what comes from now on: the top and their rights will do
        batch = source.read(topic, 0, 1)
        return batch.top, replace(batch, events=())
    batch = source.read(topic, floor, MOST_REPLAYED)
    if len(batch.events) < MOST_REPLAYED or floor in wanted.following:
        return floor, batch
    # Somebody new asks for more than is replayed. They will be reset; the others must not wait for that.
    floor = wanted.lowest_within_reach(batch.top)
    return floor, source.read(topic, floor, MOST_REPLAYED)
