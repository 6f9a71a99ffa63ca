"""Two hosts at once, and a host and a guest at once: one of them goes first, and nobody's words or seat are lost."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from meetup.accounts.models import Person
from meetup.extensions import db
from meetup.invites import rules
from meetup.registrations.models import Seat
from meetup.sessions.models import BofSession, BofTable
from meetup.shared.errors import Refused
from tests.makers import NOON
from tests.sessions.typed import form_of, plan_of

pytestmark = pytest.mark.usefixtures("noon")


@pytest.fixture
def at_once(app):
    """Do all of these in the same instant, each in a thread and a context of its own; what each of them returned."""

    def at_once(*deeds):
        db.session.commit()
        barrier = Barrier(len(deeds))

        def one(deed):
            with app.app_context():
                barrier.wait()
                return deed()

        with ThreadPoolExecutor(len(deeds)) as pool:
            return list(pool.map(one, deeds))

    return at_once


def page(bof_session, name):
    return f"/b/{bof_session.brand.slug}/s/{bof_session.slug}/{name}"


def test_of_two_hosts_who_save_at_once_one_is_shown_the_others_words(app, sign_in, people, make, at_once):
    bof_session = make.bof_session(people.brand, title="As it was")
    browsers = [sign_in(host, app.test_client()) for host in (people.staff, people.owner)]
    address, forms = page(bof_session, "edit"), [form_of(bof_session, title=title) for title in ("One", "Two")]

    answers = at_once(
        *(lambda b=b, f=f: b.post(address, data=f).status_code for b, f in zip(browsers, forms, strict=True))
    )

    db.session.refresh(bof_session)
    assert sorted(answers) == [303, 409]
    assert bof_session.title == ("One" if answers[0] == 303 else "Two")
    assert bof_session.revision == 1


def test_a_press_that_two_hosts_make_at_once_counts_once(app, sign_in, people, at_once):
    running, closes = people.bof_session, people.bof_session.closes_at
    browsers = [sign_in(host, app.test_client()) for host in (people.staff, people.owner)]
    address, press = page(running, "times"), {"move": "longer", "version": running.revision}

    answers = at_once(*(lambda b=b: b.post(address, data=press).status_code for b in browsers))

    db.session.refresh(running)
    assert sorted(answers) == [303, 409]
    assert (running.closes_at - closes).total_seconds() == 300


def test_a_table_that_goes_and_a_person_who_comes_never_both_succeed(people, make, at_once):
    bof_session = make.bof_session(people.brand, tables=2)
    last, who = bof_session.tables[1].id, people.outsider.person_id
    session_id = bof_session.id

    def take_it_away():
        held = db.session.get_one(BofSession, session_id)
        plan = plan_of(held)
        try:
            rules.edit(held, plan_of(held, tables=plan.tables[:1]), NOON)
        except Refused:
            db.session.rollback()
            return False
        db.session.commit()
        return True

    def sit_down():
        table = db.session.get(BofTable, last)
        try:
            if table is None:
                return False
            rules.take_seat(db.session.get_one(Person, who), table, NOON)
        except Refused:
            db.session.rollback()
            return False
        db.session.commit()
        return True

    went, sat = at_once(take_it_away, sit_down)

    assert went != sat
    assert db.session.query(Seat).filter_by(table_id=last).count() == int(sat)
