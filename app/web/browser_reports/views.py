"""Takes what a browser reports of the content policy: the directive goes to the log, by its name and nothing else.

Addresses, samples and pages of a report could hold what a person typed; they are never read. Anybody can send reports,
so that they are few a minute and small.
"""

import re

from flask import Blueprint, Response, current_app, request

from app import journal
from app.extensions import csrf
from app.web.report_gate import ReportGate

browser_reports = Blueprint("browser_reports", __name__)

LARGEST = 16 * 1024
DIRECTIVE = re.compile(rb'"(?:effective-?[dD]irective|violated-directive)"\s*:\s*"([a-z-]{1,30})[" ]')
KNOWN = frozenset(
    f"{kind}-src{part}" for kind in ("default", "script", "style", "img", "connect") for part in ("", "-elem", "-attr")
) | {"base-uri", "form-action", "frame-ancestors", "frame-src", "object-src", "font-src", "media-src", "worker-src"}


@browser_reports.post("/browser-reports")
@csrf.exempt
def take() -> Response:
    """Note that a page was to do what it may not. Always answers alike, and nothing."""
    gate: ReportGate = current_app.extensions["report_gate"]
    if (request.content_length or LARGEST + 1) <= LARGEST and gate.lets_through():
        found = DIRECTIVE.search(request.get_data())
        told = found.group(1).decode("ascii") if found else ""
        journal.note("policy_kept", "warning", directive=told if told in KNOWN else "other")
    return Response(mimetype="text/plain")
