import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetup.shared import text

# Any text at all, and texts made of the characters that make trouble.
ANY = st.text(st.characters())
MEAN = st.text(
    st.sampled_from(
        "aé=? \n\r\t\0\x85\u2028\u200b\u200c\u200d\u202e\u2066\u2067\u2069\u0301\u0316\u0344\ufe0f\U000e0100"
    )
    | st.sampled_from("\ud800\u3164\u2800\u200f👩🚀\U0001f3f4\U000e0067\U000e007f\u0915\u094d\u20e3\u1100\u1161\u0e33")
)


def test_a_line_loses_what_cannot_be_seen():
    assert text.line(" Ada\0\x1b\x7f\u200b \r\n\t Love\u2028lace\ud800\ufeff ", 80) == "Ada Love lace"


def test_a_line_is_composed():
    assert text.line("Rene\u0301e", 80) == "Ren\u00e9e"


@pytest.mark.parametrize("mark", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
def test_no_mark_in_a_line_turns_the_writing_direction(mark):
    assert text.line(f"user{mark}gnp.exe", 80) == "usergnp.exe"


@pytest.mark.parametrize(
    "name", ["\u3164", "\u200b\u200d", "\u2800 \u2800", "\ufe0f\u0000", "\U000e0041\U000e0042", "\u2067\u2069"]
)
def test_a_name_of_invisible_letters_is_empty(name):
    assert text.line(name, 80) == text.block(name, 80) == ""


@pytest.mark.parametrize(
    "kept",
    [
        "👩🏽\u200d🚀",
        "❤️\u200d🔥",
        "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
        "1\ufe0f\u20e3",
        "ℹ️",
    ],
    ids=["a rocket scientist", "a heart on fire", "Scotland", "a keycap", "information"],
)
def test_emoji_keep_what_joins_them(kept):
    assert text.line(kept, 80) == kept


@pytest.mark.parametrize("word", ["می\u200cخواهم", "क्\u200dष", "Trần Ngữ", "בְּרֵאשִׁ֖ית"])
def test_words_of_every_script_stay_whole(word):
    assert text.line(word, 80) == unicodedata.normalize("NFC", word)


def test_joiners_do_not_make_two_names_of_one():
    assert text.line("pay\u200dpal\u200c", 80) == "paypal"


def test_no_tower_of_marks_covers_the_neighbours():
    assert text.line("Z" + "\u0335" * 500, 600) == "Z" + "\u0335" * text.MOST_MARKS


def test_a_block_keeps_its_lines():
    assert text.block("\r\n one\x85two \t\r\r\n\n\n\n\n\nthree\u2029\n", 80) == " one\ntwo\n\n\nthree"


def test_a_block_closes_every_isolate_on_its_own_line():
    assert text.block("\u2067one\ntwo\u2069 \u202ethree", 80) == "\u2067one\u2069\ntwo three"


def test_what_is_too_long_is_refused_with_both_numbers():
    with pytest.raises(ValueError, match="^Please keep this to 80 characters; it has 1,081.$"):
        text.line("x" * 1081, 80)


def test_length_counts_what_is_kept():
    assert text.line("x" * 80 + "\0" * 100, 80) == "x" * 80


def test_ten_megabytes_are_refused_unread():
    with pytest.raises(ValueError, match="it has 10,000,001"):
        text.block("e" + "\u0301\u0316" * 5_000_000, 4000)


@pytest.mark.parametrize("clean", [text.line, text.block])
@given(value=ANY | MEAN)
def test_cleaning_twice_changes_nothing(clean, value):
    once = clean(value, 10_000)

    assert clean(once, 10_000) == once
    assert unicodedata.is_normalized("NFC", once)


@given(value=ANY | MEAN)
def test_a_line_is_one_line_that_any_encoding_takes(value):
    clean = text.line(value, 10_000)

    assert len(clean.splitlines()) <= 1
    assert clean.encode().decode() == clean


@given(value=ANY | MEAN)
def test_no_encoded_word_begins_in_a_header(value):
    assert "=?" not in text.header_text(value)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Ada@Example.COM\n", "ada@example.com"),
        ("ada@BÜCHER.example", "ada@xn--bcher-kva.example"),
        ("ada+tables@xn--bcher-kva.example", "ada+tables@xn--bcher-kva.example"),
    ],
)
def test_an_address_is_kept_as_we_keep_it(typed, kept):
    assert text.address(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "", "ada", "ada@", "ada@host", "ada@@example.com", "ada@example.com\r\nBcc: eve@example.com",
        "a b@example.com", "Ada <ada@example.com>", "ada@example.com, eve@example.com",
        "=?utf-8?q?ada=0A?=@example.com",
        "ada\0@example.com", '"ada\n"@example.com', "ada@[127.0.0.1]", "ada@localhost", "é@example.com",
        "ada@exa\u202emple.com",
        "\ud800@example.com",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused_with_a_sentence(typed):
    with pytest.raises(ValueError, match="One looks like ada@example.com"):
        text.address(typed)


@pytest.mark.parametrize("typed", ["a" * 255, "a" * 250 + "@example.com", "a@" + "b." * 10_000_000 + "com"])
def test_an_address_that_is_too_long_is_refused(typed):
    with pytest.raises(ValueError, match="at most 254 characters"):
        text.address(typed)
