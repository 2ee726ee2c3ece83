"""Pages of agencies and their people. An invitation is shown where it was just made, and never again."""

from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from app.errors import NotFound
from app.queries import people as queries
from app.queries.people import AgencyRow, MemberRow
from app.services import agencies, members
from app.services.members import Admitted
from app.services.reading import look
from app.web.attempts import attempt, status_of
from app.web.forms import ActForm
from app.web.guard import acting
from app.web.people.forms import AgencyForm, MemberForm, NewAgencyForm, NewMemberForm

people = Blueprint("people", __name__)

CHANGED = {
    "done": _l("Changed. Whose roles changed is signed out and signs in again."),
    "waits": _l("Changed. The role that is given waits for a second person, who is told."),
}

Answer = str | Response | tuple[str, int]


def agency_or_missing(agency_id: UUID) -> AgencyRow:
    """The agency; raises NotFound."""
    found = look(acting(), queries.agency, agency_id=agency_id)
    if found is None:
        raise NotFound
    return found


def _member_or_missing(member_id: UUID) -> MemberRow:
    found = look(acting(), queries.member, member_id=member_id)
    if found is None:
        raise NotFound
    return found


def to_agency(agency_id: UUID | str, told: str) -> Response:
    """Back to the page of the agency, with what was done."""
    flash(told)
    return redirect(url_for("people.agency", agency_id=agency_id))  # type: ignore[return-value]


def _with_invitation(admitted: Admitted) -> str:
    """The page that shows an invitation, this once."""
    member = _member_or_missing(admitted.member_id)
    address = url_for("account.accept_invitation", _external=True)
    return render_template("people/invitation.html", member=member, invitation=admitted.invitation, address=address)


@people.get("/people")
def index() -> str:
    """All agencies."""
    return render_template("people/index.html", agencies=look(acting(), queries.agencies))


@people.route("/people/agencies/new", methods=["GET", "POST"])
def new_agency() -> Answer:
    """Add an agency."""
    form = NewAgencyForm()
    if form.validate_on_submit():
        made = attempt(form, lambda: agencies.add(acting(), form.added, form.claim()))
        if made:
            return to_agency(made["agency_id"], gettext("The agency is added."))
    return render_template("people/new_agency.html", form=form), status_of(form)


@people.get("/people/agencies/<uuid:agency_id>")
def agency(agency_id: UUID) -> str:
    """One agency: its people, its duty roster, and of a shelter its rooms."""
    page = agencies.whole(acting(), agency_id)
    return render_template("people/agency.html", page=page, plain=ActForm())


@people.route("/people/agencies/<uuid:agency_id>/edit", methods=["GET", "POST"])
def edit_agency(agency_id: UUID) -> Answer:
    """Change names, region, and whether it takes part."""
    known = agency_or_missing(agency_id)
    form = AgencyForm.of(known)
    if form.validate_on_submit() and attempt(
        form, lambda: agencies.change(acting(), agency_id, form.told, form.claim())
    ):
        return to_agency(agency_id, gettext("The agency is changed."))
    return render_template("people/edit_agency.html", form=form, agency=known), status_of(form)


@people.route("/people/agencies/<uuid:agency_id>/members/new", methods=["GET", "POST"])
def new_member(agency_id: UUID) -> Answer:
    """Add a person; the answer shows an invitation for her."""
    known = agency_or_missing(agency_id)
    form = NewMemberForm.of_kind(known.kind)
    if form.validate_on_submit():
        name = str(form.sign_in.data)
        made = attempt(form, lambda: members.add(acting(), agency_id, name, form.told, form.claim()))
        if made:
            return _with_invitation(made)
    return render_template("people/new_member.html", form=form, agency=known), status_of(form)


@people.route("/people/members/<uuid:member_id>", methods=["GET", "POST"])
def edit_member(member_id: UUID) -> Answer:
    """Change a person's name, roles and the like."""
    member = _member_or_missing(member_id)
    known = agency_or_missing(member.agency_id)
    form = MemberForm.of(member, known.kind)
    if form.validate_on_submit():
        made = attempt(form, lambda: members.change(acting(), member_id, form.told, form.claim()))
        if made:
            return to_agency(known.id, str(CHANGED["waits" if made["asked"] else "done"]))
    page = {"form": form, "member": member, "agency": known, "plain": ActForm()}
    return render_template("people/member.html", **page), status_of(form)


@people.route("/people/members/<uuid:member_id>/deactivate", methods=["GET", "POST"])
def deactivate(member_id: UUID) -> Answer:
    """Let a person go, after asking once more."""
    form, member = ActForm(), _member_or_missing(member_id)
    if form.validate_on_submit():
        agency_id = attempt(form, lambda: members.deactivate(acting(), member_id, form.claim()))
        if agency_id:
            return to_agency(agency_id, gettext("Signed out everywhere. Open cases went to the agency's supervisor."))
    return render_template("people/deactivate.html", form=form, member=member), status_of(form)


@people.post("/people/members/<uuid:member_id>/activate")
def activate(member_id: UUID) -> str:
    """Take a person back; the answer shows a fresh invitation."""
    return _with_invitation(members.activate(acting(), member_id, ActForm().claim()))


@people.post("/people/members/<uuid:member_id>/invitation")
def invite(member_id: UUID) -> str:
    """Make a new invitation; the answer shows it."""
    anew = request.form.get("factor") == "anew"
    return _with_invitation(members.invite(acting(), member_id, ActForm().claim(), renews_factor=anew))
