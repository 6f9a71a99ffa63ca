"""How a mail looks: its rules are written into its elements, since many mail programs throw style sheets away."""

import re
from functools import cache

from css_inline import CSSInliner

from meetup.shared.assets import FOLDER

COLOUR = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)


def with_styles(html: str, colour: str | None = None) -> str:
    """The same mail with every style in place and the button in the brand's colour. Loads nothing from anywhere.

    Raises:
        ValueError: for a colour that is not written as “#0f6a4d”.
    """
    return _inliner(colour).inline(html)


@cache
def _inliner(colour: str | None) -> CSSInliner:
    if colour is not None and not COLOUR.fullmatch(colour):
        raise ValueError(f"no colour: {colour!r}")
    rules = (FOLDER / "css" / "mail.css").read_text(encoding="utf-8")
    if colour:
        rules += f"\n.mail-body .button {{ background-color: {colour}; }}"
    return CSSInliner(extra_css=rules, load_remote_stylesheets=False, keep_style_tags=False, keep_link_tags=False)
