"""Every cell of the access matrix: each route and method, by everybody, in every phase.

A route without a row fails by its name, and so does a row without a route. Everybody sends the very same request.
"""

import re
from dataclasses import replace
from email.message import EmailMessage
from urllib.parse import urlsplit

import pytest
import time_machine
from sqlalchemy import event

from meetup.extensions import db
from meetup.live import sources
from meetup.shared import due, outbox, owndata
from meetup.shared.transport import development_folder
from tests import access_matrix
from tests.access_requests import MAIL, Asked
from tests.access_stage import Stage
from tests.access_world import PHASES, PRINCIPALS, WORDS, address_of, cookie_of
from tests.conftest import empty_tables
from tests.makers import NOON

ROWS = access_matrix.read(PRINCIPALS)
ADDRESS = re.compile(r"[\w.]+@shop\.example")


def phases_of(name):
    return PHASES if Asked.read(name).has_phases else ("open",)


def routes_of(app):
    return {
        f"{rule.endpoint} {method}"
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }


def test_every_route_has_a_row_and_every_row_a_route(app):
    rows = {Asked.read(name).route for name in ROWS}

    assert rows - routes_of(app) == set(), "rows without a route"
    assert routes_of(app) - rows == set(), "routes without a row"


@pytest.mark.parametrize("name", sorted(ROWS))
def test_a_row_has_a_cell_for_everybody(name):
    assert sorted(ROWS[name]) == sorted(PRINCIPALS)
    assert {len(cells) for cells in ROWS[name].values()} == {len(phases_of(name))}


@pytest.mark.parametrize("route", sorted({Asked.read(name).route for name in ROWS}))
def test_every_no_has_its_yes(route):
    """The same request, sent by somebody entitled; or it could be a “no” for the wrong reason."""
    cells = {cell for name in ROWS if Asked.read(name).route == route for row in ROWS[name].values() for cell in row}

    assert [cell for cell in cells if cell.startswith(("2", "3"))] != []


def test_everything_that_reaches_people_otherwise_is_named_here(app):
    """Streams, mails, jobs and exports have no route of their own, or more behind it than a route shows."""
    assert sources.kinds() == access_matrix.STREAMS.keys()
    assert outbox.kinds() == access_matrix.MAILS.keys()
    assert due.names() == access_matrix.JOBS.keys()
    assert owndata.PARTS.keys() == access_matrix.EXPORTS.keys()


def keep_a_mail(folder):
    """One mail among those that development shows, with all the parts that it may have."""
    message = EmailMessage()
    message["Date"] = NOON
    message.set_content("Come.")
    message.add_alternative("<html><head></head><p>Come.", subtype="html")
    message.add_attachment(b"BEGIN:VCALENDAR", maintype="text", subtype="calendar", filename="invite.ics")
    folder.mkdir(exist_ok=True)
    (folder / f"{MAIL}.eml").write_bytes(bytes(message))


class Cells:
    """Sends requests as anybody, each to the world as it was built."""

    def __init__(self, app):
        self.app = app
        self.stage = Stage(empty_tables)

    def hear(self, _connection, _cursor, statement, *_more):
        self.stage.note(statement)

    def send(self, asked, who, phase, typed=None, **instead):
        """What this principal gets for this row's request, and its words; with other names in its address `instead`,
        and other values `typed` into its form."""
        with self.app.app_context():
            self.stage.set_up(phase)
        browser = self.app.test_client()
        with browser.session_transaction() as cookie:
            cookie.update(cookie_of(who))
        path = self.address(asked.endpoint, asked.values | instead)
        form = asked.form(self.stage.shown[phase])
        answer = browser.open(path, method=asked.method, data=form | typed if typed else form)
        # A stream has no end to wait for.
        words = "" if answer.mimetype == "text/event-stream" else answer.get_data(as_text=True)
        answer.close()
        return answer, words

    def cell(self, asked, who, phase):
        """The status, and marks for what can be read in the answer."""
        answer, words = self.send(asked, who, phase)
        if answer.status_code == 303 and urlsplit(answer.location).path == "/sign-in":
            return "door"
        marks = [mark for mark, said in WORDS.items() if said in words]
        if set(ADDRESS.findall(words)) - {address_of(who)}:
            marks.append("a")
        return f"{answer.status_code}{''.join(marks)}"

    def whole(self, asked, who, phase, method, **instead):
        """Everything that is answered: status, headers and words."""
        answer, words = self.send(replace(asked, method=method), who, phase, **instead)
        return answer.status_code, sorted(answer.headers.items()), words

    def names_one_of_a_brands(self, asked):
        """Does the address name something that belongs to a brand: a session, a member, a code?"""
        arguments = self.rule(asked.endpoint).arguments
        return "brand_slug" in arguments and arguments - {"brand_slug", "flock"} != set()

    def rule(self, endpoint):
        return next(iter(self.app.url_map.iter_rules(endpoint)))

    def address(self, endpoint, values):
        arguments = self.rule(endpoint).arguments
        return self.app.url_map.bind("tables.example").build(
            endpoint, {key: value for key, value in values.items() if key in arguments}
        )


@pytest.fixture(scope="module")
def cells(whole_app):
    cells = Cells(whole_app)
    with whole_app.app_context():
        engine = db.engine
        keep_a_mail(development_folder())
    event.listen(engine, "before_cursor_execute", cells.hear)
    with time_machine.travel(NOON, tick=False):
        yield cells
    event.remove(engine, "before_cursor_execute", cells.hear)
    with whole_app.app_context():
        empty_tables()


@pytest.mark.parametrize(("name", "phase"), [(name, phase) for name in sorted(ROWS) for phase in phases_of(name)])
def test_cells(cells, record_property, name, phase):
    asked, column = Asked.read(name), phases_of(name).index(phase)

    found = {who: cells.cell(asked, who, phase) for who in PRINCIPALS}

    record_property("access_cells", len(found))
    assert found == {who: row[column] for who, row in ROWS[name].items()}


@pytest.mark.parametrize("name", sorted(ROWS))
def test_the_operator_is_a_stranger_to_every_brand(name):
    """Who runs the machine gets, of a brand, what somebody gets who has nothing to do with it."""
    expected = ("200",) if name == "accounts.dead_letters GET" else ROWS[name]["rival_customer"]

    assert ROWS[name]["operator"] == expected


CLOSED = [asked for asked in map(Asked.read, ROWS) if asked.endpoint.startswith("closed.") and not asked.about]
BRAND_SIDE = ("expert_here", "expert_there", "staff", "owner", "became_staff")


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("asked", CLOSED, ids=str)
def test_to_the_brand_a_closed_table_looks_like_none(cells, asked, phase):
    """Byte for byte, by every method, in every phase: like the closed part of a table that there never was."""
    for who in BRAND_SIDE:
        for method in ("GET", "HEAD", "POST", "OPTIONS"):
            there_is_one = cells.whole(asked, who, phase, method)
            assert there_is_one == cells.whole(asked, who, phase, method, number=999)
            assert there_is_one[0] in (404, 405) or method == "OPTIONS"


def test_what_is_one_brands_is_not_found_in_another(cells):
    """Another brand's owner asks for what is Fernhill's under the address of their own brand."""
    named = [asked for asked in map(Asked.read, ROWS) if cells.names_one_of_a_brands(asked)]

    found = {str(asked): cells.send(asked, "rival_owner", "open", brand_slug="larder")[0].status for asked in named}

    assert found == {str(asked): "404 NOT FOUND" for asked in named}
    assert len(named) > 40
