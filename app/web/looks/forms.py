"""How far back is looked. Read from the address; a month where nothing was asked."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from app.services.looks import DAYS
from app.web import fields
from app.web.forms import OwnForm

MONTH = DAYS[1]
BACK = ((7, _l("7 days")), (30, _l("30 days")), (90, _l("90 days")), (365, _l("A year")))


class BackForm(OwnForm):
    """How far back."""

    class Meta(OwnForm.Meta):
        csrf = False

    days = fields.ChoiceField(
        _l("How far back"), choices=[(str(days), words) for days, words in BACK], as_select=True, none=_l("30 days")
    )

    @property
    def asked(self) -> int:
        """The days asked for; a month for whatever else stands there."""
        return int(self.days.data) if self.days.data in {str(days) for days in DAYS} else MONTH


def asked_form(asked: Mapping[str, str]) -> BackForm:
    """The form as the address fills it."""
    return BackForm(asked)
