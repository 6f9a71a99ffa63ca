"""The delivery contract: what a listener may rely on, and what nobody may hear."""

import pytest

from meetup.live.frames import Cursor
from meetup.live.sources import Topic

TOPIC = Topic("notebook", 7)


def test_who_comes_without_a_cursor_hears_what_happens_from_now_on(notebook, hub, join):
    notebook.write("before")
    ears = join()
    assert ears.next() == ("beat", "g1:1", "g1:1")

    notebook.write("after")
    hub.wake(TOPIC)

    assert ears.next() == ("message", "after", "g1:2")


def test_who_comes_back_hears_exactly_what_they_missed_and_then_a_beat(notebook, join):
    for word in ("one", "two", "three"):
        notebook.write(word)

    ears = join(after=Cursor("g1", 1))

    assert [ears.next() for _ in range(3)] == [
        ("message", "two", "g1:2"),
        ("message", "three", "g1:3"),
        ("beat", "g1:3", "g1:3"),
    ]


def test_an_event_reaches_only_its_audience(notebook, hub, join):
    notebook.may_hear = {"": {1, 2}, "brand": {2}}
    customer, host = join(1), join(2)
    customer.until("beat")
    host.until("beat")

    notebook.write("for the brand", audience="brand")
    notebook.write("for all")
    hub.wake(TOPIC)

    assert host.messages(2) == ["for the brand", "for all"]
    assert customer.next().data == "for all"
