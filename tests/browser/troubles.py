"""What went wrong in a window while a test looked elsewhere."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response


class Troubles:
    """Collects errors in the console (refusals by the content security policy among them), errors of scripts,
    answers of 500 and more, and requests to anywhere but our own server.

    A test that provokes one says so beforehand: `troubles.forgive("status of 404")`.
    """

    def __init__(self, home: str) -> None:
        self.home = urlsplit(home).netloc
        self.seen: list[str] = []
        self.forgiven: list[str] = []

    def forgive(self, pattern: str) -> None:
        """Let what matches pass, from now on and from before."""
        self.forgiven.append(pattern)

    def watch(self, context: BrowserContext) -> None:
        """Watch every window of this context, also those that open later."""
        context.on("console", self._console)
        context.on("weberror", lambda error: self.seen.append(f"a script failed: {error.error}"))
        context.on("request", self._request)
        context.on("response", self._response)

    def left(self) -> list[str]:
        """What nobody forgave."""
        return [text for text in self.seen if not any(re.search(pattern, text) for pattern in self.forgiven)]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.seen.append(f"{message.type} in the console: {message.text} ({message.location.get('url')})")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != self.home:
            self.seen.append(f"asked a stranger: {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 500:
            self.seen.append(f"{response.status} for {response.request.method} {response.url}")
