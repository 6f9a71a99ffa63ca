"""An entry follows its session by UID, SEQUENCE and DTSTAMP; and only whose own entry changes is told."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from meetup.brands.models import Role
from meetup.extensions import db
from meetup.invites import entries, rules
from meetup.invites.models import Invite
from meetup.sessions.phases import Phase
from meetup.shared.errors import Refused
from tests.invites.conftest import LATER, all_moved, event_of, moved, told
from tests.makers import NOON

pytestmark = pytest.mark.usefixtures("noon")
MINUTE = timedelta(minutes=1)


def email(member):
    return member.person.email


def test_a_seat_brings_an_invitation(to_come, people, mailbox):
    rules.publish(to_come, NOON)
    rules.take_seat(people.customer.person, to_come.tables[0], NOON)
    mailbox.deliver(NOON)

    event, method = event_of(mailbox.last_to(email(people.customer)))
    assert (method, str(event["UID"]), event["SEQUENCE"]) == ("REQUEST", to_come.uid, 0)
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (to_come.starts_at, to_come.ends_at)


def test_guests_and_the_brand_leave_when_the_closed_part_begins(to_come, people, mailbox):
    rules.publish(to_come, NOON)
    rules.take_seat(people.guest.person, to_come.tables[0], NOON)
    mailbox.deliver(NOON)

    ends = {event_of(mailbox.last_to(email(who)))[0]["DTEND"].dt for who in (people.guest, people.expert, people.staff)}
    assert ends == {to_come.closes_at}


def test_taking_the_seat_twice_or_moving_brings_no_second_one(to_come, people, make, mailbox):
    second = make.table(to_come, topic="Wine")
    rules.publish(to_come, NOON)
    for table in (to_come.tables[0], to_come.tables[0], second):
        rules.take_seat(people.customer.person, table, NOON)

    assert (
        len([mail for mail in mailbox.deliver(NOON) if mail["To"].addresses[0].addr_spec == email(people.customer)])
        == 1
    )


def test_a_move_raises_sequence_and_keeps_the_uid(seated, people, mailbox):
    rules.reschedule(seated, all_moved(seated, 30), NOON)
    mailbox.deliver(NOON + LATER)

    event, method = event_of(mailbox.last_to(email(people.customer)))
    assert (method, str(event["UID"]), event["SEQUENCE"]) == ("REQUEST", seated.uid, 1)
    assert (event["DTSTART"].dt, event["DTSTAMP"].dt) == (seated.starts_at, NOON)


def test_everybody_is_told_of_a_move(seated, people, mailbox):
    assert rules.reschedule(seated, all_moved(seated, 30), NOON) == 4

    assert told(mailbox) == {
        email(who): "REQUEST" for who in (people.customer, people.guest, people.expert, people.staff)
    }


def test_calling_off_outranks_whatever_anybody_holds(seated, people):
    """A guest's own entry lags behind when the end alone moves; the public file that they may hold does not."""
    rules.reschedule(seated, moved(seated, ends=15), NOON)
    guests = rules.invite_of(people.guest.person, seated)

    rules.call_off(seated, NOON)

    assert (guests.sequence, seated.sequence) == (2, 2)


def test_moving_the_end_alone_concerns_customers_alone(seated, people, mailbox):
    assert rules.reschedule(seated, moved(seated, ends=15), NOON) == 1

    assert told(mailbox) == {email(people.customer): "REQUEST"}
    assert rules.invite_of(people.guest.person, seated).sequence == 0


def test_moving_the_closing_alone_concerns_those_who_leave_then(seated, people, mailbox):
    assert rules.reschedule(seated, moved(seated, closes=10), NOON) == 3

    assert set(told(mailbox)) == {email(people.guest), email(people.expert), email(people.staff)}
    mine = rules.invite_of(people.customer.person, seated)
    assert (mine.sequence, mine.stamped_at) == (0, NOON)


def test_moving_the_doors_alone_concerns_no_calendar(seated, mailbox):
    assert rules.reschedule(seated, moved(seated, doors=-5), NOON) == 0

    assert told(mailbox) == {}


def test_another_place_raises_sequence_once(seated, people, plan_of, mailbox):
    rules.edit(seated, plan_of(seated, place="12 Mill Lane", is_online=False), NOON)
    mailbox.deliver(NOON + LATER)

    event, _ = event_of(mailbox.last_to(email(people.customer)))
    assert (str(event["LOCATION"]), event["SEQUENCE"]) == ("12 Mill Lane", 1)


