"""The product as it is run: one process on SQLite, or three and Redis on PostgreSQL."""

import os

import pytest

from tests import services
from tests.product import running


@pytest.fixture(scope="package")
def product(worker_id):
    if os.environ.get("MEETUP_TEST_DATABASE") == "postgresql":
        url = services.postgres_url(f"whole_{worker_id}")
        with running(url, WEB_WORKERS="3", REDIS_URL=services.redis_url()) as product:
            yield product
    else:
        with running() as product:
            yield product
