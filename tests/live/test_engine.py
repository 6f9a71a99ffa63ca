"""Changes that nobody told us of: another process, with Redis, without it, and while it is away."""

import socket
import threading
import time
from contextlib import ExitStack, nullcontext

import pytest
import redis
from flask import Flask

from meetup.live import engine
from meetup.live.messenger import CHANNEL, RedisMessenger
from meetup.live.sources import Topic
from meetup.live.wake import wake, wake_everything
from tests import services
from tests.live.ears import Ears, eventually

TOPIC = Topic("notebook", 7)


class Pulse:
    """Feels what the test says."""

    def __init__(self):
        self.has_changed = threading.Event()
        self.was_told = None
        self.trouble = None
        self.is_closed = False

    def feel(self, is_told):
        self.was_told = is_told
        if self.trouble:
            raise self.trouble
        return self.has_changed.is_set()

    def close(self):
        self.is_closed = True


@pytest.fixture
def process(clock):
    """An app as every process of the installation has one."""
    with ExitStack() as stack:

        def process(**given):
            app = Flask(__name__)
            live = engine.start(app, around=nullcontext, clock=clock, **given)
            stack.callback(live.stop)
            return app

        yield process


@pytest.fixture
def listen():
    with ExitStack() as stack:

        def listen(app):
            ours, theirs = socket.socketpair()
            engine.live_of(app).hub().join_socket(ours, b"", TOPIC, 1, None)
            ears = stack.enter_context(Ears(theirs))
            ears.until("beat")
            return ears

        yield listen


def is_told(app):
    return engine.live_of(app).messenger.is_healthy


def test_a_wake_up_reaches_the_listeners_of_this_process(notebook, process, listen):
    app = process()
    ears = listen(app)

    notebook.write("hello")
    with app.app_context():
        wake(TOPIC)

    assert ears.next().data == "hello"


def test_nobody_listens_and_nothing_is_read(notebook, process):
    with process().app_context():
        wake(TOPIC)
        wake_everything()

    assert notebook.readings == []


def test_a_change_that_nobody_told_of_is_felt(notebook, process, listen):
    pulse = Pulse()
    ears = listen(process(make_pulse=lambda: pulse))

    notebook.write("by another process")
    pulse.has_changed.set()

    assert ears.next().data == "by another process"
    assert pulse.was_told is False


def test_a_pulse_that_fails_is_taken_for_a_change(notebook, process, listen, caplog):
    pulse = Pulse()
    ears = listen(process(make_pulse=lambda: pulse))

    notebook.write("heard all the same")
    pulse.trouble = OSError("no database")

    assert ears.next().data == "heard all the same"
    assert "the pulse could not be felt" in caplog.text


def test_stopping_closes_the_pulse_and_the_next_listener_begins_anew(notebook, process, listen):
    pulses = []
    app = process(make_pulse=lambda: pulses.append(Pulse()) or pulses[-1])
    ears = listen(app)

    engine.live_of(app).stop()

    assert ears.is_ended()
    eventually(lambda: pulses[0].is_closed)
    listen(app)


@pytest.mark.parametrize("say", [lambda: wake(TOPIC), wake_everything])
def test_redis_carries_a_wake_up_to_another_process(notebook, process, listen, say):
    here, there = (process(redis_url=services.redis_url()) for _ in range(2))
    ears = listen(there)
    eventually(lambda: is_told(there))

    notebook.write("from over here")
    with here.app_context():
        say()

    assert ears.next().data == "from over here"


def test_what_we_said_ourselves_is_not_heard_again():
    ours, theirs = (RedisMessenger(services.redis_url()) for _ in range(2))
    heard = []
    ours.listen(heard.append, lambda: heard.append("everything"))
    eventually(lambda: ours.is_healthy)
    heard.clear()

    ours.tell(TOPIC)
    ours.tell(None)
    theirs.tell(Topic("notebook", 8))

    eventually(lambda: heard)
    assert heard == [Topic("notebook", 8)]
    ours.stop()
    theirs.stop()


@pytest.mark.parametrize("said", [b"", b"x", b"\xff\xfe", b"me notebook", b"me notebook seven", b"me notebook 7 8"])
def test_nonsense_on_the_channel_is_ignored(notebook, process, listen, said):
    app = process(redis_url=services.redis_url())
    ears = listen(app)
    eventually(lambda: is_told(app))

    with redis.Redis.from_url(services.redis_url()) as client:
        client.publish(CHANNEL, said)
        notebook.write("still here")
        client.publish(CHANNEL, "another-process notebook 7")

    assert ears.next().data == "still here"


def test_redis_may_go_and_come_back(notebook, process, listen):
    port = services.free_port()
    url = f"redis://127.0.0.1:{port}"
    server = services.start_redis(port)
    app = process(redis_url=url)
    ears = listen(app)
    eventually(lambda: is_told(app))

    server.stop()
    eventually(lambda: not is_told(app))
    notebook.write("while it was away")
    with app.app_context():
        wake(TOPIC)
    assert ears.next().data == "while it was away"

    notebook.write("by another process, which could not say so")
    server = services.start_redis(port)
    assert ears.next(limit=10).data == "by another process, which could not say so"
    assert is_told(app)
    server.stop()


def test_a_redis_that_is_not_there_keeps_no_request_waiting():
    messenger = RedisMessenger(f"redis://127.0.0.1:{services.free_port()}")

    began = time.monotonic()
    for _ in range(1000):
        messenger.tell(TOPIC)

    assert time.monotonic() - began < 1.0
    messenger.stop()


def test_a_redis_that_says_nothing_keeps_one_request_waiting_and_not_for_long():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        messenger = RedisMessenger(f"redis://127.0.0.1:{silent.getsockname()[1]}")

        began = time.monotonic()
        for _ in range(1000):
            messenger.tell(TOPIC)

        assert time.monotonic() - began < 1.5
        messenger.stop()
