"""Who gets what answer, for every route and method, in every phase: the product's rights, cell by cell.

How to read it. A row begins with its name, “endpoint METHOD”, and “: what” where a second request is tried; what is
sent stands in tests/access_requests.py. Below it each line has the answers, phase by phase, then those who get them;
`others` are all who are not named in this row. Where a session's phase does not matter there is one column.

An answer is `door` (the way to the sign-in page) or a status: 404 where the very existence is private, 403 where a
thing is seen and may not be touched, 409 where only the moment is wrong. What can be read in the answer is marked: `o`
words of the open part, `c` words of the closed part, `f` what people answered afterwards, `a` somebody else's address.

The principals stand in tests/access_world.py: `_here` sits at (or listens at) the table that is asked for, `_there` at
the session's other one, `_absent` had a seat there and never came, `_out` has none. `suspended`, `revoked` and
`became_staff` still have the seat they had before. The rivals belong to another brand, the operator to none.
"""

# What reaches people without a route, or goes on behind one. Each name is asked of the app: one more, or one less,
# fails. Who gets it:
STREAMS = {
    "table": "whoever gets 200 at rooms.stream; asked again at every event, of rooms.policy.who_may_hear",
    "closed": "whoever gets 200 at closed.stream; asked again at every event, of closed.policy.who_may_hear",
}
MAILS = {
    "mail.code": "the address that asks to come in, or the two between which a person moves",
    "mail.role": "the address that a host invited as expert or staff, or an owner as owner",
    "invites.request": "whoever took a seat; a session's host and its experts when it is published",
    "invites.update": "whoever holds an invitation that stands, when what it shows has changed",
    "invites.withdrawn": "whoever gave up a seat or lost it",
    "invites.called_off": "whoever held an invitation when a session was called off",
    "feedback.request": "customers and guests who came, once, after the end",
}
JOBS = {
    "accounts.codes": "nobody: forgets six digits that are no longer good",
    "accounts.knocks": "nobody: forgets tries at the door",
    "closed.erase": "nobody: deletes what was said at closed tables when a session has ended",
    "closed.sweep": "nobody: gets the deleted bytes out of the database's journal",
    "feedback.ask": "those who get feedback.request: writes the rows that send it",
    "outbox.sweep": "nobody: forgets what was sent",
    "rooms.erase_transcripts": "nobody: deletes what was said at open tables when it may not be reread any more",
}
# All of them in accounts.export, to the person whom they concern and to nobody else.
EXPORTS = {
    "accounts": "themselves: their profile and sign-ins",
    "brands": "themselves: their memberships, and the invitations to a brand's side",
    "registrations": "themselves: their places and seats",
    "invites": "themselves: the entries in their calendar",
    "rooms": "themselves: their own words at open tables, and reactions",
    "closed": "nobody, not even themselves: what is said at a closed table leaves it on no way",
    "feedback": "themselves: which sessions they answered, and what they released under their name; never answers",
}


def read(everybody: tuple[str, ...]) -> dict[str, dict[str, tuple[str, ...]]]:
    """Row → who → the answers, phase by phase.

    Raises:
        ValueError: when somebody stands twice in a row, or nobody of this name is in the cast.
    """
    rows: dict[str, dict[str, tuple[str, ...]]] = {}
    name = ""
    for line in filter(None, TABLE.splitlines()):
        if line.startswith("#"):
            continue
        if not line.startswith(" "):
            name = line.strip()
            if name in rows:
                raise ValueError(f"{name} stands there twice")
            rows[name] = {}
            continue
        words = line.split()
        answers = tuple(word for word in words if word[0].isdigit() or word == "door")
        named = words[len(answers) :]
        for who in [each for each in everybody if each not in rows[name]] if named == ["others"] else named:
            if who in rows[name] or who not in everybody:
                raise ValueError(f"{name}: {who}")
            rows[name][who] = answers
    return rows


