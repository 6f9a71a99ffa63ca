"""The one blueprint of sessions' pages: views.py has those that list and set tables, hosting.py what hosts do after."""

from flask import Blueprint

bp = Blueprint("sessions", __name__)
ADDRESS = "/b/<brand_slug>/s/<slug>"
