"""The stage: an app on a fresh database, the cast, and a client that can sign in as any of them.

MEETUP_TEST_DATABASE=postgresql runs the same tests on PostgreSQL.
"""

import os
from types import SimpleNamespace

import hypothesis
import pytest
import time_machine
from flask import g
from sqlalchemy import text

from meetup import create_app
from meetup.accounts import signin
from meetup.accounts.models import Person, SignIn
from meetup.brands.models import Role
from meetup.config import Settings
from meetup.extensions import db
from meetup.sessions.phases import Phase
from meetup.shared import schema
from tests import services
from tests.makers import NOON, Make


def pytest_configure():
    """Before the workers begin, so that they share one server where the machine has none."""
    if os.environ.get("MEETUP_TEST_DATABASE") == "postgresql":
        services.begin()


def pytest_terminal_summary(terminalreporter):
    """How many cells of the access matrix were really executed, by all workers: an empty matrix would pass, too."""
    reports = [each for found in terminalreporter.stats.values() for each in found]
    calls = [each for each in reports if getattr(each, "when", None) == "call"]
    counts = [dict(call.user_properties).get("access_cells", 0) for call in calls]
    if any(counts):
        terminalreporter.write_line(f"access matrix: {sum(counts)} cells executed")


# How long one example takes says how busy the machine is, not whether the code is right.
hypothesis.settings.register_profile("unhurried", deadline=None)
hypothesis.settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def settings(tmp_path_factory, worker_id):
    """How the app under test runs: demo off, limits off, no mail server."""
    instance = tmp_path_factory.mktemp("instance")
    url = f"sqlite:///{instance / 'test.db'}"
    if os.environ.get("MEETUP_TEST_DATABASE") == "postgresql":
        url = services.postgres_url(worker_id)
    return Settings.from_environ(
        {
            "MEETUP_INSTANCE": str(instance),
            "DATABASE_URL": url,
            "PUBLIC_URL": "http://tables.example",
            "MAIL_FROM": "tables@tables.example",
            "RATE_LIMITS": "no",
            "MEETUP_DEMO": "no",
        }
    )


@pytest.fixture(scope="session")
def whole_app(settings):
    """One app and one schema per worker; each test gets it with empty tables."""
    app = create_app(settings)
    app.testing = True
    # Tests send forms without opening their page first; that a form without its token is refused has its own test.
    app.config["WTF_CSRF_ENABLED"] = False
    app.before_request_funcs.setdefault(None, []).insert(0, forget_reader)
    with app.app_context():
        # By the way that a real database goes: what a migration forgot, triggers above all, is missed here.
        schema.upgrade(db.engine)
    yield app
    with app.app_context():
        db.engine.dispose()


def forget_reader():
    """A test holds one app context around all its requests; Flask-Login would take the last reader for the next."""
    g.pop("_login_user", None)


@pytest.fixture
def app(whole_app):
    """The app, its tables empty, inside an app context."""
    with whole_app.app_context():
        yield whole_app
        db.session.remove()
        empty_tables()
        db.session.remove()


def empty_tables():
    for table in reversed(db.metadata.sorted_tables):
        db.session.execute(text(f'DELETE FROM "{table.name}"'))
    db.session.commit()


@pytest.fixture
def make(app):
    return Make()


@pytest.fixture
def noon():
    """The clock of views and workers stands at NOON; `noon.move_to(…)` sets it elsewhere."""
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def people(make):
    """The cast around one brand and one open session with two tables; memberships, but for the stranger.

    customer, other (second table), guest sit; outsider is a customer without a seat; expert sits at the first table.
    """
    brand, rival = make.brand(), make.brand("Larder")
    expert = make.member(brand, Role.EXPERT, "Nadia Farrow")
    bof_session = make.bof_session(brand, Phase.OPEN, tables=0)
    table, second = make.table(bof_session, expert=expert), make.table(bof_session, topic="Wine and cheese")
    cast = SimpleNamespace(
        brand=brand,
        rival=rival,
        bof_session=bof_session,
        table=table,
        second=second,
        expert=expert,
        other_expert=make.member(brand, Role.EXPERT, "Tom Reyes"),
        owner=make.member(brand, Role.OWNER, "Olive Hart"),
        staff=make.member(brand, Role.STAFF, "Ben Otieno"),
        customer=make.member(brand, Role.CUSTOMER, "Ines Okafor"),
        other=make.member(brand, Role.CUSTOMER, "Yusuf Demir"),
        guest=make.member(brand, Role.GUEST, "Paul Achterberg"),
        outsider=make.member(brand, Role.CUSTOMER, "Stefan Kurz"),
        rival_staff=make.member(rival, Role.STAFF, "Rita Vale"),
        rival_customer=make.member(rival, Role.CUSTOMER, "Rob Vale"),
        stranger=make.person("Stella Stranger"),
    )
    make.seat(table, cast.customer)
    make.seat(table, cast.guest)
    make.seat(second, cast.other)
    db.session.commit()
    return cast


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def sign_in(app, client):
    """Sign a person (or a membership's person) in at `client`, or at another client; None signs out."""

    def sign_in(who, at_client=None):
        browser = at_client or client
        with browser.session_transaction() as cookie:
            cookie.clear()
            if who is None:
                return browser
            person_id = who.id if isinstance(who, Person) else who.person_id
            token = f"token-{person_id}-{os.urandom(8).hex()}"
            began = NOON.replace(year=2020)
            row = SignIn(
                person_id=person_id,
                token_hash=signin.hashed(token),
                began_at=began,
                ends_at=began.replace(year=2100),
            )
            db.session.add(row)
            db.session.commit()
            cookie[signin.COOKIE_KEY] = token
        return browser

    return sign_in
