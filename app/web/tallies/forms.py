"""Of which days the work is shown: a month, a quarter, a year, one from April on, any days. Read from the address."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from app.services.counts import Reader
from app.services.tallies import WorkRequest
from app.web import fields
from app.web.period_form import PeriodForm, latest_year, part_choices


class WorkForm(PeriodForm):
    """As of a period; `as_of` and days that are no whole months are not for every reader."""

    month = fields.ChoiceField(_l("Part of the year"), choices=part_choices, as_select=True, none=_l("Whole year"))
    as_of = fields.DateField(_l("As it was known at the end of"), hint=_l("A day in the past; empty means now."))

    @classmethod
    def of(cls, asked: Mapping[str, str], reader: Reader) -> "WorkForm":
        """The form as the address fills it, or as it stands when nothing was asked yet: the year of yesterday."""
        form = cls(asked) if asked else cls(None, **latest_year())
        if reader is Reader.NATION:
            form.ask_for_months()
            del form.as_of
        return form

    @property
    def has_faults_folded_away(self) -> bool:
        """Whether something that needs another look stands in the part that is folded away."""
        return self.is_range or any(one.errors for one in (self.start, self.end, self.as_of) if one)

    def request(self) -> WorkRequest:
        """What is asked, of a form that was found valid."""
        return WorkRequest(self.period, self.as_of.data if self.as_of else None)

    def address(self) -> dict[str, Any]:
        """What stands in the address of this form's page, for the link to its file."""
        given = self.period_address()
        if self.as_of and any(self.as_of.typed.values()):
            given |= {f"as_of-{part}": typed for part, typed in self.as_of.typed.items()}
        return given
