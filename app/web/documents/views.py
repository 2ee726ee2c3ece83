"""Documents on a case. Each list and each file is a look that is written down."""

from uuid import UUID

from flask import Blueprint, Response, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext

from app.services import documents as service
from app.services.notes import noted_case
from app.services.viewing import view
from app.web.attempts import attempt, status_of
from app.web.documents.files import handed_out
from app.web.documents.forms import DocumentForm, RemoveForm
from app.web.guard import acting

documents = Blueprint("documents", __name__)
Answer = str | Response | tuple[str, int]


@documents.get("/cases/<uuid:case_id>/documents")
def index(case_id: UUID) -> str:
    """The documents of a case."""
    shelf = view(acting(), "document:listed", service.shelf, case_id=case_id)
    return render_template("documents/index.html", shelf=shelf)


@documents.route("/cases/<uuid:case_id>/documents/new", methods=["GET", "POST"])
def add(case_id: UUID) -> Answer:
    """Put a document on a case."""
    form = DocumentForm.of(service.kinds_for(acting()))
    largest = current_app.config["SETTINGS"].document_limit
    if form.validate_on_submit() and attempt(
        form, lambda: service.add(acting(), case_id, form.told, largest, form.claim())
    ):
        flash(gettext("The document is kept."))
        return redirect(url_for("documents.index", case_id=case_id))  # type: ignore[return-value]
    head = view(acting(), "case:document_shown", noted_case, case_id=case_id)
    return render_template("documents/add.html", form=form, head=head), status_of(form)


@documents.get("/cases/<uuid:case_id>/documents/<uuid:document_id>")
def download(case_id: UUID, document_id: UUID) -> Response:
    """One document, as a file to be kept."""
    found = view(acting(), "document:opened", service.hand_out, case_id=case_id, document_id=document_id)
    return handed_out(found)


@documents.route("/cases/<uuid:case_id>/documents/<uuid:document_id>/remove", methods=["GET", "POST"])
def remove(case_id: UUID, document_id: UUID) -> Answer:
    """Take an own document off the case, after one more question."""
    form = RemoveForm()
    if not (form.names(document_id) and form.validate()):
        one = view(acting(), "document:shown", service.own, case_id=case_id, document_id=document_id)
        return render_template(
            "documents/remove.html", form=form, one=one, case_id=case_id
        ), 422 if form.is_submitted() else 200
    service.remove(acting(), case_id, document_id, form.claim())
    flash(gettext("The document is taken off the case."))
    return redirect(url_for("documents.index", case_id=case_id))  # type: ignore[return-value]
