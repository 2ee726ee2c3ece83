"""Pages of the training register: the list, and a new session."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from app.queries import training as query
from app.services import training as service
from app.services.reading import look
from app.services.training import NewSession
from app.web import fields
from app.web.attempts import attempt, status_of
from app.web.cases.steps import Answer
from app.web.forms import ActForm
from app.web.guard import acting
from app.web.paging import page_number

training = Blueprint("training", __name__, url_prefix="/training")


class SessionForm(ActForm):
    """A session: when and where, for whom, on what."""

    held_on = fields.DateField(_l("Day"), required=True, past=True, default=fields.today)
    region = fields.CodeField(_l("Region"), codes="region", required=True)
    agency_kind = fields.CodeField(_l("For whom?"), codes="agency_kind", required=True)
    people = fields.NumberField(_l("Number of people"), required=True, lowest=1, highest=9999)
    topics = fields.CodesField(_l("Topics"), codes="training_topic", required=True)
    procedure = fields.ChoiceField(
        _l("Version of the procedure"),
        choices=lambda: [(name, name.upper().replace("_", "-")) for name in service.versions()],
        required=True,
    )

    @property
    def told(self) -> NewSession:
        """What was held."""
        on = self.held_on.data or fields.today()
        where = (str(self.region.data), str(self.agency_kind.data))
        return NewSession(on, *where, int(self.people.data or 0), self.topics.data or (), str(self.procedure.data))


@training.get("/")
def index() -> str:
    """The sessions of all agencies, newest first."""
    page = page_number(request.args)
    rows = look(acting(), query.listed, page=page)
    return render_template("training/index.html", rows=rows, page=page, per_page=query.PAGE)


@training.route("/new", methods=["GET", "POST"])
def new() -> Answer:
    """Record a session."""
    form = SessionForm()
    if form.validate_on_submit() and attempt(form, lambda: service.record(acting(), form.told, form.claim())):
        flash(gettext("Recorded."))
        return redirect(url_for("training.index"))  # type: ignore[return-value]
    return render_template("training/new.html", form=form), status_of(form)
