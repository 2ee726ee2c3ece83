"""What is counted: a month, a year or any days, which counts, broken down by what. Read from the address."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.fields import SelectChoice

from app.queries.count_facts import Only
from app.services.counts import CountRequest, Reader
from app.vocabulary.breakdown import BREAKDOWN, COMMUNITY, SEX, codes_of
from app.vocabulary.metric import MAIN
from app.web import fields
from app.web.counts.words import row_words
from app.web.period_form import PeriodForm, latest_month, part_choices


class RowField(fields.ChoiceField):
    """People of one row of a breakdown alone, as `sex:F`. It offers what its address names: rows lead to it."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take a row that there is; any other is not offered."""
        super().process_formdata(valuelist)
        if self.row is not None:
            self.choices = [SelectChoice(value=str(self.data), label=row_words(self.row))]

    @property
    def row(self) -> Only | None:
        """The row, if it is one; communities are shown in aggregates alone."""
        dimension, _, value = str(self.data or "").partition(":")
        is_open = dimension in BREAKDOWN and dimension != COMMUNITY
        return Only(dimension, value) if is_open and value in codes_of(dimension) else None


class CountForm(PeriodForm):
    """A month, a year or any range; `as_of` and parts of months are not for every reader."""

    month = fields.ChoiceField(_l("Part of the year"), choices=part_choices, as_select=True, none=_l("Whole year"))
    breakdown = fields.CodeField(_l("Broken down by"), codes="breakdown", as_select=True, is_sometimes_required=True)
    as_of = fields.DateField(_l("As it was known at the end of"), hint=_l("A day in the past; empty means now."))
    only = RowField(_l("Only of"), as_select=True, none=_l("everybody"))
    metrics = fields.CodesField(_l("Counts"), codes="metric", is_sometimes_required=True)

    @classmethod
    def of(cls, asked: Mapping[str, str], reader: Reader) -> "CountForm":
        """The form as the address fills it, or as it stands when nothing was asked yet: the month of yesterday."""
        form = cls(asked) if asked else cls(None, **latest_month())
        form.breakdown.data = form.breakdown.data or SEX
        form.metrics.data = form.metrics.data or list(MAIN)
        if reader is Reader.NATION:
            form.ask_for_months()
            del form.as_of, form.only
        return form

    @property
    def has_faults_folded_away(self) -> bool:
        """Whether something that needs another look stands in the part that is folded away."""
        return self.is_range or any(
            field.errors for field in (self.start, self.end, self.as_of, self.only, self.metrics) if field
        )

    def request(self, *dimensions: str) -> CountRequest:
        """What is asked, of a form that was found valid; by default with the breakdown chosen."""
        as_of, only = self.as_of.data if self.as_of else None, self.only.row if self.only else None
        return CountRequest(
            self.period, tuple(self.metrics.data), dimensions or (str(self.breakdown.data),), as_of, only=only
        )

    def address(self) -> dict[str, Any]:
        """What stands in the address of this form's page, for links to its files and members."""
        given: dict[str, Any] = {"breakdown": self.breakdown.data, "metrics": list(self.metrics.data or ())}
        if self.as_of and any(self.as_of.typed.values()):
            given |= {f"as_of-{part}": typed for part, typed in self.as_of.typed.items()}
        if self.only and self.only.data:
            given["only"] = str(self.only.data)
        return {**given, **self.period_address()}
