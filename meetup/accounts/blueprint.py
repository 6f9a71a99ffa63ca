"""Where the pages of this feature are hung: the door (`door.py`), one's own (`me.py`), the operator's (`views.py`)."""

from flask import Blueprint

bp = Blueprint("accounts", __name__)
