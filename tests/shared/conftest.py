import pytest

from meetup.shared import due, mail, outbox
from tests.shared.mailbox import mailbox  # noqa: F401  # a fixture, used by its name


@pytest.fixture(autouse=True)
def own_registries(monkeypatch):
    """What a test here registers, no other test finds."""
    monkeypatch.setattr(outbox, "_handlers", dict(outbox._handlers))
    monkeypatch.setattr(due, "_registered", dict(due._registered))


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
