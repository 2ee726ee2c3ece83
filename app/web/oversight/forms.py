"""How many days are looked at. Read from the address; a week where nothing was asked."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from app.services.unusual_reading import DAYS
from app.web import fields
from app.web.forms import OwnForm

BACK = ((7, _l("7 days")), (30, _l("30 days")), (90, _l("90 days")))


class DaysForm(OwnForm):
    """How many days."""

    class Meta(OwnForm.Meta):
        csrf = False

    days = fields.ChoiceField(
        _l("How far back"), choices=[(str(days), words) for days, words in BACK], as_select=True, none=_l("7 days")
    )

    @property
    def asked(self) -> int:
        """The days asked for; a week for whatever else stands there."""
        return int(self.days.data) if self.days.data in {str(days) for days in DAYS} else DAYS[0]


def asked_form(asked: Mapping[str, str]) -> DaysForm:
    """The form as the address fills it."""
    return DaysForm(asked)
