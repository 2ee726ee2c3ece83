"""The headers of every answer: a strict content policy without inline script, and no copies of case pages."""

from flask import Flask, Response, request

from config import Settings

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "object-src 'none'",
        "report-uri /browser-reports",
    )
)

HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

TLS_ALONE = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}
"""For a year the browser comes by TLS alone, here and below; set where real people's data lie."""


def register_headers(app: Flask, settings: Settings, left_out: frozenset[str] = frozenset()) -> None:
    """Set them on every answer, errors too; what is left out, a control shows to be missed."""

    def set_headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)  # a file that is handed out brings a stricter policy along
        if request.endpoint != "static":
            response.headers["Cache-Control"] = "no-store"
        if settings.is_production:
            response.headers.update(TLS_ALONE)
        for name in left_out:
            response.headers.pop(name, None)
        return response

    app.after_request(set_headers)
