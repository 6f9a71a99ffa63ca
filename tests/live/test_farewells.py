"""Letting go of a connection: after our answer was read, and not for ever."""

import selectors
import socket

import pytest

from meetup.live.connection import Connection, Farewells
from meetup.live.patience import Patience


@pytest.fixture
def poller():
    with selectors.DefaultSelector() as poller:
        yield poller


@pytest.fixture
def ends():
    ours, theirs = socket.socketpair()
    yield ours, theirs
    ours.close()
    theirs.close()


def begin(poller, ours, **patience):
    patience = Patience(**patience)
    farewells = Farewells(poller, patience)
    farewells.begin(Connection(None, ours, None, None, patience))
    return farewells


def turn(poller, farewells):
    """One turn of the worker's main loop."""
    for key, _ in poller.select(timeout=0):
        key.data(key.fileobj)
    farewells.end_overdue()


def test_who_reads_and_closes_is_let_go_at_once(poller, ends):
    ours, theirs = ends
    farewells = begin(poller, ours)
    turn(poller, farewells)
    assert ours.fileno() != -1

    theirs.close()
    turn(poller, farewells)

    assert ours.fileno() == -1
    assert not farewells.queue


def test_who_never_closes_is_let_go_all_the_same(poller, ends):
    ours, _ = ends
    farewells = begin(poller, ours, farewell=0)

    turn(poller, farewells)

    assert ours.fileno() == -1


def test_who_is_still_sending_is_waited_for(poller, ends):
    ours, theirs = ends
    farewells = begin(poller, ours, farewell=0)

    for _ in range(10):
        theirs.sendall(b"x" * 100)
        turn(poller, farewells)
        assert ours.fileno() != -1
    turn(poller, farewells)

    assert ours.fileno() == -1


def test_who_goes_on_sending_is_not_waited_for_without_end(poller, ends):
    ours, theirs = ends
    farewells = begin(poller, ours, farewell=0, farewell_in_all=0)

    theirs.sendall(b"x" * 100)
    turn(poller, farewells)

    assert ours.fileno() == -1


def test_the_other_side_hears_at_once_that_the_answer_is_over(poller, ends):
    ours, theirs = ends
    ours.sendall(b"the answer")

    begin(poller, ours)

    assert theirs.recv(100) == b"the answer"
    assert theirs.recv(100) == b""
