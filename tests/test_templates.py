"""Every template closes what it opens, in the order in which it opened it."""

import re
from html.parser import HTMLParser

import pytest

from meetup.config import ROOT

TEMPLATES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "templates").rglob("*.html"))
JINJA = re.compile(r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
NEVER_CLOSED = {"br", "hr", "img", "input", "link", "meta", "source", "wbr", "col"}


class Nesting(HTMLParser):
    """Follows what is open. A branch of Jinja's must close what it opens itself."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.feed(text)
        self.close()
        self.wrong += [f"<{tag}> stays open" for tag in self.open]

    def handle_starttag(self, tag, attrs):
        if tag not in NEVER_CLOSED:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        """A shape of a drawing, closed at once."""

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"line {self.getpos()[0]}: </{tag}> closes nothing")


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_closes_what_it_opens(template):
    # Newlines stay, so that the line is the template's own.
    text = JINJA.sub(lambda found: "\n" * found[0].count("\n"), (ROOT / template).read_text())

    assert Nesting(text).wrong[:1] == []


def test_an_orphan_is_found():
    assert Nesting("<p>\n<b>x</p>").wrong[0] == "line 2: </p> closes nothing"
