"""Where the pages of this feature are hung: `views.py`, `arriving.py`, `settings.py` and `members.py`."""

from flask import Blueprint

bp = Blueprint("brands", __name__)
