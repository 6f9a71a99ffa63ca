"""Where pip comes from, on machines that differ: a way that works with what is there, or a sentence on what to do.

Debian's Python comes without `ensurepip`, so an environment may be born without pip. Each way below gives the words
that begin a pip command for it, or None.
"""

import configparser
import hashlib
import os
import re
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from glob import glob
from html.parser import HTMLParser
from urllib.parse import urljoin

# The one file that we fetch ourselves, and the hash without which we do not run it.
WHEEL = "pip-26.3-py3-none-any.whl"
WHEEL_SHA256 = "f3b60b20ffaadd4415ed7957212a38ac63fa4c5fa375bd0f4a797777940fad13"
PYTHON_OPTION_SINCE = (22, 3)

NOWHERE = """
This Python ({python}) brings no pip, and none was found on the machine. Any one of these helps:
  - install it:  apt install python3-venv   (or your system's package with Python's ensurepip)
  - name a Python that has it:  make run PYTHON=/path/to/python3.11
  - name a package index, from which one file of a known hash is fetched:  export PIP_INDEX_URL=https://…/simple
"""


class NoPip(SystemExit):
    """pip cannot be had. The text says what would help."""


def find_pip(python: str, scratch: str) -> list[str]:
    """How to call a pip that installs into the environment of `python`."""
    for way in (of_this_python, of_ensurepip, of_the_system, of_the_path, of_debian, of_the_index):
        if command := way(python, scratch):
            return command
    raise NoPip(NOWHERE.strip().format(python=sys.executable))


def of_this_python(python: str, scratch: str) -> list[str] | None:
    """The pip beside the Python that the environment was made from."""
    return reaching_over([sys.executable, "-I", "-m", "pip"], python)


def of_ensurepip(python: str, scratch: str) -> list[str] | None:
    """The pip that this Python carries."""
    return [python, "-I", "-m", "pip"] if succeeds([python, "-I", "-m", "ensurepip"]) else None


def of_the_system(python: str, scratch: str) -> list[str] | None:
    """The wheel that Debian lays down for tools that make environments."""
    return first_that_runs(python, glob("/usr/share/python-wheels/pip-*.whl"))


def of_the_path(python: str, scratch: str) -> list[str] | None:
    """A pip that belongs to some other Python."""
    for name in ("pip3", "pip"):
        if (path := shutil.which(name)) and (command := reaching_over([path], python)):
            return command
    return None


def of_debian(python: str, scratch: str) -> list[str] | None:
    """Debian's package of that wheel, checked by apt, unpacked beside and not installed: needs no root."""
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        return None
    lists, cache = os.path.join(scratch, "lists"), os.path.join(scratch, "cache")
    for folder in (lists, cache):
        os.makedirs(os.path.join(folder, "partial"))
    own_lists = ["-o", f"Dir::State::lists={lists}", "-o", f"Dir::Cache={cache}"]
    if not succeeds(["apt-get", "download", "python3-pip-whl"], cwd=scratch):
        print("Asking Debian's packages for pip ...", flush=True)
        succeeds(["apt-get", *own_lists, "update"], cwd=scratch)
        succeeds(["apt-get", *own_lists, "download", "python3-pip-whl"], cwd=scratch)
    for package in glob(os.path.join(scratch, "python3-pip-whl*.deb")):
        succeeds(["dpkg-deb", "-x", package, os.path.join(scratch, "unpacked")])
    return first_that_runs(python, glob(os.path.join(scratch, "unpacked/usr/share/python-wheels/pip-*.whl")))


def of_the_index(python: str, scratch: str) -> list[str] | None:
    """One file from the package index that this machine is set up for, run only if its hash is the one we know."""
    for index in configured_indexes():
        with suppress(OSError, ValueError):
            listing = f"{index.rstrip('/')}/pip/"
            page = Links(fetch(listing).decode())
            for href in page.named(WHEEL):
                body = fetch(urljoin(listing, href))
                if hashlib.sha256(body).hexdigest() != WHEEL_SHA256:
                    continue
                path = os.path.join(scratch, WHEEL)
                with open(path, "wb") as file:
                    file.write(body)
                return first_that_runs(python, [path])
    return None


def configured_indexes() -> Iterator[str]:
    """The indexes that pip's own variables and files name."""
    yield from os.environ.get("PIP_INDEX_URL", "").split()
    yield from os.environ.get("PIP_EXTRA_INDEX_URL", "").split()
    home = os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")
    own = [os.environ.get("PIP_CONFIG_FILE", ""), f"{home}/pip/pip.conf", os.path.expanduser("~/.pip/pip.conf")]
    for place in filter(os.path.isfile, [*own, "/etc/xdg/pip/pip.conf", "/etc/pip.conf"]):
        file = configparser.RawConfigParser()
        with suppress(configparser.Error, UnicodeDecodeError):
            file.read(place, encoding="utf-8")
        for section in ("install", "global"):
            for key in ("index-url", "extra-index-url"):
                yield from file.get(section, key, fallback="").split()


class Links(HTMLParser):
    """The links of an index's page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if tag == "a" and name == "href" and value]

    def named(self, file: str) -> list[str]:
        return [link for link in self.found if link.partition("#")[0].rpartition("/")[2] == file]


def fetch(url: str) -> bytes:
    request = urllib.request.Request(url, headers={"Accept": "text/html"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return bytes(answer.read())


def reaching_over(pip: list[str], python: str) -> list[str] | None:
    """`pip --python …` installs into another environment; older ones cannot."""
    said = answer_of([*pip, "--version"])
    version = re.match(r"pip (\d+)\.(\d+)", said)
    if version and tuple(map(int, version.groups())) >= PYTHON_OPTION_SINCE:
        return [*pip, "--python", python]
    return None


def first_that_runs(python: str, wheels: list[str]) -> list[str] | None:
    # A wheel is a zip, and Python runs a package that lies in one.
    for wheel in sorted(wheels, reverse=True):
        command = [python, "-I", f"{wheel}/pip"]
        if answer_of([*command, "--version"]):
            return command
    return None


def succeeds(command: list[str], cwd: str | None = None) -> bool:
    with suppress(OSError):
        return subprocess.run(command, cwd=cwd, capture_output=True, check=False).returncode == 0
    return False


def answer_of(command: list[str]) -> str:
    with suppress(OSError):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.stdout if done.returncode == 0 else ""
    return ""
