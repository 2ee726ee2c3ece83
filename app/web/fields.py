"""The kinds of question that a page can ask, as WTForms fields: they read whatever is posted without falling over, keep
what was typed, and say what is wrong in the reader's language. How they look is in templates/partials/form.html.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from flask import current_app
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import Field, FileField, HiddenField, PasswordField, SelectField, SelectMultipleField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import StopValidation, ValidationError

from app.clock import local_day, utc_now
from app.services.unit_of_work import Database
from app.vocabulary import catalog
from app.web.filters import day_words
from app.web.languages import data_language

LINE_LENGTH = 200
TEXT_LENGTH = 5000
RADIOS_AT_MOST = 7
EARLIEST_DAY = date(1900, 1, 1)
LATEST_DAY = date(2100, 12, 31)
LARGEST_NUMBER = 999_999
# What no keyboard types and PostgreSQL or a spreadsheet chokes on. Line breaks and tabs are allowed.
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
DIGITS = re.compile(r"[0-9]{1,6}", re.ASCII)

Day = date | Callable[[], date]
Pair = tuple[str, str]


def today() -> date:
    """The day it is in the country, by the application's clock, which a test may move."""
    database: Database | None = current_app.extensions.get("database")
    clock = database.parts.clock if database else None
    return local_day((clock or utc_now)())


class Answered:
    """Validator: the question must be answered. Sets the flag `required`, which the macros read."""

    field_flags = {"required": True}

    def __init__(self, message: str | None = None) -> None:
        self.message = message

    def __call__(self, _form: object, field: Any) -> None:
        """Stop at a question without an answer; one with a fault of its own says that alone."""
        if field.errors or field.data not in (None, "", []):
            return
        raise StopValidation(str(self.message or field.ask))


class _Asked:
    """Adds to a WTForms field: `required`, the sentence for when it is left empty, and the shape that the page shows.

    `is_sometimes_required`: whether it must be answered depends on something else, so that it is not called optional.
    """

    shape = "line"
    ask = _l("Answer this question")

    def __init__(
        self,
        label: Any = None,
        validators: Iterable[Any] = (),
        *,
        required: bool = False,
        ask: Any = None,
        hint: Any = "",
        is_sometimes_required: bool = False,
        **kwargs: Any,
    ) -> None:
        self.ask = ask or type(self).ask
        self.is_sometimes_required = is_sometimes_required
        checks = [Answered()] if required else []
        super().__init__(label, [*checks, *validators], description=hint, **kwargs)  # type: ignore[call-arg]


