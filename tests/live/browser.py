"""A browser's end of a connection to a server in another process, as rude as a test needs it."""

import re
import socket
import time
from contextlib import suppress
from typing import Self

from tests.live.ears import LIMIT, Ears, Heard


class Connection:
    def __init__(self, port: int) -> None:
        self.sock = socket.create_connection(("127.0.0.1", port), timeout=LIMIT)

    def send(self, data: bytes) -> Self:
        self.sock.sendall(data)
        return self

    def get(self, path: str = "/", *headers: str) -> Self:
        lines = [f"GET {path} HTTP/1.1", "Host: localhost", *headers, "", ""]
        return self.send("\r\n".join(lines).encode())

    def post(self, body: bytes, path: str = "/notebook", length: int | None = None) -> Self:
        """A form; `length` is what the head claims."""
        lines = [f"POST {path} HTTP/1.1", "Host: localhost", "Content-Type: application/x-www-form-urlencoded"]
        head = "\r\n".join([*lines, f"Content-Length: {length or len(body)}", "", ""])
        return self.send(head.encode() + body)

    def head(self, limit: float = LIMIT) -> str:
        """The head of the answer; what follows it stays unread."""
        until = time.monotonic() + limit
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            self.sock.settimeout(max(0.001, until - time.monotonic()))
            byte = self.sock.recv(1)
            if not byte:
                raise EOFError(f"over, after {head!r}")
            head += byte
        return head.decode("latin-1")

    def answer(self, limit: float = LIMIT) -> tuple[int, str]:
        """Status and text of an answer with a length."""
        head = self.head(limit)
        length = re.search(r"(?i)content-length: (\d+)", head)
        assert length is not None, head
        text = b""
        while missing := int(length[1]) - len(text):
            text += self.sock.recv(missing)
        return int(head.split()[1]), text.decode()

    def is_closed(self, limit: float = LIMIT) -> bool:
        """Does the other side close in time? What it says before is skipped."""
        self.sock.settimeout(limit)
        try:
            while self.sock.recv(65536):
                pass
        except TimeoutError:
            return False
        except ConnectionResetError:
            return True
        return True

    def drip(self) -> None:
        """One more byte, if anybody still takes it."""
        with suppress(OSError):
            self.sock.sendall(b"x")

    def close(self) -> None:
        self.sock.close()


class Stream(Connection):
    """A page's live connection, past its head."""

    def __init__(self, port: int, listener: int = 1, query: str = "", last_event_id: str | None = None) -> None:
        super().__init__(port)
        self.get(f"/stream/{listener}{query}", *([f"Last-Event-ID: {last_event_id}"] if last_event_id else []))
        self.headers = self.head()
        self.ears = Ears(self.sock)

    def next(self) -> Heard:
        return self.ears.next()
