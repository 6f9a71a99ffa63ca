"""Names as they stand beside a face."""

import unicodedata

NOBODY = "·"
ZERO_WIDTH_NON_JOINER = "\u200c"


def initials(name: str) -> str:
    """Two letters at most, of the first and the last word that has any; a dot when there is none.

    Only letters and digits, each with the marks that belong to it: nothing that turns, hides or widens text.
    """
    letters = [letter for word in unicodedata.normalize("NFC", name).split() if (letter := _first_letter(word))]
    if not letters:
        return NOBODY
    ends = letters[:1] if len(letters) == 1 else [letters[0], letters[-1]]
    # Without it, two Arabic letters would join into what looks like a word.
    return ZERO_WIDTH_NON_JOINER.join(ends) if _joins(ends) else "".join(ends)


def _first_letter(word: str) -> str:
    for place, sign in enumerate(word):
        if unicodedata.category(sign)[0] in "LN":
            return _capital(sign) + _mark_after(word, place)
    return ""


def _capital(letter: str) -> str:
    # “ß” would become two letters.
    return letter.upper() if len(letter.upper()) == 1 else letter


def _mark_after(word: str, place: int) -> str:
    """One mark that belongs to the letter before it. A heap of them would climb out of the circle."""
    mark = word[place + 1 : place + 2]
    return mark if mark and unicodedata.category(mark) in ("Mn", "Mc") else ""


def _joins(letters: list[str]) -> bool:
    return len(letters) == 2 and all(unicodedata.bidirectional(letter[0]) == "AL" for letter in letters)
