"""The inbox of notices: what the member, her role or her agency should know."""

from uuid import UUID

from flask import Blueprint, Response, redirect, render_template, request, url_for

from app.queries import notices as inbox_query
from app.services import notices as service
from app.services.reading import look
from app.web.guard import acting
from app.web.paging import page_number

notices = Blueprint("notices", __name__)


@notices.get("/notices")
def inbox() -> str:
    """Unread notices, newest first, one page."""
    page = page_number(request.args)
    rows = look(acting(), inbox_query.unread, page=page)
    return render_template("notices/inbox.html", rows=rows, page=page, per_page=inbox_query.PAGE)


@notices.post("/notices/<uuid:notice_id>/read")
def mark_read(notice_id: UUID) -> Response:
    """Put a notice away."""
    service.mark_read(acting(), notice_id)
    return redirect(url_for("notices.inbox"))  # type: ignore[return-value]
