"""Birds-of-a-feather sessions that a brand hosts for its customers, and then leaves."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec

from flask import Flask, request
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, Map

from meetup.config import ROOT, Settings
from meetup.extensions import csrf, db, limiter, login_manager
from meetup.live import engine
from meetup.shared import access, assets, database, devmail, errors, headers, logs, pages
from meetup.shared.clock import now
from meetup.shared.pulse import SQLitePulse, TimedPulse

# Imports point leftward only: a feature knows those before it, never those after. test_architecture.py proves it.
FEATURES = ("accounts", "brands", "sessions", "registrations", "invites", "rooms", "closed", "feedback")


def create_app(settings: Settings | None = None) -> Flask:
    """An app that runs as `settings` say (by default, as the environment says).

    Raises:
        BadSetting: when a setting cannot be used.
    """
    settings = settings or Settings.from_environ()
    app = Flask(__name__, static_folder=None, template_folder=str(ROOT / "templates"))
    app.extensions["meetup_settings"] = settings
    app.url_map.converters["int"] = RowNumber
    # Whoever types an address ends it with a slash now and then.
    app.url_map.strict_slashes = False
    configure(app, settings)
    logs.set_up(app)
    start_extensions(app, settings)
    for register in (errors.register, headers.register, assets.register, pages.furniture, devmail.register):
        register(app)
    app.before_request(decide_reading)
    app.before_request(access.refuse_impossible_addresses)
    app.teardown_request(forget_reading)
    app.before_request(access.require_sign_in)
    for feature in FEATURES:
        add_feature(app, feature)
    start_live(app, settings)
    return app


class RowNumber(IntegerConverter):
    """A number in an address, never larger than a column holds: beyond that there is nothing, so 404."""

    def __init__(self, map: Map, fixed_digits: int = 0, min: int | None = None, max: int = 2**31 - 1) -> None:
        super().__init__(map, fixed_digits, min, max)


def configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings),
        SESSION_COOKIE_NAME="meetup",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.public_url.startswith("https:"),
        MAX_CONTENT_LENGTH=settings.max_body,
        MAX_FORM_MEMORY_SIZE=settings.max_body,
        # A page may lie open through a whole evening; its forms still work.
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
        RATELIMIT_ENABLED=settings.rate_limits,
        RATELIMIT_STORAGE_URI=settings.redis_url or "memory://",
        # Redis gone: limits are counted in memory meanwhile, nobody is turned away for it.
        RATELIMIT_IN_MEMORY_FALLBACK_ENABLED=settings.redis_url is not None,
        RATELIMIT_HEADERS_ENABLED=True,
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)  # type: ignore[method-assign]  # as its documentation says


def engine_options(settings: Settings) -> dict[str, object]:
    # A thread of the server, of the outbox and of the live readers each may hold one.
    return {
        "pool_size": settings.web_threads + 8,
        "max_overflow": 8,
        "pool_pre_ping": not settings.is_sqlite,
        # An error's words would repeat what people typed.
        "hide_parameters": True,
    }


def start_extensions(app: Flask, settings: Settings) -> None:
    db.init_app(app)
    login_manager.init_app(app)
    csrf.init_app(app)
    limiter.init_app(app)
    with app.app_context():
        database.configure(db.engine)


def start_live(app: Flask, settings: Settings) -> None:
    """Last of all: the stream engine's middleware is the outermost."""
    with app.app_context():
        of_database = db.engine

    def make_pulse() -> engine.Pulse:
        return SQLitePulse(of_database) if settings.is_sqlite else TimedPulse()

    engine.start(
        app, around=lambda: read_aside(app), clock=now, make_pulse=make_pulse, redis_url=settings.redis_url
    )


@contextmanager
def read_aside(app: Flask) -> Iterator[None]:
    """What a live reader's thread reads in: the app's context, and transactions that cannot write."""
    with app.app_context(), database.reading():
        try:
            yield
        finally:
            db.session.remove()


def decide_reading() -> None:
    """GET, HEAD and OPTIONS change nothing: mail scanners follow links. Their transactions could not if they tried."""
    database.read_only(request.method in ("GET", "HEAD", "OPTIONS"))


def forget_reading(_error: BaseException | None) -> None:
    """The thread goes on after the request, perhaps with work that writes."""
    database.read_only(False)


def add_feature(app: Flask, feature: str) -> None:
    """Load a feature's models and pages, and let it fill the registries by which it reaches to the right."""
    for module in ("models", "views", "wiring"):
        name = f"meetup.{feature}.{module}"
        if find_spec(name) is None:
            continue
        loaded = import_module(name)
        if module == "views":
            app.register_blueprint(loaded.bp)
        if module == "wiring":
            loaded.wire(app)
