"""The kinds of question that a page can ask, as WTForms fields: they read whatever is posted without falling over, keep
what was typed, and say what is wrong in the reader's language. How they look is in templates/partials/form.html.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _l
from wtforms import FileField, HiddenField, PasswordField, SelectField, SelectMultipleField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import StopValidation

from app.vocabulary import catalog, country
from app.web.date_field import DateField
from app.web.languages import data_language
from app.web.questions import DIGITS, LINE_LENGTH, UNSEEN, Answered, Asked, shown, tidy, today

__all__ = [
    "Answered",
    "ChoiceField",
    "ChoicesField",
    "CodeField",
    "CodesField",
    "DateField",
    "LineField",
    "NumberField",
    "RowVersionField",
    "SecretField",
    "TextField",
    "UploadField",
    "YesNoField",
    "YesNoUnknownField",
    "code_pairs",
    "tidy",
    "today",
]

TEXT_LENGTH = 5000
RADIOS_AT_MOST = 7
LARGEST_NUMBER = 999_999

Pair = tuple[str, str]

USUAL = {"country": country.USUAL}
"""Lists too long to be read whole: the values that are shown first, the others folded away below them."""


class LineField(Asked, StringField):
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


class SecretField(Asked, PasswordField):
    """A password: taken as it was typed, never shown again."""

    shape = "password"
    ask = _l("Fill this in")

    def pre_validate(self, _form: object) -> None:
        """Refuse what nobody can have typed as a password."""
        if self.data and (len(self.data) > LINE_LENGTH or "\x00" in self.data):
            raise StopValidation(gettext("This is too long"))


class NumberField(Asked, StringField):
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


class ChoiceField(Asked, SelectField):
    """One of several; radios up to seven, a select above or where `as_select`. `data` is the value or None.

    `choices` are (value, label) pairs, or a function that gives them; `none` is the select's first line.
    """

    ask = _l("Choose one")

    def __init__(
        self,
        label: Any = None,
        validators: Iterable[Any] = (),
        *,
        choices: Sequence[Pair] | Callable[[], Sequence[Pair]] = (),
        as_select: bool = False,
        none: Any = "",
        **kwargs: Any,
    ) -> None:
        pairs = choices() if callable(choices) else choices
        offered = [SelectChoice(value=value, label=wording) for value, wording in pairs]
        self.as_select, self.none = as_select, none
        super().__init__(label, validators, choices=offered, **kwargs)

    @property
    def shape(self) -> str:  # type: ignore[override]
        """Radios where all can be seen at once, else a select; also where nothing is offered: an error leads there."""
        return "radios" if not self.as_select and 0 < len(self.choices) <= RADIOS_AT_MOST else "select"

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take the value; none, or the empty line of a select, is no answer."""
        self.data = (valuelist[0] if valuelist else "") or None

    def pre_validate(self, _form: object) -> None:
        """Refuse what was not offered, without repeating it."""
        if self.data is not None and self.data not in {choice.value for choice in self.choices}:
            raise StopValidation(gettext("Choose one of the answers on the page"))


class ChoicesField(Asked, SelectMultipleField):
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
        self.usual = USUAL.get(codes, ())


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


class UploadField(Asked, FileField):
    """A file from the reader's machine; the view reads it, at most as large as the installation allows."""

    shape = "file"
    ask = _l("Choose a file")


def code_pairs(codes: str) -> list[Pair]:
    """The codes of a list that may be chosen today, with their wording in the reader's language."""
    return catalog.get(codes).choices(data_language(), on=today())
