"""Of which period the nights are shown. Read from the address; the month of yesterday where nothing was asked."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from app.services.occupancy import Reader
from app.web import fields
from app.web.period_form import PeriodForm, latest_month, part_choices


class NightsForm(PeriodForm):
    """A month, a quarter, a year, one from April on, or any days: whole months for who may not see small numbers."""

    month = fields.ChoiceField(_l("Part of the year"), choices=part_choices, as_select=True, none=_l("Whole year"))

    @classmethod
    def of(cls, asked: Mapping[str, str], reader: Reader) -> "NightsForm":
        """The form as the address fills it, or as it stands when nothing was asked yet."""
        form = cls(asked) if asked else cls(None, **latest_month())
        if reader is Reader.NATION:
            form.ask_for_months()
        return form
