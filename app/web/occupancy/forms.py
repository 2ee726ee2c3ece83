"""Of which period the nights are shown. Read from the address; this month where nothing was asked."""

from collections.abc import Mapping

from app.services.occupancy import Reader
from app.web.period_form import PeriodForm
from app.web.questions import today


class NightsForm(PeriodForm):
    """A month or a year, or any days for who may see small numbers."""

    @classmethod
    def of(cls, asked: Mapping[str, str], reader: Reader) -> "NightsForm":
        """The form as the address fills it, or as it stands when nothing was asked yet."""
        form = cls(asked) if asked else cls(None, month=str(today().month), year=today().year)
        if reader is Reader.NATION:
            del form.start, form.end
        return form
