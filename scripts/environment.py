"""Makes the project's environment from its hash-locked list of packages, and only when that has changed.

    environment.py ready FOLDER PURPOSE    says by its exit code whether there is anything to do; takes milliseconds
    environment.py make  FOLDER PURPOSE    does it

PURPOSE is `run` or `test`. Runs on any Python from 3.11 on, with nothing but its standard library.
"""

import hashlib
import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
# What is needed to test holds what is needed to run, in the same versions.
LOCKS = {"run": ["requirements.lock"], "test": ["requirements-dev.lock", "requirements.lock"]}

HELP = {
    "unreachable": """
The package index cannot be reached, so the environment could not be made. Is the network there?
Behind a proxy or with an index of your own, set HTTPS_PROXY or PIP_INDEX_URL. Then run the same command again.""",
    "hashes": """
What the package index sent is not what the lock says it must be, so nothing of it was used.""",
    "unsuitable": """
There is no ready-made package for this machine or this Python ({python}). Another Python may have it:
make run PYTHON=/path/to/python3.11""",
    "other": """
The environment could not be made; the reason stands above. Nothing half-made will be used: run the same command
again.""",
}
SIGNS = (
    ("unreachable", ("NewConnectionError", "NameResolution", "ProxyError", "SSLError", "timed out")),
    ("hashes", ("DO NOT MATCH THE HASHES",)),
    ("unsuitable", ("No matching distribution found",)),
)


class CannotMake(Exception):
    """The environment cannot be made. The text says why, and what to do."""


def stamp_of(folder: str) -> str:
    return os.path.join(folder, "installed")


def wanted(purpose: str) -> list[str]:
    """The lines that the stamp must hold: for which Python, and from which locks, the packages were installed."""
    lines = [f"python {sys.implementation.cache_tag}"]
    for name in LOCKS[purpose]:
        with open(os.path.join(ROOT, name), "rb") as lock:
            lines.append(f"{name} {hashlib.sha256(lock.read()).hexdigest()}")
    return lines


def installed(folder: str) -> list[str]:
    """The stamp's lines. It is written last, so an installation that was interrupted has none."""
    try:
        with open(stamp_of(folder), encoding="utf-8") as stamp:
            return stamp.read().splitlines()
    except OSError:
        return []


def is_ready(folder: str, purpose: str) -> bool:
    return set(wanted(purpose)) <= set(installed(folder))


def make(folder: str, purpose: str) -> None:
    """Make or mend the environment. Made twice, or by two at once, it is the same as made once."""
    import contextlib
    import fcntl

    with open(os.path.join(ROOT, LOCKS[purpose][0]), "rb") as lock:
        with contextlib.suppress(OSError):  # some network disks cannot lock; then two at once is the user's own affair
            fcntl.flock(lock, fcntl.LOCK_EX)
        if is_ready(folder, purpose) and runs(folder):
            return
        print(f"Setting up {folder}: once, and again when the list of packages changes.", flush=True)
        try:
            if not (runs(folder) and wanted(purpose)[0] in installed(folder)):
                make_anew(folder)
            with contextlib.suppress(FileNotFoundError):
                os.remove(stamp_of(folder))
            install(folder, LOCKS[purpose][0])
            write_stamp(folder, purpose)
        except OSError as problem:
            raise CannotMake(
                f"{folder} cannot be written ({problem.strerror}). Where the program's folder is read-only, "
                "name two others: MEETUP_VENV for the environment, MEETUP_INSTANCE for the data."
            ) from problem


def runs(folder: str) -> bool:
    """Does the environment's Python start, and is it the kind that we are?"""
    import subprocess

    ask = [python_of(folder), "-ISc", "import sys; print(sys.implementation.cache_tag)"]
    try:
        return subprocess.check_output(ask, text=True).strip() == sys.implementation.cache_tag
    except (OSError, subprocess.CalledProcessError):
        return False


def python_of(folder: str) -> str:
    return os.path.join(os.path.abspath(folder), "bin", "python")


def make_anew(folder: str) -> None:
    """An empty environment without pip, in place of whatever half-made one lies there."""
    import shutil

    try:
        import venv
    except ImportError as problem:
        raise CannotMake(f"{sys.executable} lacks the module venv: on Debian, apt install python3-venv.") from problem
    if os.path.isdir(folder) and os.listdir(folder) and not os.path.exists(os.path.join(folder, "pyvenv.cfg")):
        raise CannotMake(f"{folder} is no environment of Python's. Move it away, or name another one: MEETUP_VENV.")
    if os.path.isdir(folder):
        shutil.rmtree(folder)
    venv.EnvBuilder(symlinks=True, with_pip=False).create(folder)


def install(folder: str, lock: str) -> None:
    """Install exactly what the lock names, ready-made packages only: nothing runs that no hash vouches for."""
    import subprocess
    import tempfile

    from pip_from import find_pip  # beside this file

    with open(os.path.join(ROOT, lock), encoding="utf-8") as lines:
        count = sum("==" in line for line in lines)
    with tempfile.TemporaryDirectory() as scratch:
        pip = find_pip(python_of(folder), scratch)
        print(f"Installing {count} packages ...", flush=True)
        exactly = ["--require-hashes", "--no-deps", "--only-binary=:all:", "-r", os.path.join(ROOT, lock)]
        quietly = ["--quiet", "--no-input", "--disable-pip-version-check", "--no-warn-script-location"]
        # Somebody's habit of installing for themselves or elsewhere must not lead the packages astray.
        environ = {**os.environ, "PIP_USER": "no", "PIP_REQUIRE_VIRTUALENV": "no", "PIP_TARGET": "", "PIP_PREFIX": ""}
        done = subprocess.run(
            [*pip, "install", *exactly, *quietly], env=environ, stderr=subprocess.PIPE, text=True, check=False
        )
    if done.returncode != 0:
        kind = next((kind for kind, signs in SIGNS if any(sign in done.stderr for sign in signs)), "other")
        if kind != "unreachable":
            print("\n".join(done.stderr.strip().splitlines()[-12:]), file=sys.stderr)
        raise CannotMake(HELP[kind].strip().format(python=sys.version.split()[0]))


def write_stamp(folder: str, purpose: str) -> None:
    half = stamp_of(folder) + ".new"
    with open(half, "w", encoding="utf-8") as stamp:
        stamp.write("\n".join(wanted(purpose)) + "\n")
    os.replace(half, stamp_of(folder))


def main(job: str, folder: str, purpose: str) -> int:
    if job == "ready":
        return 0 if is_ready(folder, purpose) else 1
    try:
        make(folder, purpose)
    except CannotMake as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nInterrupted. Nothing half-made will be used: run the same command to begin again.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
