"""Only hosts of this brand set its tables; to everybody else a draft does not exist."""

import pytest

from meetup.extensions import db
from meetup.sessions.phases import Phase

pytestmark = pytest.mark.usefixtures("noon")
PAGES = ["edit", "publication", "cancellation", "times"]
NOT_HOSTS = ["expert", "customer", "guest", "outsider", "rival_staff", "stranger"]


@pytest.mark.parametrize("who", NOT_HOSTS)
def test_a_published_session_is_not_theirs_to_change(client, sign_in, people, who):
    sign_in(getattr(people, who))
    path = f"/b/{people.brand.slug}/s/{people.bof_session.slug}"

    assert [client.get(f"{path}/{page}").status_code for page in PAGES] == [403] * 4
    assert [client.post(f"{path}/{page}").status_code for page in [*PAGES, "copies"]] == [403] * 5


@pytest.mark.parametrize("who", NOT_HOSTS)
def test_a_draft_does_not_exist_for_them(client, sign_in, people, make, who):
    draft = make.bof_session(people.brand, Phase.DRAFT)
    db.session.commit()
    sign_in(getattr(people, who))
    path = f"/b/{people.brand.slug}/s/{draft.slug}"

    assert [client.get(f"{path}/{page}").status_code for page in PAGES] == [404] * 4
    assert [client.post(f"{path}/{page}").status_code for page in [*PAGES, "copies"]] == [404] * 5


@pytest.mark.parametrize("who", ["staff", "owner"])
def test_hosts_may(client, sign_in, people, who):
    sign_in(getattr(people, who))
    path = f"/b/{people.brand.slug}/s/{people.bof_session.slug}"

    assert [client.get(f"{path}/{page}").status_code for page in PAGES] == [200] * 4
    assert client.get(f"/b/{people.brand.slug}/sessions/new").status_code == 200


def test_a_visitor_signs_in_first(client, people):
    path = f"/b/{people.brand.slug}/s/{people.bof_session.slug}"

    assert {client.get(f"{path}/{page}").status_code for page in PAGES} == {303}
    assert client.get(f"/b/{people.brand.slug}/calendar").status_code == 303


@pytest.mark.parametrize("who", NOT_HOSTS)
def test_nobody_else_sets_a_table(client, sign_in, people, who):
    sign_in(getattr(people, who))

    assert client.get(f"/b/{people.brand.slug}/sessions/new").status_code == 403
    assert client.post(f"/b/{people.brand.slug}/sessions/new", data={"do": "draft"}).status_code == 403


def test_a_session_is_found_under_its_own_brand_only(client, sign_in, people):
    sign_in(people.rival_staff)

    assert client.get(f"/b/{people.rival.slug}/s/{people.bof_session.slug}/edit").status_code == 404
    assert client.get(f"/b/{people.rival.slug}/calendar").status_code == 200
