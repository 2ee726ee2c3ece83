"""Pages of the caseload. They name no one who is helped: a case is its code here."""

from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext

from app.queries import caseload as queries
from app.services import caseload_page as pages
from app.services import overdue_page, staffing
from app.services.overdue_page import PastList
from app.services.reading import look
from app.services.staffing import HandedOver
from app.services.viewing import view
from app.web.attempts import attempt, status_of
from app.web.caseload.forms import BarForm, CoverForm, MemberForm, OverdueForm, clock_after
from app.web.cases.forms import last_row
from app.web.forms import ActForm
from app.web.guard import acting

caseload = Blueprint("caseload", __name__)

Answer = str | Response | tuple[str, int]


def _done(told: str, endpoint: str, **values: UUID | str) -> Response:
    flash(told)
    return redirect(url_for(endpoint, **values))  # type: ignore[arg-type,return-value]


@caseload.get("/caseload")
def index() -> str:
    """The caseload at a glance."""
    page = view(acting(), "caseload:shown", pages.overview)
    return render_template("caseload/index.html", page=page, plain=ActForm())


@caseload.get("/caseload/unassigned")
def unassigned() -> str:
    """Open cases that nobody works on."""
    page = view(acting(), "caseload:listed", pages.unassigned, after=last_row(request.args.get("after", "")))
    return render_template("caseload/unassigned.html", page=page)


@caseload.get("/caseload/overdue")
def overdue() -> Answer:
    """Deadlines that have passed, or that had passed by the end of a day."""
    form = OverdueForm(request.args)
    past = _past(form) if request.args and form.validate() else None
    page = None if past or form.errors else view(acting(), "caseload:listed", pages.overdue)
    return render_template("caseload/overdue.html", page=page, past=past, form=form), status_of(form)


def _past(form: OverdueForm) -> PastList | None:
    """What was overdue on the day that was asked for; None where none was, or where it is not over yet."""
    day = form.as_of.data
    if day is None:
        return None
    after = clock_after(request.args.get("after", ""))
    return attempt(form, lambda: view(acting(), "caseload:listed", overdue_page.on_day, day=day, after=after))


@caseload.get("/caseload/members/<uuid:member_id>")
def member(member_id: UUID) -> str:
    """The open cases of one member."""
    asked = {"member_id": member_id, "after": last_row(request.args.get("after", ""))}
    page = view(acting(), "caseload:listed", pages.of_member, **asked)
    form = MemberForm.of(page.team, but=[member_id])
    return render_template("caseload/member.html", page=page, form=form)


@caseload.post("/caseload/members/<uuid:member_id>/hand-over")
def hand_over(member_id: UUID) -> Answer:
    """Give all open cases of one member to another."""
    page = view(acting(), "caseload:listed", pages.of_member, member_id=member_id, after=None)
    form = MemberForm.of(page.team, but=[member_id])
    if form.validate():
        made = attempt(form, lambda: staffing.hand_over(acting(), member_id, form.member_id, form.claim()))
        if made is not None:
            return _done(_handed(made), "caseload.member", member_id=member_id)
    return render_template("caseload/member.html", page=page, form=form), status_of(form)


def _handed(made: HandedOver) -> str:
    moved = ngettext("%(num)d case changed hands.", "%(num)d cases changed hands.", made.moved)
    if not made.kept:
        return moved
    return moved + " " + gettext("Some did not: the colleague is barred from them.")


@caseload.get("/caseload/cases/<uuid:case_id>")
def case(case_id: UUID) -> str:
    """Who works on one case, and who is barred from it."""
    return _team_page(case_id, None, None)[0]


def _team_page(case_id: UUID, put_on: MemberForm | None, bar: BarForm | None) -> tuple[str, int]:
    """The page of a case's team; of its two forms the one that was sent comes back as it was filled in."""
    page = view(acting(), "caseload:team_shown", pages.one_case, case_id=case_id)
    forms = {"put_on": put_on or _put_on_form(page), "bar": bar or _bar_form(page)}
    sent = put_on or bar
    text = render_template("caseload/case.html", page=page, plain=ActForm(), form=sent, **forms)
    return text, status_of(sent) if sent else 200


def _put_on_form(page: pages.TeamPage) -> MemberForm:
    return MemberForm.of(page.team, but=[row.member_id for row in page.staff])


def _bar_form(page: pages.TeamPage) -> BarForm:
    return BarForm.of(page.team, but=acting().member_id)


@caseload.post("/caseload/cases/<uuid:case_id>/assign")
def assign(case_id: UUID) -> Answer:
    """Put a member on a case."""
    form = MemberForm.of(look(acting(), queries.team))
    if form.validate() and attempt(form, lambda: staffing.assign(acting(), case_id, form.member_id, form.claim())):
        return _done(gettext("Assigned. The colleague is told."), "caseload.case", case_id=case_id)
    return _team_page(case_id, form, None)


@caseload.post("/caseload/cases/<uuid:case_id>/members/<uuid:member_id>/release")
def release(case_id: UUID, member_id: UUID) -> Response:
    """Take a member off a case."""
    staffing.release(acting(), case_id, member_id, ActForm().claim())
    return _done(gettext("The colleague does not work on this case any more."), "caseload.case", case_id=case_id)


@caseload.post("/caseload/cases/<uuid:case_id>/bar")
def bar(case_id: UUID) -> Answer:
    """Bar a member from a case."""
    form = BarForm.of(look(acting(), queries.team), but=None)
    if form.validate() and attempt(form, lambda: staffing.bar(acting(), case_id, *form.told, form.claim())):
        return _done(gettext("Barred. The colleague sees nothing of it."), "caseload.case", case_id=case_id)
    return _team_page(case_id, None, form)


@caseload.post("/caseload/bars/<uuid:bar_id>/lift")
def lift_bar(bar_id: UUID) -> Response:
    """Lift a bar."""
    made = staffing.lift_bar(acting(), bar_id, ActForm().claim())
    return _done(gettext("The bar is lifted."), "caseload.case", case_id=made["case_id"])


@caseload.route("/caseload/cover", methods=["GET", "POST"])
def cover() -> Answer:
    """Let a member stand in for a colleague."""
    form = CoverForm.of(look(acting(), queries.team))
    if form.validate_on_submit() and attempt(form, lambda: staffing.cover(acting(), form.told, form.claim())):
        return _done(gettext("The cover is set. It ends by itself."), "caseload.index")
    return render_template("caseload/cover.html", form=form), status_of(form)


@caseload.post("/caseload/cover/<uuid:cover_id>/end")
def end_cover(cover_id: UUID) -> Response:
    """End a cover before its last day."""
    staffing.end_cover(acting(), cover_id, ActForm().claim())
    return _done(gettext("The cover has ended."), "caseload.index")
