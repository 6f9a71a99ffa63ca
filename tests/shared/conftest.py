import pytest

from meetup.shared import mail, outbox
from tests.shared.mailbox import mailbox  # noqa: F401  # a fixture, used by its name


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
