"""The forms around incidents and complaints."""

from uuid import UUID

from flask_babel import lazy_gettext as _l

from app.services.complaints import Asked, NewComplaint
from app.services.house_day import HouseDay
from app.services.incidents import NewIncident
from app.web import fields
from app.web.fields import today
from app.web.forms import ActForm
from app.web.house_life.forms import is_hour


class IncidentForm(ActForm):
    """What happened, when, and with whom."""

    kind = fields.CodeField(_l("What happened?"), codes="incident", required=True)
    occurred_on = fields.DateField(_l("On which day?"), required=True, past=True, default=today)
    begins_at = fields.LineField(_l("Time"), [is_hour], length=5, hint=_l("Such as 09:30"))
    resident: fields.ChoiceField
    account = fields.TextField(_l("What is known of it?"), required=True)

    @property
    def told(self) -> NewIncident:
        """What was filled in."""
        return NewIncident(
            kind=str(self.kind.data),
            occurred_on=self.occurred_on.data or today(),
            account=str(self.account.data),
            begins_at=self.begins_at.data,
            stay_id=UUID(str(self.resident.data)) if self.resident.data else None,
        )


INCIDENT_ORDER = ("kind", "occurred_on", "begins_at", "resident", "account")


def incident_form(page: HouseDay) -> IncidentForm:
    """The form with those who live in the shelter now."""
    living = [(str(one.resident.stay.id), one.resident.alias or "–") for one in page.living]
    resident = fields.ChoiceField(
        _l("With which resident?"), choices=living, as_select=True, none=_l("Nobody in particular")
    )
    form: IncidentForm = type("AskedIncidentForm", (IncidentForm,), {"resident": resident})()
    return form


class StepForm(ActForm):
    """Whether a first step was taken, and on which basis somebody outside was told."""

    outcome = fields.CodeField(_l("Was it done?"), codes="incident_step_outcome", required=True)
    basis = fields.CodeField(_l("On which basis is somebody told?"), codes="telling_basis")
    note = fields.TextField(_l("How, or why not"), length=2000)


class CloseForm(ActForm):
    """What came of an incident."""

    conclusion = fields.TextField(_l("What came of it?"), required=True)


class ComplaintForm(ActForm):
    """What a resident says, and to whom."""

    made_to = fields.CodeField(_l("To whom is it made?"), codes="complaint_made_to", required=True)
    kind = fields.CodeField(_l("About what?"), codes="complaint", required=True)
    about: fields.ChoiceField
    told = fields.TextField(_l("In the person's own words"), required=True)
    nameless = fields.YesNoField(_l("Is it made without a name?"), required=True)

    @property
    def complaint(self) -> NewComplaint:
        """What was filled in."""
        return NewComplaint(
            made_to=str(self.made_to.data),
            kind=str(self.kind.data),
            told=str(self.told.data),
            is_nameless=bool(self.nameless.answer),
            about_member_id=UUID(str(self.about.data)) if self.about.data else None,
        )


COMPLAINT_ORDER = ("made_to", "kind", "about", "told", "nameless")


def complaint_form(page: Asked) -> ComplaintForm:
    """The form with those who work in the shelter: whoever is named never reads it."""
    staff = [(str(member_id), name) for member_id, name in page.staff]
    about = fields.ChoiceField(
        _l("About somebody who works here?"), choices=staff, as_select=True, none=_l("Nobody in particular")
    )
    form: ComplaintForm = type("AskedComplaintForm", (ComplaintForm,), {"about": about})()
    return form


class AnswerForm(ActForm):
    """What is answered, and when the person was told."""

    answer = fields.TextField(_l("What is answered, and done?"), required=True)
    told_on = fields.DateField(_l("When was the person told?"), past=True)
