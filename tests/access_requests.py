"""One request for every row of the matrix, the same for everybody who sends it: only who they are differs.

A row is named by its endpoint and method, and, where one request is not enough, by what it is about:
“brands.suspend POST: a colleague”. Each form is filled in well, so that a “no” is about who asks.
"""

from dataclasses import dataclass
from uuid import UUID

from tests.access_world import FAR, PASSWORD, SIX_DIGITS

KEY = str(UUID(int=99))
MAIL = "20261203-115900-000000-0123abcd"
# Routes that do not depend on a session's phase: one world is enough.
PHASELESS = (
    "accounts.",
    "brands.",
    "devmail.",
    "registrations.agenda",
    "sessions.calendar",
    "sessions.new",
)

# What an address is filled with, unless a row says otherwise.
NAMES = {
    "brand_slug": "fernhill",
    "slug": "evening",
    "number": 1,
    "seq": 1,
    "sign_in_id": FAR + 1,
    "code_id": FAR,
    "domain_id": FAR,
    "flock": "verticals",
    "token": "welcome",
    "name": "customer_out",
}
PATHS = {
    "brands.accept_invitation": {"name": "asked"},
    "brands.change_role: an expert": {"name": "expert_there"},
    "brands.confirm": {"name": "pending"},
    "brands.decline": {"name": "pending"},
    "brands.enter_invitation": {"name": "asked"},
    "brands.remove_name": {"slug": "food"},
    "brands.rename": {"slug": "food"},
    "brands.revoke: a colleague": {"name": "second_owner"},
    "brands.suspend: a colleague": {"name": "second_owner"},
    "brands.take_invitation_back": {"name": "asked"},
    "closed.show: the other table": {"number": 2},
    "closed.stream: the other table": {"number": 2},
    "closed.write: the other table": {"number": 2},
    "devmail": {"name": MAIL},
    "rooms.edit": {"seq": 3},
    "rooms.edit: nothing": {"seq": 3},
    "rooms.helped": {"seq": 2},
    "rooms.mark": {"seq": 3},
    "rooms.post: the other table": {"number": 2},
    "rooms.remove": {"seq": 3},
    "rooms.show: the other table": {"number": 2},
    "rooms.stream: the other table": {"number": 2},
}

ZONE = "Europe/London"
EVENING = {"title": "Rye", "day": "thu 10 dec", "zone": ZONE, "starts": "18:00", "closes": "18:55", "ends": "19:30"}
SAID = {"body": "Good evening.", "client_key": KEY}
# What is sent by POST; a row that is not here is a button.
FORMS = {
    "accounts.ask_both_codes": {"email": "moved@shop.example"},
    "accounts.ask_code": {"email": "somebody@shop.example"},
    "accounts.change_address": {"old": SIX_DIGITS, "new": SIX_DIGITS},
    "accounts.change_name": {"name": "Ada Byron", "headline": "a mill", "zone": ZONE, "language": "en"},
    "accounts.check_code": {"code": SIX_DIGITS},
    "accounts.check_password": {"email": "customer_out@shop.example", "password": PASSWORD},
    "accounts.erase": {"words": "erase me"},
    "accounts.set_password": {"password": PASSWORD},
    "brands.add_name": {"name": "Wine"},
    "brands.change_listing": {"is_listed": "yes"},
    "brands.change_role": {"role": "guest"},
    "brands.change_role: an expert": {"role": "staff"},
    "brands.change_settings": {"name": "Fernhill", "colour": "#2b4a78", "zone": ZONE},
    "brands.declare_domain": {"domain": "mills.example", "kind": "customer"},
    "brands.invite": {"email": "somebody@mills.example", "role": "expert"},
    "brands.invite: an owner": {"email": "somebody@mills.example", "role": "owner"},
    "brands.join": {"code": "BREAD"},
    "brands.join_as_guest": {"is_outsider": "y"},
    "brands.leave": {"confirmed": "yes"},
    "brands.make_code": {"label": "The fair"},
    "brands.open_brand": {"name": "Third", "slug": "third", "colour": "#2b4a78", "zone": ZONE},
    "brands.rename": {"name": "Food, too"},
    "closed.write": {"kind": "say", "body": "Still among us.", "client_key": KEY},
    "feedback.hand_in": {"again": "5", "recommend": "9"},
    "registrations.take_seat": {"table": "1", "house_rules": "y"},
    "registrations.take_seat: the other table": {"table": "2", "house_rules": "y"},
    "rooms.arrive": {"read": "1"},
    "rooms.edit": {"body": "Bread, and cheese."},
    "rooms.edit: nothing": {"body": ""},
    "rooms.post": SAID,
    "rooms.post: nothing": {"body": "", "client_key": KEY},
    "rooms.post: to a released question": SAID | {"reply_to": "4"},
    "rooms.post: to the table's question": SAID | {"reply_to": "1"},
    "rooms.react": {"feeling": "thanks"},
    "rooms.remove": {"why": "Off the point."},
    "sessions.cancellation": {"confirmed": "yes"},
    "sessions.new": EVENING | {"vertical": "food", "peer_window": "3", "is_online": "y", "closed_part": "y"},
    "sessions.times": {"move": "longer", "version": "0"},
    "sessions.times: the doors": {"move": "close", "version": "0", "confirmed": "yes"},
}
# Its form is the one that the page shows, with another title: it begins with what is.
AS_SHOWN = "sessions.edit"


@dataclass(frozen=True)
class Asked:
    """What the name of a row stands for."""

    endpoint: str
    method: str
    about: str

    @classmethod
    def read(cls, name):
        route, _, about = name.partition(": ")
        endpoint, method = route.split()
        return cls(endpoint, method, about)

    def __str__(self):
        return f"{self.route}: {self.about}" if self.about else self.route

    @property
    def route(self):
        return f"{self.endpoint} {self.method}"

    @property
    def has_phases(self):
        return not self.endpoint.startswith(PHASELESS)

    @property
    def values(self):
        return NAMES | PATHS.get(self.endpoint.partition(".")[0], {}) | self._own(PATHS)

    def form(self, shown):
        """What is sent; `shown` is what the page of AS_SHOWN would send."""
        if self.method != "POST":
            return None
        return shown if self.endpoint == AS_SHOWN else self._own(FORMS)

    def _own(self, book):
        return book.get(f"{self.endpoint}: {self.about}", book.get(self.endpoint, {}))
