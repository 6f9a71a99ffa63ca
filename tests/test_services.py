"""The servers that the tests stand on: real, apart from one another, and gone afterwards."""

import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
import redis

from tests import services

# Goes its own way in a process of its own: a PostgreSQL and a Redis from the packages, then a death without goodbye.
DIES = """
import os
from tests import services
os.environ.pop("MEETUP_TEST_RUN", None)
servers = services.start_postgres(), services.start_redis()
print(*(server.folder for server in servers), *(server.port for server in servers), flush=True)
os.kill(os.getpid(), 9)
"""


@pytest.fixture(scope="module")
def packed_postgres():
    server = services.start_postgres()
    yield server
    server.stop()


def test_a_postgres_from_the_packages_keeps_its_promises(packed_postgres):
    with psycopg.connect(f"postgresql://postgres@127.0.0.1:{packed_postgres.port}/postgres") as connection:
        row = connection.execute("SELECT lower('ÄÖ'), current_setting('synchronous_commit')").fetchone()

    assert row == ("äö", "on")


def test_a_run_without_a_postgres_on_the_machine_gets_one(monkeypatch):
    # Set first, so that what begin() writes there is taken back after the test.
    monkeypatch.setenv("MEETUP_TEST_RUN", "")
    monkeypatch.delenv("MEETUP_TEST_RUN")
    monkeypatch.setenv("MEETUP_TEST_POSTGRES", f"127.0.0.1:{services.free_port()}")

    with psycopg.connect(services.postgres_url("alone")) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


@pytest.fixture
def another_run(monkeypatch):
    """Beside the run that this test belongs to, one that has made nothing yet."""
    with subprocess.Popen(["sleep", "60"]) as alive:
        services.begin()
        monkeypatch.setenv("MEETUP_TEST_RUN", str(alive.pid))
        yield alive.pid
        services.drop(f"meetup_test_{alive.pid}_")
        alive.kill()


def test_every_worker_gets_a_copy_of_what_was_prepared_once(another_run):
    prepared = []

    def prepare(url):
        prepared.append(url)
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE seats AS SELECT 7 AS number")

    for worker in ("gw0", "gw1"):
        with psycopg.connect(services.postgres_url(worker, prepare)) as connection:
            assert connection.execute("SELECT number, current_database() FROM seats").fetchone() == (
                7,
                f"meetup_test_{another_run}_{worker}",
            )
    assert len(prepared) == 1


def test_a_redis_forgets_when_it_ends_and_comes_back_where_it_was():
    first = services.start_redis()
    with redis.Redis(port=first.port) as client:
        client.set("seat", "taken")
    first.stop()

    second = services.start_redis(first.port)
    with redis.Redis(port=first.port) as client:
        assert client.get("seat") is None
    second.stop()


def test_a_killed_run_leaves_no_server_and_no_folder_behind():
    told = subprocess.run([sys.executable, "-c", DIES], capture_output=True, text=True, check=False)
    *folders, postgres_port, redis_port = told.stdout.split()

    until = time.monotonic() + 20
    while any(Path(folder).exists() for folder in folders) and time.monotonic() < until:
        time.sleep(0.1)

    assert [told.returncode, len(folders)] == [-9, 2]
    assert [Path(folder).exists() for folder in folders] == [False, False]
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(f"postgresql://postgres@127.0.0.1:{postgres_port}/postgres")
    with pytest.raises(redis.ConnectionError):
        redis.Redis(port=int(redis_port)).ping()
