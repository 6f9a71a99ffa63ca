import json
import logging
from dataclasses import replace

import pytest
import structlog
from gunicorn.config import Config

import meetup
from meetup.shared import logs
from meetup.shared.serverlog import ServerLogger


@pytest.fixture
def lines(app, capsys):
    """What was logged since, as text."""
    logs.set_up_lines(app.extensions["meetup_settings"])
    return lambda: capsys.readouterr().err.splitlines()


@pytest.fixture
def facts(app, settings, capsys):
    """What was logged since, as production logs it: one JSON object a line."""
    logs.set_up_lines(replace(settings, production=True, log_level="debug"))
    yield lambda: [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    logs.set_up_lines(settings)


def test_a_line_tells_what_and_where(facts):
    structlog.get_logger("meetup.rooms").info("message sent", kind="mail.invitation", item=7)

    (line,) = facts()
    assert (line["event"], line["kind"], line["item"]) == ("message sent", "mail.invitation", 7)
    assert (line["level"], line["logger"]) == ("info", "meetup.rooms")
    assert line["timestamp"].endswith("Z")


@pytest.mark.parametrize("level", ["debug", "info", "warning", "error", "critical"])
def test_an_address_is_never_logged_at_any_level(facts, level):
    log = structlog.get_logger("meetup.x")

    getattr(log, level)("to ada@shop.example", who="Ada <ada@shop.example>", error="ada@shop.example")

    assert "ada@" not in json.dumps(facts())


@pytest.mark.parametrize("secret", ["bold_Token8sdHH2kj3h4kjh3", "a8f2c1d0e9b8a7f6", "QWxhZGRpbjpvcGVuIHNl"])
def test_a_token_is_never_logged(facts, secret):
    structlog.get_logger("meetup.x").warning(f"bad link {secret}", path=f"/u/{secret}/x", link=f"https://x/?t={secret}")

    assert secret not in json.dumps(facts())


def test_an_error_is_its_class_and_place_without_its_words(facts):
    def fail():
        raise RuntimeError("hunter2 of ada@shop.example")

    try:
        fail()
    except RuntimeError:
        structlog.get_logger("meetup.x").exception("stumbled")
        logging.getLogger("library").exception("stumbled over %s", "hunter2")

    ours, theirs = facts()
    assert (ours["error"], theirs["error"]) == ("RuntimeError", "RuntimeError")
    assert ours["place"].startswith("test_logs.py:")
    assert ours["place"].endswith(" fail")
    assert "hunter2" not in json.dumps([ours, theirs])


def test_libraries_are_heard_only_when_something_is_wrong_and_without_what_they_fill_in(facts):
    library = logging.getLogger("library.part")
    library.info("statement: %s", "hunter2")
    library.debug("body: %s", "hunter2")
    library.warning("could not reach %s", "hunter2")

    (line,) = facts()
    assert (line["event"], line["logger"], line["level"]) == ("could not reach %s", "library.part", "warning")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Invalid request from ip=127.0.0.1: Invalid HTTP request line: 'GET /hunter2'", "Invalid request from ip"),
        ("could not reach %s", "could not reach %s"),
        (RuntimeError("hunter2"), "RuntimeError"),
        ("", ""),
    ],
)
def test_of_a_librarys_sentence_only_its_own_words_are_told(facts, said, told):
    logging.getLogger("library").warning(said)

    (line,) = facts()
    assert line["event"] == told
    assert line["place"].startswith("test_logs.py:")


def test_the_servers_lines_go_the_same_way(facts):
    server = ServerLogger(Config())
    server.error("Error handling request %s", "/u/hunter2")
    server.info("Listening at: %s", "hunter2")

    (line,) = facts()
    assert (line["event"], line["logger"]) == ("Error handling request %s", "gunicorn.error")


def test_without_our_logs_the_server_keeps_its_own(app, monkeypatch):
    monkeypatch.setattr(logs, "are_set_up", lambda: False)
    server = ServerLogger(Config())

    assert [handler.formatter._fmt for handler in server.error_log.handlers] == [ServerLogger.error_fmt]
    server.error_log.handlers.clear()


@pytest.mark.parametrize("breaker", ["\r\n", "\n", "\r", "\x85", "\u2028", "\x0b", "\x1b[2K"])
def test_no_words_begin_a_line_of_their_own(lines, breaker):
    structlog.get_logger("meetup.x").warning(f"one{breaker}level=error event=forged", more=f"a{breaker}b")

    (line,) = lines()
    assert line.isprintable()


def test_a_request_is_logged_by_its_rule(facts, client):
    client.get("/dev/mail/20260101-000000-000000-00000000/html?secret=hunter2")

    (line,) = facts()
    assert (line["event"], line["method"], line["route"], line["status"]) == (
        "request", "GET", "/dev/mail/<name>/html", 404,
    )  # fmt: skip
    assert line["ms"] >= 0


@pytest.mark.parametrize("path", ["/nowhere/hunter2", "/%0d%0alevel=error%20event=forged", "/\u2028x", "/x?hunter2"])
def test_an_address_that_is_none_of_ours_is_not_told(facts, client, path):
    client.get(path)

    (line,) = facts()
    assert (line["route"], line["status"]) == (None, 404)
    assert "hunter2" not in json.dumps(line)
    assert "forged" not in json.dumps(line)


def test_a_made_up_method_is_not_repeated(facts, client):
    client.open("/dev/mail", method="FORGED")

    assert [line["method"] for line in facts()] == ["other"]


def test_an_error_of_the_database_hides_what_people_typed(app):
    assert app.config["SQLALCHEMY_ENGINE_OPTIONS"]["hide_parameters"] is True


def test_a_long_text_is_cut(facts):
    structlog.get_logger("meetup.x").warning("x " * 10_000)

    assert len(facts()[0]["event"]) == logs.LONGEST


def test_the_level_is_the_settings_own(settings, capsys):
    logs.set_up_lines(replace(settings, log_level="error"))
    structlog.get_logger("meetup.x").warning("quiet")
    logs.set_up_lines(settings)
    structlog.get_logger("meetup.x").info("heard")

    (line,) = capsys.readouterr().err.splitlines()
    assert "event=heard" in line


def test_every_app_logs_each_request_once(settings, capsys):
    meetup.create_app(settings)
    meetup.create_app(settings).test_client().get("/nowhere")

    assert len([line for line in capsys.readouterr().err.splitlines() if "event=request" in line]) == 1
