"""What a page needs to draw somebody: a name, a colour, and the side they are on."""

from dataclasses import dataclass
from functools import partial
from typing import Any
from zlib import crc32

from meetup.shared.names import initials

PETALS = 8


@dataclass(frozen=True)
class Face:
    """Somebody, as the pages draw them. `side` is “customer”, “guest” or “brand”."""

    name: str
    petal: int
    side: str = "customer"

    @property
    def initials(self) -> str:
        return initials(self.name)


def petal(public_id: str) -> int:
    """Somebody's colour, 1 to 8: the same at every table, after every restart."""
    return crc32(public_id.encode()) % PETALS + 1


def face(who: Any) -> Face:
    """The face of a membership, a person, or whatever has name, petal (or public_id) and side."""
    if isinstance(who, Face):
        return who
    read = partial(_read, who)
    person = read("person") or who
    name = read("name") or getattr(person, "shown_name", "")
    # The person's, not the membership's: a page that draws only the person must give the same colour.
    own = getattr(person, "public_id", None) or read("public_id") or name
    return Face(name, read("petal") or petal(own), read("side") or "customer")


def _read(who: Any, key: str) -> Any:
    return who.get(key) if isinstance(who, dict) else getattr(who, key, None)
