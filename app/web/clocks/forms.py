"""The forms of a clock: why it stands still, and until when a lapse does not count."""

from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms.fields import SelectChoice

from app.services.clock_acts import NewExemption
from app.services.clock_page import ClockPage
from app.web import fields
from app.web.forms import ActForm


class PauseForm(ActForm):
    """Why a clock stands still."""

    reason = fields.TextField(_l("Why is it paused?"), required=True)


class ExemptionForm(ActForm):
    """Until when a lapse does not count, who approved, and why."""

    until_on = fields.DateField(_l("Until"), required=True, hint=_l("The last day. A lapse counts again after it."))
    approved_by = fields.ChoiceField(_l("Who approved"), required=True, as_select=True)
    reason = fields.TextField(_l("Why"), required=True)

    @classmethod
    def of(cls, page: ClockPage) -> "ExemptionForm":
        """With the supervisors of the agency who work there now."""
        form = cls()
        form.approved_by.choices = [SelectChoice(str(one.id), one.name) for one in page.supervisors]
        return form

    @property
    def told(self) -> NewExemption:
        """What was filled in."""
        return NewExemption(self.until_on.data, UUID(self.approved_by.data), str(self.reason.data))  # type: ignore[arg-type]
