"""A server in a process of its own: `python -m tests.live.serving '{"worker": "StreamWorker"}'`.

Its app is as small as the engine allows. Whoever posts to /notebook writes a line that all listeners hear.
"""

import json
import resource
import sys
import time
from contextlib import nullcontext
from datetime import UTC, datetime
from types import SimpleNamespace

from flask import Flask, Response, request
from gunicorn.workers.gthread import ThreadWorker

from meetup.live import engine, sources
from meetup.live.patience import Patience
from meetup.live.server import serve
from meetup.live.sources import Batch, Event, Topic
from meetup.live.stream import open_stream
from meetup.live.wake import wake
from meetup.live.worker import StreamWorker

TOPIC = Topic("notebook", 1)
MUCH = bytes(8 * 1024 * 1024)  # more than the kernel takes off our hands
HURRIED = Patience(head=1.0, next_bytes=0.5, body=1.5, send=1.0, farewell=0.5)


class HurriedWorker(StreamWorker):
    """Gives up ten times as soon, so that a test need not wait."""

    patience = HURRIED


class PlainWorker(ThreadWorker):
    """gunicorn's own: what the tests would see without our class."""


class Notebook:
    def __init__(self) -> None:
        self.events: list[Event] = []

    def read(self, topic: Topic, after: int, limit: int) -> Batch:
        top = len(self.events)
        return Batch(self.events[after : after + limit], {"": range(1, 10_000)}, top=top, generation="g1")


def make_app() -> Flask:
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = 2 * 1024 * 1024
    notebook = Notebook()
    sources.register("notebook", notebook)

    @app.after_request
    def say_who_decides(response: Response) -> Response:
        response.headers["X-Content-Type-Options"] = "nosniff"
        return Response("Not now.", 503) if "refuse" in request.args else response

    @app.get("/")
    def page() -> str:
        return "here"

    @app.get("/much")
    def much() -> bytes:
        return MUCH

    @app.get("/slow")
    def slow() -> str:
        time.sleep(float(request.args["seconds"]))
        return "done"

    @app.get("/stream/<int:listener>")
    def stream(listener: int) -> Response:
        return open_stream(TOPIC, listener, request.args.get("after"), request)

    @app.post("/notebook")
    def write() -> str:
        words = request.form["words"]
        notebook.events.append(Event(len(notebook.events) + 1, "message", words))
        wake(TOPIC)
        return str(len(notebook.events))

    @app.errorhandler(413)
    def too_much(_: Exception) -> tuple[str, int]:
        return "That is more than we can take.", 413

    engine.start(app, around=nullcontext, clock=lambda: datetime.now(UTC))
    return app


if __name__ == "__main__":
    given = json.loads(sys.argv[1])
    app = make_app()
    if files := given.get("files"):
        resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))
    settings = SimpleNamespace(
        host="127.0.0.1", port=given["port"], web_workers=1, web_threads=32, log_level=given.get("log", "warning")
    )
    serve(app, settings, worker_class=globals()[given["worker"]])
