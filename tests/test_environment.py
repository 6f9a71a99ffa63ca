"""`make run` on a fresh clone: the environment is made from the lock, once, and whatever goes wrong says so.

The real scripts make real environments here, from a lock of one small package that each test writes for itself.
"""

import hashlib
import http.server
import os
import shutil
import signal
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
VERSION = "import kettle; print(kettle.VERSION)"


class Checkout:
    """A clone of its own, at a path with spaces, and the package that its lock names."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.shelf = folder / "a fresh clone", folder / "shelf"
        self.shelf.mkdir()
        shutil.copytree(ROOT / "scripts", self.folder / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
        self.environ = {"PATH": os.environ["PATH"], "HOME": str(folder), "PIP_NO_INDEX": "1"}
        self.environ["PIP_FIND_LINKS"] = self.shelf.as_uri()
        self.lock("1.0")

    def lock(self, version: str, sha256: str = "") -> None:
        """Write a lock that names this version of the package, and put that on the shelf."""
        wheel = self.shelf / f"kettle-{version}-py3-none-any.whl"
        about = f"kettle-{version}.dist-info"
        with zipfile.ZipFile(wheel, "w") as file:
            file.writestr("kettle.py", f"VERSION = {version!r}\n")
            file.writestr(f"{about}/METADATA", f"Metadata-Version: 2.1\nName: kettle\nVersion: {version}\n")
            file.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
            file.writestr(f"{about}/RECORD", f"kettle.py,,\n{about}/METADATA,,\n{about}/WHEEL,,\n{about}/RECORD,,\n")
        sha256 = sha256 or hashlib.sha256(wheel.read_bytes()).hexdigest()
        (self.folder / "requirements.lock").write_text(f"kettle=={version} \\\n    --hash=sha256:{sha256}\n")

    def command(self, code: str = VERSION) -> list[str]:
        return ["sh", str(self.folder / "scripts" / "python"), "run", "-c", code]

    def start(self, **environ: str) -> subprocess.CompletedProcess[str]:
        environ = {**self.environ, **environ}
        return subprocess.run(self.command(), env=environ, cwd="/", capture_output=True, text=True, check=False)


@pytest.fixture
def checkout(tmp_path):
    return Checkout(tmp_path)


def test_the_first_start_installs_and_the_second_only_starts(checkout):
    first, second = checkout.start(), checkout.start(PATH="/bin:/usr/bin", PIP_FIND_LINKS="/nowhere")

    assert first.stdout.splitlines()[1:] == ["Installing 1 packages ...", "1.0"]
    assert (second.returncode, second.stdout, second.stderr) == (0, "1.0\n", "")


def test_a_changed_lock_is_installed_at_the_next_start(checkout):
    checkout.start()
    checkout.lock("1.1")

    assert checkout.start().stdout.splitlines()[-1] == "1.1"


def test_a_package_with_another_hash_is_refused_and_nothing_starts(checkout):
    checkout.lock("1.0", sha256="0" * 64)

    done = checkout.start()

    assert done.returncode == 1
    assert "is not what the lock says" in done.stderr
    assert not list(checkout.folder.glob(".venv/lib/*/site-packages/kettle*"))


def test_an_installation_that_was_killed_is_begun_again(checkout):
    going = subprocess.Popen(checkout.command(), env=checkout.environ, stdout=subprocess.PIPE, start_new_session=True)
    with going:
        while b"Installing" not in going.stdout.readline():
            assert going.poll() is None
        os.killpg(going.pid, signal.SIGKILL)

    assert (checkout.folder / ".venv").exists()
    assert checkout.start().stdout.splitlines()[-1] == "1.0"


def test_an_environment_of_another_python_is_made_anew(checkout):
    checkout.start()
    stamp = checkout.folder / ".venv" / "installed"
    stamp.write_text(stamp.read_text().replace(sys.implementation.cache_tag[:8], "cpython-2"))
    left = checkout.folder / ".venv" / "of the old one"
    left.touch()

    assert checkout.start().stdout.splitlines()[-1] == "1.0"
    assert not left.exists()


def test_two_at_once_make_one_environment(checkout):
    starts = [subprocess.Popen(checkout.command(), env=checkout.environ, stdout=subprocess.PIPE) for _ in range(2)]
    said = [start.communicate()[0].splitlines() for start in starts]

    assert [lines[-1] for lines in said] == [b"1.0", b"1.0"]
    assert sorted(len(lines) for lines in said) == [1, 3]


def test_a_folder_that_is_no_environment_is_not_touched(checkout):
    diary = checkout.folder / ".venv" / "diary"
    diary.parent.mkdir()
    diary.write_text("Dear")

    assert "Move it away" in checkout.start().stderr
    assert diary.read_text() == "Dear"


def test_a_folder_that_cannot_be_written_names_the_way_round(checkout):
    done = checkout.start(MEETUP_VENV="/proc/no-place-for-files")

    assert done.returncode == 1
    assert "MEETUP_VENV for the environment, MEETUP_INSTANCE for the data" in done.stderr


def test_an_index_out_of_reach_is_said_in_a_sentence(checkout):
    done = checkout.start(PIP_NO_INDEX="no", PIP_INDEX_URL="http://127.0.0.1:9/", PIP_FIND_LINKS="", PIP_RETRIES="1")

    assert done.returncode == 1
    assert done.stderr.startswith("The package index cannot be reached")


def test_a_python_that_is_too_old_is_named(checkout):
    old = checkout.folder / "python3.9"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo "Python 3.9.2"\n')
    old.chmod(0o755)

    done = checkout.start(PYTHON=str(old))

    assert done.returncode == 1
    assert done.stderr.startswith(f"This needs Python 3.11 or newer; {old} is Python 3.9.2.")


@pytest.fixture
def index(tmp_path, monkeypatch):
    """A package index that offers one file as pip. Returns the hash of that file."""
    from scripts import pip_from

    shelf = tmp_path / "pip"
    shelf.mkdir()
    (shelf / "index.html").write_text(f'<a href="{pip_from.WHEEL}#sha256=whatever">pip</a>')
    with zipfile.ZipFile(shelf / pip_from.WHEEL, "w") as file:
        file.writestr("pip/__main__.py", "print('pip 26.3')")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), lambda *args: Quiet(*args, directory=str(tmp_path)))
    threading.Thread(target=server.serve_forever, args=[0.05], daemon=True).start()
    monkeypatch.setenv("PIP_INDEX_URL", f"http://127.0.0.1:{server.server_port}")
    yield hashlib.sha256((shelf / pip_from.WHEEL).read_bytes()).hexdigest()
    server.shutdown()
    server.server_close()


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_args: object) -> None:
        pass


@pytest.mark.parametrize("known", [True, False])
def test_a_pip_from_the_index_is_run_only_when_its_hash_is_known(index, monkeypatch, tmp_path, known):
    from scripts import pip_from

    monkeypatch.setattr(pip_from, "WHEEL_SHA256", index if known else "0" * 64)

    command = pip_from.of_the_index(sys.executable, str(tmp_path))

    assert command == ([sys.executable, "-I", f"{tmp_path / pip_from.WHEEL}/pip"] if known else None)