def test_another_title_keeps_sequence_and_has_a_later_stamp(seated, people, plan_of, mailbox):
    assert rules.edit(seated, plan_of(seated, title="Crumbs"), NOON) == 4
    mailbox.deliver(NOON + LATER)

    event, _ = event_of(mailbox.last_to(email(people.customer)))
    assert (str(event["SUMMARY"]), event["SEQUENCE"], event["DTSTAMP"].dt) == ("Crumbs", 0, NOON)


def test_other_words_have_a_later_stamp_and_no_mail(seated, people, plan_of, mailbox):
    assert rules.edit(seated, plan_of(seated, summary="Longer than before."), NOON) == 0

    mine = rules.invite_of(people.customer.person, seated)
    assert (mine.sequence, mine.stamped_at, told(mailbox)) == (0, NOON, {})


def test_an_edit_that_changes_nothing_stamps_nothing(seated, people, plan_of):
    rules.edit(seated, plan_of(seated), NOON)

    assert rules.invite_of(people.customer.person, seated).stamped_at < NOON
    assert seated.stamped_at < NOON


def test_several_edits_within_minutes_are_one_mail(seated, people, mailbox):
    for minutes in range(1, 4):
        rules.reschedule(seated, all_moved(seated, 10), NOON + minutes * MINUTE)
        mailbox.deliver(NOON + minutes * MINUTE)
    mailbox.deliver(NOON + 20 * MINUTE)

    (mail,) = mailbox.to(email(people.customer))
    event, _ = event_of(mail)
    assert (event["SEQUENCE"], event["DTSTART"].dt) == (3, seated.starts_at)


def test_five_more_minutes_do_not_swallow_the_news_before_them(seated, people, mailbox):
    rules.reschedule(seated, all_moved(seated, -45), NOON)
    rules.reschedule(seated, moved(seated, closes=5, ends=5), NOON + 6 * MINUTE)

    assert set(told(mailbox)) >= {email(people.customer), email(people.guest)}


def test_an_editor_may_tell_at_once(seated, plan_of, mailbox):
    rules.edit(seated, plan_of(seated, title="Crumbs"), NOON, tell_at=NOON)

    assert len(told(mailbox, NOON)) == 4


def test_while_it_runs_a_move_raises_sequence_and_sends_no_mail(people, mailbox):
    running = people.bof_session
    rules.take_seat(people.outsider.person, people.table, NOON)
    mailbox.deliver(NOON)
    mailbox.empty()

    rules.reschedule(running, moved(running, closes=5, ends=5), NOON)

    assert told(mailbox) == {}
    assert (running.sequence, rules.invite_of(people.outsider.person, running).sequence) == (1, 1)


def test_whoever_has_yet_to_be_invited_is_invited_and_not_told_of_changes(to_come, people, mailbox):
    rules.publish(to_come, NOON)
    rules.take_seat(people.customer.person, to_come.tables[0], NOON)
    rules.reschedule(to_come, all_moved(to_come, 30), NOON)

    mailbox.deliver(NOON + LATER)

    (mail,) = mailbox.to(email(people.customer))
    assert mail["Subject"] == "Thu 3 Dec, 13:30: The last tray of the day"


def test_calling_off_takes_every_entry_back(seated, people, mailbox):
    assert rules.call_off(seated, NOON) == 4
    mailbox.deliver(NOON)

    event, method = event_of(mailbox.last_to(email(people.customer)))
    assert (method, str(event["STATUS"]), event["SEQUENCE"]) == ("CANCEL", "CANCELLED", 1)
    assert (str(event["UID"]), event["ATTENDEE"]) == (seated.uid, f"mailto:{email(people.customer)}")
    assert seated.phase(NOON) is Phase.CANCELLED


def test_calling_off_twice_tells_once(seated, mailbox):
    rules.call_off(seated, NOON)

    assert rules.call_off(seated, NOON) == 0
    assert len(mailbox.deliver(NOON)) == 4


def test_a_change_that_waits_is_not_told_once_it_is_called_off(seated, mailbox):
    rules.reschedule(seated, all_moved(seated, 30), NOON)
    rules.call_off(seated, NOON)

    assert set(told(mailbox).values()) == {"CANCEL"}
    assert len(mailbox.messages) == 4


def test_giving_up_takes_ones_own_entry_out_and_no_other(seated, people, mailbox):
    rules.give_up(people.customer.person, seated, NOON)

    assert told(mailbox) == {email(people.customer): "CANCEL"}
    event, _ = event_of(mailbox.last_to(email(people.customer)))
    assert ("STATUS" in event, event["SEQUENCE"], str(event["UID"])) == (False, 1, seated.uid)


