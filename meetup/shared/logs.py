"""What happened, one line each, on standard error: never a message's text, a token or an address, at any level.

Every line passes `harmless`, ours and those of libraries. Of an error the log tells the class and the place in the
code, never its words: those may repeat what a person typed.
"""

import logging
import re
import sys
import time
from collections.abc import MutableMapping
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

import structlog
from flask import Flask, Response, g, request

from meetup.config import ROOT, Settings

Line = MutableMapping[str, Any]

LONGEST = 200
ADDRESS = re.compile(r"\S+@\S+")
QUERY = re.compile(r"\?\S*")
UP_TO_OTHERS = re.compile(r"[^:='\"(\[{<]*")
# Long, of a URL's letters, and no word: it has digits, or capitals within.
TOKEN = re.compile(r"(?=[\w-]*\d|[\w-]*[a-z][\w-]*[A-Z]|[\w-]*[A-Z][\w-]*[a-z])[\w-]{16,}", re.ASCII)
# Written in the code, not by people: a class, a place, a rule such as /b/<slug>.
OURS = ("error", "place", "route", "logger", "level", "timestamp")


def set_up(app: Flask) -> None:
    """Send everything that is logged through one handler, and log each request."""
    set_up_lines(app.extensions["meetup_settings"])
    app.before_request(_begin)
    app.after_request(_tell)


def set_up_lines(chosen: Settings) -> None:
    """Send everything that is logged, by us and by libraries, through one handler: JSON in production."""
    before: list[Any] = [
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper("iso", utc=True),
        structlog.stdlib.ExtraAdder(["error"]),
    ]
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *before, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    handler = _ToStandardError()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=before,
            processors=[
                a_librarys_own_words,
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                class_and_place,
                harmless,
                _lines_for(chosen.production),
            ],
            # A library's sentence without what it fills in: that holds paths, parameters, names.
            use_get_message=False,
        )
    )
    root = logging.getLogger()
    root.handlers = [handler] + [other for other in root.handlers if not isinstance(other, _ToStandardError)]
    # Libraries only when something is wrong; at lower levels they tell statements, headers and bodies.
    root.setLevel(logging.WARNING)
    logging.getLogger("meetup").setLevel(chosen.log_level.upper())


def are_set_up() -> bool:
    """Does what libraries log come to our handler?"""
    return any(isinstance(handler, _ToStandardError) for handler in logging.getLogger().handlers)


def a_librarys_own_words(_logger: object, _method: str, line: Line) -> Line:
    """Of a library's sentence, what stands in its code, up to where others' words may begin; and where it was said."""
    record: logging.LogRecord = line["_record"]
    if not line["_from_structlog"]:
        said = record.msg if isinstance(record.msg, str) else type(record.msg).__name__
        line["event"] = UP_TO_OTHERS.match(said)[0]  # type: ignore[index]  # it matches nothing at least
        line["place"] = f"{record.filename}:{record.lineno} {record.funcName}"
    return line


def class_and_place(_logger: object, _method: str, line: Line) -> Line:
    """Of an exception, the class and the last places in our code."""
    found = line.pop("exc_info", None)
    line.pop("stack_info", None)
    if isinstance(found, BaseException):
        found = (type(found), found, found.__traceback__)
    if not isinstance(found, tuple):
        found = sys.exc_info() if found else (None, None, None)
    if found[0] is not None:
        line["error"], line["place"] = found[0].__name__, _place(found[2])
    return line


def harmless(_logger: object, _method: str, line: Line) -> Line:
    """No line break, no address, no token, no query string, nothing long: whatever somebody logs."""
    return {key: _cleaned(value, is_ours=key in OURS) for key, value in line.items()}


def _cleaned(value: object, *, is_ours: bool) -> object:
    if value is None or isinstance(value, bool | int | float):
        return value
    text = "".join(each if each.isprintable() else "·" for each in str(value)[: 4 * LONGEST])
    text = ADDRESS.sub("[address]", text)
    if not is_ours:
        text = TOKEN.sub("[token]", QUERY.sub("", text))
    return text[:LONGEST]


def _place(trace: TracebackType | None) -> str:
    """“meetup/rooms/rules.py:40 say”: where our code was, and where it ended if that was elsewhere."""
    places = []
    while trace:
        code = trace.tb_frame.f_code
        places.append((Path(code.co_filename), f":{trace.tb_lineno} {code.co_name}"))
        trace = trace.tb_next
    told = [file.relative_to(ROOT).as_posix() + rest for file, rest in places if file.is_relative_to(ROOT / "meetup")]
    if places and not places[-1][0].is_relative_to(ROOT / "meetup"):
        told.append(places[-1][0].name + places[-1][1])
    return " > ".join(told[-3:])


def _lines_for(production: bool) -> Any:
    if production:
        return structlog.processors.JSONRenderer()
    return structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"], bool_as_flag=False)


def _begin() -> None:
    g.began = time.perf_counter()


def _tell(response: Response) -> Response:
    # By its rule and not by its path: paths hold tokens. An address that is none of ours is not told at all.
    rule = request.url_rule
    took = time.perf_counter() - g.get("began", time.perf_counter())
    structlog.get_logger("meetup.requests").info(
        "request",
        method=request.method if request.method in ("GET", "HEAD", "POST", "OPTIONS") else "other",
        route=rule.rule if rule else None,
        status=response.status_code,
        ms=round(took * 1000, 1),
    )
    return response


class _ToStandardError(logging.StreamHandler[TextIO]):
    """Standard error as it is at that moment: a test, or a supervisor, may have put another in its place."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:  # type: ignore[override]  # a handler's stream is an attribute; ours is looked up
        return sys.stderr
