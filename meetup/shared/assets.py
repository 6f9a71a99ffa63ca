"""Style sheets and scripts, served from here alone, under an address that changes whenever one of them does."""

from hashlib import blake2b
from pathlib import Path

from flask import Flask
from whitenoise import WhiteNoise

from meetup.config import ROOT

FOLDER = ROOT / "static"
# What belongs at the top of the site: robots.txt. Served under its own name, and kept for a minute only.
AT_THE_TOP = FOLDER / "root"


def register(app: Flask) -> None:
    """Serve `static/`, and give templates `asset(path)`, the address of one of its files."""
    prefix = f"/static/{fingerprint(FOLDER)}/"
    # While somebody edits them, files are read anew at each request and nobody keeps them.
    editing = app.debug
    served = WhiteNoise(
        app.wsgi_app,
        autorefresh=editing,
        max_age=0 if editing else 60,
        immutable_file_test=lambda _path, url: url.startswith(prefix) and not editing,
        add_headers_function=_harmless,
        allow_all_origins=False,
    )
    served.add_files(str(FOLDER), prefix=prefix)
    served.add_files(str(AT_THE_TOP), prefix="/")
    app.wsgi_app = served  # type: ignore[method-assign]  # how WSGI middleware is put on in Flask
    app.add_template_global(lambda path: prefix + path.lstrip("/"), "asset")


def fingerprint(folder: Path) -> str:
    """A short name for exactly these files: another name, path or byte gives another.

    One for all of them, so that a style sheet or script finds its neighbours by a relative address.
    """
    digest = blake2b(digest_size=8)
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        for part in (file.relative_to(folder).as_posix().encode(), file.read_bytes()):
            digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def _harmless(headers: object, _path: str, _url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"  # type: ignore[index]  # whitenoise ships without types
    headers["Cross-Origin-Resource-Policy"] = "same-origin"  # type: ignore[index]