TABLE = """
accounts.ask_both_codes POST
  door  visitor
   303  others
accounts.ask_code POST
   303  others
accounts.change_address POST
  door  visitor
   303  others
accounts.change_name POST
  door  visitor
   303  others
accounts.check_code POST
   303  others
accounts.check_password POST
   303  others
accounts.dead_letters GET
  door  visitor
   200  operator
   404  others
accounts.end_other_sign_ins POST
  door  visitor
   303  others
accounts.end_sign_in POST
  door  visitor
   303  customer_here
   404  others
accounts.enter_address GET
  door  visitor
   200  others
accounts.enter_both_codes GET
  door  visitor
   200  others
accounts.enter_code GET
   200  others
accounts.enter_erasure GET
  door  visitor
   200  others
accounts.enter_name GET
  door  visitor
   200  others
accounts.enter_password GET
   200  others
accounts.enter_password_to_keep GET
  door  visitor
   200  others
accounts.erase POST
  door  visitor
   409  rival_owner
   303  others
accounts.export GET
  door  visitor
  200o  customer_here customer_there guest_in
   200  others
accounts.me GET
  door  visitor
   200  others
accounts.remove_password POST
  door  visitor
   303  others
accounts.set_password POST
  door  visitor
   303  others
accounts.sign_in GET
   200  visitor
   302  others
accounts.sign_out POST
  door  visitor
   303  others

brands.accept_invitation POST
  door  visitor
   303  customer_out
   404  others
brands.add_name POST
  door  visitor
   303  owner
   403  others
brands.change_listing POST
  door  visitor
   404  rival_customer rival_owner operator
   303  others
brands.change_role POST
  door  visitor
   303  staff owner became_staff
   403  others
brands.change_role POST: an expert
  door  visitor
   303  owner
   403  others
brands.change_settings POST
  door  visitor
   303  owner
   403  others
brands.colour GET
   200  others
brands.confirm POST
  door  visitor
   303  staff owner became_staff
   403  others
brands.declare_domain POST
  door  visitor
   303  owner
   403  others
brands.decline POST
  door  visitor
   303  staff owner became_staff
   403  others
brands.edit_settings GET
  door  visitor
   200  owner
   403  others
brands.enter_guest GET
   200  others
brands.enter_invitation GET
  door  visitor
   200  customer_out
   404  others
brands.enter_join GET
  door  visitor
   200  others
brands.guest_link GET
  door  visitor
   200  customer_here customer_there customer_absent customer_out staff owner became_staff
   403  others
brands.invite POST
  door  visitor
   303  staff owner became_staff
   403  others
brands.invite POST: an owner
  door  visitor
   303  owner
   403  others
brands.join POST
  door  visitor
   409  suspended revoked expert_here expert_there staff owner became_staff
   303  others
brands.join_as_guest POST
  door  visitor
   409  suspended revoked expert_here expert_there staff owner became_staff
   303  others
brands.landing GET
   200  others
brands.leave POST
  door  visitor
   404  rival_customer rival_owner operator
   303  others
brands.make_code POST
  door  visitor
   303  owner
   403  others
brands.make_guest_link POST
  door  visitor
   303  customer_here customer_there customer_absent customer_out staff owner became_staff
   403  others
brands.members GET
  door  visitor
  200a  staff owner became_staff
   403  others
brands.new GET
  door  visitor
   200  others
brands.open_brand POST
  door  visitor
   303  others
brands.remove_domain POST
  door  visitor
   303  owner
   403  others
brands.remove_name POST
  door  visitor
   303  owner
   403  others
brands.rename POST
  door  visitor
   303  owner
   403  others
brands.revoke POST
  door  visitor
   303  staff owner became_staff
   403  others
brands.revoke POST: a colleague
  door  visitor
   303  owner
   403  others
brands.revoke_code POST
  door  visitor
   303  owner
   403  others
brands.show GET
   200  others
brands.suspend POST
  door  visitor
   303  staff owner became_staff
   403  others
brands.suspend POST: a colleague
  door  visitor
   303  owner
   403  others
brands.take_invitation_back POST
  door  visitor
   303  staff owner became_staff
   403  others

#draft sched  full doors  open close ended  gone
closed.show GET
  door  door  door  door  door  door  door  door  visitor
   404   404   404   404   404  200c   404   404  customer_here
   404   404   404   404   404   404   404   404  others
closed.show GET: the other table
  door  door  door  door  door  door  door  door  visitor
   404   404   404   404   404  200c   404   404  customer_there customer_absent
   404   404   404   404   404   404   404   404  others
closed.stream GET
  door  door  door  door  door  door  door  door  visitor
   404   404   404   404   404   200   404   404  customer_here
   404   404   404   404   404   404   404   404  others
closed.stream GET: the other table
  door  door  door  door  door  door  door  door  visitor
   404   404   404   404   404   200   404   404  customer_there customer_absent
   404   404   404   404   404   404   404   404  others
closed.write POST
  door  door  door  door  door  door  door  door  visitor
   404   404   404   404   404   303   404   404  customer_here
   404   404   404   404   404   404   404   404  others
closed.write POST: the other table
  door  door  door  door  door  door  door  door  visitor
   404   404   404   404   404   303   404   404  customer_there customer_absent
   404   404   404   404   404   404   404   404  others

devmail.calendar GET
   200  others
devmail.html GET
   200  others
devmail.index GET
   200  others
devmail.show GET
   200  others
devmail.source GET
   200  others

#draft sched  full doors  open close ended  gone
feedback.fill_in GET
  door  door  door  door  door  door  door  door  visitor
   404   403   403   403   403   403   200   403  customer_here customer_there guest_in
   403   403   403   403   403   403   403   403  staff owner became_staff
   404   403   403   403   403   403   403   403  others
feedback.hand_in POST
  door  door  door  door  door  door  door  door  visitor
   404   403   403   403   403   403   303   403  customer_here customer_there guest_in
   403   403   403   403   403   403   403   403  staff owner became_staff
   404   403   403   403   403   403   403   403  others
feedback.show_results GET
  door  door  door  door  door  door  door  door  visitor
   200   200   200   200   200   200  200f   200  staff owner became_staff
   404   403   403   403   403   403   403   403  others

#draft sched  full doors  open close ended  gone
invites.download GET
   404   200   200   200   200   200   200   409  others

#draft sched  full doors  open close ended  gone
registrations.agenda GET
  door  visitor
   200  others
registrations.come_in POST
  door  door  door  door  door  door  door  door  visitor
   404   409   409   303   303   303   409   409  customer_here customer_there customer_absent
   404   409   409   303   303   409   409   409  guest_in
   403   403   403   403   403   403   403   403  staff owner became_staff
   404   403   403   403   403   403   403   403  others
registrations.give_up GET
  door  door  door  door  door  door  door  door  visitor
   404   200   200   200   200   200   303   200  customer_here customer_there customer_absent suspended revoked
   404   200   200   200   200   200   303   200  guest_in
   403   403   403   403   403   403   403   403  staff owner
   200   200   200   200   200   200   303   200  became_staff
   404   403   403   403   403   403   403   403  others
registrations.remove_seat POST
  door  door  door  door  door  door  door  door  visitor
   404   303   303   303   303   303   409   303  customer_here customer_there customer_absent suspended revoked
   404   303   303   303   303   303   409   303  guest_in
   403   403   403   403   403   403   403   403  staff owner
   303   303   303   303   303   303   409   303  became_staff
   404   403   403   403   403   403   403   403  others
registrations.roster GET
  door  door  door  door  door  door  door  door  visitor
   200   200   200   200   200   200   200   200  staff owner became_staff
   404   403   403   403   403   403   403   403  others
registrations.take_seat POST
  door  door  door  door  door  door  door  door  visitor
   404   303   303   303   303   409   409   409  customer_here guest_in
   404   303   409   303   303   409   409   409  customer_there customer_absent customer_out guest_out
   403   403   403   403   403   403   403   403  staff owner became_staff
   404   403   403   403   403   403   403   403  others
registrations.take_seat POST: the other table
  door  door  door  door  door  door  door  door  visitor
   404   303   409   303   303   409   409   409  customer_here customer_out guest_in guest_out
   404   303   303   303   303   409   409   409  customer_there customer_absent
   403   403   403   403   403   403   403   403  staff owner became_staff
   404   403   403   403   403   403   403   403  others

#draft sched  full doors  open close ended  gone
rooms.arrive POST
  door  door  door  door  door  door  door  door  visitor
   404   409   409   303   303   409   409   409  customer_here customer_there customer_absent guest_in expert_here
   409   409   409   303   303   409   409   409  staff owner became_staff
   404   403   403   403   403   403   403   403  others
rooms.call POST
  door  door  door  door  door  door  door  door  visitor
   404   409   409   303   303   409   409   409  customer_here guest_in
   403   403   403   403   403   403   403   403  staff owner became_staff
   404   403   403   403   403   403   403   403  others
rooms.edit POST
  door  door  door  door  door  door  door  door  visitor
   404   409   409   303   303   409   409   409  customer_here
   403   403   403   403   403   403   403   403  staff owner became_staff
   404   403   403   403   403   403   403   403  others
rooms.edit POST: nothing
  door  door  door  door  door  door  door  door  visitor
   404   403   403  422o  422o   403  422o   403  customer_here customer_there guest_in expert_here
   404   403   403  422o  422o   403   403   403  customer_absent
   403   403   403  422o  422o   403  422o   403  staff owner became_staff
   404   403   403   403   403   403   403   403  others
rooms.helped POST
  door  door  door  door  door  door  door  door  visitor
   404   409   409   303   303   409   409   409  customer_here
   404   409   409   403   403   409   409   409  guest_in
   403   403   403   403   403   403   403   403  staff owner became_staff
   404   403   403   403   403   403   403   403  others
rooms.mark POST
  door  door  door  door  door  door  door  door  visitor
   404   409   409   409   303   409   409   409  customer_here guest_in
   403   403   403   403   403   403   403   403  staff owner became_staff
   404   403   403   403   403   403   403   403  others
rooms.message GET
  door  door  door  door  door  door  door  door  visitor
   404   403   403  200o  200o   403  200o   403  customer_here customer_there guest_in expert_here
   404   403   403  200o  200o   403   403   403  customer_absent
   403   403   403  200o  200o   403  200o   403  staff owner became_staff
   404   403   403   403   403   403   403   403  others
rooms.post POST
  door  door  door  door  door  door  door  door  visitor
   404   409   409   303   303   409   409   409  customer_here guest_in
   404   409   409   403   403   409   409   409  customer_there customer_absent
   404   409   409   303   409   409   409   409  expert_here
   409   409   409   303   303   409   409   409  staff owner became_staff
   404   403   403   403   403   403   403   403  others
rooms.post POST: nothing
  door  door  door  door  door  door  door  door  visitor
   404   422   422  422o  422o   422  422o   422  customer_here customer_there guest_in expert_here
   404   422   422  422o  422o   422   403   422  customer_absent
   422   422   422  422o  422o   422  422o   422  staff owner became_staff
   404   403   403   403   403   403   403   403  others
rooms.post POST: the other table
  door  door  door  door  door  door  door  door  visitor
   404   409   409   403   403   409   409   409  customer_here guest_in
   404   409   409   303   303   409   409   409  customer_there customer_absent
   404   409   409   303   409   409   409   409  expert_there
   409   409   409   303   303   409   409   409  staff owner became_staff
   404   403   403   403   403   403   403   403  others
rooms.post POST: to a released question
  door  door  door  door  door  door  door  door  visitor
   404   409   409   303   303   409   409   409  customer_here guest_in
   404   409   409   403   403   409   409   409  customer_there customer_absent
   404   409   409   409   303   409   409   409  expert_here
   409   409   409   409   409   409   409   409  staff owner became_staff
   404   403   403   403   403   403   403   403  others
rooms.post POST: to the table's question
  door  door  door  door  door  door  door  door  visitor
   404   409   409   303   303   409   409   409  customer_here guest_in
   404   409   409   403   403   409   409   409  customer_there customer_absent
   404   409   409   409   409   409   409   409  expert_here
   409   409   409   409   409   409   409   409  staff owner became_staff
   404   403   403   403   403   403   403   403  others
rooms.react POST
  door  door  door  door  door  door  door  door  visitor
   404   409   409   303   303   409   409   409  customer_here guest_in
   403   403   403   403   403   403   403   403  staff owner became_staff
   404   403   403   403   403   403   403   403  others
rooms.remove POST
  door  door  door  door  door  door  door  door  visitor
   404   409   409   303   303   409   409   409  customer_here
   409   409   409   303   303   409   409   409  staff owner became_staff
   404   403   403   403   403   403   403   403  others
rooms.show GET
  door  door  door  door  door  door  door  door  visitor
   404   200   200  200o  200o   200  200o   200  customer_here customer_there guest_in expert_here
   404   200   200  200o  200o   200   403   200  customer_absent
   200   200   200  200o  200o   200  200o   200  staff owner became_staff
   404   403   403   403   403   403   403   403  others
rooms.show GET: the other table
  door  door  door  door  door  door  door  door  visitor
   404   200   200  200o  200o   200  200o   200  customer_here customer_there guest_in expert_there
   404   200   200  200o  200o   200   403   200  customer_absent
   200   200   200  200o  200o   200  200o   200  staff owner became_staff
   404   403   403   403   403   403   403   403  others
rooms.stream GET
  door  door  door  door  door  door  door  door  visitor
   404   403   403   200   200   403   403   403  customer_here customer_there customer_absent guest_in expert_here
   403   403   403   200   200   403   403   403  staff owner became_staff
   404   403   403   403   403   403   403   403  others
rooms.stream GET: the other table
  door  door  door  door  door  door  door  door  visitor
   404   403   403   200   200   403   403   403  customer_here customer_there customer_absent guest_in expert_there
   403   403   403   200   200   403   403   403  staff owner became_staff
   404   403   403   403   403   403   403   403  others

#draft sched  full doors  open close ended  gone
sessions.calendar GET
  door  visitor
   200  staff owner became_staff
   403  others
sessions.cancellation GET
  door  door  door  door  door  door  door  door  visitor
   200   200   200   200   200   403   403   403  staff owner became_staff
   404   403   403   403   403   403   403   403  others
sessions.cancellation POST
  door  door  door  door  door  door  door  door  visitor
   303   303   303   303   303   403   403   403  staff owner became_staff
   404   403   403   403   403   403   403   403  others
sessions.copies POST
  door  door  door  door  door  door  door  door  visitor
   303   303   303   303   303   303   303   303  staff owner became_staff
   404   403   403   403   403   403   403   403  others
sessions.edit GET
  door  door  door  door  door  door  door  door  visitor
   200   200   200   200   200   403   403   403  staff owner became_staff
   404   403   403   403   403   403   403   403  others
sessions.edit POST
  door  door  door  door  door  door  door  door  visitor
   303   303   303   303   303   403   403   403  staff owner became_staff
   404   403   403   403   403   403   403   403  others
sessions.new GET
  door  visitor
   200  staff owner became_staff
   403  others
sessions.new POST
  door  visitor
   303  staff owner became_staff
   403  others
sessions.publication GET
  door  door  door  door  door  door  door  door  visitor
   200   200   200   200   200   403   403   403  staff owner became_staff
   404   403   403   403   403   403   403   403  others
sessions.publication POST
  door  door  door  door  door  door  door  door  visitor
   303   303   303   303   303   403   403   403  staff owner became_staff
   404   403   403   403   403   403   403   403  others
sessions.show GET
   200   200   200   200   200   200   200   200  staff owner became_staff
   404   200   200   200   200   200   200   200  others
sessions.times GET
  door  door  door  door  door  door  door  door  visitor
   200   200   200   200   200   403   403   403  staff owner became_staff
   404   403   403   403   403   403   403   403  others
sessions.times POST
  door  door  door  door  door  door  door  door  visitor
   409   409   409   303   303   403   403   403  staff owner became_staff
   404   403   403   403   403   403   403   403  others
sessions.times POST: the doors
  door  door  door  door  door  door  door  door  visitor
   409   409   409   409   303   403   403   403  staff owner became_staff
   404   403   403   403   403   403   403   403  others
"""
