"""Pages of the funding ledger: the list, a grant, recording, moving and ending one, the payers."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from app.errors import NotFound
from app.queries import funding as query
from app.services import funding as service
from app.services import funding_changes
from app.services.reading import look
from app.web.attempts import attempt, status_of
from app.web.cases.steps import Answer
from app.web.funding import words
from app.web.funding.change_forms import EndForm, move_form
from app.web.funding.forms import PayerForm, filter_form, grant_form
from app.web.guard import acting
from app.web.paging import page_number

funding = Blueprint("funding", __name__, url_prefix="/funding")
funding.record(lambda state: state.app.jinja_env.globals.update(funding_words=words))


@funding.get("/")
def index() -> Answer:
    """The grants, the latest first."""
    form, page = filter_form(request.args, service.choices(acting())), page_number(request.args)
    rows = look(acting(), query.listed, asked=form.asked, page=page)
    shown = {"rows": rows[: query.PAGE], "has_more": len(rows) > query.PAGE, "page": page}
    return render_template("funding/index.html", form=form, **shown), status_of(form)


@funding.get("/<uuid:grant_id>")
def show(grant_id: UUID) -> str:
    """One grant, with its parts and what became of it."""
    return render_template("funding/grant.html", page=service.page_of(acting(), grant_id))


@funding.route("/new", methods=["GET", "POST"])
def new() -> Answer:
    """Record a grant."""
    form = grant_form(service.choices(acting()), keeps_all=service.keeps_all(acting()))
    if form.validate_on_submit():
        grant_id = attempt(form, lambda: service.record(acting(), form.told, once=form.claim()))
        if grant_id:
            flash(gettext("Recorded."))
            return redirect(url_for("funding.show", grant_id=grant_id))  # type: ignore[return-value]
    return render_template("funding/new.html", form=form, whole=None), status_of(form)


@funding.route("/<uuid:grant_id>/part", methods=["GET", "POST"])
def add_part(grant_id: UUID) -> Answer:
    """Record a part of a grant that its source tells of."""
    whole = _changed(grant_id).grant
    form = grant_form(service.choices(acting()), keeps_all=service.keeps_all(acting()), whole=whole)
    if form.validate_on_submit() and attempt(form, lambda: service.record(acting(), form.told, grant_id, form.claim())):
        flash(gettext("Recorded."))
        return redirect(url_for("funding.show", grant_id=grant_id))  # type: ignore[return-value]
    return render_template("funding/new.html", form=form, whole=whole), status_of(form)


@funding.route("/<uuid:grant_id>/move", methods=["GET", "POST"])
def move(grant_id: UUID) -> Answer:
    """Record that money of one place was moved to another."""
    page = _changed(grant_id)
    form = move_form(page, service.choices(acting()))
    if form.validate_on_submit() and attempt(form, lambda: _moved(grant_id, form)):
        flash(gettext("Recorded."))
        return redirect(url_for("funding.show", grant_id=grant_id))  # type: ignore[return-value]
    return render_template("funding/move.html", form=form, page=page), status_of(form)


@funding.route("/<uuid:grant_id>/end", methods=["GET", "POST"])
def end(grant_id: UUID) -> Answer:
    """Record that a grant ended before its time, or strike it out."""
    page, form = _changed(grant_id), EndForm()
    if form.validate_on_submit() and attempt(form, lambda: _ended(grant_id, form)):
        flash(gettext("Recorded."))
        return redirect(url_for("funding.show", grant_id=grant_id))  # type: ignore[return-value]
    return render_template("funding/end.html", form=form, page=page), status_of(form)


@funding.get("/payers")
def payers() -> str:
    """Who gives money."""
    return render_template("funding/payers.html", rows=look(acting(), query.payers))


@funding.route("/payers/new", methods=["GET", "POST"])
def new_payer() -> Answer:
    """Add a payer to those that can be chosen."""
    form = PayerForm()
    if form.validate_on_submit() and attempt(form, lambda: service.add_payer(acting(), form.told, form.claim())):
        flash(gettext("Recorded."))
        return redirect(url_for("funding.payers"))  # type: ignore[return-value]
    return render_template("funding/new_payer.html", form=form), status_of(form)


def _changed(grant_id: UUID) -> service.GrantPage:
    """A grant that the reader may change; raises NotFound for any other."""
    page = service.page_of(acting(), grant_id)
    if not page.may_change:
        raise NotFound
    return page


def _moved(grant_id: UUID, form: Any) -> bool:
    funding_changes.move(acting(), grant_id, form.told, form.claim())
    return True


def _ended(grant_id: UUID, form: Any) -> bool:
    funding_changes.end(acting(), grant_id, form.kind.data, form.on.data, str(form.reason.data), form.claim())
    return True
