"""A day in three inputs: whatever is posted is read, kept and answered in words."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import Field
from wtforms.validators import StopValidation

from app.web.days import day_words
from app.web.questions import DIGITS, Asked, shown, today

EARLIEST_DAY = date(1900, 1, 1)
LATEST_DAY = date(2100, 12, 31)

Day = date | Callable[[], date]


class DateField(Asked, Field):
    """A day in three inputs: NAME-day, NAME-month, NAME-year. `data` is a date or None, `typed` what stood in each.

    `earliest` and `latest` are days or functions that give one; `past=True` allows nothing after today.
    """

    shape = "date"
    ask = _l("Enter a date")
    widget = None
    PARTS = ("day", "month", "year")

    def __init__(
        self, *args: Any, earliest: Day = EARLIEST_DAY, latest: Day = LATEST_DAY, past: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.earliest = earliest
        self.latest = today if past else latest
        self.typed: dict[str, str] = dict.fromkeys(self.PARTS, "")
        self.faulty: tuple[str, ...] = ()

    @property
    def first_input(self) -> str:
        """The id of the input that a person should go to: the first faulty one, else the first."""
        return f"{self.id}-{(self.faulty or self.PARTS)[0]}"

    def process_data(self, value: date | None) -> None:
        """Show a day that is already known."""
        self.data = value
        if value is not None:
            self.typed = {"day": str(value.day), "month": str(value.month), "year": f"{value.year:04}"}

    def process(self, formdata: Any, *args: Any, **kwargs: Any) -> None:
        """Gather the three inputs under one name; one that is missing reads as empty, of one sent twice the first."""
        if formdata is not None:
            formdata = MultiDict((self.name, formdata.get(f"{self.name}-{part}", "")) for part in self.PARTS)
        super().process(formdata, *args, **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Keep what was typed and read a day from it; raises ValueError, which WTForms shows at the field."""
        self.data, self.faulty = None, ()
        self.typed = {part: shown(value.strip()) for part, value in zip(self.PARTS, valuelist, strict=True)}
        self._read()

    def _read(self) -> None:
        """Make a day of what was typed; raises ValueError with the sentence to show."""
        missing = tuple(part for part in self.PARTS if not self.typed[part])
        if len(missing) == len(self.PARTS):
            return
        names = {"day": gettext("a day"), "month": gettext("a month"), "year": gettext("a year")}
        if missing:
            self.faulty = missing
            raise ValueError(gettext("The date needs %(what)s too", what=_listed([names[part] for part in missing])))
        odd = tuple(part for part in self.PARTS if not DIGITS.fullmatch(self.typed[part]))
        if odd:
            self.faulty = odd
            raise ValueError(gettext("Write the date in digits, such as 27 3 2007"))
        day, month, year = (int(self.typed[part]) for part in self.PARTS)
        if len(self.typed["year"]) != 4 or year == 0:
            self.faulty = ("year",)
            raise ValueError(gettext("The year needs four digits, such as 2007"))
        if not 1 <= month <= 12:
            self.faulty = ("month",)
            raise ValueError(gettext("The month is a number from 1 to 12"))
        try:
            self.data = date(year, month, day)
        except ValueError:
            self.faulty = ("day",)
            raise ValueError(gettext("There is no such day in that month")) from None

    def pre_validate(self, _form: object) -> None:
        """Refuse a day outside the bounds."""
        if self.data is None:
            return
        earliest, latest = _day(self.earliest), _day(self.latest)
        if earliest <= self.data <= latest:
            return
        is_late, self.data, self.faulty = self.data > latest, None, self.PARTS
        if is_late and latest == today():
            raise StopValidation(gettext("The date must be today or in the past"))
        if is_late:
            raise StopValidation(gettext("The date must be %(day)s or earlier", day=day_words(latest)))
        raise StopValidation(gettext("The date must be %(day)s or later", day=day_words(earliest)))


def _day(bound: Day) -> date:
    return bound() if callable(bound) else bound


def _listed(words: list[str]) -> str:
    if len(words) == 1:
        return words[0]
    return gettext("%(first)s and %(second)s", first=words[0], second=words[1])
