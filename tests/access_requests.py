"""One request for every route and method, the same for everybody who sends it: only who they are differs."""

from uuid import UUID

# What an address is filled with, unless a route says otherwise.
NAMES = {
    "brand_slug": "fernhill",
    "slug": "evening",
    "number": 1,
    "seq": 1,
    "sign_in_id": 1,
    "code_id": 1,
    "domain_id": 1,
    "flock": "verticals",
    "token": "welcome",
    "name": "customer_out",
}
KEY = str(UUID(int=99))

# Routes that do not depend on a session's phase: one world is enough.
PHASELESS = (
    "accounts.",
    "brands.",
    "devmail.",
    "assets.",
    "sessions.calendar",
    "sessions.new",
    "registrations.agenda",
    "shared.",
)

# What is sent by POST. A form that is complete, so that a “no” is about who asks and not about what they typed.
FORMS = {
    "rooms.post": {"body": "Good evening.", "client_key": KEY},
    "rooms.edit": {"body": "Bread, and cheese."},
    "rooms.remove": {"why": "Off the point."},
    "rooms.react": {"feeling": "thanks"},
    "rooms.arrive": {"read": "1"},
    "closed.write": {"kind": "say", "body": "Among us, still.", "client_key": KEY},
    "registrations.take_seat": {"table": "1", "house_rules": "y"},
    "feedback.hand_in": {"again": "5", "recommend": "9"},
}
# Other names for some routes.
PATHS = {
    "rooms.edit": {"seq": 3},
    "rooms.remove": {"seq": 3},
    "rooms.mark": {"seq": 3},
    "rooms.helped": {"seq": 2},
    "brands.rename": {"slug": "food"},
    "brands.remove_name": {"slug": "food"},
    "brands.enter_invitation": {"name": "asked"},
    "brands.accept_invitation": {"name": "asked"},
    "brands.take_invitation_back": {"name": "asked"},
    "brands.confirm": {"name": "pending"},
    "brands.decline": {"name": "pending"},
}
