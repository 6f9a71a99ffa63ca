"""The server's worker: gunicorn's threads, with nobody able to keep one waiting.

gunicorn is pinned to 27.0.1 exactly, because this class stands on the inner parts of its gthread worker. Without it a
few connections stop the whole server. Longest wait of another request while twice as many connections as there are
threads do what the column says (ten in the first):

    gthread          never close     idle and new    half a head    half a body    SIGTERM, open streams
    23.0.0                0.01 s          0.002 s         > 20 s              –                   1.17 s
    25.3.0               0.001 s            9.8 s         > 20 s              –                   0.27 s
    26.2.0             2 to 18 s            9.8 s         > 20 s              –                   0.26 s
    27.0.1             2 to 18 s             10 s         > 25 s         > 25 s                   0.23 s
    27.0.1, this         0.002 s           0.01 s         0.02 s           10 s                   0.01 s

(The first three with 8 threads and 100 streams, the last two with 32 and 200 on a busy machine. A body keeps a thread
for five seconds at most, so twice as many as there are threads keep others waiting for twice that.)

What it does differently, each with a test in tests/live/ that fails when it is taken away:

- A connection waits in the poller until its headers are whole, and takes a thread only then. (gthread: a thread waits.)
- Closing never lingers on the main thread: the poller waits for the other side to have read our answer. (gthread: up to
  two seconds for each, one after the other, while nobody is accepted.) It goes on reading what a browser still sends,
  or a refused upload would reset the connection before its sentence is read.
- A body's next bytes come within five seconds or the thread is free again, and a trickle is no way around that.
- SIGTERM and Ctrl-C end the streams first of all, and close at once what is idle.

Should the class fail one day: 23.0.0 waits in the poller by itself, but lets a chunk-size line go on without end.
"""

from __future__ import annotations

import errno
import selectors
import socket
import time
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from typing import Any

import gunicorn

PINNED = "27.0.1"
if gunicorn.__version__ != PINNED:
    raise ImportError(
        f"meetup.live.worker stands on the inner parts of gunicorn {PINNED}, and this is {gunicorn.__version__}: "
        "install what requirements.lock says."
    )

from gunicorn.http.errors import NoMoreData  # noqa: E402  # these may be elsewhere in another version
from gunicorn.workers.gthread import ThreadWorker  # noqa: E402

from meetup.live.connection import Connection, Farewells  # noqa: E402
from meetup.live.patience import BodyForApp, Patience  # noqa: E402

BREATH = 0.02  # seconds, when there is no file left: without it the loop would do nothing but try again
STOP_WITHIN = 0.1  # seconds for a request that may already be on its way over an idle connection


class StreamWorker(ThreadWorker):
    patience = Patience()

    def run(self) -> None:
        self.farewells = Farewells(self.poller, self.patience)
        super().run()

    # Coming in: a new connection, or one with another request, waits here until the head is whole.

    def accept(self, listener: socket.socket) -> None:
        try:
            sock, client = listener.accept()
        except OSError as error:
            if error.errno in (errno.EMFILE, errno.ENFILE):
                self.log.error("no more connections: this process has opened as many files as it may")
                self.close_an_idle_one()
                time.sleep(BREATH)
            elif error.errno not in (errno.EAGAIN, errno.ECONNABORTED):
                raise
            return
        self.nr_conns += 1
        self.await_head(Connection(self.cfg, sock, client, listener.getsockname(), self.patience))
        if self.nr_conns >= self.worker_connections:
            self.close_an_idle_one()

    def await_head(self, conn: Connection) -> None:
        conn.timeout = time.monotonic() + (self.patience.head if self.alive else STOP_WITHIN)
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def on_client_socket_readable(self, conn: Connection, client: socket.socket) -> None:
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        self.await_head(conn)
        self.on_pending_socket_readable(conn, client)

    def on_pending_socket_readable(self, conn: Connection, client: socket.socket) -> None:
        try:
            if conn.read_head():
                super().on_pending_socket_readable(conn, client)
        except OSError:
            self.pending_conns.remove(conn)
            self.drop(conn)

    def handle_request(self, req: Any, conn: Connection) -> bool:
        conn.parser.unreader.expect_body()
        req.body.reader = BodyForApp(req.body.reader)
        try:
            return bool(super().handle_request(req, conn))
        except TimeoutError:
            raise NoMoreData from None  # who does not take our answer has left, as far as we are concerned

    # Going out.

    def finish_request(self, conn: Connection, fs: Future[Any]) -> None:
        if self.alive and not fs.cancelled() and not fs.exception() and fs.result():
            super().finish_request(conn, fs)
            return
        self.nr_conns -= 1
        if conn.sock.fileno() != -1:  # or else it is a stream, and the hub has it
            self.farewells.begin(conn)

    def murder_pending(self) -> None:
        """Called at every turn of the main loop."""
        super().murder_pending()
        self.farewells.end_overdue()

    def handle_quit(self, sig: int, frame: Any) -> None:
        """Ctrl-C. It ends nothing more rudely than SIGTERM does, and takes no lock.

        A terminal sends it to us and to the master, who passes it on a moment later: gunicorn's own handler takes the
        thread pool's lock, so that the second signal now and then waits for the first, for ever.
        """
        self.handle_exit(sig, frame)

    def _cap_keepalive(self, deadline: float) -> None:
        """Called once, when the worker begins to stop."""
        self.app.stopping()
        while self.pending_conns:
            self.drop(self.pending_conns.popleft())
        super()._cap_keepalive(min(deadline, time.monotonic() + STOP_WITHIN))

    def close_an_idle_one(self) -> None:
        """Whoever asks for something goes before whoever only holds a place."""
        for idle in (self.pending_conns, self.keepalived_conns):
            if idle:
                self.drop(idle.popleft())
                return

    def drop(self, conn: Connection) -> None:
        self.nr_conns -= 1
        with suppress(OSError, KeyError, ValueError):
            self.poller.unregister(conn.sock)
        conn.close()
