"""The page of work in numbers, and its file."""

from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answered

from app.errors import Invalid
from app.services import counts
from app.services import tallies as service
from app.web.guard import acting
from app.web.questions import today
from app.web.tallies import files, words
from app.web.tallies.forms import WorkForm

tallies = Blueprint("tallies", __name__, url_prefix="/counts")
tallies.record(lambda state: state.app.jinja_env.globals.update(tally_words=words))

Answer = str | Answered | tuple[str, int]


@tallies.get("/work")
def work() -> Answer:
    """The numbers of a period, as far as the reader may see them."""
    form = WorkForm.of(request.args, counts.reader_of(acting()))
    report = service.report(acting(), form.request()) if fits(form) else None
    return render_template("tallies/work.html", form=form, report=report), 200 if report else 422


@tallies.get("/work.csv")
def export_csv() -> Answer:
    """The acts behind the numbers; the numbers, for who sees sums."""
    form = WorkForm.of(request.args, counts.reader_of(acting()))
    return files.csv_answer(form) if fits(form) else _back_to_form()


def fits(form: WorkForm) -> bool:
    """Whether the form asks for what can be counted for this reader; what is wrong stands at its field."""
    if not form.validate():
        return False
    try:
        service.refuse_period(counts.reader_of(acting()), form.request(), today())
    except Invalid as refusal:
        form.refuse(refusal.fields)
    return not (form.errors or form.form_errors)


def _back_to_form() -> Response:
    asked = urlencode(list(request.args.items(multi=True)))  # not by url_for, which takes some names for its own
    return redirect(f"{url_for('tallies.work')}?{asked}")  # type: ignore[return-value]
