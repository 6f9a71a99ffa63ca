"""Sessions: their public page, the hosts' calendar, and the form in three steps that sets a table."""

from flask import Blueprint

from meetup.sessions.show import show
from meetup.shared.access import public

bp = Blueprint("sessions", __name__)

# The page is written in show.py; its address stands with the others.
bp.get("/b/<brand_slug>/s/<slug>")(public(show))
