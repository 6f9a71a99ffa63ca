"""Who gets what answer, for every route and method, in every phase: the product's rights, cell by cell.

Columns are the phases of tests/access_world.py: draft, scheduled, full, doors, open, closed, ended, cancelled; one
column where a session's phase does not matter. `door` is the way to the sign-in page. 404 where the very existence is
private, 403 where a thing is seen and may not be touched, 409 where only the moment is wrong.
"""

# Routes that show what development made, of which there is nothing in the world of these tests.
WITHOUT_A_YES = {"devmail.calendar GET", "devmail.html GET", "devmail.show GET", "devmail.source GET"}

# Who is behind what has no row above. Each name is asked of the app: one more, or one less, fails.
STREAMS = {
    "table": "rooms.stream GET, and at every event rooms.policy.who_may_hear",
    "closed": "closed.stream GET, and at every event closed.policy.who_may_hear",
}
MAILS = {}
JOBS = {}
EXPORTS = {}


def read() -> dict[str, dict[str, tuple[str, ...]]]:
    """Route and method → who → the answers, phase by phase."""
    rows: dict[str, dict[str, tuple[str, ...]]] = {}
    for line in TABLE.strip().splitlines():
        if not line.startswith(" "):
            row = rows[line.strip()] = {}
            continue
        words = line.split()
        answers = tuple(word for word in words if word.isdigit() or word == "door")
        for who in words[len(answers) :]:
            row[who] = answers
    return rows


