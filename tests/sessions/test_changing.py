"""Hosts change a session, publish it and call it off; nobody loses a seat or a word by it."""

from datetime import timedelta

import pytest

from meetup.extensions import db
from meetup.invites import rules
from meetup.registrations.models import Seat
from meetup.sessions.filling import filled
from meetup.sessions.models import BofSession
from meetup.sessions.phases import Phase
from tests.makers import NOON
from tests.sessions.typed import ROW, form_of

pytestmark = pytest.mark.usefixtures("noon")
MINUTE = timedelta(minutes=1)


@pytest.fixture
def to_come(people, make):
    """A published session with two tables; the customer and the guest sit at the first."""
    bof_session = make.bof_session(people.brand, tables=0, host_id=people.staff.id)
    first = make.table(bof_session, expert=people.expert)
    make.table(bof_session, topic="Wine and cheese")
    make.seat(first, people.customer)
    make.seat(first, people.guest)
    db.session.commit()
    return bof_session


def at(bof_session, page):
    return f"/b/{bof_session.brand.slug}/s/{bof_session.slug}/{page}"


@pytest.fixture
def save(client, sign_in, people):
    sign_in(people.staff)
    return lambda bof_session, **changes: client.post(at(bof_session, "edit"), data=form_of(bof_session, **changes))


def test_a_form_sent_back_untouched_changes_nothing(save, to_come):
    before = (to_come.instants, to_come.sequence, [(each.id, each.number) for each in to_come.tables])

    assert save(to_come).status_code == 303

    db.session.refresh(to_come)
    assert (to_come.instants, to_come.sequence, [(each.id, each.number) for each in to_come.tables]) == before


@pytest.mark.parametrize("zone", ["Europe/London", "Australia/Lord_Howe", "America/New_York"])
def test_seconds_that_no_field_shows_are_kept(save, to_come, zone):
    to_come.zone, to_come.ends_at = zone, to_come.ends_at + timedelta(seconds=37)
    db.session.commit()

    save(to_come, title="Another title")

    db.session.refresh(to_come)
    assert (to_come.title, to_come.ends_at.second) == ("Another title", 37)


def test_a_changed_hour_moves_that_hour_alone(save, to_come):
    doors, starts, closes, _ends = to_come.instants

    save(to_come, ends="15:00")

    db.session.refresh(to_come)
    assert to_come.instants == (doors, starts, closes, NOON + 180 * MINUTE)
    assert (to_come.sequence, to_come.stamped_at) == (1, NOON)


def test_whoever_edits_hears_how_many_will_be_told(save, to_come, client, people):
    for who in (people.customer, people.outsider):
        rules.take_seat(who.person, to_come.tables[1], NOON)
    db.session.commit()

    page = client.get(save(to_come, ends="15:00").location)

    assert "Saved. 2 people will be told in five minutes" in page.text


def test_what_somebody_else_saved_meanwhile_is_shown_and_not_written_over(save, to_come):
    stale = form_of(to_come, title="Mine", place="Mill Lane")
    save(to_come, title="Theirs")

    response = save(to_come, **stale)

    db.session.refresh(to_come)
    assert response.status_code == 409
    assert to_come.title == "Theirs"
    assert "Somebody else changed this session" in response.text
    assert "<td>Theirs</td><td>Mine</td>" in response.text
    assert "<td>nothing</td><td>Mill Lane</td>" in response.text
    assert 'value="Mine"' in response.text


def test_saving_once_more_after_that_is_a_decision(save, to_come):
    stale = form_of(to_come, title="Mine")
    save(to_come, title="Theirs")
    save(to_come, **stale)
    db.session.refresh(to_come)

    assert save(to_come, **stale | {"version": str(to_come.revision)}).status_code == 303

    db.session.refresh(to_come)
    assert to_come.title == "Mine"


def test_a_table_with_people_at_it_is_not_taken_away(save, to_come):
    form = form_of(to_come)
    rows = {name: None for name in form if name.startswith("tables-0")}

    response = save(to_come, **rows)

    assert response.status_code == 409
    assert "has 2 people at it. Ask them to move before you take it away." in response.text
    assert db.session.query(Seat).count() >= 2


