"""Whoever loses a right stops hearing at once: real streams, ended by what happens on our pages."""

import queue
import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from meetup.accounts.models import SignIn
from meetup.brands.models import Role, RoleInvitation
from meetup.extensions import db
from meetup.live.engine import live_of
from meetup.sessions.phases import Phase
from meetup.shared.clock import now

SECONDS = 3


class Listening:
    """One browser that listens to a room."""

    def __init__(self, browser, address):
        self.said = queue.Queue()
        self.response = browser.get(f"{address}/stream")
        assert self.response.status_code == 200
        threading.Thread(target=self._listen, daemon=True).start()
        self.until("event: beat")
        db.session.rollback()  # the page that was read held a transaction that cannot write

    def _listen(self):
        for chunk in self.response.iter_encoded():
            self.said.put(chunk.decode())

    def until(self, words):
        while words not in (said := self.said.get(timeout=SECONDS)):
            pass
        return said


@pytest.fixture
def room(people, make, app):
    """An open room as of now: the streams' threads have no clock of ours."""
    bof_session = make.bof_session(people.brand, Phase.OPEN, tables=1, around=now())
    make.seat(bof_session.tables[0], people.customer)
    db.session.commit()
    yield f"/b/{people.brand.slug}/s/{bof_session.slug}/t/1"
    live_of(app).stop()


def suspension(people, browser):
    return browser.post(f"/b/{people.brand.slug}/members/{people.customer.public_id}/suspension")


def revocation(people, browser):
    return browser.post(f"/b/{people.brand.slug}/members/{people.customer.public_id}/revocation")


def own_domain(people, browser):
    domain = people.customer.person.email.partition("@")[2]
    people.rival_staff.person.email = "rita@elsewhere.example"
    data = {"domain": domain, "kind": "own"}
    return browser.post(f"/b/{people.brand.slug}/settings/domains", data=data)


@pytest.mark.parametrize("act", [suspension, revocation, own_domain])
def test_whom_an_owner_puts_out_hears_nothing_more(app, people, room, sign_in, act):
    listening = Listening(sign_in(people.customer, app.test_client()), room)
    owner = sign_in(people.owner, app.test_client())

    assert act(people, owner).status_code == 303

    assert "event: gone" in listening.until("event: gone")


def leaving(people, browser):
    return browser.post(f"/b/{people.brand.slug}/leave", data={"confirmed": "yes"})


def changing_sides(people, browser):
    made = RoleInvitation(brand_id=people.brand.id, email=people.customer.person.email, role=Role.EXPERT, made_at=now())
    db.session.add(made)
    db.session.commit()
    return browser.post(f"/b/{people.brand.slug}/invitations/{made.public_id}")


def signing_out(people, browser):
    theirs = select(SignIn.id).where(SignIn.person_id == people.customer.person_id).order_by(SignIn.id)
    return browser.post(f"/me/sign-ins/{db.session.scalars(theirs).first()}/end")


def erasing(people, browser):
    return browser.post("/me/erasure", data={"words": "erase me"})


@pytest.mark.parametrize("act", [leaving, changing_sides, signing_out, erasing])
def test_who_goes_by_themselves_hears_nothing_more(app, people, room, sign_in, act):
    listening = Listening(sign_in(people.customer, app.test_client()), room)
    elsewhere = sign_in(people.customer, app.test_client())

    assert act(people, elsewhere).status_code == 303

    assert "event: gone" in listening.until("event: gone")


def test_whoever_keeps_their_right_goes_on_hearing(app, people, room, sign_in, make):
    listening = Listening(sign_in(people.customer, app.test_client()), room)
    owner = sign_in(people.owner, app.test_client())

    owner.post(f"/b/{people.brand.slug}/members/{people.outsider.public_id}/suspension")

    with pytest.raises(queue.Empty):
        listening.said.get(timeout=timedelta(seconds=1).total_seconds())
