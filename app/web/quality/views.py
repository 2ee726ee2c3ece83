"""The page on the quality of what was counted."""

from flask import Blueprint, render_template, request

from app.errors import Invalid
from app.services import counts
from app.services import quality as service
from app.services.tallies import WorkRequest, refuse_period
from app.web.guard import acting
from app.web.paging import page_number
from app.web.period_form import PeriodForm
from app.web.quality import words
from app.web.quality.forms import asked_form
from app.web.questions import today

quality = Blueprint("quality", __name__, url_prefix="/counts")
quality.record(lambda state: state.app.jinja_env.globals.update(quality_words=words))


@quality.get("/quality")
def index() -> tuple[str, int]:
    """What is missing, late or at odds in a period."""
    form, page = asked_form(request.args), page_number(request.args)
    report = service.report(acting(), form.period, page) if _fits(form) else None
    return render_template("quality/index.html", form=form, report=report, page=page), 200 if report else 422


def _fits(form: PeriodForm) -> bool:
    if not form.validate():
        return False
    try:
        refuse_period(counts.reader_of(acting()), WorkRequest(form.period), today())
    except Invalid as refusal:
        form.refuse(refusal.fields)
    return not (form.errors or form.form_errors)
