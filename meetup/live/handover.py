"""Takes a stream's socket out of the server and gives it to the hub. The outermost middleware.

Flask finishes the response as any other: its status, its security headers, its cookies. Then the thread that served it
is free again, and the server forgets the connection. The socket is detached, never duplicated: gunicorn shuts down the
connection of what it believes is its own, and that reaches every duplicate.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from meetup.live.frames import Cursor
from meetup.live.hub import Hub
from meetup.live.sources import Topic

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

OFFER = "meetup.live.opening"


class Opening(NamedTuple):
    """A stream that a view has allowed."""

    topic: Topic
    listener: int
    after: Cursor | None

    def offer(self, environ: WSGIEnvironment) -> None:
        """Leave word for the middleware, which runs after everybody else has had their say on the response."""
        environ[OFFER] = self


class Taken(StopIteration):
    """Ends the server's part: gunicorn lets go of the connection, without a word on it or a line in its log."""


class Handover:
    def __init__(self, app: WSGIApplication, hub: Callable[[], Hub]) -> None:
        self.app = app
        self.hub = hub

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if not _gives_its_socket(environ):
            return self.app(environ, start_response)
        answer = _Answer(environ, start_response)
        body = self.app(environ, answer.start)
        if answer.head is None:
            return body
        if close := getattr(body, "close", None):
            close()
        hub, opening = self.hub(), environ[OFFER]
        hub.join_socket(socket.socket(fileno=environ["gunicorn.socket"].detach()), answer.head, *opening)
        raise Taken


def _gives_its_socket(environ: WSGIEnvironment) -> bool:
    # Not under TLS, whose state cannot be taken along, and not in HTTP/2, where others share the connection.
    sock = environ.get("gunicorn.socket")
    return type(sock) is socket.socket and environ["SERVER_PROTOCOL"] in ("HTTP/1.0", "HTTP/1.1")


class _Answer:
    """Lets everything through to the server but the head of a stream, which it keeps."""

    def __init__(self, environ: WSGIEnvironment, start_response: StartResponse) -> None:
        self.environ = environ
        self.start_response = start_response
        self.head: bytes | None = None

    def start(self, status: str, headers: list[tuple[str, str]], exc_info: Any = None, /) -> Callable[[bytes], object]:
        if OFFER not in self.environ or not status.startswith("200 "):
            return self.start_response(status, headers, exc_info)
        self.head = head(status, headers)
        return lambda _: None


def head(status: str, headers: list[tuple[str, str]]) -> bytes:
    """The head of a response that ends when its connection does. Werkzeug has refused line breaks in headers by now."""
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers), "Connection: close", "", ""]
    return "\r\n".join(lines).encode("latin-1")
