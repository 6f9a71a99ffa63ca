"""A table where people talk: say things at it as anybody, at any time."""

from datetime import timedelta
from itertools import count
from uuid import UUID

import pytest

from meetup.extensions import db
from meetup.live.engine import live_of
from meetup.rooms import rules
from meetup.rooms.line import topic_of
from meetup.rooms.stream import OpenTables
from meetup.sessions.rules import hold_table
from meetup.shared import database
from tests.makers import NOON

numbers = count(1)


def key(number=None):
    """A page's name for what it sends: another one each time, unless told which."""
    return str(UUID(int=next(numbers) if number is None else number))


def minutes(after_noon):
    return NOON + timedelta(minutes=after_noon)


@pytest.fixture
def say(people):
    """`say(who, "words", at=…, to=…, asks=True)`: at the first table, unless told where. Commits."""

    def say(who, body="Bread", at=NOON, to=None, table=None, **more):
        table = hold_table(table or people.table)
        words = rules.Words(more.pop("key", None) or key(), body, to, **more)
        message, _ = rules.say(who.person, table, words, at)
        db.session.commit()
        return message

    return say


class Room:
    """One room as people reach it: each with a browser of their own."""

    def __init__(self, app, sign_in, people, table=None):
        self.app, self.sign_in, self.people = app, sign_in, people
        self.browsers = {}
        self.table = table or people.table
        self.address = f"/b/{people.brand.slug}/s/{people.bof_session.slug}/t/{self.table.number}"

    def browser(self, who):
        if who not in self.browsers:
            browser = self.browsers[who] = self.app.test_client()
            if who != "visitor":
                self.sign_in(getattr(self.people, who), browser)
        return self.browsers[who]

    def get(self, who, path="", **more):
        return self._send(who, "GET", path, **more)

    def post(self, who, path, script=False, **data):
        headers = {"Accept": "application/json"} if script else {}
        return self._send(who, "POST", path, data=data, headers=headers)

    def say(self, who, body="Bread", script=True, **data):
        return self.post(who, "/messages", script=script, **{"body": body, "client_key": key(), **data})

    def _send(self, who, method, path, **more):
        browser = self.browser(who)
        answer = browser.open(self.address + path, method=method, **more)
        # The request shared this test's session, which must not go on in its transaction.
        db.session.rollback()
        db.session.expire_all()
        return answer


@pytest.fixture
def room(app, sign_in, people, noon):
    """`room.get("guest")`, `room.say("customer", "words")`; the clock stands at noon, and the table is open."""
    yield Room(app, sign_in, people)
    live_of(app).stop()


@pytest.fixture
def hear(people, noon):
    """`hear(after)`: what a reader thread would read of the first table now."""

    def hear(after=0, table=None):
        db.session.commit()
        topic = topic_of(table or people.table)
        try:
            with database.reading():
                return OpenTables().read(topic, after, 300)
        finally:
            db.session.rollback()
            db.session.expire_all()

    return hear
