"""Forms on paper: the list of a version's, one left blank, one with what a step wrote down."""

from uuid import UUID

from flask import Blueprint, render_template, request
from markupsafe import Markup

from app.errors import NotFound
from app.services import sheets as service
from app.services.sheets import Version
from app.services.viewing import view
from app.web.fields import today
from app.web.guard import acting
from app.web.languages import asked_language, spoken_in

sheets = Blueprint("sheets", __name__)


@sheets.get("/forms")
def index() -> str:
    """The forms of one version by their numbers; of the version in force where the address names none."""
    found = service.versions_known(acting(), today())
    shown = wanted_version(found)
    return render_template(
        "sheets/index.html", versions=found, shown=shown, forms=service.forms_of(acting(), shown.name)
    )


@sheets.get("/forms/<string:version>/<string:form_key>")
def blank(version: str, form_key: str) -> str:
    """One form to be filled in by hand, in whichever language who fills it in reads."""
    found = service.blank(acting(), version, form_key)
    language = asked_language()
    paper = on_paper("sheets/blank_paper.html", language, paper=found)
    return render_template("sheets/blank.html", blank=found, paper=paper, language=language)


@sheets.get("/cases/<uuid:case_id>/events/<uuid:event_id>/paper")
def filled(case_id: UUID, event_id: UUID) -> str:
    """The form of a step with what was written down, as far as the reader's role goes."""
    found = view(acting(), "case:form_printed", service.filled, case_id=case_id, event_id=event_id)
    language = asked_language()
    paper = on_paper("sheets/filled_paper.html", language, filled=found)
    return render_template("sheets/filled.html", filled=found, paper=paper, language=language)


def on_paper(template: str, language: str, **told: object) -> Markup:
    """A paper in a language of its own, to be set into a page."""
    with spoken_in(language):
        return Markup(render_template(template, language=language, **told))  # noqa: S704 - rendered with escaping


def wanted_version(found: tuple[Version, ...]) -> Version:
    """The version that the address names, else the one in force, else the newest; raises NotFound for another."""
    name = request.args.get("version")
    if name is None:
        return next((one for one in found if one.is_in_force), found[0])
    known = next((one for one in found if one.name == name), None)
    if known is None:
        raise NotFound
    return known
