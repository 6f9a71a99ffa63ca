"""The command line: `python -m meetup run`, and what the operator does besides."""

import argparse
import json
import sys
from datetime import timedelta

from meetup import commands
from meetup.config import BadSetting
from meetup.shared.errors import Refused


def main(arguments: list[str] | None = None) -> int:
    """Do what was asked; says with its exit code whether that worked."""
    asked = parser().parse_args(arguments)
    try:
        answer = asked.command(
            **{name: value for name, value in vars(asked).items() if name not in ("command", "json")}
        )
    except (BadSetting, Refused, commands.CannotStart) as no:
        print(f"meetup: {no}", file=sys.stderr)
        return 2
    if answer is not None:
        print(json.dumps(answer, indent=2, ensure_ascii=False) if asked.json else commands.in_words(answer))
    return 0


def parser() -> argparse.ArgumentParser:
    whole = argparse.ArgumentParser(prog="python -m meetup", description=__doc__)
    verbs = whole.add_subparsers(required=True, metavar="command")

    def verb(name: str, command: object, help_text: str) -> argparse.ArgumentParser:
        sub = verbs.add_parser(name, help=help_text, description=help_text)
        sub.add_argument("--json", action="store_true", help="answer as JSON")
        sub.set_defaults(command=command)
        return sub

    verb("run", commands.run, "serve pages, live streams and the outbox, until Ctrl-C")
    verb("worker", commands.work, "send what waits in the outbox and do what falls due, until Ctrl-C")
    verb("migrate", commands.migrate, "bring the database up to this version")
    demo = verb("demo", commands.demo, "say what the demo holds; bring it if it is not here")
    demo.add_argument("--anew", action="store_true", help="set its sessions anew, also where it plays already")
    one = verb("demo-session", commands.demo_session, "add a session to the demo that is open now")
    one.add_argument("--open", dest="open_for", type=seconds, required=True, help="seconds until the door shuts")
    one.add_argument("--closed", dest="closed_for", type=seconds, required=True, help="seconds from then until it ends")
    brand = verb("brand", commands.open_brand, "open a brand and name its first owner")
    brand.add_argument("name")
    brand.add_argument("--slug", required=True, help="its address: /b/SLUG")
    brand.add_argument("--owner", required=True, help="the first owner's e-mail address; they sign in with it")
    operator = verb("operator", commands.name_operator, "let a person who has signed in see what mail was given up")
    operator.add_argument("email")
    verb("outbox", commands.show_dead_letters, "what mail was given up: kind, age and reason")
    backup = verb(
        "backup", commands.back_up, "copy the database to a file while it is in use; closed tables stay empty"
    )
    backup.add_argument("file")
    return whole


def seconds(typed: str) -> timedelta:
    number = int(typed)
    if not 0 <= number <= 86_400:
        raise argparse.ArgumentTypeError("from 0 to 86,400 seconds")
    return timedelta(seconds=number)


if __name__ == "__main__":
    sys.exit(main())
