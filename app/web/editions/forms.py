"""Signing a report: as it was known at the end of which day, and why there is another edition."""

from datetime import timedelta

from flask_babel import lazy_gettext as _l

from app.services.counts import CountRequest
from app.services.editions import NewEdition
from app.web import fields
from app.web.counts.forms import CountForm
from app.web.forms import ActForm
from app.web.questions import today


class SignForm(ActForm):
    """What is signed beside the period and the counts that the address names."""

    as_of = fields.DateField(_l("As it was known at the end of"), required=True, past=True)
    reason = fields.TextField(
        _l("Why there is another edition"),
        hint=_l("What changed since the edition before, without names."),
        is_sometimes_required=True,
    )

    @classmethod
    def of(cls, asked: CountForm) -> "SignForm":
        """The form as it was sent, or with the day that the counts were asked for, else yesterday."""
        chosen = asked.as_of.data if asked.as_of else None
        return cls(data={"as_of": chosen or today() - timedelta(days=1)})

    def told(self, asked: CountRequest) -> NewEdition:
        """What is to be signed, of a form that was found valid."""
        return NewEdition(asked.period, asked.metrics, self.as_of.data or today(), str(self.reason.data or ""))