def test_an_empty_table_is_taken_away_and_the_other_keeps_its_number(save, to_come):
    rows = {name: None for name in form_of(to_come) if name.startswith("tables-1")}

    assert save(to_come, **rows).status_code == 303

    db.session.refresh(to_come)
    assert [(each.number, each.topic) for each in to_come.tables] == [(1, "Bread and anything baked")]


def test_a_further_table_of_a_published_session_gets_a_further_number(save, to_come):
    new = {"tables-2-topic": "Waste", "tables-2-seats": "4", "tables-2-expert": "", "tables-2-vertical": ""}

    save(to_come, **new)

    db.session.refresh(to_come)
    assert [(each.number, each.topic) for each in to_come.tables][2:] == [(3, "Waste")]


def test_a_table_never_shrinks_below_its_people(save, to_come, make):
    make.seat(to_come.tables[0])
    db.session.commit()

    response = save(to_come, **{"tables-0-seats": "2"})

    assert response.status_code == 409
    assert "has 3 people at it: it needs 3 seats or more." in response.text


def test_when_a_table_shrinks_whoever_sat_on_a_chair_that_went_takes_a_free_one(save, to_come):
    seat = db.session.query(Seat).filter_by(table_id=to_come.tables[0].id).order_by(Seat.number.desc()).first()
    seat.number = 9
    db.session.commit()

    assert save(to_come, **{"tables-0-seats": "2"}).status_code == 303

    numbers = db.session.query(Seat.number).filter_by(table_id=to_come.tables[0].id).order_by(Seat.number)
    assert [number for (number,) in numbers] == [1, 2]


def test_guests_who_have_a_seat_keep_their_open_part(save, to_come):
    response = save(to_come, closes=form_of(to_come)["starts"])

    assert response.status_code == 409
    assert "one guest could not stay" in response.text


def test_a_table_of_another_session_is_not_taken_over(save, to_come, people):
    response = save(to_come, **{"tables-0-ref": people.table.public_id})

    assert response.status_code == 422
    assert people.table.bof_session_id == people.bof_session.id


def test_one_table_in_two_rows_is_refused(save, to_come):
    ref = to_come.tables[0].public_id

    assert save(to_come, **{"tables-1-ref": ref}).status_code == 422


def test_while_it_runs_what_is_to_come_may_move(save, people):
    running = people.bof_session

    assert save(running, ends="14:00").status_code == 303

    db.session.refresh(running)
    assert running.ends_at == NOON + 120 * MINUTE


def test_while_it_runs_what_has_passed_stays(save, people):
    response = save(people.bof_session, starts="11:55")

    assert response.status_code in (409, 422)
    assert "has passed" in response.text.lower()


def test_a_table_stays_once_the_doors_are_open(save, people, make):
    make.table(people.bof_session, topic="Empty")
    db.session.commit()
    rows = {name: None for name in form_of(people.bof_session) if name.startswith("tables-2")}

    response = save(people.bof_session, **rows)

    assert response.status_code == 409
    assert "The doors are open: “Empty” stays until the end." in response.text


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("what", ["edit", "times", "cancellation", "publication"])
@pytest.mark.parametrize("phase", [Phase.CLOSED, Phase.ENDED, Phase.CANCELLED])
def test_once_the_door_is_shut_nobody_changes_anything(client, sign_in, people, make, phase, what, method):
    bof_session = make.bof_session(people.brand, phase)
    db.session.commit()
    sign_in(people.owner)

    assert getattr(client, method)(at(bof_session, what), data={"confirmed": "yes"}).status_code == 403


def test_publishing_asks_once_more_then_shows_it_to_everybody(client, sign_in, people, make):
    draft = make.bof_session(people.brand, Phase.DRAFT, title="Something else", host_id=people.staff.id)
    db.session.commit()
    sign_in(people.staff)

    assert "Ready to be seen?" in client.get(at(draft, "publication")).text
    response = client.post(at(draft, "publication"))

    assert response.location == f"/b/{people.brand.slug}/s/something-else"
    assert draft.phase(NOON) is Phase.SCHEDULED


def test_without_a_table_there_is_nothing_to_publish(client, sign_in, people, make):
    draft = make.bof_session(people.brand, Phase.DRAFT, tables=0)
    db.session.commit()
    sign_in(people.staff)

    assert "Add a table first" in client.get(at(draft, "publication")).text
    assert client.post(at(draft, "publication")).status_code == 409
    assert draft.published_at is None


