"""Pages of addresses. An address is only ever in the answer to a form: no page can be gone back to, shared or kept."""

from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from app.errors import NotFound, Refusal
from app.services import addresses as service
from app.services.viewing import view
from app.web.addresses.forms import address_form, opening_form
from app.web.guard import acting
from app.web.phrases import phrase

addresses = Blueprint("addresses", __name__)
Answer = str | Response | tuple[str, int]


@addresses.route("/address", methods=["GET", "POST"])
def own() -> Answer:
    """The reader's own houses: whether their addresses are recorded, who opened them; a new one."""
    page = view(acting(), "address:listed", service.own)
    form = address_form(page)
    if page.houses and form.validate_on_submit():
        service.write(acting(), str(form.address.data), form.claim(), form.premises_id)
        flash(gettext("The address is recorded. What was recorded before is destroyed."))
        return redirect(url_for("addresses.own"))  # type: ignore[return-value]
    return render_template("addresses/own.html", page=page, form=form), 422 if form.errors else 200


@addresses.post("/address/check")
def check() -> Answer:
    """What is recorded of a house of the reader's own."""
    page, back = view(acting(), "address:listed", service.own), url_for("addresses.own")
    asked = request.form.get("house", "")
    known = [one for one in page.houses if one.recorded and (page.is_one or str(one.house.premises_id) == asked)]
    if not known:
        return render_template("addresses/own.html", page=page, form=address_form(page)), 422
    opened = service.open_own(acting(), known[0].house.premises_id)
    return render_template("addresses/shown.html", opened=opened, back=back)


@addresses.route("/cases/<uuid:case_id>/address", methods=["GET", "POST"])
def open_for(case_id: UUID) -> Answer:
    """Open the address of the place where the person is or is expected."""
    page = view(acting(), "address:asked", service.openable, case_id=case_id)
    form = opening_form(page)
    if form.validate_on_submit():
        try:
            opened = service.open_for(acting(), case_id, form.place_id, str(form.purpose.data))
            return render_template("addresses/shown.html", opened=opened, back=url_for("cases.show", case_id=case_id))
        except NotFound:
            raise
        except Refusal as refusal:
            form.form_errors.append(phrase(refusal.key))
    return render_template("addresses/open.html", page=page, form=form), 422 if form.errors else 200
