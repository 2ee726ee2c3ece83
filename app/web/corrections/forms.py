"""The forms of corrections: the step's own questions with a reason, and those of the person's record."""

from typing import Any

from flask_babel import lazy_gettext as _l

from app.services.correction_page import CorrectionPage
from app.web import fields
from app.web.forms import ActForm
from app.web.step_form import StepForm, build_step_form

OLDEST = 120


class TakeBackForm(ActForm):
    """Why a step is taken back, under the version of the case that was seen."""

    why = fields.TextField(_l("Why is it taken back?"), required=True)
    row_version = fields.RowVersionField(default=0)


class IdentityForm(ActForm):
    """Who the person is."""

    given_name = fields.LineField(_l("First name"), length=100)
    family_name = fields.LineField(_l("Surname"), length=100)
    birth_date = fields.DateField(_l("Date of birth"), past=True)
    age = fields.NumberField(_l("Age, if the date of birth is not known"), highest=OLDEST)
    sex = fields.CodeField(_l("Sex"), codes="sex", required=True)
    citizenship = fields.CodesField(_l("Citizenship"), codes="country", required=True)
    language = fields.CodeField(_l("Language"), codes="language", required=True)
    region = fields.CodeField(_l("Region"), codes="region", required=True)
    reason = fields.TextField(_l("Why is it changed?"), required=True)
    row_version = fields.RowVersionField(default=0)


class ContactForm(ActForm):
    """How the person is reached safely."""

    safe_contact = fields.CodeField(_l("Way"), codes="contact_way", required=True)
    contact_detail = fields.LineField(_l("Number or address"))
    contact_hours = fields.LineField(_l("Safe hours"))
    contact_answered_by = fields.CodeField(_l("Who may answer"), codes="contact_answered_by")
    contact_may_say = fields.CodeField(_l("What may be said"), codes="contact_message")
    contact_code_word = fields.LineField(_l("Code word"))
    reason = fields.TextField(_l("Why is it changed?"), required=True)
    row_version = fields.RowVersionField(default=0)


class CommunityForm(ActForm):
    """The community that the person has told, or that she was not asked."""

    community = fields.CodeField(_l("Community"), codes="community", required=True)
    row_version = fields.RowVersionField(default=0)


def correction_form(page: CorrectionPage) -> StepForm:
    """The step's questions that can be put right, and why. The reason's name is one that no question has."""
    kind = build_step_form(page.form, leave_out=page.kept, also_required=page.required)
    why = fields.TextField(_l("Why is it corrected?"), required=True)
    made: StepForm = type("CorrectionForm", (kind,), {"why_corrected": why})()
    return made


def told(form: Any) -> dict[str, Any]:
    """The answers of a record's form as intake takes them: dates as text, what is empty left out."""
    own = ("reason", "row_version", "once", "csrf_token")
    found = {field.name: field.data for field in form if field.name not in own}
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else value
        for name, value in found.items()
        if value not in (None, "", [])
    }
