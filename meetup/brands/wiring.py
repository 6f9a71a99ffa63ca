"""Where brands meet the app: a brand page's frame, and the registries."""

from typing import Any

from flask import Flask, g, has_request_context, url_for

from meetup.brands import mails
from meetup.brands import owndata as own
from meetup.config import settings
from meetup.shared import owndata

__all__ = ["mails", "wire"]


def wire(app: Flask) -> None:
    owndata.register(owndata.Part("brands", own.held, own.erase))
    app.context_processor(frame)


def frame() -> dict[str, Any]:
    """What the frame of a brand's page needs: name, address, colour, and what the viewer is to it."""
    brand = g.get("brand")
    if brand is None or not has_request_context():
        return {}
    colour = url_for("brands.colour", brand_slug=brand.slug, **{"is": brand.colour.removeprefix("#")})
    return {
        "brand": brand,
        "brand_url": url_for("brands.show", brand_slug=brand.slug),
        "brand_css_url": colour,
        "membership": g.get("membership"),
        "may_host": g.get("membership") is not None and g.membership.is_host,
        "public_url": settings().public_url,
    }
