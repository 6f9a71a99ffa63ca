"""Page furniture: how names, counts and instants are put into words, and what every template finds laid out."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, request, url_for

from meetup.shared import clock, names, when
from meetup.shared.faces import face, petal

THEMES = ("light", "dark")
WORDS = (
    when.ago,
    when.clock,
    when.day,
    when.day_of_month,
    when.iso,
    when.left,
    when.local,
    when.moment,
    when.month,
    when.span,
    when.zone_words,
)


@dataclass(frozen=True)
class Zone:
    """The zone a page shows its times in. Not `chosen`: the browser may show its own instead."""

    name: str
    chosen: bool


def viewer_zone(person: object, bof_session: object = None) -> Zone:
    """The zone that a person chose; else the session's, until the browser knows better; else UTC."""
    chosen = getattr(person, "zone", None)
    if chosen and when.is_zone(chosen):
        return Zone(chosen, chosen=True)
    return Zone(getattr(bof_session, "zone", None) or "UTC", chosen=False)


def plural(count: int, one: str, many: str = "") -> str:
    """“1 seat”, “3 seats”, “3 people” when told the word for many."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def way_to(endpoint: str, **values: Any) -> str | None:
    """The address of a page, or none where its feature is not there: what is shared knows no feature."""
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else None


def furniture(app: Flask) -> None:
    """Lay out what templates use without being handed it."""
    app.add_template_filter(names.initials, "initials")
    app.add_template_filter(face)
    app.add_template_filter(petal)
    app.add_template_filter(plural)
    for word in WORDS:
        app.add_template_filter(word)
    app.add_template_global(viewer_zone)
    app.add_template_global(way_to)
    app.context_processor(laid_out)


def laid_out() -> dict[str, Any]:
    """What every page finds. A page that belongs to a brand gives `brand` and `brand_css_url` itself."""
    theme = request.cookies.get("theme") if request else None
    return {
        "now": clock.now(),
        "theme": theme if theme in THEMES else None,
        "brand": None,
        "brand_css_url": None,
    }
