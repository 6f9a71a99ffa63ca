"""Passwords, for those who want one: argon2, and the same work for a known and an unknown address."""

import re
import secrets
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

SHORTEST, LONGEST = 12, 200
# One lane and 19 MiB: thirty sign-ins at once must not take the server's memory away from the tables.
hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# Tried where somebody has no password, or is nobody. Made now, or the first such try would take twice as long.
NOBODYS = hasher.hash(secrets.token_bytes(16))

# What remains of the passwords that everybody tries first, once digits and signs around them are gone.
COMMON = frozenset(
    """
    password passwort passw pass word qwerty qwertz azerty qwertyuiop asdfghjkl zxcvbnm qwertyasdf letmein welcome
    iloveyou sunshine princess football baseball monkey dragon master superman batman trustno shadow michael jordan
    hello charlie donald login admin administrator secret changeme default guest test testing demo computer internet
    whatever starwars freedom mustang hunter killer soccer hockey ranger thomas pepper jessica ashley summer winter
    spring autumn correcthorsebatterystaple abcdefghijkl abcdefghijklmnop abcabcabc nothing flower lovely access
    liverpool chelsea arsenal barcelona bonjour motdepasse hallo schatz geheim contrasena
    """.split()  # noqa: SIM905  # words read better as words
)
AROUND = re.compile(r"^[\W\d_]+|[\W\d_]+$")
LEET = str.maketrans("013457@$!", "oieastasi")
STRAIGHTS = ("abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm", "01234567890123456789012345")


def hashed(typed: str) -> str:
    """What is kept of a password."""
    return hasher.hash(_bytes(typed))


def matches(kept: str | None, typed: str) -> bool:
    """Is this the password? Where none is kept the same work is done, so that nobody can tell by the time it takes."""
    try:
        is_same = hasher.verify(kept or NOBODYS, _bytes(typed))
    except (VerifyMismatchError, InvalidHashError):
        return False
    return is_same and kept is not None


def weakness(typed: str, *known: str) -> str | None:
    """Why this cannot be a password, in a sentence; None when it can. `known`: what others know of the person."""
    if len(typed) < SHORTEST:
        return f"At least {SHORTEST} characters: three or four words make a good one."
    if len(typed) > LONGEST:
        return f"At most {LONGEST} characters."
    plain = unicodedata.normalize("NFKC", typed).casefold()
    if len(set(plain)) < 5 or any(plain in way or plain in way[::-1] for way in STRAIGHTS) or _is_common(plain):
        return "That is one of the first a stranger would try. Take three or four words that do not belong together."
    if any(len(word) > 3 and word.casefold() in plain and len(word) * 2 > len(plain) for word in known):
        return "That is mostly your name or your address. Take words that nobody knows of you."
    return None


def _is_common(plain: str) -> bool:
    core = re.sub(r"[\W\d_]+", "", plain)
    leet = re.sub(r"[\W\d_]+", "", AROUND.sub("", plain).translate(LEET))
    # Digits and signs alone are a date or a row of keys, unless there are many of them.
    return (not core and len(plain) < 20) or any(_is_made_of_common(word) for word in (core, leet) if word)


def _is_made_of_common(word: str) -> bool:
    """One of them, or one of them again and again."""
    return any(len(word) % len(each) == 0 and each * (len(word) // len(each)) == word for each in COMMON)


def _bytes(typed: str) -> bytes:
    return unicodedata.normalize("NFKC", typed).encode("utf-8", "replace")
