"""Staff set a table in three steps on one page, with or without a script."""

from datetime import UTC, datetime

import pytest

from meetup.brands.models import Role
from meetup.extensions import db
from meetup.sessions.models import BofSession
from meetup.sessions.phases import Phase
from tests.makers import NOON

TYPED = {
    "title": "What we throw away",
    "summary": "And how we found out.",
    "day": "thu 10 dec",
    "zone": "Europe/London",
    "doors": "17:50",
    "starts": "18",
    "closes": "18:55",
    "ends": "7.30 pm",
    "closed_part": "y",
    "peer_window": "3",
    "is_online": "y",
    "admits_guests": "y",
}
ROW = {"tables-0-topic": "Bread", "tables-0-seats": "8", "tables-0-expert": "", "tables-0-vertical": ""}
pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def staff(people, sign_in):
    sign_in(people.staff)
    return people


def made(people):
    return db.session.query(BofSession).filter(BofSession.id != people.bof_session.id).one()


def test_on_to_tables_keeps_a_draft(client, staff):
    response = client.post(f"/b/{staff.brand.slug}/sessions/new", data=TYPED | {"do": "tables"})

    draft = made(staff)
    assert (response.status_code, response.location) == (
        303,
        f"/b/{staff.brand.slug}/s/what-we-throw-away/edit?step=tables",
    )
    assert draft.phase(NOON) is Phase.DRAFT
    assert [f"{at:%d %H:%M}" for at in draft.instants] == ["10 17:50", "10 18:00", "10 18:55", "10 19:30"]
    assert draft.host_id == staff.staff.id


def test_it_draws(client, staff):
    for path in ("calendar", "calendar?show=drafts", "calendar?show=past", "sessions/new"):
        assert client.get(f"/b/{staff.brand.slug}/{path}").status_code == 200
    for path in ("edit", "edit?step=tables", "times", "cancellation", "publication"):
        assert client.get(f"/b/{staff.brand.slug}/s/{staff.bof_session.slug}/{path}").status_code == 200
