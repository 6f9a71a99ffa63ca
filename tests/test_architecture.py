"""What must stay true of the code's shape, whoever changes it: walked with `ast`, inline imports too."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from meetup import FEATURES
from meetup.config import ROOT
from meetup.shared.access import is_public

PACKAGE = ROOT / "meetup"
TEMPLATES = ROOT / "templates"
# Within a feature a file imports only those of its own rank or below. A job of its own ranks as rules.
# Where a feature has more pages than one file should hold, its views have files named for what one does there.
VIEWS = {"views", "show", "door", "me", "arriving", "members", "settings", "hosting"}
RANKS = {"models": 0, "phases": 0, "domains": 0, "policy": 1, "rules": 2, "forms": 3, "wiring": 4}
RANKS |= dict.fromkeys(VIEWS, 4)

# Every page that a stranger may reach. A new one shows up in review, here.
OPEN_PAGES = {
    "accounts.ask_code",
    "accounts.check_code",
    "accounts.check_password",
    "accounts.enter_code",
    "accounts.enter_password",
    "accounts.sign_in",
    "brands.colour",
    "brands.enter_guest",
    "brands.landing",
    "brands.show",
    "invites.download",
    "sessions.show",
    # Of a development machine alone; elsewhere these do not exist (tests/shared/test_devmail.py).
    "devmail.calendar",
    "devmail.html",
    "devmail.index",
    "devmail.show",
    "devmail.source",
}


@cache
def python_files():
    return tuple(sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts))


def place_of(path):
    """('rooms', 'policy') for meetup/rooms/policy.py; ('', 'config') for a file of the package itself."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return (parts[0], parts[-1]) if len(parts) > 1 else ("", parts[0])


@cache
def imports_of(path):
    """Every module of ours that a file imports, at its top or inside a function, as ('feature', 'module')."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names = [f"{node.module}.{alias.name}" for alias in node.names] + [node.module or ""]
        for name in names:
            parts = name.split(".")
            if parts[0] != "meetup" or len(parts) < 2:
                continue
            target = PACKAGE.joinpath(*parts[1:])
            if target.with_suffix(".py").exists():
                found.add(place_of(target.with_suffix(".py")))
    return frozenset(found)


def may_import(here, there):
    (feature, module), (other, wanted) = here, there
    mine, theirs = RANKS.get(module, 2), RANKS.get(wanted, 2)
    if other not in FEATURES:
        return feature in FEATURES or other != "" or wanted in ("config", "extensions")
    if feature not in FEATURES:
        return False
    if feature == other:
        return theirs <= mine
    if theirs > 2:
        return False
    return module in VIEWS or FEATURES.index(other) < FEATURES.index(feature)


# They start the whole: the app itself, and the command line.
STARTERS = {("", "__init__"), ("", "__main__"), ("", "commands")}


def test_imports_point_one_way():
    wrong = [
        f"{'.'.join(place_of(path))} imports {'.'.join(wanted)}"
        for path in python_files()
        if place_of(path) not in STARTERS and place_of(path)[0] != "demo"
        for wanted in imports_of(path)
        if not may_import(place_of(path), wanted)
    ]

    assert wrong == []


@pytest.mark.parametrize(
    ("here", "there"),
    [
        (("sessions", "rules"), ("rooms", "models")),
        (("rooms", "policy"), ("rooms", "rules")),
        (("rooms", "views"), ("sessions", "views")),
        (("shared", "outbox"), ("accounts", "models")),
        (("live", "hub"), ("rooms", "stream")),
    ],
)
def test_the_walk_would_notice(here, there):
    assert not may_import(here, there)
    assert may_import(("rooms", "policy"), ("sessions", "models"))


def test_live_knows_no_database_and_no_feature():
    for path in (PACKAGE / "live").glob("*.py"):
        assert not re.search(r"^\s*(from|import) (sqlalchemy|meetup\.extensions)", path.read_text(), re.M), path.name


def test_only_the_closed_feature_reads_closed_rows():
    """No export, search, webhook, notice or figure can read them: it cannot even name them."""
    readers = {
        path.relative_to(ROOT).as_posix()
        for path in python_files()
        if ("closed", "models") in imports_of(path) or re.search(r"closed_(entries|reactions)\b", path.read_text())
    }

    assert readers == CLOSED_READERS


CLOSED_READERS = {
    "meetup/closed/forms.py",
    "meetup/closed/models.py",
    "meetup/closed/policy.py",
    "meetup/closed/rules.py",
    "meetup/closed/show.py",
    "meetup/closed/stream.py",
    "meetup/closed/views.py",
    "meetup/closed/window.py",
    "meetup/closed/wiring.py",
}


def test_only_forms_read_what_was_sent():
    """What no field names is never written; and a value is text, whatever a request carries."""
    sent = re.compile(r"request\.(form|values|files|data|json|get_data|get_json|stream)\b")
    readers = [path.relative_to(ROOT).as_posix() for path in python_files() if sent.search(path.read_text())]

    assert readers == ["meetup/shared/form.py"]


def test_there_is_one_clock():
    outside = [
        path.name
        for path in python_files()
        if path.name != "clock.py" and re.search(r"datetime\.(now|utcnow|today)\(|date\.today\(", path.read_text())
    ]

    assert outside == []


def test_the_open_pages_are_known_by_name(app):
    open_pages = {endpoint for endpoint in app.view_functions if is_public(endpoint)}

    assert open_pages == OPEN_PAGES


def test_no_page_carries_style_or_script_of_its_own():
    wrong = [
        path.relative_to(ROOT).as_posix()
        for path in TEMPLATES.rglob("*.html")
        if "email" not in path.parts and "mail" not in path.name
        if re.search(r"\sstyle=|<style|<script(?![^>]*\bsrc=)|\son[a-z]+=|javascript:", path.read_text())
    ]

    assert wrong == []


def test_nothing_is_fetched_from_elsewhere():
    sources = [*TEMPLATES.rglob("*.html"), *(ROOT / "static").rglob("*.css"), *(ROOT / "static").rglob("*.js")]
    fetched = re.compile(
        r"""(src|href)=["'](https?:)?//|url\(["']?(https?:)?//|@import ["'](https?:)?//|from ["']https?:"""
    )
    wrong = [path.relative_to(ROOT).as_posix() for path in sources if fetched.search(path.read_text())]

    assert wrong == []


def test_every_feature_says_what_it_holds_of_a_person(app):
    from meetup.shared import owndata

    # A session names its host and experts by their memberships, which are the brand's to tell and to let go.
    assert owndata.PARTS.keys() == set(FEATURES) - {"sessions"}


def test_every_kind_of_mail_has_somebody_who_writes_it(app):
    """A row in the outbox without a handler would be a promise that nobody keeps."""
    from meetup.shared import outbox

    asked = set()
    for path in python_files():
        asked |= set(re.findall(r"""enqueue\(\s*["']([a-z._]+)["']""", path.read_text()))

    assert asked
    assert asked <= outbox.kinds()


def test_names_say_the_job():
    banned = {"utils.py", "helpers.py", "services.py", "common.py"}
    assert [path for path in python_files() if path.name in banned] == []


def test_the_project_speaks_of_itself_alone():
    tracked = [path for path in Path(ROOT).rglob("*.md") if not {".venv", ".git"} & set(path.parts)]
    foreign = re.compile(r"/work/|/tmp/|pypi\.org|registry\.npmjs|\bsub-?agent|\bLLM\b", re.I)

    assert [path.name for path in tracked if foreign.search(path.read_text())] == []
