"""What invites hold of a person goes with the person."""

import pytest

from meetup.invites import rules
from meetup.shared import owndata
from tests.makers import NOON

pytestmark = pytest.mark.usefixtures("noon")


def test_everybody_can_take_out_their_own_entries(seated, people):
    held = owndata.PARTS["invites"].held(people.customer.person_id)

    assert held == [
        {
            "session": seated.title,
            "uid": seated.uid,
            "sequence": 0,
            "because": "seat",
            "made_at": "2026-12-02T12:00:00Z",
            "withdrawn_at": None,
        }
    ]


def test_erasing_leaves_none_of_theirs_and_all_of_the_others(seated, people):
    owndata.PARTS["invites"].erase(people.customer.person_id, NOON)

    assert rules.invite_of(people.customer.person, seated) is None
    assert rules.invite_of(people.guest.person, seated) is not None
