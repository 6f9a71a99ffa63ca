"""Addresses that nobody made: whatever is typed there, the answer is that nothing is here."""

import pytest

from meetup.extensions import db


@pytest.mark.parametrize("address", ["/%00", "/b/%00", "/b/x%00y/s/z", "/?next=%00", "/b/fernhill?after=a%00b"])
def test_a_nul_in_an_address_leads_nowhere(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("number", ["0", "99", "999999999999", "9" * 400])
def test_a_table_number_that_nobody_gave_leads_nowhere(client, sign_in, people, number):
    sign_in(people.customer)
    db.session.commit()
    session = f"/b/{people.brand.slug}/s/{people.bof_session.slug}"

    assert client.get(f"{session}/t/{number}").status_code == 404
    assert client.post(f"{session}/t/{number}/arrival").status_code == 404


def test_a_slash_at_the_end_leads_to_the_same_page(client, people):
    assert client.get(f"/b/{people.brand.slug}/").status_code == 200
