"""A period asked for in an address: a month or a year, or with both days filled in any range of days."""

from datetime import date, timedelta
from typing import Any

from babel.dates import get_month_names
from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from app.vocabulary.period import EARLIEST, Period, april_year, month, quarter, year
from app.web import fields
from app.web.days import LOCALES
from app.web.forms import OwnForm
from app.web.languages import chosen_language
from app.web.questions import today

LATEST_YEAR = 9998  # the last whose following year has days too
APRIL = "april"
QUARTERS = {f"q{number}": number for number in range(1, 5)}


def month_choices() -> list[tuple[str, str]]:
    """The twelve months in the reader's language."""
    names = get_month_names("wide", "stand-alone", locale=LOCALES[chosen_language()])
    return [(str(number), names[number]) for number in range(1, 13)]


def part_choices() -> list[tuple[str, str]]:
    """The months, the quarters, and the year that begins in April."""
    quarters = [(code, gettext("Quarter %(number)s", number=number)) for code, number in QUARTERS.items()]
    return [*month_choices(), *quarters, (APRIL, gettext("1 April to 31 March"))]


def latest_month() -> dict[str, Any]:
    """What a form of months stands at where nothing was asked: the month in which yesterday lies.

    On a first that is the last whole month, for no day of the new one is over.
    """
    return {"month": str(_yesterday().month), **latest_year()}


def latest_year() -> dict[str, Any]:
    """What a form of years stands at where nothing was asked: the year in which yesterday lies."""
    return {"year": _yesterday().year}


def _yesterday() -> date:
    return today() - timedelta(days=1)


class PeriodForm(OwnForm):
    """A month or a year, or with both days filled in any range; who may not ask for a range has no days.

    Where `month` offers parts of a year (`part_choices`), a quarter and the year from April may be asked for too.
    """

    class Meta(OwnForm.Meta):
        csrf = False

    month = fields.ChoiceField(_l("Month"), choices=month_choices, as_select=True, none=_l("Whole year"))
    year = fields.NumberField(_l("Year"), lowest=EARLIEST.year, highest=LATEST_YEAR, is_sometimes_required=True)
    start = fields.DateField(_l("First day"), earliest=EARLIEST, past=True, is_sometimes_required=True)
    end = fields.DateField(_l("Last day"), earliest=EARLIEST, past=True, is_sometimes_required=True)

    def ask_for_months(self) -> None:
        """Say at the days that they have to be those of whole months: for who may not see small numbers."""
        self.start.hint = _l("The first of a month.")
        self.end.hint = _l("The last of a month.")

    @property
    def is_range(self) -> bool:
        """Whether days were filled in, which go before month and year."""
        return any(any(field.typed.values()) for field in (self.start, self.end) if field)

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
        first = (year(self.year.data) if self.month.errors else self._part(self.year.data)).start
        if first > today():
            late = self.month if self.month.data and self.year.data == today().year else self.year
            late.errors = [gettext("This has not begun yet")]
        return first <= today()

    @property
    def period(self) -> Period:
        """The days of a valid form. Raises ValueError for a form that is not."""
        if self.is_range and self.start.data and self.end.data:
            return Period(self.start.data, self.end.data + timedelta(days=1))
        if self.is_range or self.year.data is None:
            raise ValueError("a form without a period")
        return self._part(self.year.data)

    def _part(self, of_year: int) -> Period:
        """What of a year was chosen; the whole where nothing was."""
        chosen = self.month.data
        if chosen in QUARTERS:
            return quarter(of_year, QUARTERS[chosen])
        if chosen == APRIL:
            return april_year(of_year)
        return month(of_year, int(chosen)) if chosen else year(of_year)

    def period_address(self) -> dict[str, Any]:
        """The period as it stands in the address of this form's page."""
        given: dict[str, Any] = {"month": self.month.data or "", "year": self.year.data} if not self.is_range else {}
        for field in (self.start, self.end):
            if field and any(field.typed.values()):
                given |= {f"{field.name}-{part}": typed for part, typed in field.typed.items()}
        return given
