"""Pages of the register of proceedings: the list, a new step, taking one back."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from app.queries import proceedings as query
from app.services import proceedings as service
from app.services.reading import look
from app.web.attempts import attempt, status_of
from app.web.cases.steps import Answer
from app.web.guard import acting
from app.web.paging import page_number
from app.web.proceedings.forms import TakeBackForm, step_form
from app.web.proceedings.words import sentence_words

proceedings = Blueprint("proceedings", __name__, url_prefix="/proceedings")
proceedings.record(lambda state: state.app.jinja_env.filters.update(sentence=sentence_words))


@proceedings.get("/")
def index() -> str:
    """The agency's own steps, the latest first."""
    page = page_number(request.args)
    rows = look(acting(), query.listed, page=page)
    return render_template("proceedings/index.html", rows=rows, page=page, per_page=query.PAGE)


@proceedings.route("/new", methods=["GET", "POST"])
def new() -> Answer:
    """Record a step."""
    form = step_form()
    if form.validate_on_submit() and attempt(form, lambda: service.record(acting(), form.told, form.claim())):
        flash(gettext("Recorded."))
        return redirect(url_for("proceedings.index"))  # type: ignore[return-value]
    return render_template("proceedings/new.html", form=form), status_of(form)


@proceedings.route("/<uuid:step_id>/take-back", methods=["GET", "POST"])
def take_back(step_id: UUID) -> Answer:
    """Take a step back, with a reason."""
    row, form = service.to_take_back(acting(), step_id), TakeBackForm()
    if form.validate_on_submit() and attempt(
        form, lambda: service.take_back(acting(), step_id, str(form.reason.data), form.claim())
    ):
        flash(gettext("The step was taken back."))
        return redirect(url_for("proceedings.index"))  # type: ignore[return-value]
    return render_template("proceedings/take_back.html", form=form, row=row), status_of(form)