class LineField(_Asked, StringField):
    """A line of text, trimmed. Refuses what is too long or holds characters that nobody can see."""

    ask = _l("Fill this in")
    length = LINE_LENGTH

    def __init__(self, *args: Any, length: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.length = length or type(self).length

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the first value, trimmed; nothing but blanks is no answer."""
        typed = valuelist[0] if valuelist else ""
        self.data = tidy(typed) or None

    def pre_validate(self, _form: object) -> None:
        """Refuse unseen characters and too much text."""
        if self.data is None:
            return
        if UNSEEN.search(self.data):
            raise StopValidation(gettext("Remove the characters that cannot be seen: type the text anew"))
        over = len(self.data) - self.length
        if over > 0:
            raise StopValidation(
                ngettext(
                    "Shorten this by %(num)d character (at most %(most)d)",
                    "Shorten this by %(num)d characters (at most %(most)d)",
                    over,
                    most=self.length,
                )
            )


class TextField(LineField):
    """Several lines of text."""

    shape = "text"
    length = TEXT_LENGTH


class SecretField(_Asked, PasswordField):
    """A password: taken as it was typed, never shown again."""

    shape = "password"
    ask = _l("Fill this in")

    def pre_validate(self, _form: object) -> None:
        """Refuse what nobody can have typed as a password."""
        if self.data and (len(self.data) > LINE_LENGTH or "\x00" in self.data):
            raise StopValidation(gettext("This is too long"))


class NumberField(_Asked, StringField):
    """A whole number between two bounds. `data` is an int or None; what was typed stays in `raw_data`."""

    shape = "number"
    ask = _l("Enter a number")

    def __init__(self, *args: Any, lowest: int = 0, highest: int = LARGEST_NUMBER, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lowest, self.highest = lowest, highest

    def _value(self) -> str:
        if self.raw_data:
            return shown(self.raw_data[0])
        return "" if self.data is None else str(self.data)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read digits and nothing else; raises ValueError, which WTForms shows at the field."""
        typed = tidy(valuelist[0]) if valuelist else ""
        self.data = None
        if not typed:
            return
        if not DIGITS.fullmatch(typed):
            raise ValueError(gettext("Enter a whole number in digits, such as 3"))
        self.data = int(typed)

    def pre_validate(self, _form: object) -> None:
        """Refuse what lies outside the bounds."""
        if self.data is not None and not self.lowest <= self.data <= self.highest:
            raise StopValidation(
                gettext("Enter a number from %(lowest)d to %(highest)d", lowest=self.lowest, highest=self.highest)
            )


class RowVersionField(HiddenField):
    """The version of the row that the page showed. Junk reads as 0, which no row has, so that the act is stale."""

    shape = "hidden"

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read digits; anything else is 0."""
        typed = valuelist[0] if valuelist else ""
        self.data = int(typed) if DIGITS.fullmatch(typed) else 0


class DateField(_Asked, Field):
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


class ChoiceField(_Asked, SelectField):
    """One of several; radios up to seven, a select above or where `as_select`. `data` is the value or None.

    `choices` are (value, label) pairs, or a function that gives them; `none` is the select's first line.
    """

    ask = _l("Choose one")
    none = _l("Choose")

    def __init__(
        self,
        label: Any = None,
        validators: Iterable[Any] = (),
        *,
        choices: Sequence[Pair] | Callable[[], Sequence[Pair]] = (),
        as_select: bool = False,
        none: Any = None,
        **kwargs: Any,
    ) -> None:
        pairs = choices() if callable(choices) else choices
        offered = [SelectChoice(value=value, label=wording) for value, wording in pairs]
        self.as_select, self.none = as_select, none or type(self).none
        super().__init__(label, validators, choices=offered, **kwargs)

    @property
    def shape(self) -> str:  # type: ignore[override]
        """Radios where all can be seen at once, else a select."""
        return "select" if self.as_select or len(self.choices) > RADIOS_AT_MOST else "radios"

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the value; none, or the empty line of a select, is no answer."""
        self.data = (valuelist[0] if valuelist else "") or None

    def pre_validate(self, _form: object) -> None:
        """Refuse what was not offered, without repeating it."""
        if self.data is not None and self.data not in {choice.value for choice in self.choices}:
            raise StopValidation(gettext("Choose one of the answers on the page"))


class ChoicesField(_Asked, SelectMultipleField):
    """Any number of several, as checkboxes. `data` is a list of values, in the order of the choices."""

    shape = "checkboxes"
    ask = _l("Choose at least one")

    def __init__(
        self,
        label: Any = None,
        validators: Iterable[Any] = (),
        *,
        choices: Sequence[Pair] | Callable[[], Sequence[Pair]] = (),
        **kwargs: Any,
    ) -> None:
        pairs = choices() if callable(choices) else choices
        offered = [SelectChoice(value=value, label=wording) for value, wording in pairs]
        super().__init__(label, validators, choices=offered, **kwargs)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was ticked, each once."""
        ticked = [value for value in dict.fromkeys(valuelist) if value]
        order = {choice.value: place for place, choice in enumerate(self.choices)}
        self.data = sorted(ticked, key=lambda value: order.get(value, len(order)))

    def pre_validate(self, _form: object) -> None:
        """Refuse what was not offered, without repeating it."""
        offered = {choice.value for choice in self.choices}
        if any(value not in offered for value in self.data or ()):
            raise StopValidation(gettext("Choose among the answers on the page"))


class CodeField(ChoiceField):
    """One code of a list of app/vocabulary, in the reader's language."""

    def __init__(self, label: Any = None, validators: Iterable[Any] = (), *, codes: str, **kwargs: Any) -> None:
        super().__init__(label, validators, choices=code_pairs(codes), **kwargs)


class CodesField(ChoicesField):
    """Several codes of a list of app/vocabulary, in the reader's language."""

    def __init__(self, label: Any = None, validators: Iterable[Any] = (), *, codes: str, **kwargs: Any) -> None:
        super().__init__(label, validators, choices=code_pairs(codes), **kwargs)


class YesNoField(ChoiceField):
    """Yes or no, as two radios side by side. `data` is "yes", "no" or None; `answer` is a bool or None."""

    is_inline = True

    def __init__(self, label: Any = None, validators: Iterable[Any] = (), **kwargs: Any) -> None:
        super().__init__(label, validators, choices=code_pairs("yes_no"), **kwargs)

    @property
    def answer(self) -> bool | None:
        """True, False, or None where it was not answered."""
        return None if self.data is None else self.data == "yes"


class YesNoUnknownField(ChoiceField):
    """Yes, no, or not known: `data` is the code or None. Not known is an answer."""

    is_inline = True

    def __init__(self, label: Any = None, validators: Iterable[Any] = (), **kwargs: Any) -> None:
        super().__init__(label, validators, choices=code_pairs("yes_no_unknown"), **kwargs)


class UploadField(_Asked, FileField):
    """A file from the reader's machine; the view reads it, at most as large as the installation allows."""

    shape = "file"
    ask = _l("Choose a file")


def code_pairs(codes: str) -> list[Pair]:
    """The codes of a list that may be chosen today, with their wording in the reader's language."""
    return catalog.get(codes).choices(data_language(), on=today())


def tidy(typed: str) -> str:
    """What was typed, without blanks at the ends and with one kind of line break."""
    return typed.replace("\r\n", "\n").replace("\r", "\n").strip()


def shown(typed: str) -> str:
    """What was typed, fit to be shown again: without unseen characters and not endless."""
    return UNSEEN.sub("", typed)[:LINE_LENGTH]


def refuse_value(message: str) -> ValidationError:
    """The exception by which a form's own check refuses a field's value."""
    return ValidationError(message)


def _day(bound: Day) -> date:
    return bound() if callable(bound) else bound


def _listed(words: list[str]) -> str:
    if len(words) == 1:
        return words[0]
    return gettext("%(first)s and %(second)s", first=words[0], second=words[1])
