"""Opening a case: looking for the person among the agency's own cases first, then one page of questions."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from app.errors import Refusal
from app.services import linked_cases, procedures
from app.services.cases import Opening, open_case
from app.services.procedures import OpeningOffer
from app.services.step_page import StepPage
from app.services.unsent import Place
from app.services.viewing import view
from app.web import step_form
from app.web.cases.choices import pairs
from app.web.cases.steps import Answer, explain, fill
from app.web.errors import STATUS
from app.web.fields import tidy, today
from app.web.guard import acting
from app.web.step_form import StepForm
from app.web.unsent.views import forget_sent

NAME_FIELDS = ("given_name", "family_name")


def offers() -> tuple[OpeningOffer, ...]:
    """The first acts that the reader may take today, the one that is her daily work first."""
    return procedures.first_acts(acting(), today())


def form_of(page: StepPage) -> StepForm:
    """The form of a first act; coming from the search it is empty but for the name that was looked for."""
    kind = step_form.build_step_form(page.form, choices=pairs(page.choices))
    if not is_first_look():
        return kind()
    if page.unsent:
        return kind(formdata=MultiDict(page.unsent.typed))
    form = kind(formdata=None)
    told = {name: tidy(request.form.get(name, "")) for name in NAME_FIELDS}
    if earlier_case():
        told = view(acting(), "case:taken_over", linked_cases.taken_over, case_id=earlier_case())
    for name, value in told.items():
        if name in form and value:
            fill(form[name], value)
    return form


def earlier_case() -> UUID | None:
    """The case of the same person that the new one follows, named in the address by its id."""
    try:
        return UUID(request.args.get("follows", ""))
    except ValueError:
        return None


def take(page: StepPage, form: StepForm) -> Answer:
    """Open the case and show it; or the page again with what stands in the way."""
    opening = Opening(page.track, page.action, step_form.answers(form), form.occurred_on.data, earlier_case())
    try:
        made = open_case(acting(), opening, form.claim())
    except Refusal as refusal:
        explain(form, refusal)
        return render_template("cases/begin.html", page=page, form=form), STATUS.get(type(refusal), 422)
    forget_sent(Place(page.track, page.action))
    flash(gettext("The case is open."))
    return redirect(url_for("cases.show", case_id=made["case_id"]))  # type: ignore[return-value]


def may_fill_in() -> bool:
    """Whether what was typed before may stand in the form: not where she comes with a name or from another case, for
    then it is about another person.
    """
    return request.method == "GET" and earlier_case() is None


def is_first_look() -> bool:
    """Whether the page comes from the search: the name is brought along, nothing is sent yet."""
    return request.method == "GET" or "begin" in request.form
