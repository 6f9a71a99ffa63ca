"""Nobody can keep the server waiting: what the worker class is for.

Each of these fails when the class is taken away: MEETUP_TEST_WORKER=PlainWorker runs them on gunicorn's own.
"""

import os
import signal
import time
from contextlib import suppress

import pytest

from tests.live.served import Served
from tests.live.serving import HURRIED

THREADS = 32
AT_ONCE = 1.0  # seconds: it is milliseconds, but the machine may be busy


def serve(**more):
    return Served(os.environ.get("MEETUP_TEST_WORKER", "HurriedWorker"), **more)


@pytest.fixture(scope="module")
def running():
    served = serve()
    yield served
    served.end()


@pytest.fixture
def server(running):
    yield running
    running.hang_up()


@pytest.fixture
def server_to_stop():
    served = serve()
    yield served
    served.end()


def test_ten_who_never_close_hold_nobody_up(server):
    for _ in range(10):
        assert server.connect().get("/", "Connection: close").answer() == (200, "here")

    assert server.wait_of_another() < AT_ONCE


def test_idle_new_connections_hold_nobody_up(server):
    for _ in range(2 * THREADS):
        server.connect()

    assert server.wait_of_another() < AT_ONCE


def test_half_sent_heads_hold_nobody_up_and_are_given_up(server):
    halves = [server.connect().send(b"GET / HTTP/1.1\r\nHost: loc") for _ in range(2 * THREADS)]

    assert server.wait_of_another() < AT_ONCE
    assert all(half.is_closed(HURRIED.head + 2) for half in halves)


def test_half_sent_bodies_are_given_up(server):
    halves = [server.connect().post(b"words=ha", length=1000) for _ in range(2 * THREADS)]

    assert server.wait_of_another() < 2 * HURRIED.next_bytes + AT_ONCE
    assert [half.answer()[0] for half in halves] == [400] * len(halves)


def test_a_trickle_is_no_way_around_the_limit(server):
    trickles = [server.connect().post(b"words=", length=1000) for _ in range(2 * THREADS)]
    waiting = server.connect().get()

    assert answer_while(lambda: [trickle.drip() for trickle in trickles], waiting) == (200, "here")


def answer_while(something, waiting):
    for _ in range(round((2 * HURRIED.body + AT_ONCE) / 0.2)):
        try:
            return waiting.answer(limit=0.2)
        except TimeoutError:
            something()
    raise AssertionError("a trickle holds everybody up")


def test_who_does_not_take_our_answer_is_given_up(server):
    for _ in range(2 * THREADS):
        server.connect().get("/much")

    assert server.wait_of_another() < 2 * HURRIED.send + 2 * AT_ONCE


def test_an_endless_chunk_size_is_refused(server):
    endless = server.connect().send(
        b"POST /notebook HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\n\r\n" + b"1" * 100_000
    )

    assert endless.answer()[0] == 400
    assert server.wait_of_another() < AT_ONCE


def test_a_refused_upload_gets_to_read_why(server):
    upload = server.connect().post(b"words=" + b"x" * 10 * 1024 * 1024)

    assert upload.answer() == (413, "That is more than we can take.")


def test_a_kept_connection_serves_one_request_after_the_other(server):
    kept = server.connect()

    assert [kept.get().answer() for _ in range(3)] == [(200, "here")] * 3
    kept.send(b"GET / HTT")
    assert server.wait_of_another() < AT_ONCE
    assert kept.send(b"P/1.1\r\nHost: localhost\r\n\r\n").answer() == (200, "here")


def test_requests_sent_in_one_go_are_all_answered(server):
    request = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"

    eager = server.connect().send(request * 3)

    assert [eager.answer() for _ in range(3)] == [(200, "here")] * 3


@pytest.mark.parametrize(
    ("sign", "everybody"),
    [(signal.SIGTERM, False), (signal.SIGINT, True)],
    ids=["told to stop", "Ctrl-C"],
)
def test_stopping_ends_two_hundred_streams_and_then_everything(server_to_stop, sign, everybody):
    streams = [server_to_stop.listen(listener=number) for number in range(1, 201)]
    assert all(stream.next().name == "beat" for stream in streams)
    server_to_stop.connect()
    server_to_stop.connect().get().answer()

    began = time.monotonic()
    server_to_stop.tell(sign, everybody)

    assert all(stream.is_closed() for stream in streams)
    assert time.monotonic() - began < 1.0
    assert server_to_stop.ended() - began < 2.0  # half of it, when the machine has nothing else to do
    assert "Traceback" not in server_to_stop.said


def test_an_impatient_ctrl_c_ends_it_too(server_to_stop):
    began = time.monotonic()
    while time.monotonic() < began + 0.1:
        with suppress(ProcessLookupError):
            server_to_stop.tell(signal.SIGINT, everybody=True)

    assert server_to_stop.ended() - began < 2.0


def test_a_request_at_work_is_finished_while_the_streams_end_at_once(server_to_stop):
    stream = server_to_stop.listen()
    at_work = server_to_stop.connect().get("/slow?seconds=1")
    server_to_stop.wait_of_another()

    server_to_stop.tell(signal.SIGTERM)

    assert stream.is_closed(limit=0.9)
    assert at_work.answer() == (200, "done")


def test_when_there_is_no_file_left_whoever_only_holds_a_place_goes_first():
    server = serve(files=64)
    try:
        idle = [server.connect() for _ in range(100)]

        assert server.wait_of_another() < 2 * AT_ONCE
        assert idle[0].is_closed()
    finally:
        server.end()
