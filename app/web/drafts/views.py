"""Pages of drafts, for administrators: begin, edit, compare, sign, release."""

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask_babel import gettext

from app.errors import Refusal, Stale
from app.services import drafts as service
from app.services.drafts import DraftPage, FilePage
from app.web.attempts import attempt, explain, status_of
from app.web.drafts.forms import FileForm, NewDraftForm, VersionedForm
from app.web.errors import STATUS
from app.web.guard import acting

drafts = Blueprint("drafts", __name__)

Answer = str | Response | tuple[str, int]


@drafts.get("/drafts")
def index() -> str:
    """The country's own drafts and releases."""
    return render_template("drafts/index.html", page=service.listed(acting()))


@drafts.route("/drafts/new", methods=["GET", "POST"])
def new() -> Answer:
    """Begin a draft as a copy."""
    form = NewDraftForm.of(service.listed(acting()).sources)
    if form.validate_on_submit():
        made = attempt(form, lambda: service.begin(acting(), str(form.name.data), str(form.source.data), form.claim()))
        if made is not None:
            return _to(made["name"])
    return render_template("drafts/new.html", form=form), status_of(form)


@drafts.get("/drafts/<string:name>")
def show(name: str) -> Answer:
    """One draft: its files, what is wrong with it, and the next act."""
    return _page(service.shown(acting(), name), VersionedForm())


@drafts.route("/drafts/<string:name>/files/<string:file>", methods=["GET", "POST"])
def edit(name: str, file: str) -> Answer:
    """One file as text; what is typed is kept whatever is wrong with it."""
    page, form = service.file(acting(), name, file), FileForm()
    if form.validate_on_submit():
        return _saved(page, form)
    form.text.data = form.text.data or page.text
    return _file(page, form, ()), status_of(form)


@drafts.post("/drafts/<string:name>/files/<string:file>/take-over")
def take_over(name: str, file: str) -> Answer:
    """Take a file of the version that the draft extends into the draft."""
    form = VersionedForm()
    if form.validate():
        says = (file, form.row_version.data, form.claim())
        if attempt(form, lambda: service.take_over(acting(), name, *says)) is not None:
            return redirect(url_for("drafts.edit", name=name, file=file))  # type: ignore[return-value]
    return _page(service.shown(acting(), name), form)


@drafts.post("/drafts/<string:name>/sign")
def sign(name: str) -> Answer:
    """Sign a draft; the second name releases it."""
    form = VersionedForm()
    if form.validate():
        made = attempt(form, lambda: service.sign(acting(), name, form.row_version.data, form.claim()))
        if made is not None and made["released"]:
            flash(gettext("The version is released."))
            return redirect(url_for("sop.version", name=name))  # type: ignore[return-value]
        if made is not None:
            return _to(name)
    return _page(service.shown(acting(), name), form)


@drafts.get("/drafts/<string:name>/compare")
def compare(name: str) -> str:
    """A draft beside the version that is in force."""
    old, new, rows = service.compared(acting(), name)
    return render_template("drafts/compare.html", name=name, old=old, new=new, rows=rows)


def _saved(page: FilePage, form: FileForm) -> Answer:
    says = (page.file, str(form.text.data or ""), form.row_version.data)
    try:
        faults = service.save(acting(), page.name, *says)
    except Stale as stale:
        explain(form, stale)
        form.row_version.data = page.row_version
        return _file(page, form, ()), 409
    except Refusal as refusal:
        explain(form, refusal)
        return _file(page, form, ()), STATUS.get(type(refusal), 422)
    if not faults:
        flash(gettext("Saved. Nothing is wrong with it."))
        return _to(page.name)
    form.row_version.data = says[2] + 1
    form.form_errors.append(gettext("Saved as it stands. It cannot be released before this is put right."))
    return _file(page, form, faults), 422


def _file(page: FilePage, form: FileForm, faults: tuple[tuple[str, str, str], ...]) -> str:
    form.row_version.data = form.row_version.data or page.row_version
    return render_template("drafts/file.html", page=page, form=form, faults=faults)


def _page(page: DraftPage, form: VersionedForm) -> Answer:
    form.row_version.data = page.row_version
    return render_template("drafts/draft.html", page=page, form=form), status_of(form)


def _to(name: str) -> Response:
    return redirect(url_for("drafts.show", name=name))  # type: ignore[return-value]
