"""Of which days the quality is shown. Read from the address; the year of yesterday where nothing was asked."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from app.web import fields
from app.web.period_form import PeriodForm, latest_year, part_choices


class QualityForm(PeriodForm):
    """A part of a year, a year, or any days."""

    month = fields.ChoiceField(_l("Part of the year"), choices=part_choices, as_select=True, none=_l("Whole year"))


def asked_form(asked: Mapping[str, str]) -> QualityForm:
    """The form as the address fills it. A page that was turned asks for nothing new."""
    return QualityForm(asked) if set(asked) - {"page"} else QualityForm(None, **latest_year())
