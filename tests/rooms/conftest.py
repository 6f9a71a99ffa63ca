"""A table where people talk: say things at it as anybody, at any time."""

from datetime import timedelta
from itertools import count
from uuid import UUID

import pytest

from meetup.extensions import db
from meetup.rooms import rules
from meetup.rooms.line import locked
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
        table = locked(table or people.table)
        words = rules.Words(more.pop("key", None) or key(), body, to, **more)
        message, _ = rules.say(who.person, table, words, at)
        db.session.commit()
        return message

    return say
