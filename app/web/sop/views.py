"""Pages of the procedure for everyone who is signed in, and of where one case stands in it."""

from uuid import UUID

from flask import Blueprint, render_template, request
from markupsafe import Markup

from app.services import sop_page
from app.services.sop_page import VersionPage
from app.services.viewing import view
from app.web.guard import acting
from app.web.languages import data_language

sop = Blueprint("sop", __name__)


@sop.get("/procedure")
def index() -> str:
    """The versions, with the days from which they are in force."""
    return render_template("sop/index.html", versions=sop_page.listed(acting()))


@sop.get("/procedure/<string:name>")
def version(name: str) -> str:
    """One version, one track at a time."""
    return _page(sop_page.version(acting(), name, request.args.get("track", ""), data_language()))


@sop.get("/procedure/<string:old>/<string:new>")
def compare(old: str, new: str) -> str:
    """What differs between any two versions."""
    return render_template("sop/compare.html", page=sop_page.compared(acting(), old, new))


@sop.get("/cases/<uuid:case_id>/procedure")
def case(case_id: UUID) -> str:
    """Where a case stands in the procedure that it runs under."""
    asked = {"case_id": case_id, "track": request.args.get("track", ""), "language": data_language()}
    return _page(view(acting(), "case:procedure_shown", sop_page.of_case, **asked))


def _page(page: VersionPage) -> str:
    drawn = Markup(page.shown.drawing)  # noqa: S704 - made by us, its words escaped
    return render_template("sop/version.html", page=page, drawing=drawn)
