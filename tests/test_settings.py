"""A setting that cannot be used stops the start, with a line that names it."""

import pytest

from meetup.__main__ import main
from meetup.config import BadSetting, Settings

PRODUCTION = {
    "MEETUP_PRODUCTION": "yes",
    "SECRET_KEY": "the same everywhere",
    "SMTP_URL": "smtp://user:secret@mail.example:587",
}


def read(tmp_path, **environ):
    return Settings.from_environ({"MEETUP_INSTANCE": str(tmp_path), **environ})


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("PORT", "eight thousand"),
        ("PORT", "65536"),
        ("PORT", "-1"),
        ("WEB_THREADS", "31"),
        ("MEETUP_DEMO", "perhaps"),
        ("RATE_LIMITS", "1"),
        ("LOG_LEVEL", "loud"),
        ("PUBLIC_URL", "tables.example"),
        ("PUBLIC_URL", "javascript:alert(1)"),
        ("MAIL_FROM", "nobody"),
        ("MAIL_FROM", "a b@tables.example"),
        ("DATABASE_URL", "mysql://localhost/meetup"),
        ("WEB_WORKERS", "2"),  # on SQLite
    ],
)
def test_a_value_that_cannot_be_used_is_named(tmp_path, name, typed):
    with pytest.raises(BadSetting, match=f"^{name}: "):
        read(tmp_path, **{name: typed})


@pytest.mark.parametrize("missing", ["SECRET_KEY", "SMTP_URL"])
def test_production_needs_what_no_default_can_be(tmp_path, missing):
    with pytest.raises(BadSetting, match=f"^{missing}: "):
        read(tmp_path, **{name: value for name, value in PRODUCTION.items() if name != missing})


def test_production_cannot_have_the_demo(tmp_path):
    assert read(tmp_path, **PRODUCTION).demo is False

    with pytest.raises(BadSetting, match="^MEETUP_DEMO: "):
        read(tmp_path, **PRODUCTION, MEETUP_DEMO="yes")


def test_a_restart_finds_the_key_that_was_made(tmp_path):
    made = read(tmp_path).secret_key

    assert len(made) >= 32
    assert read(tmp_path).secret_key == made
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_no_secret_shows_where_settings_are_printed(tmp_path):
    urls = {"REDIS_URL": "redis://:hidden@localhost", "DATABASE_URL": "postgresql://meetup:own@localhost/x"}
    secrets = (PRODUCTION["SECRET_KEY"], "user:secret", ":hidden@", ":own@")

    shown = repr(read(tmp_path, **PRODUCTION, **urls))

    assert [secret for secret in secrets if secret in shown] == []


def test_the_command_line_says_it_in_one_line(monkeypatch, capsys):
    monkeypatch.setenv("PORT", "eight thousand")

    assert main(["run"]) == 2
    assert capsys.readouterr().err == "meetup: PORT: a whole number from 1 to 65535, not “eight thousand”\n"
