import pytest

import meetup
from meetup.extensions import db
from tests.conftest import empty_tables
from tests.shared.mailbox import mailbox  # noqa: F401  # a fixture, used by its name


@pytest.fixture(scope="session")
def small_app(settings):
    """The app without its features: what is shared knows none of them, and neither do its tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(meetup, "FEATURES", ())
        app = meetup.create_app(settings)
    app.testing = True
    with app.app_context():
        db.create_all()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(small_app):
    with small_app.app_context():
        yield small_app
        db.session.remove()
        empty_tables()
        db.session.remove()


@pytest.fixture
def client(app):
    return app.test_client()
