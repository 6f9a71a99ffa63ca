"""What every answer tells the browser: load nothing from elsewhere, run nothing inline, frame and keep nothing."""

from flask import Flask, Response, g

from meetup.config import settings

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "font-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
ALWAYS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    # For browsers that do not know frame-ancestors.
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
}


def register(app: Flask) -> None:
    app.after_request(add_headers)


def add_headers(response: Response) -> Response:
    """Add what a view did not decide itself."""
    for name, value in ALWAYS.items():
        response.headers.setdefault(name, value)
    # A page for strangers holds their form's token: the browser may keep it, but asks before it shows it again.
    response.headers.setdefault("Cache-Control", "no-store" if _is_signed_in() else "private, no-cache")
    response.vary.add("Cookie")
    if settings().public_url.startswith("https:"):
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    return response


def _is_signed_in() -> bool:
    # Flask-Login keeps whom it loaded here. Asking `current_user` would cost a query on pages that need none.
    person = g.get("_login_user")
    return bool(person is not None and person.is_authenticated)
