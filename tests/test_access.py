"""Every cell of the access matrix: each route and method, by everybody, in every phase.

A route without a row fails by its name, and so does a row without a route. Everybody sends the very same request.
"""

import pytest
import time_machine

from meetup.accounts import signin
from meetup.live import sources
from meetup.shared import due, outbox, owndata
from tests import access_matrix, access_requests
from tests.access_world import PHASES, PRINCIPALS, Stage
from tests.conftest import empty_tables
from tests.makers import NOON

ROWS = access_matrix.read()
# Statuses that let somebody do what they came for.
YES = {200, 201, 302, 303}


def phases_of(name):
    return ("open",) if name.startswith(access_requests.PHASELESS) else PHASES


def routes_of(app):
    return {
        f"{rule.endpoint} {method}"
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }


def test_every_route_has_a_row_and_every_row_a_route(app):
    assert set(ROWS) - routes_of(app) == set(), "rows without a route"
    assert routes_of(app) - set(ROWS) == set(), "routes without a row"


@pytest.mark.parametrize("name", sorted(ROWS))
def test_a_row_has_a_cell_for_everybody(name):
    assert sorted(ROWS[name]) == sorted(PRINCIPALS)
    assert {len(cells) for cells in ROWS[name].values()} == {len(phases_of(name))}


@pytest.mark.parametrize("name", sorted(ROWS))
def test_every_no_has_its_yes(name):
    """Or it could be a “no” for the wrong reason. What is there for development alone is named."""
    cells = {cell for row in ROWS[name].values() for cell in row}

    assert cells & {str(status) for status in YES} or name in access_matrix.WITHOUT_A_YES


def test_everything_that_reaches_people_otherwise_is_named_here(app):
    """Streams, mails, jobs and exports have no route of their own, or more behind it than a route shows."""
    assert sources.kinds() == access_matrix.STREAMS.keys()
    assert outbox.kinds() == access_matrix.MAILS.keys()
    assert due.names() == access_matrix.JOBS.keys()
    assert owndata.PARTS.keys() == access_matrix.EXPORTS.keys()


class Cells:
    """Sends requests as anybody, and keeps the world as it was."""

    def __init__(self, app):
        self.app = app
        self.stage = Stage(empty_tables)
        self.counted = 0

    def lay_out(self, phase):
        with self.app.app_context():
            self.stage.set_up(phase)

    def answer(self, name, who, phase):
        endpoint, method = name.split()
        browser = self.app.test_client()
        if who != "visitor":
            with browser.session_transaction() as cookie:
                cookie[signin.COOKIE_KEY] = who
        form = access_requests.FORMS.get(endpoint, {}) if method == "POST" else None
        answer = browser.open(self.address(endpoint), method=method, data=form)
        answer.close()
        if method == "POST" and answer.status_code < 400:
            self.lay_out(phase)
        self.counted += 1
        leads_to_the_door = answer.status_code == 303 and answer.location.startswith("/sign-in?next=")
        return "door" if leads_to_the_door else str(answer.status_code)

    def address(self, endpoint):
        values = access_requests.NAMES | access_requests.PATHS.get(endpoint, {})
        rule = next(iter(self.app.url_map.iter_rules(endpoint)))
        return self.app.url_map.bind("tables.example").build(
            endpoint, {key: value for key, value in values.items() if key in rule.arguments}
        )


@pytest.fixture(scope="module")
def cells(whole_app):
    """Counts what it sends, and prints it: an empty matrix would pass, too."""
    whole_app.config["WTF_CSRF_ENABLED"] = False
    cells = Cells(whole_app)
    with time_machine.travel(NOON, tick=False):
        yield cells
    whole_app.config["WTF_CSRF_ENABLED"] = True
    with whole_app.app_context():
        empty_tables()
    print(f"\naccess matrix: {cells.counted} cells executed")


@pytest.mark.parametrize(("name", "phase"), [(name, phase) for name in sorted(ROWS) for phase in phases_of(name)])
def test_cells(cells, name, phase):
    column = phases_of(name).index(phase)
    cells.lay_out(phase)

    found = {who: cells.answer(name, who, phase) for who in PRINCIPALS}

    assert found == {who: row[column] for who, row in ROWS[name].items()}
