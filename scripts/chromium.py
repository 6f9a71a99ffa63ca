"""Finds the Chromium that the browser tests drive; run as a program, it installs the system's one where it may.

Playwright's own download is not used: the system keeps its Chromium up to date, and checks where it comes from.
"""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

MISSING = """
The browser tests need Chromium, and this machine has none. Any one of these helps:
  - install it:  sudo apt-get install chromium   (or your system's package)
  - name one that is installed elsewhere:  export MEETUP_CHROMIUM=/path/to/chromium
Without a browser, `make test-quick` runs the other tests.
"""


def find() -> str | None:
    """The path of a Chromium that starts, or None."""
    for name in (os.environ.get("MEETUP_CHROMIUM", ""), *NAMES):
        path = shutil.which(name) if name else None
        # On some systems the command is a signpost to another way of installing it, so it is asked.
        if path and subprocess.run([path, "--version"], capture_output=True, check=False).returncode == 0:
            return path
    return None


def install() -> None:
    """Install the system's package, as root or by a sudo that asks for no password. Otherwise nothing happens."""
    apt, sudo = shutil.which("apt-get"), shutil.which("sudo")
    if apt is None or (os.geteuid() != 0 and sudo is None):
        return
    command = [apt] if os.geteuid() == 0 else [str(sudo), "-n", apt]
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    print("Installing Chromium from the system's packages ...", flush=True)
    for words in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
        done = subprocess.run([*command, "-qq", *words], env=environ, stdin=subprocess.DEVNULL, check=False)
        if done.returncode != 0:
            return


def main() -> int:
    if find() is None:
        install()
    if find() is None:
        print(MISSING.strip(), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
