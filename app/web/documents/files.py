"""A document as an answer: always a file to be kept, never a page of ours, able to do nothing where it is opened."""

from urllib.parse import quote

from flask import Response
from werkzeug.http import quote_header_value

from app.documents.names import ENDINGS, TYPES
from app.services.documents import HandedOut

SANDBOX = "sandbox; default-src 'none'"


def handed_out(document: HandedOut) -> Response:
    """The answer; its name is told as RFC 6266 says, the plain one without any word of the document."""
    plain = quote_header_value(f"document.{ENDINGS[document.format]}")
    named = f"attachment; filename={plain}; filename*=UTF-8''{quote(document.name, safe='')}"
    headers = {
        "Content-Disposition": named,
        "Content-Type": TYPES[document.format],
        "Content-Security-Policy": SANDBOX,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return Response(document.content, headers=headers)
