"""The listeners of one topic, and who of them hears which part of what was read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from meetup.live import frames
from meetup.live.frames import Cursor
from meetup.live.listener import Listener
from meetup.live.reading import News, Wanted
from meetup.live.sources import EVERYONE, Topic


class Circle:
    """Belongs to the hub's loop. At any time at most one reading is under way for it."""

    __slots__ = ("beat_at", "generation", "is_busy", "is_stale", "listeners", "look_at", "reading_for", "topic")

    def __init__(self, topic: Topic, beat_at: float) -> None:
        self.topic = topic
        self.listeners: set[Listener] = set()
        self.generation: str | None = None  # of the last reading
        self.look_at: datetime | None = None
        self.beat_at = beat_at
        self.is_stale = False  # something may have changed since the last reading began
        self.is_busy = False  # with a reading, or resting after it
        self.reading_for: tuple[Listener, ...] = ()  # who will hear the reading that is under way

    def begin_reading(self) -> Wanted:
        self.is_stale = False
        self.is_busy = True
        self.reading_for = tuple(self.listeners)
        return Wanted(
            following=frozenset(who.seq for who in self.reading_for if not who.is_new),
            joining=frozenset(who.after.seq for who in self.reading_for if who.is_new and who.after),
        )

    def end_reading(self, news: News) -> Iterator[tuple[Listener, bytes | None]]:
        """What each listener is to be sent; None for those who must go."""
        audience, self.reading_for = self.reading_for, ()
        is_anew = self.generation not in (None, news.generation)
        self.generation = news.generation
        self.look_at = news.look_again_at
        self.is_stale = self.is_stale or not news.is_whole
        parts = _Parts(news, is_anew)
        for listener in audience:
            if listener not in self.listeners:
                continue
            hears = tuple(name for name, keys in news.may_hear if listener.key in keys)
            if not hears:
                yield listener, None
            elif news.is_whole or not listener.is_new:
                # Who has just come waits until those who follow have caught up: a beat ends their replay.
                data, listener.seq = parts.of(listener, hears)
                yield listener, data

    def beats(self) -> Iterator[tuple[Listener, bytes]]:
        """To each the seq up to which everything has been decided for them."""
        beats: dict[int, bytes] = {}
        for listener in tuple(self.listeners):
            if self.generation and not listener.is_new:
                if listener.seq not in beats:
                    beats[listener.seq] = frames.beat(Cursor(self.generation, listener.seq))
                yield listener, beats[listener.seq]


class _Parts:
    """The bytes for each kind of listener, joined once for all of that kind, and the seq at which they leave them."""

    def __init__(self, news: News, is_anew: bool) -> None:
        self.news = news
        self.is_anew = is_anew
        self.joined: dict[tuple[tuple[str, ...], int], bytes] = {}

    def of(self, listener: Listener, hears: tuple[str, ...]) -> tuple[bytes, int]:
        top = Cursor(self.news.generation, self.news.top)
        if not listener.is_new:
            return (frames.reset(top), top.seq) if self.is_anew else self.after(listener.seq, hears)
        if listener.after is None:
            return frames.beat(top), top.seq
        if not self.can_follow(listener.after):
            return frames.reset(top) + frames.beat(top), top.seq
        data, seq = self.after(listener.after.seq, hears)
        return data + frames.beat(Cursor(self.news.generation, seq)), seq

    def can_follow(self, cursor: Cursor) -> bool:
        return cursor.generation == self.news.generation and self.news.floor <= cursor.seq <= self.news.top

    def after(self, seq: int, hears: tuple[str, ...]) -> tuple[bytes, int]:
        kind = (hears, seq)
        if kind not in self.joined:
            self.joined[kind] = b"".join(
                data
                for at, audience, data in self.news.framed
                if at > seq and (audience == EVERYONE or audience in hears)
            )
        return self.joined[kind], max(seq, self.news.last)
