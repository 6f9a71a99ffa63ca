"""What a view returns, on a server that gives no socket: `flask run`, and the test client."""

from contextlib import nullcontext

import pytest
from flask import Flask, request

from meetup.live import engine
from meetup.live.sources import Topic
from meetup.live.stream import open_stream
from meetup.live.wake import wake
from tests.live.ears import eventually

TOPIC = Topic("notebook", 7)


@pytest.fixture
def app(clock, notebook):
    app = Flask(__name__)
    app.testing = True

    @app.get("/stream")
    def stream():
        return open_stream(TOPIC, 1, request.args.get("after"), request)

    @app.get("/nobody")
    def nobody():
        return open_stream(Topic("a kind that nobody registered", 7), 1, None, request)

    live = engine.start(app, around=nullcontext, clock=clock)
    yield app
    live.stop()


def test_it_is_a_stream_all_the_same(app, notebook):
    notebook.write("one")

    response = app.test_client().get("/stream?after=g1:0")
    chunks = response.iter_encoded()

    assert response.mimetype == "text/event-stream"
    assert response.headers["Cache-Control"] == "no-store"
    assert next(chunks) == b"id: g1:1\nevent: message\ndata: one\n\nid: g1:1\nevent: beat\ndata: g1:1\n\n"
    response.close()


def test_what_happens_is_heard(app, notebook):
    response = app.test_client().get("/stream")
    chunks = response.iter_encoded()
    next(chunks)

    notebook.write("two")
    with app.app_context():
        wake(TOPIC)

    assert next(chunks) == b"id: g1:1\nevent: message\ndata: two\n\n"
    response.close()


def test_it_ends_when_the_right_does(app, notebook):
    response = app.test_client().get("/stream")
    chunks = response.iter_encoded()
    next(chunks)

    notebook.may_hear = {}
    with app.app_context():
        wake(TOPIC)

    assert list(chunks) == [b"event: gone\ndata: left\n\n"]


def test_it_leaves_the_hub_when_the_server_closes_it(app, notebook):
    response = app.test_client().get("/stream")
    next(response.iter_encoded())
    hub = engine.live_of(app).hub()
    assert hub.has_listeners

    response.close()

    eventually(lambda: not hub.has_listeners)


def test_a_page_that_reads_nothing_is_let_go(app, notebook):
    response = app.test_client().get("/stream")
    next(response.iter_encoded())
    hub = engine.live_of(app).hub()

    def say_much():
        notebook.write("x" * 100_000)
        hub.wake(TOPIC)
        return not hub.has_listeners

    eventually(say_much)
    response.close()


def test_a_kind_that_nobody_answers_for_fails_in_the_view(app):
    with pytest.raises(KeyError):
        app.test_client().get("/nobody")


def test_asking_for_the_head_alone_opens_nothing(app):
    response = app.test_client().head("/stream")

    assert response.mimetype == "text/event-stream"
    assert response.data == b""
    assert engine.live_of(app).running is None
