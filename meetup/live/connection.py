"""A connection to the server: read up to the end of a request's head without a thread, and let go of without one."""

from __future__ import annotations

import selectors
import socket
import time
from collections import deque
from functools import partial
from typing import Any

from gunicorn.workers.gthread import TConn

from meetup.live.patience import Patience, PatientUnreader

MOST_HEAD = 64 * 1024  # bytes that are kept of a head; with more, gunicorn's parser says what is wrong with it
MOST_DRAINED = 64 * 1024 * 1024
MOST_FAREWELLS = 256


class Connection(TConn):
    def __init__(self, cfg: Any, sock: socket.socket, client: Any, server: Any, patience: Patience) -> None:
        super().__init__(cfg, sock, client, server)
        self.patience = patience
        self.head = bytearray()
        self.drained = self.drained_before = 0

    def read_head(self) -> bool:
        """Take what is there. True when a thread can go on from here.

        Raises:
            OSError: when the other side has left.
        """
        try:
            data = self.sock.recv(MOST_HEAD)
        except BlockingIOError:
            return False
        if not data:
            raise ConnectionResetError
        searched = max(0, len(self.head) - 3)
        self.head += data
        return self.head.find(b"\r\n\r\n", searched) >= 0 or len(self.head) > MOST_HEAD

    def init(self) -> None:
        """Called by a thread for each request, right before it is parsed."""
        is_new = not self.initialized
        super().init()
        if is_new:
            self.parser.unreader = PatientUnreader(self.sock, self.patience)
        unreader: PatientUnreader = self.parser.unreader
        unreader.expect_head()
        unreader.unread(bytes(self.head))
        self.head.clear()
        self.sock.settimeout(self.patience.send)

    def drain(self) -> bool:
        """Read what is still sent, and forget it. False at its end."""
        try:
            data = self.sock.recv(65536)
        except BlockingIOError:
            return True
        except OSError:
            return False
        self.drained += len(data)
        return bool(data) and self.drained <= MOST_DRAINED

    def is_still_sending(self) -> bool:
        """Has anything come since we last asked?"""
        before, self.drained_before = self.drained_before, self.drained
        return self.drained > before


class Farewells:
    """Those who have our answer. The poller waits until they have read it and closed, and none of them for long.

    What a browser still sends is read and thrown away: closing on it would reset the connection, and a refused upload
    would never get to read why it was refused.
    """

    def __init__(self, poller: selectors.BaseSelector, patience: Patience) -> None:
        self.poller = poller
        self.patience = patience
        self.queue: deque[Connection] = deque()  # by `timeout`

    def begin(self, conn: Connection) -> None:
        try:
            conn.sock.setblocking(False)
            conn.sock.shutdown(socket.SHUT_WR)
        except OSError:
            conn.close()
            return
        conn.give_up_at = time.monotonic() + self.patience.farewell_in_all
        self._wait_for(conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self._read, conn))
        if len(self.queue) > MOST_FAREWELLS:
            self._end(self.queue.popleft())

    def end_overdue(self) -> None:
        now = time.monotonic()
        while self.queue and self.queue[0].timeout <= now:
            conn = self.queue.popleft()
            if conn.is_still_sending() and now < conn.give_up_at:
                self._wait_for(conn)
            else:
                self._end(conn)

    def _wait_for(self, conn: Connection) -> None:
        conn.timeout = time.monotonic() + self.patience.farewell
        self.queue.append(conn)

    def _read(self, conn: Connection, _: socket.socket) -> None:
        if not conn.drain():
            self.queue.remove(conn)
            self._end(conn)

    def _end(self, conn: Connection) -> None:
        self.poller.unregister(conn.sock)
        conn.close()
