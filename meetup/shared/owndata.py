"""A person's own data: what each feature holds of somebody, and how it lets go of them.

A feature registers its part in `wiring.py`; one without a part fails the suite. `held` answers with what JSON can
carry. `erase` removes or makes nameless what concerns the person, in the caller's transaction; it may raise `Refused`,
and then nothing is erased.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Part:
    """What one feature holds of a person, named as the feature is."""

    name: str
    held: Callable[[int], Any]
    erase: Callable[[int, datetime], None]


PARTS: dict[str, Part] = {}


def register(part: Part) -> None:
    """Add a feature's part. Registering a name again replaces it, so an app can be made twice."""
    PARTS[part.name] = part


def everything_of(person_id: int) -> dict[str, Any]:
    """All that is held of this person, feature by feature."""
    return {name: part.held(person_id) for name, part in PARTS.items()}


def erase(person_id: int, at: datetime) -> None:
    """Let every feature let go of this person: the right-most first, since it leans on those to its left.

    Raises:
        Refused: when a feature cannot let go yet, with the reason. Roll back.
    """
    for part in reversed(PARTS.values()):
        part.erase(person_id, at)
