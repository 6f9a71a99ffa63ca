"""Who hears what is decided for every event, for people as they are now; and time alone ends what is over."""

from datetime import timedelta

import pytest

from meetup.live.crowd import LAST_WORDS, MOST_STREAMS
from meetup.live.listener import MOST_PENDING
from meetup.live.sources import Batch, Topic
from tests.live.conftest import NOON
from tests.live.ears import eventually

TOPIC = Topic("notebook", 7)


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


def test_a_replay_is_judged_like_everything_else(notebook, join):
    notebook.may_hear = {"": {1, 2}, "brand": {2}}
    notebook.write("for the brand", audience="brand")
    notebook.write("for all")

    assert join(1, after=notebook.cursor(0)).messages(1) == ["for all"]
    assert join(2, after=notebook.cursor(0)).messages(2) == ["for the brand", "for all"]


def test_who_is_in_some_audience_is_in_the_topic(notebook, hub, join):
    notebook.may_hear = {"expert": {1}}
    ears = join(1)
    ears.until("beat")

    notebook.write("for all")
    hub.wake(TOPIC)

    assert ears.next().data == "for all"


def test_a_lost_right_ends_the_stream_before_the_next_word(notebook, hub, join):
    out, stays = join(1), join(2)
    out.until("beat")
    stays.until("beat")

    notebook.may_hear = {"": {2}}
    notebook.gone = "put out"
    notebook.write("said without them")
    hub.wake(TOPIC)

    assert stays.next().data == "said without them"
    assert out.next() == ("gone", "put out", "")
    assert out.is_ended(limit=LAST_WORDS / 2)


def test_who_may_not_hear_is_told_so_when_they_come_and_hears_nothing(notebook, join):
    notebook.write("secret")

    ears = join(99, after=notebook.cursor(0))

    assert ears.next() == ("gone", "left", "")
    assert ears.is_ended()


def test_a_topic_that_is_over_is_over_for_everybody(notebook, hub, join, monkeypatch):
    listeners = [join(key) for key in (1, 2, 3)]
    for ears in listeners:
        ears.until("beat")

    monkeypatch.setattr(notebook, "read", lambda *_: Batch.over("ended"))
    hub.wake(TOPIC)

    assert [ears.next() for ears in listeners] == [("gone", "ended", "")] * 3


def close_at(instant, notebook, clock):
    """What a phase does: from an instant on, nobody may hear."""
    notebook.look_again_at = instant
    notebook.gone = "closed"
    notebook.before_reading = lambda: clock() >= instant and notebook.may_hear.clear()


def test_the_switch_needs_nobody_to_wake_it(notebook, clock, join):
    close_at(NOON + timedelta(minutes=10), notebook, clock)
    ears = join()
    ears.until("beat")
    clock.forward(minutes=9, seconds=59)
    assert ears.hears_nothing(limit=0.6)

    clock.forward(seconds=1)

    assert ears.next(limit=1.0) == ("gone", "closed", "")
    assert ears.is_ended()


def test_a_switch_that_was_moved_happens_at_its_new_instant(notebook, hub, clock, join):
    close_at(NOON + timedelta(minutes=10), notebook, clock)
    ears = join()
    ears.until("beat")

    close_at(NOON + timedelta(minutes=15), notebook, clock)
    hub.wake(TOPIC)
    clock.forward(minutes=10)
    assert ears.hears_nothing(limit=0.6)
    clock.forward(minutes=5)

    assert ears.next(limit=1.0).name == "gone"


def test_an_instant_long_past_is_not_looked_for_again_and_again(notebook, join):
    notebook.look_again_at = NOON - timedelta(minutes=1)
    ears = join()
    ears.until("beat")

    assert ears.hears_nothing(limit=0.6)
    assert len(notebook.readings) == 1


def test_seven_tabs_work_and_a_thirteenth_stream_ends_the_oldest(notebook, join):
    streams = [join(1) for _ in range(MOST_STREAMS)]
    for ears in streams:
        ears.until("beat")
    somebody_else = join(2)

    newest = join(1)

    assert streams[0].next() == ("gone", "too many", "")
    assert newest.next().name == "beat"
    assert somebody_else.next().name == "beat"
    assert streams[1].hears_nothing()


def test_a_listener_too_slow_is_dropped_and_holds_nobody_up(notebook, hub, join):
    slow, quick = join(1), join(2)
    slow.until("beat")
    quick.until("beat")
    words = "x" * (MOST_PENDING // 4)

    for number in range(20):
        notebook.write(f"{number} {words}")
        hub.wake(TOPIC)
        assert quick.next().data.startswith(f"{number} ")

    eventually(lambda: 1 not in hub.crowd.streams)
    assert slow.is_ended()
    assert slow.rest.count(b"event: message") < 20


class Clogged:
    """The line of somebody who reads nothing at all."""

    is_closed = False

    def watch(self, on_gone, on_room):
        pass

    def send(self, data):
        return 0

    def close(self):
        self.is_closed = True


def test_who_must_go_and_does_not_read_goes_all_the_same(notebook, hub):
    line = Clogged()
    hub.join(line, b"", TOPIC, 1, None)
    eventually(lambda: notebook.readings)

    notebook.may_hear = {}
    hub.wake(TOPIC)

    eventually(lambda: line.is_closed, LAST_WORDS + 1)


def test_a_listener_who_talks_back_is_not_listened_to_for_long(notebook, hub, join):
    ears = join()
    ears.until("beat")

    with pytest.raises((BrokenPipeError, ConnectionResetError)):
        ears.sock.sendall(b"x" * 1_000_000)

    eventually(lambda: not hub.has_listeners)
