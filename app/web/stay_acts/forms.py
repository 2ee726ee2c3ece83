"""The forms around a stay: overstay, transfer, the day of leaving, days that were checked."""

from typing import Any

from flask_babel import lazy_gettext as _l

from app.services.overlaps import GONE
from app.web import fields
from app.web.fields import today
from app.web.forms import ActForm


class OverstayForm(ActForm):
    """Whether she may stay after her expected end."""

    is_agreed = fields.YesNoField(_l("May the person stay longer?"), required=True)
    agreed_by = fields.CodeField(_l("Who decided?"), required=True, codes="overstay_decider")
    reason = fields.CodeField(_l("Why?"), required=True, codes="extension_reason")
    agreed_until = fields.DateField(_l("Until when?"), hint=_l("Where the person may stay longer."))
    decided_on = fields.DateField(_l("When was it decided?"), required=True, past=True, default=today)

    def asked(self) -> dict[str, Any]:
        """What was answered, by the names that the service knows."""
        names = ("agreed_by", "reason", "agreed_until", "decided_on")
        return {"is_agreed": self.is_agreed.answer, **{name: self._fields[name].data for name in names}}


class TransferForm(ActForm):
    """Planned or not, and why."""

    kind = fields.CodeField(_l("What kind of transfer?"), required=True, codes="transfer_kind")
    reason = fields.CodeField(_l("Why?"), required=True, codes="transfer_reason")


class DepartureDayForm(ActForm):
    """The day on which she left."""

    left_on = fields.DateField(_l("When did the person leave?"), required=True, past=True)


class DaysForm(ActForm):
    """How the days of a stay stand."""

    settlement: fields.ChoiceField


def days_form() -> DaysForm:
    """The form with the answers that somebody gives."""
    offered = [pair for pair in fields.code_pairs("dates_settlement") if pair[0] not in (GONE, "corrected")]
    asked = {"settlement": fields.ChoiceField(_l("How do the days stand?"), required=True, choices=offered)}
    form: DaysForm = type("OfferedDaysForm", (DaysForm,), asked)()
    return form
