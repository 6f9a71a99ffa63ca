"""Where to go after the door: only ever to a page of ours."""

from urllib.parse import urlsplit

LONGEST = 500


def own_path(typed: str | None) -> str | None:
    """The path, if it leads to a page of this site; None for anything that could lead elsewhere.

    Browsers read “//evil”, “/\\\\evil” and “/<tab>/evil” as another site's address, so none of them is a path.
    """
    if not typed or len(typed) > LONGEST or not typed.startswith("/") or typed.startswith("//"):
        return None
    if "\\" in typed or not typed.isprintable() or " " in typed:
        return None
    parts = urlsplit(typed)
    return None if parts.scheme or parts.netloc else typed
