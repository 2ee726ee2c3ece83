"""The inbox of notices: what the member, her role or her agency should know."""

from uuid import UUID

from flask import Blueprint, Response, redirect, render_template, url_for

from app.queries import notices as inbox_query
from app.services import notices as service
from app.services.reading import look
from app.web.guard import acting

notices = Blueprint("notices", __name__)


@notices.get("/notices")
def inbox() -> str:
    """Unread notices first, paged."""
    return render_template("notices/inbox.html", rows=look(acting(), inbox_query.unread))


@notices.post("/notices/<uuid:notice_id>/read")
def mark_read(notice_id: UUID) -> Response:
    """Put a notice away."""
    service.mark_read(acting(), notice_id)
    return redirect(url_for("notices.inbox"))  # type: ignore[return-value]
