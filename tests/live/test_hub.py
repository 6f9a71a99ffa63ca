"""The delivery contract: what a listener may rely on."""

import threading

import pytest

from meetup.live.frames import Cursor
from meetup.live.reading import MOST_REPLAYED
from meetup.live.sources import Topic
from tests.live.ears import LIMIT, eventually

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


@pytest.mark.parametrize(("missed", "first"), [(MOST_REPLAYED, "message"), (MOST_REPLAYED + 1, "reset")])
def test_a_gap_too_large_to_replay_is_a_reset_and_never_half_a_replay(notebook, hub, join, missed, first):
    for number in range(missed + 5):
        notebook.write(str(number))

    ears = join(after=Cursor("g1", 5))

    assert ears.next().name == first
    assert ears.until("beat").data == f"g1:{missed + 5}"
    notebook.write("after")
    hub.wake(TOPIC)
    assert ears.next().data == "after"


@pytest.mark.parametrize("cursor", [Cursor("g0", 2), Cursor("g1", 4), Cursor("g1", 10**17), Cursor("", 0)])
def test_a_cursor_of_another_generation_or_of_the_future_is_a_reset(notebook, join, cursor):
    for word in ("one", "two", "three"):
        notebook.write(word)

    ears = join(after=cursor)

    assert ears.next() == ("reset", "g1:3", "g1:3")


def test_when_the_seqs_begin_anew_everybody_is_reset_and_goes_on(notebook, hub, join):
    notebook.write("old")
    ears = join()
    ears.until("beat")

    notebook.generation, notebook.events = "g2", []
    hub.wake(TOPIC)
    assert ears.next() == ("reset", "g2:0", "g2:0")

    notebook.write("new")
    hub.wake(TOPIC)
    assert ears.next() == ("message", "new", "g2:1")


def test_somebody_far_behind_keeps_nobody_waiting(notebook, hub, join):
    for number in range(1000):
        notebook.write(str(number))
    close = join(after=Cursor("g1", 999))
    far = join(after=Cursor("g1", 1))

    assert close.next().data == "999"
    assert far.next().name == "reset"


def test_who_follows_gets_everything_even_of_a_burst_larger_than_a_replay(notebook, hub, join):
    ears = join()
    ears.until("beat")

    for number in range(2 * MOST_REPLAYED + 50):
        notebook.write(str(number))
    hub.wake(TOPIC)

    assert ears.messages(2 * MOST_REPLAYED + 50) == [str(number) for number in range(2 * MOST_REPLAYED + 50)]


def test_a_top_that_runs_ahead_of_the_events_loses_none(notebook, hub, join):
    notebook.write("one")
    ears = join(after=Cursor("g1", 0))
    assert ears.messages(1) == ["one"]
    assert ears.next().name == "beat"

    # Written between the source's look for events and its look for the top.
    notebook.after_events = lambda: notebook.write("two")
    hub.wake(TOPIC)
    eventually(lambda: len(notebook.events) == 2)
    assert ears.hears_nothing()
    hub.wake(TOPIC)

    assert ears.next() == ("message", "two", "g1:2")


def test_many_wake_ups_are_one_more_reading(notebook, hub, join):
    ears = join()
    ears.until("beat")
    is_reading, may_go_on = threading.Event(), threading.Event()
    notebook.before_reading = lambda: (is_reading.set(), may_go_on.wait(LIMIT))
    notebook.readings.clear()

    hub.wake(TOPIC)
    assert is_reading.wait(LIMIT)
    for number in range(100):
        notebook.write(str(number))
        hub.wake(TOPIC)
    may_go_on.set()

    assert ears.messages(100)[-1] == "99"
    assert ears.hears_nothing()
    assert len(notebook.readings) == 2


def test_a_wake_up_for_a_topic_without_listeners_reads_nothing(notebook, hub, join):
    ears = join()
    ears.until("beat")
    notebook.readings.clear()

    hub.wake(Topic("notebook", 8))
    hub.wake(TOPIC)
    hub.wake_everything()

    eventually(lambda: len(notebook.readings) >= 1)
    assert ears.hears_nothing()
    assert len(notebook.readings) <= 2


def test_waking_everything_reaches_every_topic(notebook, hub, join):
    both = [join(topic_key=1), join(topic_key=2)]
    for ears in both:
        ears.until("beat")

    notebook.write("for all")
    hub.wake_everything()

    assert [ears.next().data for ears in both] == ["for all", "for all"]


def test_hearts_beat_with_the_newest_seq(notebook, make_hub, join):
    notebook.write("one")
    ears = join(into=make_hub(beat_every=0.05))

    assert [ears.next() for _ in range(3)] == [("beat", "g1:1", "g1:1")] * 3


def test_a_topic_that_cannot_be_read_is_read_again_and_nothing_is_lost(notebook, hub, join, caplog):
    ears = join()
    ears.until("beat")
    notebook.trouble = OSError("the database has gone for a walk")
    notebook.write("kept")
    hub.wake(TOPIC)
    eventually(lambda: "could not read notebook 7" in caplog.text)

    notebook.trouble = None

    assert ears.next().data == "kept"


def test_a_closed_tab_is_noticed_at_once(hub, notebook, join):
    ears = join()
    ears.until("beat")

    ears.close()

    eventually(lambda: not hub.has_listeners, limit=0.5)


def test_stopping_ends_every_stream_without_a_word(hub, notebook, join):
    listeners = [join(key) for key in (1, 2, 3)]
    for ears in listeners:
        ears.until("beat")

    hub.stop()

    assert all(ears.is_ended() and ears.rest == b"" for ears in listeners)


def test_a_hub_that_has_stopped_hears_wake_ups_without_complaint(hub, notebook, join):
    hub.stop()

    hub.wake(TOPIC)
    hub.wake_everything()

    assert not hub.has_listeners
