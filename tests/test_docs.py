"""What is written down for the next person is true."""

import re

import pytest

from meetup.config import ROOT, Settings
from meetup.shared import backups

SETTINGS_ROW = re.compile(r"^\| `([A-Z_]+)` \| (.*?) \| (.*) \|$", re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)\)")
DOCUMENTS = ["README.md", "CHANGELOG.md", *(f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md")))]


class Listening(dict[str, str]):
    """An environment that remembers what it was asked for."""

    def __init__(self, *args: object) -> None:
        super().__init__(*args)
        self.asked: set[str] = set()

    def get(self, name, default=None):
        self.asked.add(name)
        return super().get(name, default)


def rows():
    return SETTINGS_ROW.findall((ROOT / "docs" / "operate.md").read_text())


def test_every_setting_has_a_row_and_every_row_a_setting(tmp_path):
    environ = Listening({"MEETUP_INSTANCE": str(tmp_path)})
    Settings.from_environ(environ)

    assert sorted(name for name, _, _ in rows()) == sorted(environ.asked)


@pytest.mark.parametrize(("name", "default"), [(name, default) for name, default, _ in rows() if default[0] == "`"])
def test_the_default_in_the_row_is_the_default(tmp_path, name, default):
    environ = {"MEETUP_INSTANCE": str(tmp_path), "SECRET_KEY": "the same"}

    assert Settings.from_environ({**environ, name: default.split("`")[1]}) == Settings.from_environ(environ)


def test_the_backup_that_is_written_down_leaves_out_what_the_program_leaves_out(app):
    named = re.findall(r"--exclude-table-data=(\w+)", (ROOT / "docs" / "operate.md").read_text())

    assert named == sorted(backups.LEFT_OUT)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_between_the_documents_lead_somewhere(document):
    path = ROOT / document

    assert [link for link in LINK.findall(path.read_text()) if not (path.parent / link).exists()] == []


def test_every_make_target_that_is_written_down_exists():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    text = "\n".join((ROOT / document).read_text() for document in DOCUMENTS)
    # Between backquotes, or at the beginning of a line of commands.
    named = set(re.findall(r"(?:`|^)make ([a-z-]+)", text, re.MULTILINE))

    assert {"run", "test"} <= named <= targets
