"""Wakes the workers of this process. A bell carries no work: what there is to do stands in the database."""

from threading import Event
from weakref import WeakSet

_bells: WeakSet[Event] = WeakSet()


def hung() -> Event:
    """A bell that `nudge` rings, for as long as somebody holds it."""
    bell = Event()
    _bells.add(bell)
    return bell


def nudge() -> None:
    """There may be work: look now, not at the next round."""
    for bell in list(_bells):
        bell.set()
