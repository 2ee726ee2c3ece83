"""No other site makes a browser act here, or loads what is ours; beside the token of each form and the cookie's rule.

Browsers say of each request which site it comes from (Sec-Fetch-Site). Another one may lead to a page of ours and
nothing else: not send a form, not load a picture or a script, not put a page into a frame. An older browser says at
least where a form comes from (Origin); our own pages tell no referrer, so that theirs comes from "null".
"""

from flask import Flask, abort, request

HERE = frozenset({"same-origin", "none"})
READING = frozenset({"GET", "HEAD"})


def refuse_other_sites() -> None:
    """End a request of another site with 403, but for a link that leads to a page."""
    site = request.headers.get("Sec-Fetch-Site", "")
    is_welcome = _is_of_our_origin() if not site else site in HERE or _leads_to_a_page()
    if not is_welcome:
        abort(403)


def _leads_to_a_page() -> bool:
    told = (request.headers.get("Sec-Fetch-Mode"), request.headers.get("Sec-Fetch-Dest"))
    return request.method in READING and told == ("navigate", "document")


def _is_of_our_origin() -> bool:
    """Whether an older browser reads, or sends a form from us or from nowhere; each form must show a token anyway."""
    origin = request.headers.get("Origin", "null")
    return request.method in READING or origin == "null" or origin.partition("://")[2] == request.host


def register_other_sites(app: Flask, *, are_refused: bool = True) -> None:
    """Ask before anything else does; `are_refused` is off in a control."""
    if are_refused:
        app.before_request(refuse_other_sites)
