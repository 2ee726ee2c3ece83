"""What is counted: a month, a year or any days, which counts, broken down by what. Read from the address."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from babel.dates import get_month_names
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from app.services.counts import CountRequest, Reader
from app.vocabulary.breakdown import SEX
from app.vocabulary.metric import MAIN
from app.vocabulary.period import EARLIEST, Period, month, year
from app.web import fields
from app.web.filters import LOCALES
from app.web.forms import OwnForm
from app.web.languages import chosen_language
from app.web.questions import today


def month_choices() -> list[tuple[str, str]]:
    """The twelve months in the reader's language."""
    names = get_month_names("wide", "stand-alone", locale=LOCALES[chosen_language()])
    return [(str(number), names[number]) for number in range(1, 13)]


class CountForm(OwnForm):
    """A month or a year, or with both days filled in any range; `as_of` and ranges are not for every reader."""

    class Meta(OwnForm.Meta):
        csrf = False

    month = fields.ChoiceField(_l("Month"), choices=month_choices, as_select=True, none=_l("Whole year"))
    year = fields.NumberField(_l("Year"), lowest=EARLIEST.year, highest=9999, is_sometimes_required=True)
    breakdown = fields.CodeField(_l("Broken down by"), codes="breakdown", as_select=True, is_sometimes_required=True)
    start = fields.DateField(_l("First day"), earliest=EARLIEST, past=True, is_sometimes_required=True)
    end = fields.DateField(_l("Last day"), earliest=EARLIEST, past=True, is_sometimes_required=True)
    as_of = fields.DateField(_l("As it was known at the end of"), hint=_l("A day in the past; empty means now."))
    metrics = fields.CodesField(_l("Counts"), codes="metric", is_sometimes_required=True)

    @classmethod
    def of(cls, asked: Mapping[str, str], reader: Reader) -> "CountForm":
        """The form as the address fills it, or as it stands when nothing was asked yet: this month."""
        form = cls(asked) if asked else cls(None, month=str(today().month), year=today().year)
        form.breakdown.data = form.breakdown.data or SEX
        form.metrics.data = form.metrics.data or list(MAIN)
        if reader is Reader.NATION:
            del form.start, form.end, form.as_of
        return form

    @property
    def is_range(self) -> bool:
        """Whether days were filled in, which go before month and year."""
        return any(any(field.typed.values()) for field in (self.start, self.end) if field)

    @property
    def has_faults_folded_away(self) -> bool:
        """Whether something that needs another look stands in the part that is folded away."""
        return self.is_range or any(field.errors for field in (self.start, self.end, self.as_of, self.metrics) if field)

    def validate(self, extra_validators: Any = None) -> bool:
        """Also: which of the fields of a period are missing, and whether it has begun."""
        fits = bool(super().validate(extra_validators))
        return (self._check_range() if self.is_range else self._check_month()) and fits

    def _check_range(self) -> bool:
        missing = [each for each in (self.start, self.end) if each.data is None and not each.errors]
        for each in missing:
            each.errors = [gettext("A range needs its first and its last day")]
        if self.start.data and self.end.data and self.start.data > self.end.data:
            self.end.errors = [gettext("The last day must not be before the first")]
            return False
        return not missing

    def _check_month(self) -> bool:
        if self.year.errors:
            return False
        if self.year.data is None:
            self.year.errors = [gettext("Enter a year, such as 2007")]
            return False
        first = date(self.year.data, int(self.month.data or 1) if not self.month.errors else 1, 1)
        if first > today():
            late = self.month if self.month.data and self.year.data == today().year else self.year
            late.errors = [gettext("This has not begun yet")]
        return first <= today()

    def request(self, *dimensions: str) -> CountRequest:
        """What is asked, of a form that was found valid; by default with the breakdown chosen."""
        as_of = self.as_of.data if self.as_of else None
        return CountRequest(self.period, tuple(self.metrics.data), dimensions or (str(self.breakdown.data),), as_of)

    @property
    def period(self) -> Period:
        """The days of a valid form. Raises ValueError for a form that is not."""
        if self.is_range and self.start.data and self.end.data:
            return Period(self.start.data, self.end.data + timedelta(days=1))
        if self.is_range or self.year.data is None:
            raise ValueError("a form without a period")
        return month(self.year.data, int(self.month.data)) if self.month.data else year(self.year.data)

    def address(self) -> dict[str, Any]:
        """What stands in the address of this form's page, for links to its files and members."""
        given: dict[str, Any] = {"breakdown": self.breakdown.data, "metrics": list(self.metrics.data or ())}
        given |= {"month": self.month.data or "", "year": self.year.data} if not self.is_range else {}
        for field in (self.start, self.end, self.as_of):
            if field and any(field.typed.values()):
                given |= {f"{field.name}-{part}": typed for part, typed in field.typed.items()}
        return given
