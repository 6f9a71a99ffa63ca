"""Server-sent events as bytes. Whatever the data holds, it cannot forge a line of its own."""

import re
from typing import NamedTuple, Self

from meetup.live.sources import Event

# The three line ends that the format knows. Others (U+2028, U+0085, \v …) are ordinary characters to it.
_LINE_END = re.compile(r"\r\n|\r|\n")
# 18 digits: whatever a listener sends back fits into a database's 64 bits.
_CURSOR = re.compile(r"([A-Za-z0-9_-]{1,64}):([0-9]{1,18})")


class Cursor(NamedTuple):
    """How far somebody has heard a topic."""

    generation: str
    seq: int

    @classmethod
    def read(cls, text: str) -> Self | None:
        """The cursor that a listener sent; None for anything else, and for any hostile thing."""
        found = _CURSOR.fullmatch(text)
        return cls(found[1], int(found[2])) if found else None

    def __str__(self) -> str:
        return f"{self.generation}:{self.seq}"


def cursor(generation: str, seq: int) -> str:
    """What a page is drawn with, so that nothing falls between it and its stream."""
    return str(Cursor(generation, seq))


def frame(name: str, data: str, at: Cursor) -> bytes:
    lines = "".join(f"data: {line}\n" for line in _LINE_END.split(data))
    return f"id: {at}\nevent: {name}\n{lines}\n".encode(errors="replace")


def of(event: Event, generation: str) -> bytes:
    return frame(event.name, event.data, Cursor(generation, event.seq))


def beat(top: Cursor) -> bytes:
    return frame("beat", str(top), top)


def reset(top: Cursor) -> bytes:
    return frame("reset", str(top), top)


def gone(reason: str) -> bytes:
    # Without an id: whoever is let in again later goes on from where they were.
    lines = "".join(f"data: {line}\n" for line in _LINE_END.split(reason))
    return f"event: gone\n{lines}\n".encode(errors="replace")
