"""What every answer tells the browser."""

from dataclasses import replace

import pytest

from meetup.shared.headers import ALWAYS


@pytest.mark.parametrize("name", sorted(ALWAYS))
def test_every_answer_says_it_even_a_404(client, name):
    assert client.get("/nowhere-at-all").headers[name] == ALWAYS[name]


def test_nothing_inline_and_nothing_from_elsewhere():
    policy = dict(rule.split(" ", 1) for rule in ALWAYS["Content-Security-Policy"].split("; "))

    assert policy["default-src"] == "'none'"
    assert {policy[kind] for kind in ("script-src", "style-src", "connect-src", "form-action")} == {"'self'"}
    assert policy["frame-ancestors"] == "'none'"


def test_what_a_signed_in_person_sees_is_kept_nowhere(client, people, sign_in):
    strangers = client.get("/nowhere-at-all").headers["Cache-Control"]
    sign_in(people.customer)

    theirs = client.get("/nowhere-at-all").headers["Cache-Control"]

    assert (strangers, theirs) == ("private, no-cache", "no-store")


@pytest.mark.parametrize(
    ("public_url", "told"),
    [("http://tables.example", None), ("https://tables.example", "max-age=31536000; includeSubDomains")],
)
def test_https_is_for_good_where_there_is_https(app, client, settings, monkeypatch, public_url, told):
    monkeypatch.setitem(app.extensions, "meetup_settings", replace(settings, public_url=public_url))

    assert client.get("/nowhere-at-all").headers.get("Strict-Transport-Security") == told