def test_whoever_comes_back_gets_a_fresh_uid(seated, people, mailbox):
    who = people.customer.person
    rules.give_up(who, seated, NOON)
    rules.take_seat(who, seated.tables[0], NOON)
    mailbox.deliver(NOON)

    uids = [str(event_of(mail)[0]["UID"]) for mail in mailbox.to(who.email)]
    name, _, host = seated.uid.partition("@")
    assert sorted(uids) == sorted([seated.uid, f"{name}-2@{host}"])


def test_whoever_gave_up_hears_of_no_change(seated, people, mailbox):
    rules.reschedule(seated, all_moved(seated, 30), NOON)
    rules.give_up(people.customer.person, seated, NOON)

    assert told(mailbox)[email(people.customer)] == "CANCEL"
    assert len(mailbox.to(email(people.customer))) == 1


def test_a_new_expert_is_invited_and_the_old_one_let_go(seated, people, plan_of, mailbox):
    (table,) = plan_of(seated).tables
    rules.edit(seated, plan_of(seated, tables=[replace(table, expert=people.other_expert)]), NOON)

    assert told(mailbox) == {email(people.other_expert): "REQUEST", email(people.expert): "CANCEL"}


def test_an_expert_whose_role_has_gone_is_not_asked_back(seated, people, plan_of):
    people.expert.standing = "revoked"
    rules.leave(people.expert.person, people.brand.id, NOON)

    rules.edit(seated, plan_of(seated, title="Crumbs"), NOON)

    assert rules.invite_of(people.expert.person, seated) is None


def test_closed_from_the_start_leaves_the_brand_no_entry(to_come, people, mailbox):
    to_come.closes_at = to_come.starts_at
    rules.publish(to_come, NOON)

    assert told(mailbox) == {}
    assert entries.entry_for(to_come, Role.EXPERT) is None
    assert entries.entry_for(to_come, Role.CUSTOMER).ends_at == to_come.ends_at


def test_when_the_open_part_goes_the_brand_is_let_go(seated, people, plan_of, mailbox):
    rules.give_up(people.guest.person, seated, NOON)
    mailbox.deliver(NOON)
    mailbox.empty()
    doors, starts, _closes, ends = seated.instants

    rules.edit(seated, plan_of(seated, instants=(doors, starts, starts, ends)), NOON)

    assert told(mailbox) == {email(people.expert): "CANCEL", email(people.staff): "CANCEL"}


def test_leaving_a_brand_gives_up_every_seat_with_it(seated, people, mailbox):
    rules.leave(people.customer.person, people.brand.id, NOON)

    assert told(mailbox) == {email(people.customer): "CANCEL"}
    assert rules.invite_of(people.customer.person, seated) is None


def test_a_refused_edit_changes_nothing(seated, plan_of):
    with pytest.raises(Refused, match="people at it"):
        rules.edit(seated, plan_of(seated, tables=[]), NOON)
    db.session.rollback()

    assert (seated.revision, len(seated.tables)) == (1, 1)


@pytest.mark.parametrize("column", ["uid", "copy", "person_id", "bof_session_id", "brand_id"])
def test_what_an_entry_is_never_changes(seated, people, column):
    mine = rules.invite_of(people.customer.person, seated)
    wrong = "bof-x@tables.example" if column == "uid" else 9

    setattr(mine, column, wrong)

    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_one_entry_stands_or_none(seated, people):
    mine = rules.invite_of(people.customer.person, seated)
    same = {name: getattr(mine, name) for name in ("brand_id", "bof_session_id", "person_id", "because", "sequence")}

    db.session.add(Invite(**same, uid="x@y", copy=2, stamped_at=NOON, made_at=NOON))

    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_sequence_never_falls_whatever_happens(seated, people, mailbox):
    mine = rules.invite_of(people.customer.person, seated)
    seen = [mine.sequence]
    for happens in (
        lambda: rules.reschedule(seated, all_moved(seated, 30), NOON),
        lambda: rules.reschedule(seated, moved(seated, doors=-5), NOON),
        lambda: rules.reschedule(seated, moved(seated, ends=15), NOON),
        lambda: rules.call_off(seated, NOON),
    ):
        happens()
        db.session.refresh(mine)
        seen.append(mine.sequence)

    assert seen == sorted(seen)
    assert seen[-1] > seen[-2]
