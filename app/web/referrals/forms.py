"""The forms of a referral's course: until when it waits, what was done, why it is given back."""

from datetime import date

from flask_babel import lazy_gettext as _l

from app.services.referral_ends import GivingBack
from app.web import fields
from app.web.forms import ActForm


class LastDayForm(ActForm):
    """Until when a referral waits for its answer."""

    last_day = fields.DateField(
        _l("Wait for an answer until"), required=True, hint=_l("The last day. Without an answer it ends by itself.")
    )

    @property
    def day(self) -> date:
        """The day that was filled in."""
        return self.last_day.data  # type: ignore[return-value]


class ReportForm(ActForm):
    """What was done."""

    feedback = fields.CodeField(_l("What came of it?"), codes="referral_outcome", required=True)


class GiveBackForm(ActForm):
    """Why an accepted referral is given back."""

    reason = fields.CodeField(_l("Why is it given back?"), codes="decline_reason", as_select=True, required=True)
    note = fields.TextField(_l("What the agency that sent it should know"))

    @property
    def told(self) -> GivingBack:
        """What was filled in."""
        return GivingBack(str(self.reason.data), str(self.note.data or ""))
