"""Can the browser tests be trusted? What they are to notice, they notice."""

import pytest

from tests.browser.axe import axe, axe_everywhere

pytestmark = pytest.mark.looks

HOME = "http://tables.example"
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'"
PAGE = '<!doctype html><html lang="en"><head><title>Tables</title>{head}</head><body><main>{body}</main></body></html>'
HEADING = "<h1>Tables</h1>"


@pytest.fixture
def base_url():
    return HOME


@pytest.fixture
def served(page):
    """Show a page under a strict policy, without a server."""

    def show(body=HEADING, head="", status=200):
        html = PAGE.format(head=head, body=body)
        answer = {"status": status, "body": html, "headers": {"content-security-policy": POLICY}}
        page.context.route("**/*", lambda route: route.fulfill(content_type="text/html", **answer))
        page.goto("/")
        return page

    return show


def test_a_good_page_passes_under_a_strict_policy(served, troubles):
    axe_everywhere(served())

    assert troubles.left() == []


def test_axe_finds_a_picture_without_words(served):
    with pytest.raises(AssertionError, match="image-alt"):
        axe(served(HEADING + '<img src="/face.png">'))


def test_a_page_wider_than_a_phone_is_found(served, troubles):
    troubles.forgive("Content Security Policy")
    page = served(HEADING + "<pre>" + "wide " * 60 + "</pre>")

    with pytest.raises(AssertionError, match="too wide"):
        axe_everywhere(page)


@pytest.mark.parametrize(
    ("trouble", "head", "status"),
    [
        ("Content Security Policy", "<script>alert(1)</script>", 200),
        ("Content Security Policy", "<style>h1 { color: red }</style>", 200),
        ("asked a stranger: http://elsewhere.example/", '<link rel="prefetch" href="http://elsewhere.example/">', 200),
        ("500 for GET", "", 500),
    ],
)
def test_what_goes_wrong_in_a_window_is_noticed(served, troubles, trouble, head, status):
    served(head=head, status=status)

    assert [text for text in troubles.left() if trouble in text] != []
    troubles.forgive("")


def test_a_script_that_fails_is_noticed(served, troubles):
    page = served()
    with page.context.expect_event("weberror"):
        page.evaluate("() => { setTimeout(() => { throw new Error('spilt') }) }")

    assert "a script failed: spilt" in "".join(troubles.left())
    troubles.forgive("spilt")


def test_two_windows_share_no_cookie(two_windows):
    mine, yours = two_windows
    mine.context.add_cookies([{"name": "who", "value": "me", "url": HOME}])

    assert [cookie["name"] for cookie in mine.context.cookies()] == ["who"]
    assert yours.context.cookies() == []
