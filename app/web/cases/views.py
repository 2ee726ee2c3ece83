"""Pages of cases. Each that names a person is a look that is written down."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from app.errors import NotFound
from app.services import case_list, case_page, case_search, notes, register_rows, step_page
from app.services.viewing import view
from app.web.cases import intake, steps
from app.web.cases.forms import FilterForm, NoteForm, SearchForm, asked_of
from app.web.guard import acting

cases = Blueprint("cases", __name__)


@cases.get("/cases")
def index() -> str:
    """The cases that are open to the reader, newest first, one page."""
    form = FilterForm.of(request.args)
    page = view(acting(), "case:listed", case_list.page, asked=asked_of(form, request.args))
    return render_template("cases/index.html", filters=form, page=page)


@cases.post("/cases/search")
def search() -> tuple[str, int] | str:
    """The agency's own cases by name: sent, never in an address."""
    form = SearchForm()
    if not form.validate_on_submit():
        return render_template("cases/new.html", form=form, offers=intake.offers()), 422
    found = view(acting(), "case:searched", case_search.by_name, name=form.name)
    return render_template("cases/found.html", search=form, found=found, offers=intake.offers())


@cases.get("/cases/new")
def new() -> str:
    """Look for the person first."""
    return render_template("cases/new.html", form=SearchForm(), offers=intake.offers())


@cases.route("/cases/new/<string:track>/<string:action>", methods=["GET", "POST"])
def begin(track: str, action: str) -> steps.Answer:
    """The first act, on one page: it opens the case."""
    page = step_page.opening(acting(), track, action, fills_in=intake.may_fill_in())
    form = intake.form_of(page)
    if intake.is_first_look():
        return render_template("cases/begin.html", page=page, form=form)
    if form.validate():
        return intake.take(page, form)
    return render_template("cases/begin.html", page=page, form=form), 422


@cases.get("/cases/<uuid:case_id>")
def show(case_id: UUID) -> str:
    """One case, as its reader may see it; a row of a register has no procedure and a page of its own."""
    try:
        page = view(acting(), "case:opened_page", case_page.whole, case_id=case_id)
    except NotFound:
        record = view(acting(), "register:row_opened", register_rows.record, case_id=case_id)
        return render_template("registers/record.html", record=record)
    return render_template("cases/case.html", page=page)


@cases.route("/cases/<uuid:case_id>/steps/<string:track>/<string:action>", methods=["GET", "POST"])
def step(case_id: UUID, track: str, action: str) -> steps.Answer:
    """One step of the procedure: its questions, and taking it."""
    page, form = steps.asked_step(case_id, track, action)
    if form.validate_on_submit():
        return steps.take(page, form, case_id)
    return render_template("cases/step.html", page=page, form=form), 422 if form.errors else 200


@cases.get("/cases/<uuid:case_id>/events/<uuid:event_id>")
def event(case_id: UUID, event_id: UUID) -> str:
    """One step with what was written down, as far as the reader's role goes."""
    page = view(acting(), "case:event_opened", case_page.one_event, case_id=case_id, event_id=event_id)
    return render_template("cases/event.html", page=page)


@cases.route("/cases/<uuid:case_id>/notes", methods=["GET", "POST"])
def add_note(case_id: UUID) -> steps.Answer:
    """Write a note on the case, of one class."""
    form = NoteForm.of(notes.writable(acting()))
    if not form.validate_on_submit():
        head = view(acting(), "case:note_shown", notes.noted_case, case_id=case_id)
        return render_template("cases/note.html", form=form, head=head), 422 if form.errors else 200
    notes.add_note(acting(), case_id, form.told, form.claim())
    flash(gettext("The note is kept."))
    return redirect(url_for("cases.show", case_id=case_id))  # type: ignore[return-value]
