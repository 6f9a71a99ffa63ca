"""When something is in the way: what it is, in plain words, and what to do next."""

import pytest
from flask import render_template

from meetup.shared.errors import answer


def drawn(app, code, reason=None, referrer="http://localhost/b/fernhill"):
    with app.test_request_context("/somewhere", headers={"Referer": referrer}):
        page, status = answer(code, reason)
    assert status == code
    return page


@pytest.mark.parametrize("code", [400, 403, 404, 405, 409, 413, 422, 429, 500, 503])
def test_an_error_page_has_a_heading_and_a_way_on(app, code):
    page = drawn(app, code)

    assert page.count("<h1>") == 1
    assert 'href="/"' in page


def test_a_refusal_says_why_and_leads_back(app):
    page = drawn(app, 409, "“Bread & butter” is full.")

    assert "“Bread &amp; butter” is full." in page
    assert 'href="http://localhost/b/fernhill">Back to where you were' in page


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "http://localhost.evil.example/", ""])
def test_it_never_leads_to_another_site(app, elsewhere):
    page = drawn(app, 409, referrer=elsewhere)

    assert "Back to where you were" not in page
    assert "evil" not in page


@pytest.mark.parametrize("code", [500, 503])
def test_our_own_fault_is_told_without_the_database_or_the_session(app, monkeypatch, code):
    def broken():
        raise RuntimeError("this broke")

    monkeypatch.setitem(app.template_context_processors, None, [broken])

    assert "<h1>" in drawn(app, code)
    with app.test_request_context(), pytest.raises(RuntimeError, match="this broke"):
        render_template("shared/error.html", code=404)
