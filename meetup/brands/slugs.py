"""Short names for addresses: “Food & Drink” is food-drink."""

import re
import unicodedata
from collections.abc import Container

LONGEST = 40
SHAPE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def made_of(words: str, otherwise: str) -> str:
    """The words as a short name; `otherwise` when none of their letters can stand in an address."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall("[a-z0-9]+", plain))[:LONGEST].strip("-") or otherwise


def free(wanted: str, taken: Container[str]) -> str:
    """This name, or with a number if somebody has it already."""
    name, number = wanted, 2
    while name in taken:
        name = f"{wanted[: LONGEST - 4].strip('-')}-{number}"
        number += 1
    return name
