"""Every setting, its default and why. A bad value stops the start with a clear line."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

from flask import current_app

ROOT = Path(__file__).resolve().parent.parent
MIB = 1024 * 1024


class BadSetting(Exception):
    """A setting cannot be used. The text names it and says what it may be."""


@dataclass(frozen=True)
class Settings:
    """How this installation runs. `docs/operate.md` has a row for each."""

    database_url: str = field(repr=False)
    instance: Path
    secret_key: str = field(repr=False)
    host: str = "127.0.0.1"
    port: int = 8000
    # The address people and mails use. Never taken from a request's Host header, which anybody can write.
    public_url: str = "http://127.0.0.1:8000"
    # Production shows no /dev/mail, has no demo, and asks for a secret key and an SMTP server.
    production: bool = False
    redis_url: str | None = field(default=None, repr=False)
    smtp_url: str | None = field(default=None, repr=False)
    mail_from: str = "tables@localhost.localdomain"
    web_workers: int = 1
    web_threads: int = 32
    # May any signed-in person open a brand? Otherwise the operator does: `python -m meetup brand`.
    open_brands: bool = True
    # Slug of the brand that runs this server itself, if one does; closed rooms then say so.
    operator_brand: str | None = None
    operator_name: str = "whoever runs this server"
    demo: bool = True
    # A proxy in front that sets X-Forwarded-For and -Proto. Nobody in front: nobody is believed.
    proxies: int = 0
    rate_limits: bool = True
    max_body: int = 2 * MIB
    # Send mail and do what is due inside the serving process. Without it, run `python -m meetup worker` beside it.
    embedded_worker: bool = True
    log_level: str = "info"

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    @property
    def mail_host(self) -> str:
        """The domain of our own mailbox: it ends every UID and Message-ID."""
        return self.mail_from.rpartition("@")[2]

    @classmethod
    def from_environ(cls, environ: Mapping[str, str] | None = None) -> "Settings":
        """Read the settings of the environment.

        Raises:
            BadSetting: for a value that cannot be used, or one that production needs and nobody gave.
        """
        read = _Reader(os.environ if environ is None else environ)
        instance = Path(read.text("MEETUP_INSTANCE", str(ROOT / "instance"))).resolve()
        production = read.switch("MEETUP_PRODUCTION", default=False)
        host = read.text("HOST", cls.host)
        port = read.number("PORT", cls.port, 1, 65535)
        settings = cls(
            database_url=read.database("DATABASE_URL", f"sqlite:///{instance / 'meetup.db'}"),
            instance=instance,
            secret_key=read.text("SECRET_KEY", "") or _kept_secret(instance, production),
            host=host,
            port=port,
            public_url=read.url("PUBLIC_URL", f"http://{_for_people(host)}:{port}"),
            production=production,
            redis_url=read.text("REDIS_URL", "") or None,
            smtp_url=read.text("SMTP_URL", "") or None,
            mail_from=read.address("MAIL_FROM", cls.mail_from),
            web_workers=read.number("WEB_WORKERS", cls.web_workers, 1, 64),
            web_threads=read.number("WEB_THREADS", cls.web_threads, 32, 512),
            open_brands=read.switch("OPEN_BRANDS", default=not production),
            operator_brand=read.text("OPERATOR_BRAND", "") or None,
            operator_name=read.text("OPERATOR_NAME", cls.operator_name),
            demo=read.switch("MEETUP_DEMO", default=not production),
            proxies=read.number("PROXIES", cls.proxies, 0, 5),
            rate_limits=read.switch("RATE_LIMITS", default=True),
            max_body=read.number("MAX_BODY", cls.max_body, 64 * 1024, 64 * MIB),
            embedded_worker=read.switch("EMBEDDED_WORKER", default=True),
            log_level=read.choice("LOG_LEVEL", cls.log_level, ("debug", "info", "warning", "error")),
        )
        settings.check()
        return settings

    def check(self) -> None:
        """Refuse what cannot work together.

        Raises:
            BadSetting: with the reason.
        """
        if self.production and self.smtp_url is None:
            raise BadSetting("SMTP_URL: production needs a mail server, for instance smtp://user:secret@mail.example:587")
        if self.production and self.demo:
            raise BadSetting("MEETUP_DEMO: the demo's passwords are printed for all to see; production cannot have it")
        if self.is_sqlite and self.web_workers > 1:
            raise BadSetting("WEB_WORKERS: several processes need PostgreSQL; with SQLite there is one")


class _Reader:
    """Reads one mapping strictly: what is not understood is not guessed."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ

    def text(self, name: str, default: str) -> str:
        return self.environ.get(name, "").strip() or default

    def number(self, name: str, default: int, least: int, most: int) -> int:
        typed = self.text(name, str(default))
        if not (typed.isascii() and typed.isdigit() and least <= int(typed) <= most):
            raise BadSetting(f"{name}: a whole number from {least} to {most}, not “{typed}”")
        return int(typed)

    def switch(self, name: str, *, default: bool) -> bool:
        return self.choice(name, "yes" if default else "no", ("yes", "no")) == "yes"

    def choice(self, name: str, default: str, allowed: tuple[str, ...]) -> str:
        typed = self.text(name, default).lower()
        if typed not in allowed:
            raise BadSetting(f"{name}: one of {', '.join(allowed)}, not “{typed}”")
        return typed

    def url(self, name: str, default: str) -> str:
        typed = self.text(name, default).rstrip("/")
        parts = urlsplit(typed)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
            raise BadSetting(f"{name}: an address such as https://tables.example, not “{typed}”")
        return typed

    def address(self, name: str, default: str) -> str:
        typed = self.text(name, default)
        mailbox, at, domain = typed.rpartition("@")
        if not (at and mailbox and "." in domain and typed.isascii() and typed.isprintable() and " " not in typed):
            raise BadSetting(f"{name}: a mailbox such as tables@fernhill.example, not “{typed}”")
        return typed

    def database(self, name: str, default: str) -> str:
        typed = self.text(name, default)
        if typed.startswith(("postgres://", "postgresql://")):
            # psycopg 3, whatever the short form would have picked.
            return "postgresql+psycopg://" + typed.partition("://")[2]
        if not typed.startswith(("sqlite:///", "postgresql+psycopg://")):
            raise BadSetting(f"{name}: sqlite:///… or postgresql://…")
        return typed


def _for_people(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "[::1]", "::1": "[::1]"}.get(host, host)


def _kept_secret(instance: Path, production: bool) -> str:
    """The key that signs cookies: made once and kept beside the database, so that a restart signs nobody out."""
    if production:
        raise BadSetting("SECRET_KEY: production needs one, 32 random characters or more")
    kept = instance / "secret_key"
    if not kept.exists():
        instance.mkdir(parents=True, exist_ok=True)
        kept.write_text(secrets.token_urlsafe(32))
        kept.chmod(0o600)
    return kept.read_text().strip()


def settings() -> Settings:
    """The settings of the running app."""
    return cast(Settings, current_app.extensions["meetup_settings"])
