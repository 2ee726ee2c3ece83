"""Pages on unusual reading and on the record of acts and looks, for the data protection officer."""

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from app.audit_verify import WHOLE
from app.services import record_check, unusual_reading
from app.services.checkpoints import Places
from app.services.viewing import view
from app.vocabulary import unusual as numbers
from app.web.forms import ActForm
from app.web.guard import acting
from app.web.oversight.forms import asked_form
from app.web.paging import page_number

oversight = Blueprint("oversight", __name__, url_prefix="/oversight")


@oversight.get("/reading")
def unusual() -> str:
    """Days on which somebody read unusually."""
    form, page = asked_form(request.args), page_number(request.args)
    found = view(acting(), "audit:unusual_listed", unusual_reading.unusual, days=form.asked, page=page)
    return render_template("oversight/unusual.html", form=form, found=found, page=page, numbers=numbers)


@oversight.get("/record")
def record() -> str:
    """The last verifications and checkpoints of the record."""
    page = view(acting(), "audit:record_shown", record_check.shown, places=_places())
    return render_template("oversight/record.html", page=page, form=ActForm())


@oversight.post("/record")
def verify() -> Response:
    """Walk the whole record."""
    kind = record_check.verify(acting(), _places(), ActForm().claim())
    if kind == WHOLE:
        flash(gettext("The record is whole."))
    else:
        flash(gettext("The record is not whole: see below."), "important")
    return redirect(url_for("oversight.record"))  # type: ignore[return-value]


def _places() -> Places:
    settings = current_app.config["SETTINGS"]
    return Places(settings.signing_key, settings.checkpoints)
