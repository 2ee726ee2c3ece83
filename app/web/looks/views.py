"""Pages on who looked at the people of an agency, the same as a file, and the signed checkpoint to keep."""

import json
from uuid import UUID

from flask import Blueprint, Response, render_template, request

from app.services import looks as service
from app.services.viewing import view
from app.web.guard import acting
from app.web.looks import files
from app.web.looks.forms import asked_form
from app.web.paging import page_number

looks = Blueprint("looks", __name__)


@looks.get("/looks")
def index() -> str:
    """Looks and acts at all cases of the agency, the latest first."""
    form, page = asked_form(request.args), page_number(request.args)
    found = view(acting(), "audit:looks_listed", service.of_agency, days=form.asked, page=page)
    return render_template("looks/index.html", form=form, found=found, page=page)


@looks.get("/cases/<uuid:case_id>/looks")
def of_case(case_id: UUID) -> str:
    """Looks and acts at one case."""
    form, page = asked_form(request.args), page_number(request.args)
    asked = {"case_id": case_id, "days": form.asked, "page": page}
    found = view(acting(), "audit:looks_opened", service.of_case, **asked)
    return render_template("looks/index.html", form=form, found=found, page=page)


@looks.get("/looks.csv")
def export_csv() -> Response:
    """The same as a file."""
    form = asked_form(request.args)
    found = view(acting(), "audit:looks_exported", service.of_agency, days=form.asked, page=1, size=service.IN_A_FILE)
    return files.csv_answer(found)


@looks.get("/looks/checkpoint")
def checkpoint() -> Response:
    """The latest signed checkpoint, to be kept where nobody who owns the database comes."""
    found = view(acting(), "audit:checkpoint_taken", service.latest)
    line = json.dumps({"content": found.content, "signature": found.signature}) + "\n"
    name = f"checkpoint-{found.number}.jsonl"
    return Response(line, mimetype="application/json", headers={"Content-Disposition": f"attachment; filename={name}"})
