"""What was mailed in a test, as the people who got it would see it."""

from email import message_from_bytes
from email.policy import SMTP

import pytest

from meetup.extensions import db
from meetup.shared import clock, sending, transport


class Mailbox:
    """Everybody's mail. `deliver` sends what is due; the newest mail is last."""

    def __init__(self, folder):
        self.folder = folder

    def deliver(self, at=None):
        """Commit, send everything that is due by then, and hand back all mail so far."""
        db.session.commit()
        while sending.work(at or clock.now()).handled:
            pass
        return self.messages

    @property
    def messages(self):
        return [message_from_bytes(file.read_bytes(), policy=SMTP) for file in sorted(self.folder.glob("*.eml"))]

    def to(self, email):
        """The mails to one address, oldest first."""
        return [mail for mail in self.messages if mail["To"].addresses[0].addr_spec == email]

    def last_to(self, email):
        return self.to(email)[-1]

    def empty(self):
        for file in self.folder.glob("*.eml"):
            file.unlink()


def text_of(mail):
    """What it says in plain text."""
    return mail.get_body(("plain",)).get_content().replace("\r\n", "\n")


def html_of(mail):
    return mail.get_body(("html",)).get_content().replace("\r\n", "\n")


def calendar_of(mail):
    """The octets of its calendar part, and the method that its MIME type names; None where there is none."""
    for part in mail.walk():
        if part.get_content_type() == "text/calendar":
            return part.get_payload(decode=True), part.get_param("method")
    return None


@pytest.fixture
def mailbox(app):
    box = Mailbox(transport.development_folder())
    box.empty()
    yield box
    box.empty()
