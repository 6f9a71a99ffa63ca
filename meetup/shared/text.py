"""The one place where text that people typed becomes text that can be kept, shown and put into a header.

What cannot be seen cannot be meant: control characters, marks that turn the writing direction, letters without a
shape. They are taken out without a word. What is too long is refused with a sentence, never cut.
"""

import re
import unicodedata
from collections.abc import Callable

from email_validator import EmailNotValidError, validate_email

# Invisible: soft hyphen, grapheme joiner, fillers, zero-width space and its kin, invisible operators, shorthand, music.
INVISIBLE = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e001f\U000e0080-\U000e00ff\U000e01f0-\U000e0fff"
)
# C0, C1 and DEL but the breaks, halves of characters, and code points that are no characters.
BROKEN = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff" + "".join(
    f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17)
)
TURNING = "\u202a-\u202e"  # embeddings and overrides: they can show a sentence backwards
ISOLATES = "\u2066-\u2069"
MARKS = "\u061c\u200e\u200f"
JOINERS = "\u200c\u200d"
SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
TAGS = "\U000e0020-\U000e007f"

NEVER = re.compile(f"[{INVISIBLE}{BROKEN}{TURNING}]")
NEVER_IN_A_LINE = re.compile(f"[{ISOLATES}{MARKS}]")
BREAKS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")
SPACES = re.compile(r"[\s\u2800]+")
TRAILING = re.compile(r"[^\S\n]+(?=\n|\Z)")
TOO_EMPTY = re.compile(r"\n{4,}")
# A flag such as Scotland's is a black flag and five or six tags. Tags anywhere else hide words.
FLAG_OR_TAG = re.compile(f"(\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{{1,8}}\U000e007f)|[{TAGS}]")
JOINER = re.compile(f"[{JOINERS}{SELECTORS}]")
OPENS, CLOSES = "\u2066\u2067\u2068", "\u2069"
EMPTY_ISOLATE = re.compile(f"[{OPENS}]{CLOSES}")
# Vietnamese stacks two marks, Hebrew and Tibetan a few more; a tower of marks covers its neighbours' words.
MOST_MARKS = 6
LETTERS_APART = ("LATIN ", "GREEK ", "CYRILLIC ", "COMBINING ")
LONGEST_ADDRESS = 254
NO_ADDRESS = "That is not an e-mail address that mail reaches everywhere. One looks like ada@example.com."


def line(value: str, limit: int) -> str:
    """One line of clean text: a name, a title, a topic.

    Raises:
        ValueError: when it is longer than `limit` characters, with a sentence for the person.
    """
    return _short_enough(_settled(value, limit, _one_line), limit)


def block(value: str, limit: int) -> str:
    """Clean text of several lines, its breaks kept as “\\n”, without empty lines at its ends.

    Raises:
        ValueError: when it is longer than `limit` characters, with a sentence for the person.
    """
    return _short_enough(_settled(value, limit, _many_lines), limit)


def clean_line(value: str) -> str:
    """The same as `line`, for text that had its limit before. Refuses nothing."""
    return _settled(value, len(value), _one_line)


def clean_block(value: str) -> str:
    """The same as `block`, for text that had its limit before. Refuses nothing."""
    return _settled(value, len(value), _many_lines)


def header_text(value: str) -> str:
    """Text that stays text wherever a mail header carries it. Refuses nothing.

    Python before 3.11.15 decodes “=?utf-8?q?…=0A…?=” in a header that it is given, and writes the line break out:
    whoever chooses a display name would choose headers. So no such word may begin.
    """
    return clean_line(value).replace("=?", "= ?")


