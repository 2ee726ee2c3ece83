"""Signing a report: as it was known at the end of which day, and why there is another edition."""

from datetime import date, timedelta

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from app.errors import Invalid
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

    shown = HiddenField()
    """The day whose numbers stand beside the form: nothing else is signed."""

    def shows(self, day: date | None) -> None:
        """Note the day whose numbers the page shows."""
        self.shown.data = day.isoformat() if day else ""

    def seen(self, new: NewEdition) -> NewEdition:
        """The same, if its numbers stood beside the form. Raises Invalid where they were those of another day.

        Of a day that is refused itself there are none to look at: the service says why.
        """
        if new.period.start <= new.as_of < today() and self.shown.data != new.as_of.isoformat():
            raise Invalid({"as_of": "numbers_of_another_day"})
        return new

    @classmethod
    def of(cls, asked: CountForm) -> "SignForm":
        """The form as it was sent, or with the day that the counts were asked for, else yesterday.

        Of a period that began today no day is over yet: then none is filled in.
        """
        chosen, yesterday = asked.as_of.data if asked.as_of else None, today() - timedelta(days=1)
        return cls(data={"as_of": chosen or (yesterday if asked.period.start <= yesterday else None)})

    def told(self, asked: CountRequest) -> NewEdition:
        """What is to be signed, of a form that was found valid."""
        return NewEdition(asked.period, asked.metrics, self.as_of.data or today(), str(self.reason.data or ""))
