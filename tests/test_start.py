"""A start that cannot be says so in a sentence, before it has changed anything."""

import socket

import pytest

from meetup import commands


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_a_taken_port_is_named_and_nothing_is_made(host, tmp_path, monkeypatch):
    with socket.create_server((host, 0), family=socket.AF_INET6 if ":" in host else socket.AF_INET) as other:
        port = other.getsockname()[1]
        for name, value in {"HOST": host, "PORT": str(port), "MEETUP_INSTANCE": str(tmp_path)}.items():
            monkeypatch.setenv(name, value)
        monkeypatch.delenv("DATABASE_URL", raising=False)

        with pytest.raises(commands.CannotStart, match=f"port {port} \\(Address already in use\\)"):
            commands.run()

    assert list(tmp_path.glob("*.db*")) == []
