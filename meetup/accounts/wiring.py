"""Where accounts meet the app: the way to the door, a name before anything else, and the registries."""

from datetime import timedelta

from flask import Flask, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from meetup.accounts import codes, knocking, mails, rules, signin
from meetup.accounts.models import SIGN_IN_LASTS
from meetup.accounts.waysback import own_path
from meetup.extensions import db, login_manager
from meetup.shared import due, owndata
from meetup.shared.access import is_public
from meetup.shared.clock import now

__all__ = ["mails", "wire"]
# A script or a stream is told in its own words that nobody is signed in: it cannot fill in the door's form.
NOT_PAGES = ["text/html", "application/json", "text/event-stream"]


def wire(app: Flask) -> None:
    owndata.register(owndata.Part("accounts", rules.held, rules.erase))
    due.register("accounts.codes", codes.sweep, every=timedelta(minutes=10))
    due.register("accounts.knocks", knocking.sweep, every=timedelta(hours=1))
    app.permanent_session_lifetime = SIGN_IN_LASTS
    # Else an answer that was long under way would bring back the cookie that a newer answer replaced.
    app.config["SESSION_REFRESH_EACH_REQUEST"] = False
    login_manager.unauthorized_handler(to_the_door)
    app.before_request(renew_after_change_of_rights)
    app.before_request(ask_for_a_name)


def to_the_door() -> ResponseReturnValue:
    """Send a stranger to sign in, and back here afterwards: to the page, or the page whose form they sent."""
    if request.accept_mimetypes.best_match(NOT_PAGES, default="text/html") != "text/html":
        abort(401)
    here = request.full_path.rstrip("?") if request.method in ("GET", "HEAD") else _page_of_the_form()
    return redirect(url_for("accounts.sign_in", next=own_path(here)), 303)


def renew_after_change_of_rights() -> None:
    """A new session id at every change of rights: with the first form that each browser sends after it.

    Not with a page: GET changes nothing. Rights themselves never wait for it, they are judged at every request.
    Nor with what a page's script sends: its stream is under way at the same moment, with the old id.
    A transaction of its own, so that it holds whatever becomes of the form.
    """
    if request.method in ("GET", "HEAD", "OPTIONS") or not current_user.is_authenticated:
        return
    if request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate":
        return
    sign_in = signin.current()
    if sign_in is not None and sign_in.is_older_than_rights(current_user):
        signin.renew(now())
        db.session.commit()


def ask_for_a_name() -> ResponseReturnValue | None:
    """Whoever signed in for the first time says their name before they go on."""
    if request.method != "GET" or request.endpoint is None or is_public(request.endpoint):
        return None
    if request.blueprint == "accounts" or not current_user.is_authenticated or current_user.name:
        return None
    return redirect(url_for("accounts.enter_name", next=own_path(request.full_path.rstrip("?"))))


def _page_of_the_form() -> str | None:
    if request.referrer and request.referrer.startswith(request.host_url):
        return "/" + request.referrer.removeprefix(request.host_url)
    return None
