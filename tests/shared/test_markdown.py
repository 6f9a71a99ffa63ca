"""What people write becomes HTML that is ours alone."""

import re
import time

import pytest

from meetup.shared.markdown import TAGS, excerpt, render


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("hi *you* **there** `code`", "<p>hi <em>you</em> <strong>there</strong> <code>code</code></p>"),
        ("one\ntwo", "<p>one<br>\ntwo</p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("> so", "<blockquote>\n<p>so</p>\n</blockquote>"),
        ("# no heading", "<p># no heading</p>"),
        ("---", "<p>---</p>"),
        ("&lt;b&gt; & <", "<p>&amp;lt;b&amp;gt; &amp; &lt;</p>"),
        ("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>"),
    ],
)
def test_a_small_part_of_markdown_and_no_html(typed, shown):
    assert str(render(typed)) == shown


def link(address, text=None):
    return f'<a href="{address}" target="_blank" rel="nofollow noopener">{text or address}</a>'


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("see https://x.example/_a_b(c). ok", f"see {link('https://x.example/_a_b(c)')}. ok"),
        ("(https://x.example)", f"({link('https://x.example')})"),
        ("[click](https://evil.example)", f"{link('https://evil.example', 'click')} (https://evil.example)"),
        (
            "[https://good.example](https://evil.example)",
            f"{link('https://evil.example', 'https://good.example')} (https://evil.example)",
        ),
        (
            "![](https://x.example/p.png)",
            f"!{link('https://x.example/p.png', ' ').replace('> <', '><')} (https://x.example/p.png)",
        ),
        ("`https://x.example`", "<code>https://x.example</code>"),
        ("xhttps://x.example", "xhttps://x.example"),
        ("https://", "https://"),
    ],
)
def test_a_link_shows_where_it_leads(typed, shown):
    assert str(render(typed)) == f"<p>{shown}</p>"


@pytest.mark.parametrize(
    "scheme", ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "//x"]
)
def test_other_addresses_than_the_webs_are_no_links(scheme):
    for typed in (f"[x]({scheme})", f"<{scheme}>", f"[x](<{scheme}>)", f'[x]({scheme} "t")'):
        assert not re.search(r"href=.(javascript|data|vbscript|file)", str(render(typed)))


HOSTILE = ["<script>", "<svg/onload=x>", "<a href=x onclick=y>", "&#106;avascript:", "<!--", "]]>", "<style>", "\x00"]


@pytest.mark.parametrize(
    "wrapped", ["{}", "*{}*", "[{}](https://x.example)", "[x](https://x.example/{})", "`{}`", "- {}", "~~~\n{}"]
)
def test_whatever_is_typed_no_other_tag_or_attribute_comes_out(wrapped):
    for hostile in HOSTILE:
        made = str(render(wrapped.format(hostile)))
        tags = re.findall(r"<(\w+)((?: [^>]*)?)>", made)
        assert {tag for tag, _ in tags} <= TAGS, made
        for _, attributes in tags:
            assert set(re.findall(r" ([a-z]+)=", attributes)) <= {"href", "target", "rel", "start"}, made


@pytest.mark.parametrize(
    "piece", [">", "[", "*a ", "`", "- ", "[a](", "\\", "**a ", "<", "http://", "://", "*_", "1. ", "![]("]
)
def test_eight_thousand_hostile_characters_take_no_time(piece):
    began = time.monotonic()

    render(piece * (8000 // len(piece)))

    assert time.monotonic() - began < 2


def test_an_excerpt_is_one_short_line():
    assert excerpt("One\n\n  two") == "One two"
    assert excerpt("word " * 100, 12) == "word word wo…"
