"""The product as `make run` starts it: its own process group, its own database, the demo brought along."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path

from meetup.config import ROOT

PATIENCE = 60  # seconds for a start on a busy machine


class Product:
    """One running installation. `ask` runs a command of its command line beside it."""

    def __init__(self, folder: Path, database_url: str | None, **settings: str) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.environ = {
            **{name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")},
            "MEETUP_INSTANCE": str(folder),
            "PORT": str(self.port),
            "RATE_LIMITS": "no",
            "PYTHONWARNINGS": "error",
            **settings,
        }
        if database_url:
            self.environ["DATABASE_URL"] = database_url
        self.log = (folder / "server.log").open("w")
        self.process = self.begin("run", stdout=self.log, stderr=self.log)

    def begin(self, *words, **pipes):
        return subprocess.Popen([sys.executable, "-m", "meetup", *words], cwd=ROOT, env=self.environ, **pipes)

    def ask(self, *words):
        """What a command answers, as JSON."""
        done = self.begin(*words, "--json", stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        answer, complaint = done.communicate(timeout=PATIENCE)
        assert done.returncode == 0, complaint.decode()
        return json.loads(answer)

    def wait_until_it_answers(self):
        """Until the port takes a connection, which is when the first page can be had; or until it gave up."""
        while self.process.poll() is None:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE):
                return
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=0.1)
        raise AssertionError(f"the product did not start:\n{Path(self.log.name).read_text()}")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=PATIENCE)
        self.log.close()


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


@contextmanager
def running(database_url=None, **settings):
    """The product, until the block ends. `settings` are environment variables besides the usual ones."""
    with tempfile.TemporaryDirectory() as folder:
        product = Product(Path(folder), database_url, **settings)
        try:
            product.wait_until_it_answers()
            yield product
        finally:
            product.stop()