TABLE = """
accounts.ask_both_codes POST
  door  visitor
   422  customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there staff owner became_staff rival_customer rival_owner operator
accounts.ask_code POST
   422  visitor customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there staff owner became_staff rival_customer rival_owner operator
accounts.change_address POST
  door  visitor
   303  customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there staff owner became_staff rival_customer rival_owner operator
accounts.change_name POST
  door  visitor
   422  customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there staff owner became_staff rival_customer rival_owner operator
accounts.check_code POST
  door  visitor customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there staff owner became_staff rival_customer rival_owner operator
accounts.check_password POST
   422  visitor customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there staff owner became_staff rival_customer rival_owner operator
accounts.dead_letters GET
  door  visitor
   404  customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there staff owner became_staff rival_customer rival_owner
   200  operator
accounts.end_other_sign_ins POST
  door  visitor
   303  customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there staff owner became_staff rival_customer rival_owner operator
accounts.end_sign_in POST
  door  visitor
   303  customer_here
   404  customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there staff owner became_staff rival_customer rival_owner operator
accounts.enter_address GET
  door  visitor
   200  customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there staff owner became_staff rival_customer rival_owner operator
accounts.enter_both_codes GET
  door  visitor
   302  customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there staff owner became_staff rival_customer rival_owner operator
accounts.enter_code GET
  door  visitor customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there staff owner became_staff rival_customer rival_owner operator
accounts.enter_erasure GET
  door  visitor
   200  customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there staff owner became_staff rival_customer rival_owner operator
accounts.enter_name GET
  door  visitor
   200  customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there staff owner became_staff rival_customer rival_owner operator
accounts.enter_password GET
   200  visitor customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there staff owner became_staff rival_customer rival_owner operator
accounts.enter_password_to_keep GET
  door  visitor
   200  customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there staff owner became_staff rival_customer rival_owner operator
accounts.erase POST
  door  visitor
   422  customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there staff owner became_staff rival_customer rival_owner operator
accounts.export GET
  door  visitor
   200  customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there staff owner became_staff rival_customer rival_owner operator
accounts.me GET
  door  visitor
   200  customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there staff owner became_staff rival_customer rival_owner operator
accounts.remove_password POST
  door  visitor
   303  customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there staff owner became_staff rival_customer rival_owner operator
accounts.set_password POST
  door  visitor
   422  customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there staff owner became_staff rival_customer rival_owner operator
accounts.sign_in GET
   200  visitor
   302  customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there staff owner became_staff rival_customer rival_owner operator
accounts.sign_out POST
  door  visitor
   303  customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there staff owner became_staff rival_customer rival_owner operator
brands.accept_invitation POST
  door  visitor
   404  customer_here customer_there pending suspended revoked guest_in guest_out expert_here expert_there staff owner became_staff rival_customer rival_owner operator
   303  customer_out
brands.add_name POST
  door  visitor
   403  customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there staff became_staff rival_customer rival_owner operator
   422  owner
brands.change_listing POST
  door  visitor
   303  customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there staff owner became_staff
   404  rival_customer rival_owner operator
brands.change_role POST
  door  visitor
   403  customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there staff owner became_staff rival_customer rival_owner operator
brands.change_settings POST
  door  visitor
   403  customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there staff became_staff rival_customer rival_owner operator
   422  owner
brands.colour GET
   200  visitor customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there staff owner became_staff rival_customer rival_owner operator
brands.confirm POST
  door  visitor
   403  customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there rival_customer rival_owner operator
   303  staff owner became_staff
brands.declare_domain POST
  door  visitor
   403  customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there staff became_staff rival_customer rival_owner operator
   422  owner
brands.decline POST
  door  visitor
   403  customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there rival_customer rival_owner operator
   303  staff owner became_staff
brands.edit_settings GET
  door  visitor
   403  customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there staff became_staff rival_customer rival_owner operator
   200  owner
brands.enter_guest GET
   200  visitor customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there staff owner became_staff rival_customer rival_owner operator
brands.enter_invitation GET
  door  visitor
   404  customer_here customer_there pending suspended revoked guest_in guest_out expert_here expert_there staff owner became_staff rival_customer rival_owner operator
   200  customer_out
brands.enter_join GET
  door  visitor
   200  customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there staff owner became_staff rival_customer rival_owner operator
brands.guest_link GET
  door  visitor
   200  customer_here customer_there customer_out staff owner became_staff
   403  pending suspended revoked guest_in guest_out expert_here expert_there rival_customer rival_owner operator
brands.invite POST
  door  visitor
   403  customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there rival_customer rival_owner operator
   422  staff owner became_staff
brands.join POST
  door  visitor
   303  customer_here customer_there customer_out pending rival_customer rival_owner operator
   409  suspended revoked guest_in guest_out expert_here expert_there staff owner became_staff
brands.join_as_guest POST
  door  visitor
   422  customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there staff owner became_staff rival_customer rival_owner operator
brands.landing GET
   200  visitor customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there staff owner became_staff rival_customer rival_owner operator
brands.leave POST
  door  visitor
   200  customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there staff owner became_staff
   404  rival_customer rival_owner operator
brands.make_code POST
  door  visitor
   403  customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there staff became_staff rival_customer rival_owner operator
   303  owner
brands.make_guest_link POST
  door  visitor
   303  customer_here customer_there customer_out staff owner became_staff
   403  pending suspended revoked guest_in guest_out expert_here expert_there rival_customer rival_owner operator
brands.members GET
  door  visitor
   403  customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there rival_customer rival_owner operator
   200  staff owner became_staff
brands.new GET
  door  visitor
   200  customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there staff owner became_staff rival_customer rival_owner operator
brands.open_brand POST
  door  visitor
   422  customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there staff owner became_staff rival_customer rival_owner operator
brands.remove_domain POST
  door  visitor
   403  customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there staff became_staff rival_customer rival_owner operator
   303  owner
brands.remove_name POST
  door  visitor
   403  customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there staff became_staff rival_customer rival_owner operator
   303  owner
brands.rename POST
  door  visitor
   403  customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there staff became_staff rival_customer rival_owner operator
   422  owner
brands.revoke POST
  door  visitor
   403  customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there rival_customer rival_owner operator
   303  staff owner became_staff
brands.revoke_code POST
  door  visitor
   403  customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there staff became_staff rival_customer rival_owner operator
   303  owner
brands.show GET
   200  visitor customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there staff owner became_staff rival_customer rival_owner operator
brands.suspend POST
  door  visitor
   403  customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there rival_customer rival_owner operator
   303  staff owner became_staff
brands.take_invitation_back POST
  door  visitor
   403  customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there rival_customer rival_owner operator
   303  staff owner became_staff
closed.show GET
  door door door door door door door door  visitor
   404  404  404  404  404 EXC:TemplateNotFoundclosed/show.html  404  404  customer_here
   404  404  404  404  404  404  404  404  customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there staff owner became_staff rival_customer rival_owner operator
closed.stream GET
  door door door door door door door door  visitor
   404  404  404  404  404  200  404  404  customer_here
   404  404  404  404  404  404  404  404  customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there staff owner became_staff rival_customer rival_owner operator
closed.write POST
  door door door door door door door door  visitor
   404  404  404  404  404  303  404  404  customer_here
   404  404  404  404  404  404  404  404  customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there staff owner became_staff rival_customer rival_owner operator
devmail.calendar GET
   404  visitor customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there staff owner became_staff rival_customer rival_owner operator
devmail.html GET
   404  visitor customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there staff owner became_staff rival_customer rival_owner operator
devmail.index GET
   200  visitor customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there staff owner became_staff rival_customer rival_owner operator
devmail.show GET
   404  visitor customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there staff owner became_staff rival_customer rival_owner operator
devmail.source GET
   404  visitor customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there staff owner became_staff rival_customer rival_owner operator
feedback.fill_in GET
  door door door door door door door door  visitor
   404  403  403  403  403  403  200  403  customer_here customer_there guest_in
   404  403  403  403  403  403  403  403  customer_out pending suspended revoked guest_out expert_here expert_there rival_customer rival_owner operator
   403  403  403  403  403  403  403  403  staff owner became_staff
feedback.hand_in POST
  door door door door door door door door  visitor
   404  403  403  403  403  403  303  403  customer_here customer_there guest_in
   404  403  403  403  403  403  403  403  customer_out pending suspended revoked guest_out expert_here expert_there rival_customer rival_owner operator
   403  403  403  403  403  403  403  403  staff owner became_staff
feedback.show_results GET
  door door door door door door door door  visitor
   404  403  403  403  403  403  403  403  customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there rival_customer rival_owner operator
   200  200  200  200  200  200  200  200  staff owner became_staff
invites.download GET
   404  200  200  200  200  200  200  409  visitor customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there staff owner became_staff rival_customer rival_owner operator
registrations.agenda GET
  door  visitor
   200  customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there staff owner became_staff rival_customer rival_owner operator
registrations.come_in POST
  door door door door door door door door  visitor
   404  409  409  303  303  303  409  409  customer_here customer_there
   404  403  403  403  403  403  403  403  customer_out pending guest_out expert_here expert_there rival_customer rival_owner operator
   404  409  409  409  409  409  409  409  suspended revoked
   404  409  409  303  303  409  409  409  guest_in
   403  403  403  403  403  403  403  403  staff owner
   409  409  409  409  409  409  409  409  became_staff
registrations.give_up GET
  door door door door door door door door  visitor
   404  200  200  200  200  200  303  200  customer_here customer_there suspended revoked guest_in
   404  403  403  403  403  403  403  403  customer_out pending guest_out expert_here expert_there rival_customer rival_owner operator
   403  403  403  403  403  403  403  403  staff owner
   200  200  200  200  200  200  303  200  became_staff
registrations.remove_seat POST
  door door door door door door door door  visitor
   404  303  303  303  303  303  409  303  customer_here customer_there suspended revoked guest_in
   404  403  403  403  403  403  403  403  customer_out pending guest_out expert_here expert_there rival_customer rival_owner operator
   403  403  403  403  403  403  403  403  staff owner
   303  303  303  303  303  303  409  303  became_staff
registrations.roster GET
  door door door door door door door door  visitor
   404  403  403  403  403  403  403  403  customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there rival_customer rival_owner operator
   200  200  200  200  200  200  200  200  staff owner became_staff
registrations.take_seat POST
  door door door door door door door door  visitor
   404  303  303  303  303  409  409  409  customer_here guest_in
   404  303  409  303  303  409  409  409  customer_there customer_out guest_out
   404  403  403  403  403  403  403  403  pending suspended revoked expert_here expert_there rival_customer rival_owner operator
   403  403  403  403  403  403  403  403  staff owner became_staff
rooms.arrive POST
  door door door door door door door door  visitor
   404  409  409  303  303  409  409  409  customer_here customer_there guest_in expert_here
   404  403  403  403  403  403  403  403  customer_out pending suspended revoked guest_out expert_there rival_customer rival_owner operator
   409  409  409  303  303  409  409  409  staff owner became_staff
rooms.call POST
  door door door door door door door door  visitor
   404  409  409  303  303  409  409  409  customer_here guest_in
   404  403  403  403  403  403  403  403  customer_there customer_out pending suspended revoked guest_out expert_here expert_there rival_customer rival_owner operator
   403  403  403  403  403  403  403  403  staff owner became_staff
rooms.edit POST
  door door door door door door door door  visitor
   404  409  409  303  303  409  409  409  customer_here
   404  403  403  403  403  403  403  403  customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there rival_customer rival_owner operator
   403  403  403  403  403  403  403  403  staff owner became_staff
rooms.helped POST
  door door door door door door door door  visitor
   404  409  409  303  303  409  409  409  customer_here
   404  403  403  403  403  403  403  403  customer_there customer_out pending suspended revoked guest_out expert_here expert_there rival_customer rival_owner operator
   404  409  409  403  403  409  409  409  guest_in
   403  403  403  403  403  403  403  403  staff owner became_staff
rooms.mark POST
  door door door door door door door door  visitor
   404  409  409  409  303  409  409  409  customer_here guest_in
   404  403  403  403  403  403  403  403  customer_there customer_out pending suspended revoked guest_out expert_here expert_there rival_customer rival_owner operator
   403  403  403  403  403  403  403  403  staff owner became_staff
rooms.message GET
  door door door door door door door door  visitor
   404  403  403  200  200  403  200  403  customer_here customer_there guest_in expert_here
   404  403  403  403  403  403  403  403  customer_out pending suspended revoked guest_out expert_there rival_customer rival_owner operator
   403  403  403  200  200  403  200  403  staff owner became_staff
rooms.post POST
  door door door door door door door door  visitor
   404  409  409  303  303  409  409  409  customer_here guest_in
   404  409  409  403  403  409  409  409  customer_there
   404  403  403  403  403  403  403  403  customer_out pending suspended revoked guest_out expert_there rival_customer rival_owner operator
   404  409  409  303  409  409  409  409  expert_here
   409  409  409  303  303  409  409  409  staff owner became_staff
rooms.react POST
  door door door door door door door door  visitor
   404  409  409  303  303  409  409  409  customer_here guest_in
   404  403  403  403  403  403  403  403  customer_there customer_out pending suspended revoked guest_out expert_here expert_there rival_customer rival_owner operator
   403  403  403  403  403  403  403  403  staff owner became_staff
rooms.remove POST
  door door door door door door door door  visitor
   404  409  409  303  303  409  409  409  customer_here
   404  403  403  403  403  403  403  403  customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there rival_customer rival_owner operator
   409  409  409  303  303  409  409  409  staff owner became_staff
rooms.show GET
  door door door door door door door door  visitor
   404  200  200  200  200  200  200  200  customer_here customer_there guest_in expert_here
   404  403  403  403  403  403  403  403  customer_out pending suspended revoked guest_out expert_there rival_customer rival_owner operator
   200  200  200  200  200  200  200  200  staff owner became_staff
rooms.stream GET
  door door door door door door door door  visitor
   404  403  403  200  200  403  403  403  customer_here customer_there guest_in expert_here
   404  403  403  403  403  403  403  403  customer_out pending suspended revoked guest_out expert_there rival_customer rival_owner operator
   403  403  403  200  200  403  403  403  staff owner became_staff
sessions.calendar GET
  door  visitor
   403  customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there rival_customer rival_owner operator
   200  staff owner became_staff
sessions.cancellation GET
  door door door door door door door door  visitor
   404  403  403  403  403  403  403  403  customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there rival_customer rival_owner operator
   200  200  200  200  200  403  403  403  staff owner became_staff
sessions.cancellation POST
  door door door door door door door door  visitor
   404  403  403  403  403  403  403  403  customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there rival_customer rival_owner operator
   200  200  200  200  200  403  403  403  staff owner became_staff
sessions.copies POST
  door door door door door door door door  visitor
   404  403  403  403  403  403  403  403  customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there rival_customer rival_owner operator
   303  303  303  303  303  303  303  303  staff owner became_staff
sessions.edit GET
  door door door door door door door door  visitor
   404  403  403  403  403  403  403  403  customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there rival_customer rival_owner operator
   200  200  200  200  200  403  403  403  staff owner became_staff
sessions.edit POST
  door door door door door door door door  visitor
   404  403  403  403  403  403  403  403  customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there rival_customer rival_owner operator
  EXC:TypeErrorcombine() argument 2 must be datetime.time, not None EXC:TypeErrorcombine() argument 2 must be datetime.time, not None EXC:TypeErrorcombine() argument 2 must be datetime.time, not None EXC:TypeErrorcombine() argument 2 must be datetime.time, not None EXC:TypeErrorcombine() argument 2 must be datetime.time, not None  403  403  403  staff owner became_staff
sessions.new GET
  door  visitor
   403  customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there rival_customer rival_owner operator
   200  staff owner became_staff
sessions.new POST
  door  visitor
   403  customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there rival_customer rival_owner operator
   422  staff owner became_staff
sessions.publication GET
  door door door door door door door door  visitor
   404  403  403  403  403  403  403  403  customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there rival_customer rival_owner operator
   200  200  200  200  200  403  403  403  staff owner became_staff
sessions.publication POST
  door door door door door door door door  visitor
   404  403  403  403  403  403  403  403  customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there rival_customer rival_owner operator
   303  303  303  303  303  403  403  403  staff owner became_staff
sessions.show GET
   404  200  200  200  200  200  200  200  visitor customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there rival_customer rival_owner operator
   200  200  200  200  200  200  200  200  staff owner became_staff
sessions.times GET
  door door door door door door door door  visitor
   404  403  403  403  403  403  403  403  customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there rival_customer rival_owner operator
   200  200  200  200  200  403  403  403  staff owner became_staff
sessions.times POST
  door door door door door door door door  visitor
   404  403  403  403  403  403  403  403  customer_here customer_there customer_out pending suspended revoked guest_in guest_out expert_here expert_there rival_customer rival_owner operator
   409  409  409  409  409  403  403  403  staff owner became_staff
"""
