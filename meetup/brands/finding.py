"""Finds the brand that an address names, and remembers it for the page's frame."""

from flask import g
from flask_login import current_user

from meetup.brands import policy
from meetup.brands.models import Brand
from meetup.extensions import db


def brand_or_404(slug: str) -> Brand:
    """The brand of this address. The page's header shows it, with what the viewer is to it."""
    brand: Brand = db.first_or_404(policy.visible().where(Brand.slug == slug))
    g.brand = brand
    g.membership = policy.membership_of(current_user, brand.id)
    return brand
