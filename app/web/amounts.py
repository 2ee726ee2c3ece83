"""Amounts of money: read from how people write them in any of our languages, and written in the reader's own way.

Of two marks the last one parts the decimals; one mark alone that could be either is not guessed at.
"""

import re
from decimal import Decimal
from typing import Any

from babel.numbers import format_decimal
from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import StopValidation

from app.vocabulary.funding import decimals
from app.web.days import LOCALES
from app.web.languages import chosen_language
from app.web.questions import Asked, shown, tidy

HIGHEST = Decimal(10) ** 12
BLANKS = re.compile("[ \t\u00a0\u2009\u202f'\u2019]")
GROUPS = re.compile(
    r"[0-9]{1,3}(?:(?P<mark>[.,])[0-9]{3})(?:(?P=mark)[0-9]{3})*(?:(?P<point>[.,])[0-9]{1,3})?", re.ASCII
)
PLAIN = re.compile(r"[0-9]{1,15}(?:[.,][0-9]{1,3})?", re.ASCII)
IN_GROUPS_OF_BLANKS = re.compile(r"[0-9]{1,3}( [0-9]{3})+(?:[.,][0-9]{1,3})?", re.ASCII)


class Unclear(ValueError):
    """What was typed is no amount, or can be read in two ways (`is_ambiguous`)."""

    def __init__(self, *, is_ambiguous: bool = False) -> None:
        super().__init__("unclear")
        self.is_ambiguous = is_ambiguous


def read_amount(typed: str) -> Decimal:
    """An amount as it was typed: 1234, 1234.50, 1.234,50, 1,234.50, 1 234,50. Raises Unclear."""
    text = BLANKS.sub(" ", typed.strip())
    if " " in text:
        if not IN_GROUPS_OF_BLANKS.fullmatch(text):
            raise Unclear
        text = text.replace(" ", "")
    grouped = GROUPS.fullmatch(text)
    if grouped and grouped["point"] != grouped["mark"]:
        if text.count(grouped["mark"]) == 1 and grouped["point"] is None:
            raise Unclear(is_ambiguous=True)
        return Decimal(text.replace(grouped["mark"], "").replace(",", "."))
    if not PLAIN.fullmatch(text):
        raise Unclear
    return Decimal(text.replace(",", "."))


class AmountField(Asked, StringField):
    """An amount of money. `data` is a Decimal or None; what was typed stays in `raw_data`."""

    shape = "line"
    ask = _l("Enter an amount")

    def __init__(self, *args: Any, hint: Any = "", **kwargs: Any) -> None:
        hint = hint or _l("Such as 191970 or 191970.50. Marks between thousands may stand where decimals follow.")
        super().__init__(*args, hint=hint, render_kw={"inputmode": "decimal"}, **kwargs)

    def _value(self) -> str:
        if self.raw_data:
            return shown(self.raw_data[0])
        return "" if self.data is None else str(self.data)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the amount; raises ValueError, which WTForms shows at the field."""
        typed = tidy(valuelist[0]) if valuelist else ""
        self.data = None
        if not typed:
            return
        try:
            self.data = read_amount(typed)
        except Unclear as unclear:
            raise ValueError(_ambiguous() if unclear.is_ambiguous else _no_amount()) from None

    def pre_validate(self, _form: object) -> None:
        """Refuse what no ledger holds."""
        if self.data is not None and self.data >= HIGHEST:
            raise StopValidation(gettext("Enter an amount under a million million"))


def _ambiguous() -> str:
    return gettext("This can be read in two ways. Leave the mark out, or write the decimals too: 1234 or 1,234.00")


def _no_amount() -> str:
    return gettext("Enter an amount in digits, such as 1234.50 or 1.234,50, without the currency")


def amount_words(minor: int | None, currency: str | None, *, is_approximate: bool = False) -> str:
    """An amount in the reader's own way, with its currency; without decimals where there are none. None: not told."""
    if minor is None or currency is None:
        return gettext("not told")
    number = plain_amount(minor, currency)
    sum_of_money = gettext("%(currency)s %(number)s", currency=currency, number=number)
    return gettext("about %(amount)s", amount=sum_of_money) if is_approximate else sum_of_money


def plain_amount(minor: int, currency: str) -> str:
    """The number of an amount with the reader's own marks."""
    value = in_main_unit(minor, currency)
    places = decimals(currency)
    is_whole = value == value.to_integral_value()
    pattern = "#,##0" if is_whole or not places else "#,##0." + "0" * places
    return str(format_decimal(value, format=pattern, locale=LOCALES[chosen_language()]))


def in_main_unit(minor: int, currency: str) -> Decimal:
    """The amount in euros where it is stored in cents."""
    return Decimal(minor).scaleb(-decimals(currency))
