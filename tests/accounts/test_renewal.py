"""After a change of rights a browser gets a new session id, with the next form that a person sends."""

import pytest
from sqlalchemy import select

from meetup.accounts.models import SignIn
from meetup.extensions import db
from tests.makers import NOON


@pytest.fixture
def ids(people, client, sign_in):
    """Sign a customer in whose rights have changed since; call it for the ids that are kept of their browser."""
    sign_in(people.customer)
    people.customer.person.rights_changed_at = NOON
    db.session.commit()
    return lambda: db.session.scalars(select(SignIn.token_hash)).all()


def test_a_form_brings_a_new_id(client, ids, noon):
    before = ids()

    client.post("/me/name", data={"name": "Ines"}, headers={"Sec-Fetch-Mode": "navigate"})

    assert ids() != before
    assert client.get("/me").status_code == 200


def test_what_a_script_sends_brings_none(client, ids, noon):
    """The page's stream is under way at the same moment, and would be turned away with the old id."""
    before = ids()

    client.post("/me/name", data={"name": "Ines"}, headers={"Sec-Fetch-Mode": "cors"})

    assert ids() == before
