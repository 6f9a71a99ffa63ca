"""Closed by default: forgetting a decorator shuts a door, it does not open one."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import abort, current_app, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from meetup.extensions import login_manager

View = TypeVar("View", bound=Callable[..., Any])


def public(view: View) -> View:
    """Mark a view that strangers may reach. Goes below the route decorator."""
    view.is_public = True  # type: ignore[attr-defined]  # functions carry attributes; their type does not say so
    return view


def is_public(endpoint: str) -> bool:
    """Is this view open to strangers?"""
    return bool(getattr(current_app.view_functions.get(endpoint), "is_public", False))


def refuse_impossible_addresses() -> None:
    """Before every request: no address of ours holds a NUL, and PostgreSQL cannot even look for one."""
    if "\0" in request.path or b"%00" in request.query_string:
        abort(404)


def require_sign_in() -> ResponseReturnValue | None:
    """Before every request: whoever is not signed in goes to the door, except where a view is marked public."""
    if request.endpoint is None or is_public(request.endpoint) or current_user.is_authenticated:
        return None
    answer: ResponseReturnValue = login_manager.unauthorized()
    return answer
