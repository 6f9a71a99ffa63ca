"""A start that cannot be says so in a sentence, before it has changed anything."""

import socket

import pytest

from meetup import commands


def test_a_taken_port_is_named_and_nothing_is_made(tmp_path, monkeypatch):
    monkeypatch.setenv("MEETUP_INSTANCE", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        monkeypatch.setenv("PORT", str(port))

        with pytest.raises(commands.CannotStart, match=f"port {port} \\(Address already in use\\)"):
            commands.run()

    assert list(tmp_path.glob("*.db*")) == []
