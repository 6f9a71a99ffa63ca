"""The listening end of a stream, as strict about the format as a browser is."""

import re
import socket
import time
from collections.abc import Callable
from typing import NamedTuple, Self

LIMIT = 5.0  # seconds that anything may take before a test gives up


class Heard(NamedTuple):
    name: str
    data: str
    id: str = ""


class Silence(AssertionError):
    """Nothing more was said in time."""


class Ears:
    """Reads one stream. Lines end with CRLF, LF or CR; an empty line ends an event: as the standard says."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.rest = b""
        self.is_over = False

    def next(self, limit: float = LIMIT) -> Heard:
        until = time.monotonic() + limit
        while not (found := re.match(rb"(.*?)(\r\n|\r|\n){2}", self.rest, re.DOTALL)):
            self.more(until)
        self.rest = self.rest[found.end() :]
        return _event(found[1].decode())

    def until(self, name: str, limit: float = LIMIT) -> Heard:
        """Skip what comes before the next event of this name."""
        while (heard := self.next(limit)).name != name:
            pass
        return heard

    def messages(self, count: int) -> list[str]:
        return [self.until("message").data for _ in range(count)]

    def more(self, until: float) -> None:
        self.sock.settimeout(max(0.001, until - time.monotonic()))
        try:
            data = self.sock.recv(65536)
        except TimeoutError:
            raise Silence(f"nothing but {self.rest!r}") from None
        if not data:
            self.is_over = True
            raise EOFError(f"over, after {self.rest!r}")
        self.rest += data

    def is_ended(self, limit: float = LIMIT) -> bool:
        """Does the stream end in time? What is said before is skipped."""
        until = time.monotonic() + limit
        try:
            while True:
                self.more(until)
        except (EOFError, ConnectionResetError):
            return True
        except Silence:
            return False

    def hears_nothing(self, limit: float = 0.2) -> bool:
        try:
            heard = self.next(limit)
        except Silence:
            return True
        raise AssertionError(f"heard {heard}")

    def close(self) -> None:
        self.sock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _event(text: str) -> Heard:
    fields: dict[str, list[str]] = {"event": [], "data": [], "id": []}
    for line in re.split(r"\r\n|\r|\n", text):
        field, _, value = line.partition(":")
        if field in fields:
            fields[field].append(value.removeprefix(" "))
    assert len(fields["event"]) == 1, text
    return Heard(fields["event"][0], "\n".join(fields["data"]), "".join(fields["id"][-1:]))


def eventually(is_so: Callable[[], object], limit: float = LIMIT) -> None:
    """Wait until something is so in another thread or process."""
    until = time.monotonic() + limit
    while not is_so():
        assert time.monotonic() < until, "it never came to be so"
        time.sleep(0.005)
