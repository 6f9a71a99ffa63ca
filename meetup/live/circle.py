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

    __slots__ = ("beat_at", "is_stale", "listeners", "look_at", "reached", "reading_for", "topic")

    def __init__(self, topic: Topic, beat_at: float) -> None:
        self.topic = topic
        self.listeners: set[Listener] = set()
        self.reached: Cursor | None = None  # everything up to here has been decided for those who follow
        self.look_at: datetime | None = None
        self.beat_at = beat_at
        self.is_stale = False  # something may have changed since the last reading began
        self.reading_for: tuple[Listener, ...] = ()  # who will hear the reading that is under way

    def begin_reading(self) -> Wanted:
        self.is_stale = False
        self.reading_for = tuple(self.listeners)
        return Wanted(
            following=frozenset(who.seq for who in self.reading_for if not who.is_new),
            joining=frozenset(who.after.seq for who in self.reading_for if who.is_new and who.after),
        )

    def give_up_reading(self) -> None:
        self.reading_for = ()

    def end_reading(self, news: News) -> Iterator[tuple[Listener, bytes | None]]:
        """What each listener is to be sent; None for those who must go."""
        audience, self.reading_for = self.reading_for, ()
        is_anew = self.reached is not None and self.reached.generation != news.reached.generation
        self._note(news)
        parts = _Parts(news)
        for listener in audience:
            if listener not in self.listeners:
                continue
            hears = tuple(name for name, keys in news.may_hear if listener.key in keys)
            if not hears:
                yield listener, None
            elif listener.is_new and not news.is_whole:
                self.is_stale = True  # those who follow are far behind: first they, then who has just come
            else:
                yield listener, parts.of(listener, hears, is_anew)
                listener.seq = news.reached.seq

    def _note(self, news: News) -> None:
        self.reached = news.reached
        self.is_stale = self.is_stale or not news.is_whole
        # An instant that had passed when the reading began is answered by that reading: no need to look again.
        soon = news.batch.look_again_at
        self.look_at = soon if soon is not None and soon > news.began_at else None


class _Parts:
    """The bytes for each kind of listener, joined once for all of that kind."""

    def __init__(self, news: News) -> None:
        self.news = news
        self.joined: dict[tuple[tuple[str, ...], int], bytes] = {}

    def of(self, listener: Listener, hears: tuple[str, ...], is_anew: bool) -> bytes:
        reached = self.news.reached
        if not listener.is_new:
            return frames.reset(reached) if is_anew else self.after(listener.seq, hears)
        if listener.after is None:
            return frames.beat(reached)
        if not self.can_follow(listener.after):
            return frames.reset(reached) + frames.beat(reached)
        return self.after(listener.after.seq, hears) + frames.beat(reached)

    def can_follow(self, cursor: Cursor) -> bool:
        reached = self.news.reached
        return cursor.generation == reached.generation and self.news.floor <= cursor.seq <= reached.seq

    def after(self, seq: int, hears: tuple[str, ...]) -> bytes:
        kind = (hears, seq)
        if kind not in self.joined:
            self.joined[kind] = b"".join(
                data
                for at, audience, data in self.news.framed
                if at > seq and (audience == EVERYONE or audience in hears)
            )
        return self.joined[kind]
