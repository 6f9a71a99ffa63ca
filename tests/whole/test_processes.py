"""What one says everybody hears, whichever process serves them; and at the switch all of them are put out."""

from http.client import IncompleteRead
from urllib.error import HTTPError

import pytest

from tests.whole.people import Somebody

INES, CALEB, NADIA, BEN, PAUL = (
    "ines@okafor-bakeries.example",
    "caleb@moss.example",
    "nadia@fernhill.example",
    "ben@fernhill.example",
    "paul@achterberg.example",
)
LIVING_ROOM = "/b/fernhill/s/the-last-tray-of-the-day/t/1"


def test_what_one_says_everybody_hears_whichever_process_serves_them(product):
    ines = Somebody(product, INES)
    listeners = [ines, Somebody(product, CALEB), Somebody(product, NADIA)]
    # Twelve: with three processes it is all but sure that each has some of them.
    streams = [who.listen(LIVING_ROOM) for who in listeners for _ in range(4)]

    ines.say(LIVING_ROOM, "Heard in every process.")

    for stream in streams:
        stream.wait_for("Heard in every process.")


def test_a_change_of_the_command_line_reaches_whoever_listens(product):
    """The command line is yet another process: no memory is shared with it."""
    ines = Somebody(product, INES)
    stream = ines.listen(LIVING_ROOM)

    product.ask("demo", "--anew")  # this table is gone

    assert "event: gone" in the_rest_of(stream)


def test_at_the_switch_every_process_puts_out_whoever_must_go(product):
    [shown] = product.ask("demo-session", "--open", "20", "--closed", "600")["sessions"]
    room = shown["table"].removeprefix(product.address)
    out = [Somebody(product, who) for who in (NADIA, BEN, PAUL)]
    streams = [who.listen(room) for who in out for _ in range(4)]

    for stream in streams:
        assert "event: gone" in the_rest_of(stream)

    for who in out:
        with pytest.raises(HTTPError, match="404"):
            who.get(f"{room}/closed")
    assert "Fernhill has left" in Somebody(product, INES).get(f"{room}/closed")


def the_rest_of(stream):
    try:
        return stream.wait_for_the_end()
    except IncompleteRead as cut:
        return cut.partial.decode()
