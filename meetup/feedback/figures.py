"""Counts that give nobody away: cells of one to four are hidden, and whatever would let them be worked out."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

FEWEST = 5

Cell = TypeVar("Cell", bound=Hashable)


def counted(values: Iterable[Cell | None], cells: Sequence[Cell]) -> dict[Cell, int]:
    """How often each cell was chosen; cells that nobody chose count 0, and no answer counts nowhere."""
    found = Counter(value for value in values if value is not None)
    return {cell: found[cell] for cell in cells}


def suppressed(counts: Mapping[Cell, int]) -> dict[Cell, int | None]:
    """The same counts with None for what is hidden, safe to show beside their total.

    A cell of one to four is hidden. A reader who knows the total can work out what the hidden cells hold together,
    so together they hold at least five, and they are at least two: the next smallest cells are hidden until that is so.
    Fewer than five in all: everything is hidden, the empty cells too.
    """
    if sum(counts.values()) < FEWEST:
        return dict.fromkeys(counts, None)
    hidden = {cell for cell, count in counts.items() if 0 < count < FEWEST}
    rest = sorted((cell for cell in counts if cell not in hidden), key=lambda cell: (counts[cell] == 0, counts[cell]))
    while hidden and rest and (len(hidden) < 2 or sum(counts[cell] for cell in hidden) < FEWEST):
        hidden.add(rest.pop(0))
    return {cell: None if cell in hidden else count for cell, count in counts.items()}


def rows(labels: Mapping[Cell, str], counts: Mapping[Cell, int]) -> list[tuple[str, int | None, float | str]]:
    """Rows for a table that draws its own bars: label, count or None, and its share in per cent or why it is hidden."""
    total = sum(counts.values())
    shown = suppressed(counts)
    answer: list[tuple[str, int | None, float | str]] = []
    for cell, label in labels.items():
        count = shown[cell]
        if count is None:
            few = 0 < counts[cell] < FEWEST
            answer.append((label, None, "fewer than five" if few else "hidden too"))
        else:
            answer.append((label, count, 100 * count / total if total else 0.0))
    return answer
