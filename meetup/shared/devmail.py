"""Every mail of a development machine, to be looked at under /dev/mail. In production these pages do not exist."""

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, Response, abort, render_template, request

from meetup.config import Settings
from meetup.shared.access import public
from meetup.shared.headers import POLICY
from meetup.shared.transport import development_folder

PAGE = 50
NAME = re.compile(r"\d{8}-\d{6}-\d{6}-[0-9a-f]{8}")
# The mail's own page may hold its HTML in a frame; and the frame, styled by its elements, may hold nothing else.
FRAMING = f"{POLICY}; frame-src 'self'"
FRAMED = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; "
    "sandbox allow-popups allow-popups-to-escape-sandbox"
)

bp = Blueprint("devmail", __name__, url_prefix="/dev/mail")


def register(app: Flask) -> None:
    """Give the app these pages, if it runs for its developers and nobody else gets its mail."""
    settings: Settings = app.extensions["meetup_settings"]
    if not settings.production and settings.smtp_url is None:
        app.register_blueprint(bp)


@dataclass(frozen=True)
class Kept:
    """One mail of the folder."""

    name: str
    message: EmailMessage

    def part(self, kind: str) -> EmailMessage | None:
        return next((part for part in self.message.walk() if part.get_content_type() == kind), None)

    @property
    def text(self) -> str:
        part = self.part("text/plain")
        return str(part.get_content()) if part else ""

    @property
    def method(self) -> str:
        """What its calendar object asks: REQUEST, CANCEL; empty without one."""
        part = self.part("text/calendar")
        return str(part.get_param("method")) if part else ""

    @property
    def has_html(self) -> bool:
        return self.part("text/html") is not None


@bp.get("")
@public
def index() -> str:
    names = sorted((path.stem for path in development_folder().glob("*.eml")), reverse=True)
    older_than = request.args.get("before", "")
    if older_than:
        names = [name for name in names if name < older_than]

    mails = [_kept(name) for name in names[:PAGE]]
    older = mails[-1].name if len(names) > PAGE else None
    return render_template("shared/devmail/index.html", mails=mails, older=older)


@bp.get("/<name>")
@public
def show(name: str) -> Response:
    response = Response(render_template("shared/devmail/show.html", mail=_kept(name)))
    response.headers["Content-Security-Policy"] = FRAMING
    return response


@bp.get("/<name>/html")
@public
def html(name: str) -> Response:
    part = _kept(name).part("text/html") or abort(404)
    # So that a link opens beside the frame: most pages refuse to be framed.
    shown = str(part.get_content()).replace("<head>", '<head><base target="_blank">', 1)
    framed = {"Content-Security-Policy": FRAMED, "X-Frame-Options": "SAMEORIGIN"}
    return Response(shown, headers=framed, mimetype="text/html")


@bp.get("/<name>/invite.ics")
@public
def calendar(name: str) -> Response:
    part = _kept(name).part("text/calendar") or abort(404)
    as_file = {"Content-Disposition": 'attachment; filename="invite.ics"'}
    return Response(_octets(part), headers=as_file, content_type="text/calendar; charset=utf-8")


@bp.get("/<name>/source")
@public
def source(name: str) -> Response:
    return Response(_file(name).read_bytes(), content_type="text/plain; charset=utf-8")


def _kept(name: str) -> Kept:
    return Kept(name, message_from_bytes(_file(name).read_bytes(), policy=SMTP))


def _file(name: str) -> Path:
    file = development_folder() / f"{name}.eml"
    if not NAME.fullmatch(name) or not file.is_file():
        abort(404)
    return file


def _octets(part: EmailMessage) -> bytes:
    payload: Any = part.get_payload(decode=True)
    return bytes(payload)
