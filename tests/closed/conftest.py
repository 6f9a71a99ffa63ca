"""A closed table as people reach it, each with a browser of their own."""

from datetime import timedelta
from itertools import count
from uuid import UUID

import pytest

from meetup.extensions import db
from tests.makers import NOON

numbers = count(1)
UNKNOWN = 9  # there is no such table; as long as the number of one that is there


def mark():
    return str(UUID(int=next(numbers)))


class Closed:
    """The evening of the cast, its door shut ten minutes ago. `closed.get("staff")`, `closed.say("customer", "…")`."""

    def __init__(self, app, sign_in, people):
        self.app, self.sign_in, self.people = app, sign_in, people
        self.browsers = {}
        self.session = f"/b/{people.brand.slug}/s/{people.bof_session.slug}"
        self.number = people.table.number

    def address(self, number=None):
        return f"{self.session}/t/{self.number if number is None else number}/closed"

    def browser(self, who):
        if who not in self.browsers:
            self.browsers[who] = self.app.test_client()
            if who != "visitor":
                self.sign_in(getattr(self.people, who), self.browsers[who])
        return self.browsers[who]

    def ask(self, who, method, path, number=None, script=False, **more):
        headers = {"Accept": "application/json"} if script else {}
        answer = self.browser(who).open(self.address(number) + path, method=method, headers=headers, **more)
        # The request shared this test's session, which must not go on in its transaction.
        db.session.rollback()
        db.session.expire_all()
        return answer

    def get(self, who, path="", **more):
        return self.ask(who, "GET", path, **more)

    def post(self, who, script=True, number=None, **data):
        return self.ask(who, "POST", "/entries", number, script, data={"client_key": mark(), **data})

    def say(self, who, body="Eighteen per cent.", **data):
        return self.post(who, **{"kind": "say", "body": body, **data})


@pytest.fixture
def closed(app, sign_in, people, noon):
    """At noon the door has been shut for ten minutes; it all ends half an hour later."""
    bof_session = people.bof_session
    bof_session.doors_at, bof_session.starts_at = NOON - timedelta(minutes=80), NOON - timedelta(minutes=70)
    bof_session.closes_at, bof_session.ends_at = NOON - timedelta(minutes=10), NOON + timedelta(minutes=30)
    db.session.commit()
    return Closed(app, sign_in, people)