def address(value: str) -> str:
    """An e-mail address as we keep it and write to it: trimmed, in small letters, its domain in ASCII.

    No provider gives Ada@ and ada@ to two people, and everybody types theirs now this way, now that.

    Raises:
        ValueError: when it cannot be one, with a sentence for the person.
    """
    typed = value.strip()
    if len(typed) > LONGEST_ADDRESS:
        raise ValueError(f"An e-mail address has at most {LONGEST_ADDRESS} characters.")
    if "=?" in typed:  # a header would take it for an encoded word
        raise ValueError(NO_ADDRESS)
    try:
        # Whether mail arrives is found out by sending a code; “.test” is for tests, and goes nowhere.
        found = validate_email(typed, check_deliverability=False, allow_smtputf8=False, test_environment=True)
    except EmailNotValidError:
        raise ValueError(NO_ADDRESS) from None
    if found.ascii_email is None or "." not in found.ascii_domain or len(found.ascii_email) > LONGEST_ADDRESS:
        raise ValueError(NO_ADDRESS)
    return found.ascii_email.lower()


def _short_enough(value: str, limit: int) -> str:
    if len(value) > limit:
        raise ValueError(_too_long(limit, len(value)))
    return value


def _too_long(limit: int, length: int) -> str:
    return f"Please keep this to {limit:,} characters; it has {length:,}."


def _settled(value: str, limit: int, clean: Callable[[str], str]) -> str:
    # Before any work: nobody makes us normalise ten megabytes.
    if len(value) > 2 * limit + 1000:
        raise ValueError(_too_long(limit, len(value)))
    if value.isascii():
        return clean(NEVER.sub("", value))
    # Taking one character out can bring two others together, so this goes on until nothing changes.
    for _ in range(8):
        before = value
        value = clean(_without_the_invisible(value))
        if value == before:
            break
    return value


def _without_the_invisible(value: str) -> str:
    value = _without_towers(NEVER.sub("", value))
    value = FLAG_OR_TAG.sub(lambda found: found[1] or "", unicodedata.normalize("NFC", value))
    value = JOINER.sub(lambda found: found[0] if _joins(value, found.start()) else "", value)
    return _without_towers(value)


def _without_towers(value: str) -> str:
    kept, height = [], 0
    for character in value:
        stacks = unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me")
        height = height + 1 if stacks else 0
        if height <= MOST_MARKS:
            kept.append(character)
    return "".join(kept)


def _joins(value: str, place: int) -> bool:
    """Does the joiner or selector at this place shape its neighbours, or only hide between them?"""
    before, after = value[place - 1 : place] or " ", value[place + 1 : place + 2] or " "
    if value[place] in JOINERS:
        return _is_shaped(before, "LMS") and _is_shaped(after, "LMS")
    return after == "\u20e3" or _is_shaped(before, "LSP")


def _is_shaped(character: str, classes: str) -> bool:
    # By script: emoji, Persian and the scripts of India join; Latin letters never do.
    apart = unicodedata.name(character, "").startswith(LETTERS_APART)
    return unicodedata.category(character)[0] in classes and not apart


def _one_line(value: str) -> str:
    return SPACES.sub(" ", NEVER_IN_A_LINE.sub("", BREAKS.sub(" ", value))).strip()


def _many_lines(value: str) -> str:
    value = TRAILING.sub("", BREAKS.sub("\n", value))
    if not value.isascii():
        value = "\n".join(_balanced(each) for each in value.split("\n"))
    if not any(_is_visible(character) for character in value):
        return ""
    return TOO_EMPTY.sub("\n\n\n", value).strip("\n")


def _is_visible(character: str) -> bool:
    return unicodedata.category(character)[0] in "LMNPS" and character != "\u2800"  # Braille without a dot


def _balanced(text: str) -> str:
    """Isolates may stay, each closed on its own line: a direction that one line opens never reaches another."""
    kept, depth = [], 0
    for character in text:
        if character == CLOSES and depth == 0:
            continue
        depth += (character in OPENS) - (character == CLOSES)
        kept.append(character)
    return EMPTY_ISOLATE.sub("", "".join(kept) + CLOSES * depth)
