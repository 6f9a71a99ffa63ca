"""A server as people run it: gunicorn in processes of its own, told to stop and waited for at the end."""

import json
import os
import re
import signal
import subprocess
import sys
import time

from meetup.config import ROOT
from tests.live.browser import Connection, Stream
from tests.live.ears import LIMIT


class Served:
    def __init__(self, worker: str, **more: int) -> None:
        given = json.dumps({"port": 0, "worker": worker, "log": "info", **more})
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.live.serving", given],
            cwd=ROOT,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        assert self.process.stderr is not None
        self.log = self.process.stderr
        while not (found := re.search(rb"Listening at: http://127\.0\.0\.1:(\d+)", self.log.readline())):
            assert self.process.poll() is None, "the server did not start"
        self.port = int(found[1])
        self.opened: list[Connection] = []
        self.connect().get().answer(limit=30)  # its worker has begun

    def connect(self) -> Connection:
        self.opened.append(Connection(self.port))
        return self.opened[-1]

    def listen(self, listener: int = 1, query: str = "", last_event_id: str | None = None) -> Stream:
        stream = Stream(self.port, listener, query, last_event_id)
        self.opened.append(stream)
        return stream

    def write(self, words: str) -> None:
        assert self.connect().post(f"words={words}".encode()).answer()[0] == 200

    def wait_of_another(self, limit: float = LIMIT) -> float:
        """Seconds until somebody new gets the page."""
        began = time.monotonic()
        assert self.connect().get().answer(limit) == (200, "here")
        return time.monotonic() - began

    def tell(self, sign: int, everybody: bool = False) -> None:
        """A terminal's Ctrl-C reaches every process, a service manager's signal the first."""
        (os.killpg if everybody else os.kill)(self.process.pid, sign)

    def ended(self) -> float:
        """The moment when all its processes have ended. What they `said` can be read from then on."""
        self.said = self.log.read().decode()  # to its end, which is that of the last process that could write to it
        self.process.wait(LIMIT)
        return time.monotonic()

    def hang_up(self) -> None:
        while self.opened:
            self.opened.pop().close()

    def end(self) -> None:
        self.hang_up()
        if self.process.poll() is None:
            self.tell(signal.SIGINT)
            self.ended()
        self.log.close()
