"""Serves the app: gunicorn, started from here, so that there is one command and one place for what it needs."""

from __future__ import annotations

import gc
import resource
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any, Protocol

from flask import Flask
from gunicorn.app.base import BaseApplication

from meetup.live.engine import live_of
from meetup.live.worker import StreamWorker
from meetup.shared.serverlog import ServerLogger

# Seconds. Streams and idle connections end at once; this is for requests that are at work when the server is stopped.
GRACE = 5
KEEPALIVE = 30
FEWEST_THREADS = 32
MOST_CONNECTIONS = 4096  # of each process, streams not counted


class ServerSettings(Protocol):
    @property
    def host(self) -> str: ...
    @property
    def port(self) -> int: ...
    @property
    def web_workers(self) -> int: ...
    @property
    def web_threads(self) -> int: ...
    @property
    def log_level(self) -> str: ...


def serve(
    app: Flask,
    settings: ServerSettings,
    at_start: Iterable[Callable[[], None]] = (),
    worker_class: type = StreamWorker,
) -> None:
    """Serve until the process is told to stop.

    Each of `at_start` is called in every serving process before its first request, which is where threads may begin.
    The app was made before these processes were forked off: whatever connections it has opened by then they share, so
    the first of `at_start` should let go of them (`db.engine.dispose(close=False)`).
    """
    options = {
        "bind": f"[{settings.host}]:{settings.port}" if ":" in settings.host else f"{settings.host}:{settings.port}",
        "workers": settings.web_workers,
        "threads": max(settings.web_threads, FEWEST_THREADS),
        "worker_class": worker_class,
        "worker_connections": MOST_CONNECTIONS,
        "keepalive": KEEPALIVE,
        "graceful_timeout": GRACE,
        "limit_request_line": 8190,
        "limit_request_fields": 64,
        "limit_request_field_size": 8190,
        # A proxy is believed by the app's own setting (PROXIES) or not at all.
        "forwarded_allow_ips": "",
        "proc_name": "meetup",
        "loglevel": settings.log_level,
        "logger_class": ServerLogger,
        "control_socket_disable": True,
        "post_worker_init": lambda _: [call() for call in at_start],
    }
    allow_many_files()
    forget_garbage()
    Server(app, options).run()


def allow_many_files() -> None:
    """Every stream is an open file, and the usual limit of 1,024 is soon reached."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def forget_garbage() -> None:
    """What was loaded by now stays to the end: a hundred thousand objects that no collection need walk through again.

    It spares every process a pause, shares their memory between them, and lets them end in a third of the time.
    """
    gc.collect()
    gc.freeze()


class Server(BaseApplication):
    def __init__(self, app: Flask, options: dict[str, Any]) -> None:
        self.app = app
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self.app

    def stopping(self) -> None:
        """The worker says so before it waits for requests that are at work: those who listen can go to another."""
        live_of(self.app).stop()
