"""What the command line does. Each command makes its app, does one thing, and answers with what to print."""

import signal
import socket
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select

from meetup import create_app
from meetup.accounts.models import Person
from meetup.brands import rules as brand_rules
from meetup.brands.models import Brand
from meetup.closed import wiring as closed_wiring
from meetup.config import Settings
from meetup.demo import alive, people, programme
from meetup.demo.cast import PASSWORD
from meetup.extensions import db
from meetup.live.server import serve
from meetup.sessions.phases import LIVE
from meetup.shared import backups, due, outbox, schema, text
from meetup.shared.clock import now
from meetup.shared.errors import Refused
from meetup.shared.worker import Worker

Answer = dict[str, Any] | list[Any]


class CannotStart(Exception):
    """The server or a command cannot begin. The text says why, and what to do."""


def run() -> None:
    """Serve until told to stop: pages, live streams, and (unless told otherwise) the outbox."""
    settings = Settings.from_environ()
    refuse_taken_port(settings)
    app = create_app(settings)
    with app.app_context():
        prepare()
        if settings.demo and people.is_welcome():
            print(in_short(programme.start(now())), flush=True)
            due.register("demo.alive", alive.go_on, alive.EVERY)
        else:
            print(f"Open {settings.public_url}", flush=True)
        db.session.remove()
    starts = [lambda: let_go(app)]
    if settings.embedded_worker:
        starts.append(lambda: begin_work(app))
    serve(app, settings, starts)


def refuse_taken_port(settings: Settings) -> None:
    """Ask before anything is changed: another server that runs here has its sessions in the same database.

    Raises:
        CannotStart: when nothing can listen there.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as listener:
        # As the server will: what a server that has just ended leaves behind is no hindrance.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((settings.host, settings.port))
        except OSError as reason:
            raise CannotStart(
                f"nothing can listen at {settings.host}, port {settings.port} ({reason.strerror}). "
                "Does it run already? For another port: PORT=8001 make run"
            ) from None


def prepare() -> None:
    """Before the first page: the newest schema, commits that last, and nothing left of closed rooms that are over.

    Raises:
        CannotStart: when the database is of a newer version, or would forget what it accepted.
    """
    try:
        schema.upgrade(db.engine)
        with db.engine.connect() as connection:
            schema.refuse_lossy_commits(connection)
    except (schema.NewerSchema, RuntimeError) as reason:
        raise CannotStart(str(reason)) from None
    closed_wiring.erase_what_is_over(now())
    db.session.commit()
    closed_wiring.sweep(now())
    db.session.commit()


def let_go(app: Flask) -> None:
    """In a process that was forked off: the connections of the first one are not ours to use."""
    with app.app_context():
        db.engine.dispose(close=False)


def begin_work(app: Flask) -> None:
    Worker(app).start()


def work() -> None:
    """Send and do what is due, in a process of its own, until told to stop."""
    app = create_app()
    worker = Worker(app).start()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: worker.stop())
    worker.wait()


def migrate() -> Answer:
    app = create_app()
    with app.app_context():
        try:
            changed = schema.upgrade(db.engine)
        except schema.NewerSchema as reason:
            raise CannotStart(str(reason)) from None
    return {"migrated": changed}


def demo(anew: bool) -> Answer:
    """The demo's brand, people and sessions. Those of a demo that plays are left as they are, unless wanted anew."""
    app = create_app()
    with app.app_context():
        prepare()
        return programme.start(now()) if anew else programme.show(now())


def demo_session(open_for: timedelta, closed_for: timedelta) -> Answer:
    app = create_app()
    with app.app_context():
        prepare()
        return programme.add_session(now(), open_for, closed_for)


def open_brand(name: str, slug: str, owner: str) -> Answer:
    """A brand, and the person who will be its first owner when they sign in with that address."""
    app = create_app()
    with app.app_context():
        prepare()
        address = text.address(owner)
        founder = db.session.scalar(select(Person).where(Person.email == address))
        if founder is None:
            # They prove that the address is theirs by signing in with the digits sent to it.
            founder = Person(email=address, joined_at=now())
            db.session.add(founder)
            db.session.flush()
        defaults = Brand.__table__.c
        brand = brand_rules.open_brand(
            name, slug, defaults.zone.default.arg, defaults.colour.default.arg, founder, now()
        )
        db.session.commit()
        return {"brand": brand.name, "address": f"{app.extensions['meetup_settings'].public_url}/b/{brand.slug}"}


def name_operator(email: str) -> Answer:
    app = create_app()
    with app.app_context():
        person = db.session.scalar(select(Person).where(Person.email == email.strip().lower()))
        if person is None:
            raise Refused("Nobody has signed in with that address yet.")
        person.operator_since = person.operator_since or now()
        db.session.commit()
        return {"operator": person.shown_name, "since": person.operator_since.isoformat()}


def show_dead_letters() -> Answer:
    app = create_app()
    with app.app_context():
        return [
            {"kind": letter.kind, "age": str(letter.age), "reason": letter.reason}
            for letter in outbox.dead_letters(now())
        ]


def back_up(file: str) -> Answer:
    settings = Settings.from_environ()
    create_app(settings)  # the features say what is left out
    if not settings.is_sqlite:
        raise CannotStart("PostgreSQL has its own tool: docs/operate.md says which tables to leave out.")
    try:
        backups.copy_sqlite(settings.database_url.removeprefix("sqlite:///"), Path(file))
    except FileExistsError as reason:
        raise CannotStart(str(reason)) from None
    return {"copied to": file}


def in_short(shown: dict[str, Any]) -> str:
    """What somebody who has just started the demo needs: where to go, and as whom."""
    lines = ["", f"{shown['brand']['name']} is open: {shown['brand']['address']}", ""]
    for one in shown["sessions"]:
        lines.append(f"  {one['phase']:<10} {one['table'] if one['phase'] in LIVE else one['address']}")
    first: dict[str, dict[str, str]] = {}
    for player in shown["cast"]:
        first.setdefault(player["role"], player)
    lines += ["", f"Sign in at {shown['sign_in']} with the password “{PASSWORD}” as"]
    lines += [f"  {role:<10} {player['email']:<34} {player['name']}" for role, player in first.items()]
    lines += ["", f"Mails that would be sent: {shown['mails']}    Everybody: python -m meetup demo --json", ""]
    return "\n".join(lines)


def in_words(answer: Answer, indent: str = "") -> str:
    """An answer for people: a line each, what belongs to it below."""
    if isinstance(answer, list):
        return "\n".join(in_words(row, indent) if isinstance(row, dict | list) else f"{indent}{row}" for row in answer)
    lines = []
    for name, value in answer.items():
        if isinstance(value, dict | list):
            lines += [f"{indent}{name}:", in_words(value, indent + "  ")]
        else:
            lines.append(f"{indent}{name}: {value}")
    return "\n".join(lines)
