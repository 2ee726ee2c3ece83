"""Pages of calls for proposals: the list, a call with whom it leaves out, a new one, whom each place assists."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from app.queries import proposals as query
from app.services import funding
from app.services import proposals as service
from app.services.proposals import NewCall
from app.services.reading import look
from app.web import fields
from app.web.attempts import attempt, status_of
from app.web.cases.steps import Answer
from app.web.filters import agency_name
from app.web.forms import ActForm
from app.web.funding.forms import offer
from app.web.guard import acting
from app.web.paging import page_number

proposals = Blueprint("proposals", __name__, url_prefix="/calls-for-proposals")


class CallForm(ActForm):
    """A call: who pays, until when to apply, for which days, whom a place must assist."""

    payer = fields.ChoiceField(_l("Who pays"), as_select=True, required=True)
    opens_on = fields.DateField(_l("First day to apply"), required=True)
    closes_on = fields.DateField(_l("Last day to apply"), required=True)
    from_on = fields.DateField(_l("First day that it would pay for"), required=True)
    to_on = fields.DateField(_l("Last day that it would pay for"), required=True)
    open_to = fields.CodesField(
        _l("Open to places that assist"), codes="assisted_group", required=True, hint=_l("One of these is enough.")
    )
    source = fields.LineField(
        _l("Source"), required=True, hint=_l("Where it is written, so that somebody else finds it.")
    )

    @property
    def told(self) -> NewCall:
        """The call that a valid form tells of."""
        days = {name: self[name].data or fields.today() for name in ("opens_on", "closes_on", "from_on", "to_on")}
        return NewCall(
            payer_id=UUID(self.payer.data), open_to=self.open_to.data or (), source=str(self.source.data), **days
        )


class GroupsForm(ActForm):
    """Whom a place assists, from a day on."""

    groups = fields.CodesField(_l("Whom the place assists"), codes="assisted_group", required=True)
    from_on = fields.DateField(_l("From which day on"), required=True, past=True, default=fields.today)


@proposals.get("/")
def index() -> str:
    """The calls, the latest first."""
    page = page_number(request.args)
    rows = look(acting(), query.listed, page=page)
    shown = {"rows": rows[: query.PAGE], "has_more": len(rows) > query.PAGE, "page": page}
    return render_template("proposals/index.html", **shown)


@proposals.get("/<uuid:call_id>")
def show(call_id: UUID) -> str:
    """A call, with the places that it leaves out."""
    return render_template("proposals/call.html", page=service.page_of(acting(), call_id))


@proposals.route("/new", methods=["GET", "POST"])
def new() -> Answer:
    """Record a call."""
    form = CallForm()
    offer(form.payer, [(str(one.id), agency_name(one)) for one in funding.choices(acting()).payers])
    if form.validate_on_submit():
        call_id = attempt(form, lambda: service.record(acting(), form.told, form.claim()))
        if call_id:
            flash(gettext("Recorded."))
            return redirect(url_for("proposals.show", call_id=call_id))  # type: ignore[return-value]
    return render_template("proposals/new.html", form=form), status_of(form)


@proposals.get("/places")
def places() -> str:
    """Whom each place assists today."""
    rows = look(acting(), query.places, day=fields.today())
    return render_template("proposals/places.html", rows=rows, keeps_all=funding.keeps_all(acting()), own=acting())


@proposals.route("/places/<uuid:place_id>", methods=["GET", "POST"])
def say_groups(place_id: UUID) -> Answer:
    """Say whom a place assists, from a day on."""
    place = service.place_of(acting(), place_id, look(acting(), query.places, day=fields.today()))
    form = GroupsForm(groups=list(place.groups or ()))
    if form.validate_on_submit() and attempt(form, lambda: _said(place_id, form)):
        flash(gettext("Recorded."))
        return redirect(url_for("proposals.places"))  # type: ignore[return-value]
    return render_template("proposals/groups.html", form=form, place=place), status_of(form)


def _said(place_id: UUID, form: GroupsForm) -> bool:
    day = form.from_on.data or fields.today()
    service.say_groups(acting(), place_id, day, form.groups.data or (), form.claim())
    return True
