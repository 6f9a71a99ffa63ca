"""Mails, octet for octet: one sender, one recipient, and headers that are exactly those that were meant."""

import hashlib
import re
from base64 import b64encode
from dataclasses import dataclass, replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from meetup.config import settings
from meetup.shared import clock
from meetup.shared.mail_look import with_styles
from meetup.shared.text import header_text

# The policy named SMTP and no other: the default one turns a calendar's CRLF into LF, and the entry is no entry.
POLICY = SMTP
METHODS = ("REQUEST", "CANCEL", "REPLY", "COUNTER", "DECLINECOUNTER", "PUBLISH")
ALWAYS = ("From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type")
AT_TIMES = ("List-Unsubscribe", "List-Unsubscribe-Post", "Content-Transfer-Encoding")
MESSAGE_ID = re.compile(r"<[A-Za-z0-9.-]+@[A-Za-z0-9.-]+>")
WEB_ADDRESS = re.compile(r"https?://[!-;=?-~]+")


class UnsafeMail(Exception):
    """The headers found in a message are not those that were meant. It is neither kept nor sent."""


@dataclass(frozen=True)
class Address:
    """Whom a mail is for."""

    email: str
    name: str = ""


@dataclass(frozen=True)
class Envelope:
    """What a mail server is told, and what the message says of itself."""

    sender: Address
    recipient: Address
    subject: str
    message_id: str


def compose(
    to: Address,
    subject: str,
    text: str,
    html: str | None = None,
    *,
    sender_name: str,
    message_id: str,
    ics: bytes | None = None,
    method: str | None = None,
    unsubscribe_url: str | None = None,
    colour: str | None = None,
) -> bytes:
    """One mail for one person. With `ics`, mail programs show it as an invitation. `colour` is the brand's.

    Raises:
        UnsafeMail: when what came out is not what was meant, whatever somebody typed into a name or a title.
        ValueError: for a method, a Message-ID or an address that is none.
    """
    sender = Address(settings().mail_from, header_text(sender_name))
    meant = Envelope(sender, replace(to, name=header_text(to.name)), header_text(subject), message_id)
    if not MESSAGE_ID.fullmatch(message_id):
        raise ValueError("a Message-ID comes from mail.message_id()")
    look = with_styles(_whole(html), colour) if html else None
    octets = _head(meant, unsubscribe_url).encode("ascii") + _body(text, look, ics, method).as_bytes()
    if _comparable(envelope(octets)) != _comparable(meant):
        raise UnsafeMail("the headers found are not those that were meant")
    return octets


def message_id(*parts: object) -> str:
    """A Message-ID that is the same for the same parts, so that a copy sent after a lost answer merges with the first.

    For an invitation: the person, the session's UID and its SEQUENCE. It tells nothing about them.
    """
    told = "\x1f".join(str(part) for part in parts)
    digest = hashlib.blake2b(told.encode(), key=settings().secret_key.encode()[:64], digest_size=18)
    return f"<{digest.hexdigest()}@{settings().mail_host}>"


def envelope(octets: bytes) -> Envelope:
    """Read a whole message again, as a mail server would, and say whom it is from and for.

    Raises:
        UnsafeMail: when a header stands there twice, is missing, or is none of those that we write.
    """
    head, blank, _body = octets.partition(b"\r\n\r\n")
    if not blank or b"\n" in head.replace(b"\r\n", b"") or b"\r" in head.replace(b"\r\n", b"") or not head.isascii():
        raise UnsafeMail("the headers are not lines of ASCII that end in CRLF")
    message = message_from_bytes(octets, policy=POLICY)
    names = message.keys()
    if len(set(names)) != len(names) or not set(ALWAYS) <= set(names) <= {*ALWAYS, *AT_TIMES}:
        raise UnsafeMail("there are other headers than those that were meant")
    if message.defects or any(value.defects for value in message.values()):
        raise UnsafeMail("a header cannot be read again")
    return Envelope(_only(message, "From"), _only(message, "To"), str(message["Subject"]), str(message["Message-ID"]))


def _only(message: EmailMessage, header: str) -> Address:
    mailboxes = message[header].addresses
    if len(mailboxes) != 1:
        raise UnsafeMail(f"{header} names {len(mailboxes)} mailboxes")
    return Address(mailboxes[0].addr_spec, mailboxes[0].display_name)


def _comparable(found: Envelope) -> tuple[str, ...]:
    # Python reads a name of several encoded words with spaces between them.
    names = ["".join(who.name.split()) for who in (found.sender, found.recipient)]
    return (found.sender.email, found.recipient.email, found.subject, found.message_id, *names)


def _head(meant: Envelope, unsubscribe_url: str | None) -> str:
    # Written here and not by the library, which before 3.13 folds names wrongly and encodes long links.
    lines = [
        f"From: {_mailbox(meant.sender)}",
        f"To: {_mailbox(meant.recipient)}",
        f"Subject: {_words(meant.subject)}",
        f"Date: {format_datetime(clock.now())}",
        f"Message-ID: {meant.message_id}",
        # Out-of-office programs do not answer what no person wrote.
        "Auto-Submitted: auto-generated",
    ]
    if unsubscribe_url:
        if not WEB_ADDRESS.fullmatch(unsubscribe_url):
            raise ValueError("an unsubscribe link is an address of ours")
        lines += [f"List-Unsubscribe: <{unsubscribe_url}>", "List-Unsubscribe-Post: List-Unsubscribe=One-Click"]
    return "".join(line + "\r\n" for line in lines)


def _mailbox(who: Address) -> str:
    if not who.name:
        return who.email
    if who.name.isascii():
        quoted = who.name.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{quoted}" <{who.email}>'
    return f"{_encoded(who.name)} <{who.email}>"


def _words(subject: str) -> str:
    # A line of up to 998 characters is allowed, and nothing shorter breaks in every mail program's way.
    return subject if subject.isascii() and len(subject) < 900 else _encoded(subject)


def _encoded(words: str) -> str:
    """RFC 2047, in pieces that each hold whole characters and no more than 75 of their own."""
    pieces = [""]
    for character in words:
        if len((pieces[-1] + character).encode()) > 45:
            pieces.append("")
        pieces[-1] += character
    return "\r\n ".join(f"=?utf-8?b?{b64encode(piece.encode()).decode()}?=" for piece in pieces)


def _body(text: str, html: str | None, ics: bytes | None, method: str | None) -> EmailMessage:
    body = EmailMessage(POLICY)
    body.set_content(_lines(text), cte="quoted-printable")
    if html:
        body.add_alternative(_lines(html), subtype="html", cte="base64")
    if ics is None:
        return body
    if method not in METHODS or b"\r\nMETHOD:" + method.encode() + b"\r\n" not in ics:
        raise ValueError("the method is the one that the calendar names")
    # Last of the alternatives and not an attachment: Gmail and Outlook show the buttons for this part, or for none.
    params = {"method": method, "charset": "UTF-8"}
    body.add_alternative(ics, maintype="text", subtype="calendar", cte="base64", params=params)
    # The same octets once more, for programs that only open files.
    params = {"name": "invite.ics"}
    body.add_attachment(ics, maintype="application", subtype="ics", cte="base64", params=params, filename="invite.ics")
    return body


def _lines(text: str) -> str:
    return _whole(text).replace("\r\n", "\n").replace("\r", "\n").rstrip("\n") + "\n"


def _whole(text: str) -> str:
    return text.encode("utf-8", "ignore").decode()  # half a character would stop the mail
