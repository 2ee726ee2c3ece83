"""Pages of a shelter's texts."""

from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask_babel import gettext

from app.errors import NotFound
from app.services import house_texts as service
from app.services.viewing import view
from app.web.attempts import attempt, status_of
from app.web.guard import acting
from app.web.house_life.forms import TextForm

house_texts = Blueprint("house_texts", __name__, url_prefix="/house/texts")
Answer = str | Response | tuple[str, int]
KIND = "<any(house_rules, rights_leaflet):kind>"


@house_texts.get("/")
def index() -> str:
    """The texts in force, in all their languages."""
    return render_template("house_texts/index.html", texts=view(acting(), "house_text:listed", service.of_shelter))


@house_texts.route(f"/{KIND}/new", methods=["GET", "POST"])
def write(kind: str) -> Answer:
    """Write a text, or say it in another language."""
    form = TextForm()
    if form.validate_on_submit():
        asked = (kind, str(form.language.data), str(form.body.data), bool(form.is_new.answer), form.claim())
        made: UUID | None = attempt(form, lambda: service.write(acting(), *asked))
        if made:
            flash(gettext("Recorded."))
            return redirect(url_for("house_texts.index"))  # type: ignore[return-value]
    return render_template("house_texts/write.html", kind=kind, form=form), status_of(form)


@house_texts.get(f"/{KIND}/<string:language>")
def paper(kind: str, language: str) -> str:
    """A text in one language, to be printed."""
    found = view(acting(), "house_text:printed", service.of_shelter)
    rows = (row for text in found if text.kind == kind for row in text.languages if row.language == language)
    row = next(rows, None)
    if row is None:
        raise NotFound
    return render_template("house_texts/paper.html", row=row)
