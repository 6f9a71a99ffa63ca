"""A stream, from the view to the browser, through a real server."""

import signal
from urllib.parse import quote

import pytest

from tests.live.served import Served

HOSTILE = ["-1", "g1:-1", "g1:9223372036854775808", "g1:99999", "other:1", "'; DROP", "\0", "g1:1\r\nevent:x", "é"]


@pytest.fixture(scope="module")
def server():
    served = Served("StreamWorker")
    yield served
    served.end()


def test_the_head_carries_what_the_app_decided(server):
    lines = server.listen().headers.split("\r\n")

    assert lines[0] == "HTTP/1.1 200 OK"
    assert "X-Content-Type-Options: nosniff" in lines
    assert "Cache-Control: no-store" in lines
    assert "X-Accel-Buffering: no" in lines
    assert "Connection: close" in lines
    assert not any(line.lower().startswith(("content-length", "transfer-encoding")) for line in lines)


def test_what_is_written_is_heard_by_everybody(server):
    streams = [server.listen(listener) for listener in (1, 2, 3)]
    for stream in streams:
        assert stream.next().name == "beat"

    server.write("hello")

    assert [stream.next().data for stream in streams] == ["hello"] * 3


def test_a_page_goes_on_from_where_it_was_drawn_or_from_what_it_heard_last(server):
    server.write("first")
    top = server.listen().next()
    generation, seq = top.data.split(":")
    server.write("second")

    assert server.listen(query=f"?after={top.data}").next().data == "second"
    assert server.listen(query=f"?after={generation}:0", last_event_id=top.data).next().data == "second"


@pytest.mark.parametrize("cursor", HOSTILE)
def test_a_hostile_cursor_is_answered_with_a_reset(server, cursor):
    assert server.listen(query=f"?after={quote(cursor)}").next().name == "reset"


@pytest.mark.parametrize("cursor", ["-1", "g1:9223372036854775808", "garbage", "g1:1:1", "x" * 8000])
def test_a_hostile_last_event_id_too(server, cursor):
    assert server.listen(last_event_id=cursor).next().name == "reset"


def test_asking_for_the_head_alone_opens_nothing(server):
    asked = server.connect().send(b"HEAD /stream/1 HTTP/1.1\r\nHost: localhost\r\n\r\n")

    assert "text/event-stream" in asked.head()
    assert asked.get().answer() == (200, "here")


def test_an_answer_that_became_a_refusal_is_not_handed_over(server):
    refused = server.connect().get("/stream/1?refuse=yes")

    assert refused.answer() == (503, "Not now.")
    assert refused.get().answer() == (200, "here")


def test_an_old_browser_without_keep_alive_gets_its_stream(server):
    old = server.connect().send(b"GET /stream/1 HTTP/1.0\r\n\r\n")

    assert "200 OK" in old.head()


def test_a_stream_takes_no_thread(server):
    streams = [server.listen(listener=100 + number) for number in range(100)]

    assert server.wait_of_another() < 1.0
    assert all(stream.next().name == "beat" for stream in streams)


def test_the_server_says_nothing_of_a_stream_that_it_handed_over():
    served = Served("StreamWorker")
    try:
        stream = served.listen()
        assert stream.next().name == "beat"
        stream.close()
        assert served.listen().next().name == "beat"
        served.tell(signal.SIGTERM)
        served.ended()
        assert [line for line in served.said.splitlines() if "ERROR" in line or "Traceback" in line] == []
    finally:
        served.end()
