"""GET, HEAD and OPTIONS change nothing, whatever a view tries: the database refuses."""

from dataclasses import replace

import pytest
from sqlalchemy.exc import DatabaseError

from meetup import create_app
from meetup.accounts.models import Person
from meetup.extensions import db
from meetup.shared.access import public
from tests.makers import NOON


@pytest.fixture
def scribbler(app, settings):
    """The app with one page more, which writes whenever it is asked for."""
    other = create_app(replace(settings, demo=False))
    other.testing = True
    other.config["WTF_CSRF_ENABLED"] = False

    @other.route("/scribble", methods=["GET", "POST"])
    @public
    def scribble():
        db.session.add(Person(name="Nobody", joined_at=NOON))
        db.session.commit()
        return "written"

    yield other.test_client()
    with other.app_context():
        db.engine.dispose()


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_request_that_reads_cannot_write(scribbler, method):
    with pytest.raises(DatabaseError):
        scribbler.open("/scribble", method=method)


def test_a_post_can(scribbler):
    assert scribbler.post("/scribble").text == "written"
