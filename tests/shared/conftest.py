import pytest

import meetup
from meetup.extensions import db
from meetup.shared import mail, outbox
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


@pytest.fixture
def note(app):
    """A kind whose message says what its payload says, unless `gone` says that its reason has gone."""
    gone = set()

    @outbox.handler("test.note")
    def draw(payload, item):
        if payload["to"] in gone:
            return None
        to = mail.Address(payload["to"])
        told = payload.get("text", "Hello.")
        return mail.compose(to, "A note", told, sender_name="Fernhill", message_id=mail.message_id("note", item.id))

    yield gone
    outbox._handlers.pop("test.note")
