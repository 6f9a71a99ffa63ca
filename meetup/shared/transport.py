"""How a finished mail leaves: through the mail server of the settings or, in development, into a folder to be read."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol
from urllib.parse import parse_qs, unquote, urlsplit
from uuid import uuid4

from meetup.config import settings
from meetup.shared import clock
from meetup.shared.mail import Envelope

# Seconds per answer of the server. One that takes longer keeps other people from their mail.
PATIENCE = 20
KEPT_IN_DEVELOPMENT = 500
LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Post(Protocol):
    """Takes one mail, and returns once somebody else is answerable for it."""

    def send(self, envelope: Envelope, octets: bytes) -> None: ...


@contextmanager
def post_office() -> Iterator[Post]:
    """Where mail goes, as the settings say; open for one round of sending."""
    url = settings().smtp_url
    if url is None:
        yield FolderPost(development_folder())
        return
    post = SmtpPost(url, settings().mail_host)
    try:
        yield post
    finally:
        post.close()


class SmtpPost:
    """A mail server: smtp://user:password@host:port, smtps://… (TLS from the start), or …?starttls=1.

    Connects at the first mail, and again after an error; one connection serves a whole round. A password is never
    sent in the clear, except to this machine.
    """

    def __init__(self, url: str, our_host: str) -> None:
        self.url, self.our_host = urlsplit(url), our_host
        self.connection: smtplib.SMTP | None = None

    def send(self, envelope: Envelope, octets: bytes) -> None:
        connection, self.connection = self.connection or self._connect(), None
        try:
            connection.sendmail(envelope.sender.email, [envelope.recipient.email], octets)
            self.connection = connection
        finally:
            if self.connection is None:
                connection.close()

    def close(self) -> None:
        if self.connection:
            # What was taken is taken: a server that has hung up by now changes nothing.
            with suppress(smtplib.SMTPException, OSError):
                self.connection.quit()
            self.connection.close()

    def _connect(self) -> smtplib.SMTP:
        connection = self._dial()
        try:
            if self._wants_starttls():
                connection.starttls(context=ssl.create_default_context())
            if self.url.username:
                connection.login(unquote(self.url.username), unquote(self.url.password or ""))
        except BaseException:
            connection.close()
            raise
        return connection

    def _dial(self) -> smtplib.SMTP:
        host, port = self.url.hostname or "localhost", self.url.port or 0
        if self.url.scheme == "smtps":
            trust = ssl.create_default_context()
            return smtplib.SMTP_SSL(host, port, self.our_host, timeout=PATIENCE, context=trust)
        return smtplib.SMTP(host, port, self.our_host, timeout=PATIENCE)

    def _wants_starttls(self) -> bool:
        asked = "starttls" in parse_qs(self.url.query)
        tells_a_secret = self.url.username is not None and self.url.hostname not in LOOPBACK
        return self.url.scheme == "smtp" and (asked or tells_a_secret)


class FolderPost:
    """Development's mail server: a file per mail, the oldest removed. /dev/mail shows them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, envelope: Envelope, octets: bytes) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        name = f"{clock.now():%Y%m%d-%H%M%S-%f}-{uuid4().hex[:8]}.eml"
        # Renamed when it is whole: nobody reads half a mail.
        draft = self.folder / f".{name}"
        draft.write_bytes(octets)
        draft.rename(self.folder / name)
        for old in sorted(self.folder.glob("*.eml"))[:-KEPT_IN_DEVELOPMENT]:
            old.unlink(missing_ok=True)


def development_folder() -> Path:
    return settings().instance / "mail"
