"""Pages of what a person asked about what is recorded of her, and of the paper that she is given."""

from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask_babel import gettext

from app.services import person_packet
from app.services import person_requests as service
from app.services.viewing import view
from app.web import papers
from app.web.attempts import attempt, status_of
from app.web.guard import acting
from app.web.languages import asked_language, spoken_in
from app.web.person_requests import packet_paper
from app.web.person_requests.forms import AnswerForm, RequestForm
from app.web.sheets.views import on_paper

person_requests = Blueprint("person_requests", __name__)
Answer = str | Response | tuple[str, int]


def _to_list(case_id: UUID, told: str) -> Response:
    flash(told)
    return redirect(url_for("person_requests.index", case_id=case_id))  # type: ignore[return-value]


@person_requests.get("/cases/<uuid:case_id>/requests")
def index(case_id: UUID) -> str:
    """What the person asked, what was answered, and what waits until when."""
    page = view(acting(), "person_request:listed", service.of_case, case_id=case_id)
    return render_template("person_requests/index.html", page=page)


@person_requests.route("/cases/<uuid:case_id>/requests/new", methods=["GET", "POST"])
def take(case_id: UUID) -> Answer:
    """A request is taken."""
    page = view(acting(), "person_request:listed", service.of_led_case, case_id=case_id)
    form = RequestForm()
    if form.validate_on_submit() and attempt(form, lambda: service.record(acting(), case_id, form.told, form.claim())):
        return _to_list(case_id, gettext("The request is recorded. It is to be answered within 30 days."))
    return render_template("person_requests/new.html", page=page, form=form), status_of(form)


@person_requests.route("/cases/<uuid:case_id>/requests/<uuid:request_id>", methods=["GET", "POST"])
def answer(case_id: UUID, request_id: UUID) -> Answer:
    """One request: what can be done about it, and its answer."""
    page = view(acting(), "person_request:listed", service.of_led_case, case_id=case_id)
    row, form = page.one(request_id), AnswerForm()

    def keep() -> bool:
        service.answer(acting(), case_id, request_id, form.told, form.claim())
        return True

    if form.validate_on_submit() and attempt(form, keep):
        return _to_list(case_id, gettext("The answer is recorded."))
    return render_template("person_requests/request.html", page=page, row=row, form=form), status_of(form)


@person_requests.get("/cases/<uuid:case_id>/requests/paper")
def packet(case_id: UUID) -> str:
    """What is recorded of her, to be printed in one of the languages of our pages; hers may be another."""
    found = view(acting(), "person_request:packet", person_packet.shown, case_id=case_id, form="page")
    language = asked_language()
    with spoken_in(language):
        content = packet_paper.content(found)
    paper = on_paper("person_requests/paper.html", language, content=content)
    return render_template("person_requests/packet.html", packet=found, paper=paper, language=language)


@person_requests.get("/cases/<uuid:case_id>/requests/paper.pdf")
def packet_file(case_id: UUID) -> Response:
    """The same as a file. It is named for what it is, and for nobody."""
    found = view(acting(), "person_request:packet", person_packet.shown, case_id=case_id, form="pdf")
    with spoken_in(asked_language()):
        made = papers.written(packet_paper.content(found))
    headers = {"Content-Disposition": 'attachment; filename="paper.pdf"'}
    return Response(made, mimetype=papers.PDF, headers=headers)
