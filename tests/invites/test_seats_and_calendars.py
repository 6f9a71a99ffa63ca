"""Taking a seat puts an entry into a calendar; giving it up takes it out again."""

from meetup.extensions import db
from meetup.invites import rules
from meetup.invites.models import Invite
from tests.makers import NOON


def test_a_seat_brings_an_invitation(people):
    rules.take_seat(people.outsider.person, people.table, NOON)

    invite = rules.invite_of(people.outsider.person, people.bof_session)
    assert (invite.uid, invite.sequence, invite.copy) == (people.bof_session.uid, 0, 1)


def test_whoever_comes_back_gets_a_copy_under_a_uid_of_its_own(people):
    who = people.outsider.person
    rules.take_seat(who, people.table, NOON)
    rules.give_up(who, people.bof_session, NOON)

    rules.take_seat(who, people.table, NOON)

    uids = [invite.uid for invite in db.session.query(Invite).order_by(Invite.id)]
    name, _, host = people.bof_session.uid.partition("@")
    assert uids == [people.bof_session.uid, f"{name}-2@{host}"]
