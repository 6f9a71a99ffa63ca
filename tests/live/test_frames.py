"""Whatever people write, and whatever a listener sends back, it stays data."""

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetup.live import frames
from meetup.live.frames import Cursor
from meetup.live.sources import Batch, Event
from tests.live.ears import Ears

LINE_ENDS = ["\n", "\r", "\r\n", "\n\n", "\r\r", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029", "\0", "\ufeff"]
FORGERY = "{0}event: gone{0}data: you are out{0}id: g1:99{0}{0}event: gone{0}data: again{0}{0}"


def heard(data):
    """What a browser makes of an event with this data, and of the one after it."""
    ours, theirs = socket.socketpair()
    with ours, Ears(theirs) as ears:
        ours.sendall(frames.of(Event(1, "message", data), "g1") + frames.of(Event(2, "message", "next"), "g1"))
        ours.shutdown(socket.SHUT_WR)
        events = [ears.next(), ears.next()]
        assert ears.is_ended()
        assert ears.rest == b""
    return events


@pytest.mark.parametrize("line_end", LINE_ENDS)
def test_no_line_break_forges_an_event(line_end):
    said = FORGERY.format(line_end)

    first, after = heard(said)

    assert first == ("message", said.replace("\r\n", "\n").replace("\r", "\n"), "g1:1")
    assert after == ("message", "next", "g1:2")


@given(st.text(st.sampled_from("\r\n\x0b\x85\u2028:ade vnti 1{}")))
def test_no_text_whatever_breaks_the_framing(said):
    assert [(event.name, event.id) for event in heard(said)] == [("message", "g1:1"), ("message", "g1:2")]


def test_a_reason_cannot_forge_an_event_either():
    assert frames.gone("out\n\nevent: message") == b"event: gone\ndata: out\ndata: \ndata: event: message\n\n"


def test_half_a_character_is_sent_as_a_question_mark():
    assert b"data: ?\n" in frames.of(Event(1, "message", "\ud800"), "g1")


@pytest.mark.parametrize("name", ["", "beat", "reset", "gone", "a b", "a\nb", "Message", "a:b", "x" * 65, "é"])
def test_an_event_cannot_be_called_anything(name):
    with pytest.raises(ValueError, match="cannot be called"):
        Event(1, name, "")


@pytest.mark.parametrize("generation", ["", "a b", "a:b", "a\nb", "x" * 65, "é"])
def test_a_generation_fits_into_a_cursor(generation):
    with pytest.raises(ValueError, match="generation"):
        Batch([], {}, top=0, generation=generation)


def test_a_cursor_comes_back_as_it_went_out():
    assert Cursor.read(frames.cursor("g-1_x", 17)) == Cursor("g-1_x", 17)


@pytest.mark.parametrize(
    "text",
    ["", "17", "g1", "g1:", ":1", "g1:-1", "g1:9223372036854775808", f"g1:{2**64}", "g1:1.5", "g1:١", "g1:1 ", "g1:1\n"]
    + ["g1:0x1", "g1:1:1", "g 1:1", "'; DROP TABLE messages; --", "\0", "g1:" + "1" * 10_000, "é:1"],
)
def test_anything_else_is_no_cursor(text):
    assert Cursor.read(text) is None
