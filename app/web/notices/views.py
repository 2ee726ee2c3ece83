"""The inbox of notices: what the member, her role or her agency should know."""

from uuid import UUID

from flask import Blueprint, Response, redirect, render_template, request, url_for

from app.queries.notices import PAGE
from app.services import notices as service
from app.web.guard import acting
from app.web.paging import page_number

notices = Blueprint("notices", __name__)


@notices.get("/notices")
def inbox() -> str:
    """Unread notices, newest first, one page."""
    page = page_number(request.args)
    rows = service.inbox(acting(), page)
    return render_template("notices/inbox.html", rows=rows, page=page, per_page=PAGE)


@notices.post("/notices/<uuid:notice_id>/read")
def mark_read(notice_id: UUID) -> Response:
    """Put a notice away."""
    service.mark_read(acting(), notice_id)
    return redirect(url_for("notices.inbox"))  # type: ignore[return-value]
