"""Where a listener's bytes go: a socket that was taken out of the server, or a thread of a server that gives none."""

from __future__ import annotations

import asyncio
import queue
import socket
from collections.abc import Callable, Iterator
from typing import Protocol

MOST_SAID = 64 * 1024  # bytes that a listener may send us: it has nothing to say
MOST_QUEUED = 512 * 1024
KERNEL_BUFFER = 128 * 1024  # the kernel would take megabytes for somebody who does not read
DEAD_AFTER_MS = 60_000  # without any answer from the other machine


class Line(Protocol):
    def watch(self, on_gone: Callable[[], None], on_room: Callable[[], None]) -> None:
        """Say when the other end has gone, and when it can take more after it could not."""

    def send(self, data: bytes | memoryview) -> int:
        """Write what can be written now. Raises OSError when nobody is there any more."""

    def close(self) -> None:
        """Nothing more will come."""


class SocketLine:
    """Reads and writes without ever waiting; used in the loop's thread only."""

    __slots__ = ("heard", "is_full", "loop", "on_gone", "on_room", "sock")

    def __init__(self, loop: asyncio.AbstractEventLoop, sock: socket.socket) -> None:
        self.loop = loop
        self.sock = sock
        self.heard = 0
        self.is_full = False

    def watch(self, on_gone: Callable[[], None], on_room: Callable[[], None]) -> None:
        self.on_gone = on_gone
        self.on_room = on_room
        self.loop.add_reader(self.sock.fileno(), self._listen)

    def _listen(self) -> None:
        """A closed tab ends the stream at once. What a listener says is thrown away, up to a point."""
        try:
            said = len(self.sock.recv(4096))
        except BlockingIOError:
            return
        except OSError:
            said = 0
        self.heard += said
        if not said or self.heard > MOST_SAID:
            self.on_gone()

    def send(self, data: bytes | memoryview) -> int:
        try:
            sent = self.sock.send(data)
        except BlockingIOError:
            sent = 0
        self._call_when_there_is_room(sent < len(data))
        return sent

    def _call_when_there_is_room(self, wanted: bool) -> None:
        if wanted and not self.is_full:
            self.loop.add_writer(self.sock.fileno(), self.on_room)
        if self.is_full and not wanted:
            self.loop.remove_writer(self.sock.fileno())
        self.is_full = wanted

    def close(self) -> None:
        self.loop.remove_reader(self.sock.fileno())
        self._call_when_there_is_room(False)
        self.sock.close()


def prepare(sock: socket.socket) -> None:
    """Make a socket fit for a stream: never waits, sends at once, and finds out when the other machine has died."""
    sock.setblocking(False)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KERNEL_BUFFER)
    if sock.family in (socket.AF_INET, socket.AF_INET6):
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if hasattr(socket, "TCP_USER_TIMEOUT"):
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, DEAD_AFTER_MS)


class ThreadLine:
    """The loop puts bytes in; a thread of the server takes them out, one chunk after the other."""

    def __init__(self) -> None:
        self.queue: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self.waiting = 0

    def watch(self, on_gone: Callable[[], None], on_room: Callable[[], None]) -> None:
        """Such a server finds out for itself, and closes `chunks`."""

    def send(self, data: bytes | memoryview) -> int:
        if self.queue.qsize() and self.waiting > MOST_QUEUED:
            raise BrokenPipeError
        self.waiting += len(data)
        self.queue.put(bytes(data))
        return len(data)

    def close(self) -> None:
        self.queue.put(None)

    def chunks(self) -> Iterator[bytes]:
        while (chunk := self.queue.get()) is not None:
            yield chunk
            self.waiting -= len(chunk)
