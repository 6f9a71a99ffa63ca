"""How long a thread of the server waits for somebody's bytes: never for ever, and never for a trickle."""

from __future__ import annotations

import socket
import time
from dataclasses import dataclass
from typing import Protocol

from gunicorn.http.errors import NoMoreData, ParseException
from gunicorn.http.unreader import SocketUnreader
from werkzeug.exceptions import BadRequest, ClientDisconnected


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds, but for the slowest."""

    head: float = 20.0  # from a connection's beginning, or its next request's first byte, to the end of the headers
    next_bytes: float = 5.0  # of a request, in a thread
    body: float = 20.0  # for all of it, and as much longer as it has brought at …
    slowest: float = 4096.0  # bytes a second
    send: float = 60.0  # for one piece of an answer
    farewell: float = 2.0  # for somebody who has our answer and neither sends on nor closes
    farewell_in_all: float = 30.0


class PatientUnreader(SocketUnreader):
    """Reads a connection for a thread. Who keeps the thread waiting is treated as somebody who has left."""

    def __init__(self, sock: socket.socket, patience: Patience) -> None:
        super().__init__(sock)
        self.patience = patience
        self.expect_head()

    def expect_head(self) -> None:
        self.is_body = False
        self.until = time.monotonic() + self.patience.head

    def expect_body(self) -> None:
        self.is_body = True
        self.until = time.monotonic() + self.patience.body

    def chunk(self, size_hint: int | None = None) -> bytes:
        try:
            self.sock.settimeout(self._wait())
            data: bytes = super().chunk(size_hint)
        except TimeoutError:
            raise NoMoreData from None
        finally:
            self.sock.settimeout(self.patience.send)
        if self.is_body:
            self.until += len(data) / self.patience.slowest
        return data

    def _wait(self) -> float:
        left = self.until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return min(self.patience.next_bytes, left)


class Reader(Protocol):
    def read(self, size: int) -> bytes: ...


class BodyForApp:
    """A body's reader as an app can understand it: what went wrong is the sender's fault, and no error of ours."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader

    def read(self, size: int) -> bytes:
        try:
            return self.reader.read(size)
        except NoMoreData:
            raise ClientDisconnected from None
        except ParseException as error:
            raise BadRequest(str(error)) from None
