"""The only clock. Rules take the time as `at`; views and workers ask here, once, at the edge."""

from datetime import UTC, datetime


def now() -> datetime:
    """This instant, aware, in UTC."""
    return datetime.now(UTC)