def test_doors_whose_time_went_by_while_it_was_written_open_as_it_is_published(client, sign_in, people, make):
    soon = {"doors_at": NOON - MINUTE, "starts_at": NOON + 3 * MINUTE}
    draft = make.bof_session(people.brand, Phase.DRAFT, **soon)
    db.session.commit()
    sign_in(people.staff)

    assert "Its doors open as soon as you publish it." in client.get(at(draft, "publication")).text
    assert client.post(at(draft, "publication")).status_code == 303
    assert draft.doors_at == draft.published_at == NOON
    assert draft.phase(NOON) is Phase.DOORS


def test_what_would_have_begun_is_not_published(client, sign_in, people, make):
    draft = make.bof_session(people.brand, Phase.DRAFT, doors_at=NOON - MINUTE, starts_at=NOON)
    db.session.commit()
    sign_in(people.staff)

    assert "It would already have begun." in client.get(at(draft, "publication")).text
    assert client.post(at(draft, "publication")).status_code == 409
    assert draft.published_at is None


def test_publishing_twice_publishes_once(client, sign_in, people, make):
    draft = make.bof_session(people.brand, Phase.DRAFT, title="Twice")
    db.session.commit()
    sign_in(people.staff)
    client.post(at(draft, "publication"))

    assert client.post(at(draft, "publication")).status_code == 303
    assert (draft.slug, draft.revision) == ("twice", 1)


def test_calling_off_asks_first_and_says_how_many_will_be_told(client, sign_in, people, to_come):
    rules.take_seat(people.outsider.person, to_come.tables[1], NOON)
    db.session.commit()
    sign_in(people.staff)

    page = client.post(at(to_come, "cancellation"))

    assert (page.status_code, to_come.cancelled_at) == (200, None)
    assert "1 person will be told by mail" in page.text
    assert client.post(at(to_come, "cancellation"), data={"confirmed": "yes"}).status_code == 303
    db.session.refresh(to_come)
    assert to_come.phase(NOON) is Phase.CANCELLED


def test_a_copy_is_a_draft_on_the_same_weekday_at_the_same_hour(client, sign_in, people, to_come):
    sign_in(people.staff)

    response = client.post(at(to_come, "copies"))

    copy = db.session.query(BofSession).order_by(BofSession.id.desc()).first()
    assert response.location == f"/b/{people.brand.slug}/s/{copy.slug}/edit"
    assert copy.starts_at == to_come.starts_at + timedelta(weeks=1)
    assert (copy.phase(NOON), copy.uid != to_come.uid) == (Phase.DRAFT, True)
    assert [(each.topic, each.expert_id) for each in copy.tables] == [
        (each.topic, each.expert_id) for each in to_come.tables
    ]


def test_a_copy_keeps_its_hour_when_the_clocks_change(client, sign_in, people, make):
    before = make.bof_session(people.brand, around=NOON.replace(year=2027, month=3, day=25))
    db.session.commit()
    sign_in(people.staff)

    client.post(at(before, "copies"))

    copy = db.session.query(BofSession).order_by(BofSession.id.desc()).first()
    assert filled(copy)["starts"] == filled(before)["starts"]
    assert copy.starts_at - before.starts_at == timedelta(weeks=1) - timedelta(hours=1)


@pytest.mark.parametrize("sent", [{"data": {}}, {"json": {"title": 5, "tables": [1]}}, {"data": b"\xff\xfe"}])
def test_a_form_without_its_fields_is_a_form_with_nothing_in_it(client, sign_in, people, to_come, sent):
    sign_in(people.staff)

    response = client.post(at(to_come, "edit"), **sent)

    assert response.status_code == 422
    assert "Give it a title." in response.text


def test_nothing_is_changed_by_a_look_however_often(client, sign_in, people, to_come):
    sign_in(people.staff)
    for page in ("edit", "publication", "cancellation", "times"):
        client.get(at(to_come, page))

    db.session.refresh(to_come)
    assert (to_come.revision, to_come.cancelled_at) == (0, None)
    assert ROW["tables-0-topic"] not in [table.topic for table in to_come.tables]
