"""“No” is an exception with words for people. Raised where it is known, drawn in one place."""

from http import HTTPStatus
from typing import Any

from flask import Flask, current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError
from werkzeug.exceptions import Forbidden, HTTPException

from meetup.extensions import db


class Refused(Exception):
    """A rule said no. The text is written for the person who asked. Answered with 409."""


class NotAllowed(Forbidden):
    """You may see this, but not do that. Answered with 403."""


def require(allowed: bool, reason: str = "That is not yours to do.") -> None:
    """Go on only if allowed.

    Raises:
        NotAllowed: otherwise, with the reason.
    """
    if not allowed:
        raise NotAllowed(reason)


def register(app: Flask) -> None:
    """Draw every “no” of the app here."""
    app.register_error_handler(Refused, show_refusal)
    app.register_error_handler(IntegrityError, show_lost_race)
    app.register_error_handler(CSRFError, show_stale_form)
    app.register_error_handler(HTTPException, show_error)
    app.register_error_handler(Exception, show_accident)


def show_refusal(refused: Refused) -> ResponseReturnValue:
    db.session.rollback()  # or drawing the page would write the half-done work
    return answer(HTTPStatus.CONFLICT, str(refused))


def show_lost_race(_error: IntegrityError) -> ResponseReturnValue:
    db.session.rollback()
    return answer(HTTPStatus.CONFLICT, "Someone was a moment faster. Please try again.")


def show_stale_form(_error: CSRFError) -> ResponseReturnValue:
    db.session.rollback()
    return answer(HTTPStatus.BAD_REQUEST, "This page had been open for too long. Go back, reload it, and try again.")


def show_error(error: HTTPException) -> ResponseReturnValue:
    db.session.rollback()
    code = error.code or 500
    if code < 400:
        return error
    reason = error.description if isinstance(error, NotAllowed) else None
    response = make_response(answer(code, reason))
    for name, value in error.get_headers():
        if name not in ("Content-Type", "Content-Length"):
            response.headers[name] = value
    return response


def show_accident(error: Exception) -> ResponseReturnValue:
    if current_app.testing or current_app.debug:
        raise error
    # The class alone: a message may hold what a person typed.
    current_app.logger.error("accident", exc_info=None, extra={"error": type(error).__name__})
    db.session.rollback()
    return answer(HTTPStatus.INTERNAL_SERVER_ERROR, None)


def answer(code: int, reason: str | None) -> ResponseReturnValue:
    """A page, or JSON for a script that asked for it, that says why not."""
    status = HTTPStatus(code)
    if wants_json():
        body: dict[str, Any] = {"error": status.phrase, "reason": reason or status.description}
        return body, code
    if code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        # Past every context processor: they ask the session and the database, and either may be what broke.
        return current_app.jinja_env.get_template("shared/broken.html").render(code=code), code
    return render_template("shared/error.html", code=code, title=status.phrase, reason=reason), code


def wants_json() -> bool:
    best = request.accept_mimetypes.best_match(["text/html", "application/json"], default="text/html")
    return best == "application/json"
