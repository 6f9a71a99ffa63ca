"""What people write, as HTML: emphasis, code, lists, quotes and links, and not one tag of their own.

Two locks: the parser knows no HTML, no images and no headings; then an allow-list keeps what it may have made.
A link always shows where it leads, so that no word can pose as an address.
"""

import re
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markupsafe import Markup

TAGS = {"p", "br", "em", "strong", "code", "pre", "ul", "ol", "li", "blockquote", "a"}
SCHEMES = {"http", "https", "mailto"}
NEVER = ["image", "heading", "lheading", "hr", "html_block", "html_inline", "reference", "entity"]
SCHEME = re.compile(r"(?:^|[^A-Za-z0-9])(https?)$", re.I)
ADDRESS = re.compile(r"://[^\s<>\"“”]*")
ENDS = ".,;:!?'’)]*_"


@lru_cache(maxsize=2048)
def render(text: str) -> Markup:
    """The text as HTML that is safe to put into any page of ours."""
    return Markup(  # this is the place that makes it safe
        nh3.clean(
            _parser().render(text),
            tags=TAGS,
            attributes={"*": set(), "a": {"href", "target"}, "ol": {"start"}},
            url_schemes=SCHEMES,
            link_rel="nofollow noopener",
        ).strip()
    )


def excerpt(text: str, longest: int = 90) -> str:
    """The first words on one line, as they were typed."""
    words = " ".join(text[: 4 * longest].split())
    return words if len(words) <= longest else words[:longest].rstrip() + "…"


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).disable(NEVER)
    parser.inline.ruler.after("text", "bare_address", _bare_address)
    parser.core.ruler.push("show_addresses", _show_addresses)
    return parser


def _bare_address(state: StateInline, silent: bool) -> bool:
    """An address that simply stands there becomes a link. Found while parsing, so that no _ in it turns to emphasis."""
    scheme = SCHEME.search(state.pending[-6:])
    if silent or state.linkLevel or scheme is None or not state.src.startswith("://", state.pos):
        return False
    rest = _without_the_end(ADDRESS.match(state.src, state.pos)[0])  # type: ignore[index]  # it begins with ://
    if rest == "://":
        return False
    state.pending = state.pending[: -len(scheme[1])]
    state.push("link_open", "a", 1).attrSet("href", scheme[1] + rest)
    state.push("text", "", 0).content = scheme[1] + rest
    state.push("link_close", "a", -1)
    state.pos += len(rest)
    return True


def _without_the_end(address: str) -> str:
    """What ends a sentence does not belong to the address that stands in it; a bracket only if none was opened."""
    while address[-1] in ENDS and not (address[-1] == ")" and address.count("(") >= address.count(")")):
        address = address[:-1]
    return address


def _show_addresses(state: StateCore) -> None:
    for block in state.tokens:
        if block.type == "inline" and block.children:
            block.children = _with_addresses(block.children)


def _with_addresses(tokens: list[Token]) -> list[Token]:
    """Links say where they lead, unless that is what they are called."""
    made: list[Token] = []
    href, shown = "", ""
    for token in tokens:
        made.append(token)
        if token.type == "link_open":
            href, shown = str(token.attrGet("href")), ""
            token.attrSet("target", "_blank")
        elif token.type == "link_close" and shown.strip() != href.removeprefix("mailto:"):
            made.append(Token("text", "", 0, content=f" ({href})"))
        else:
            shown += token.content
    return made
