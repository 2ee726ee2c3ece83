"""Pages of an alarm: one short form for whoever works in the house, then what those who run it do."""

from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask_babel import gettext

from app.queries import houses as queries
from app.services import alarm_pages as pages
from app.services import alarms as service
from app.services.reading import look
from app.services.viewing import view
from app.web.alarms.forms import SoundForm, StandDownForm, TellForm, sound_form
from app.web.attempts import attempt, status_of
from app.web.forms import ActForm
from app.web.guard import acting, may

alarms = Blueprint("alarms", __name__)
Answer = str | Response | tuple[str, int]


def _back_to(alarm_id: UUID | str, words: str) -> Response:
    flash(words)
    return redirect(url_for("alarms.show", alarm_id=alarm_id))  # type: ignore[return-value]


@alarms.route("/alarm", methods=["GET", "POST"])
def sound() -> Answer:
    """Say that the location of the house is known to somebody dangerous."""
    known = look(acting(), queries.own_houses)
    form = sound_form(known)
    if form.validate_on_submit():
        made = attempt(form, lambda: _sound(form))
        if made and may("premises:keep"):
            return _back_to(made["alarm_id"], gettext("The alarm is raised. The house takes nobody from now on."))
        if made:
            flash(gettext("The alarm is raised. The house takes nobody from now on."))
            return redirect(url_for("home.my_work"))  # type: ignore[return-value]
    return render_template("alarms/sound.html", form=form, houses=known), status_of(form)


def _sound(form: SoundForm) -> dict[str, str]:
    return service.sound(acting(), str(form.account.data), form.claim(), form.premises_id)


@alarms.get("/alarms/<uuid:alarm_id>")
def show(alarm_id: UUID) -> str:
    """The alarm for those who run the house."""
    page = view(acting(), "alarm:looked", pages.whole, alarm_id=alarm_id)
    return render_template("alarms/alarm.html", page=page, form=TellForm.of(page), plain=ActForm())


@alarms.post("/alarms/<uuid:alarm_id>/tell")
def tell(alarm_id: UUID) -> Answer:
    """Tell the agencies that were ticked."""
    page = view(acting(), "alarm:looked", pages.whole, alarm_id=alarm_id)
    form = TellForm.of(page)
    if form.validate_on_submit() and attempt(form, lambda: _tell(alarm_id, form)):
        return _back_to(alarm_id, gettext("They are told."))
    return render_template("alarms/alarm.html", page=page, form=form, plain=ActForm()), status_of(form)


def _tell(alarm_id: UUID, form: TellForm) -> bool:
    service.tell_agencies(acting(), alarm_id, form.chosen, form.claim())
    return True


@alarms.route("/alarms/<uuid:alarm_id>/stand-down", methods=["GET", "POST"])
def stand_down(alarm_id: UUID) -> Answer:
    """Say why it is to be stood down; another person signs."""
    page, form = view(acting(), "alarm:looked", pages.whole, alarm_id=alarm_id), StandDownForm()
    if form.validate_on_submit() and attempt(form, lambda: _draft(alarm_id, form)):
        return _back_to(alarm_id, gettext("Recorded. Another person must sign before the house is open again."))
    return render_template("alarms/stand_down.html", page=page, form=form), status_of(form)


def _draft(alarm_id: UUID, form: StandDownForm) -> bool:
    service.draft_stand_down(acting(), alarm_id, str(form.reason.data), str(form.note.data), form.claim())
    return True


@alarms.post("/alarms/<uuid:alarm_id>/sign")
def sign(alarm_id: UUID) -> Response:
    """Sign what another person drafted."""
    service.sign_stand_down(acting(), alarm_id, ActForm().claim())
    return _back_to(alarm_id, gettext("The alarm is stood down. The house is open again."))


@alarms.post("/alarms/<uuid:alarm_id>/drop")
def drop(alarm_id: UUID) -> Response:
    """The alarm goes on: the draft is put away."""
    service.drop_draft(acting(), alarm_id, ActForm().claim())
    return redirect(url_for("alarms.show", alarm_id=alarm_id))  # type: ignore[return-value]


@alarms.get("/warnings")
def warnings() -> str:
    """The alarms elsewhere of which the reader's agency was told."""
    return render_template("alarms/warnings.html", found=view(acting(), "alarm:warnings", pages.warnings))
