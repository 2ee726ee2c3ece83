"""Packets for the mechanism of a receiving country: made with consent, printed in three languages, answered."""

from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask_babel import gettext

from app.errors import Invalid, NotFound, Refusal
from app.services import transnational as service
from app.services.viewing import view
from app.web.errors import STATUS
from app.web.guard import acting
from app.web.languages import asked_language
from app.web.phrases import phrase
from app.web.sheets.views import on_paper
from app.web.transnational.forms import AnswerForm, PacketForm

transnational = Blueprint("transnational", __name__)
Answer = str | Response | tuple[str, int]


@transnational.route("/cases/<uuid:case_id>/transnational", methods=["GET", "POST"])
def index(case_id: UUID) -> Answer:
    """The packets of a case, what speaks against another, and making one."""
    page = view(acting(), "transnational:listed", service.of_case, case_id=case_id)
    form = PacketForm.of(page)
    if not form.validate_on_submit():
        return render_template("transnational/index.html", page=page, form=form), 422 if form.errors else 200
    try:
        made = service.make(acting(), case_id, form.told, form.claim())
    except NotFound:
        raise
    except Refusal as refusal:
        form.form_errors.append(phrase(refusal.key))
        return render_template("transnational/index.html", page=page, form=form), STATUS.get(type(refusal), 422)
    return redirect(url_for("transnational.show", case_id=case_id, packet_id=made["packet_id"]))  # type: ignore[return-value]


@transnational.get("/cases/<uuid:case_id>/transnational/<uuid:packet_id>")
def show(case_id: UUID, packet_id: UUID) -> str:
    """One packet as it was sent, to be printed in the receiver's language."""
    packet = view(acting(), "transnational:opened", service.one, case_id=case_id, packet_id=packet_id)
    language = asked_language()
    paper = on_paper("transnational/paper.html", language, packet=packet)
    return render_template("transnational/show.html", packet=packet, paper=paper, language=language)


@transnational.route("/cases/<uuid:case_id>/transnational/<uuid:packet_id>/answer", methods=["GET", "POST"])
def answer(case_id: UUID, packet_id: UUID) -> Answer:
    """What the receiver answered."""
    packet = view(acting(), "transnational:opened", service.one, case_id=case_id, packet_id=packet_id)
    form = AnswerForm()
    if form.validate_on_submit():
        try:
            service.record_answer(acting(), case_id, packet_id, form.told, form.claim())
            flash(gettext("Recorded."))
            return redirect(url_for("transnational.show", case_id=case_id, packet_id=packet_id))  # type: ignore[return-value]
        except Invalid as refusal:
            form.refuse(refusal.fields)
    return render_template("transnational/answer.html", packet=packet, form=form), 422 if form.errors else 200
