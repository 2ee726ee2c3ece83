"""The forms around beds: which day the board shows, to which bed someone moves."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from app.services.bed_board import BedTonight, StayPage
from app.web import fields
from app.web.date_field import EARLIEST_DAY, LATEST_DAY
from app.web.fields import today
from app.web.forms import ActForm, OwnForm


class DayForm(OwnForm):
    """Which day the board shows; read from the address."""

    class Meta(OwnForm.Meta):
        csrf = False

    on = fields.DateField(_l("Day"))


class MoveForm(ActForm):
    """To which bed, and since when."""

    bed: fields.ChoiceField
    occurred_on = fields.DateField(_l("Since when?"), required=True, past=True, default=today)

    @property
    def bed_id(self) -> UUID:
        """The bed that was chosen."""
        return UUID(str(self.bed.data))


def day_of(form: DayForm, address: Mapping[str, str]) -> date | None:
    """The day of an address: from the form, else as a link writes it; None for today and for what is damaged."""
    if form.validate() and form.on.data:
        asked: date = form.on.data
        return asked
    try:
        named = date.fromisoformat(address.get("day", ""))
    except ValueError:
        return None
    return named if EARLIEST_DAY <= named <= LATEST_DAY else None


def move_form(page: StayPage) -> MoveForm:
    """The form with the beds that she can move to; of a taken one it says with whom she changes places."""
    offered = [(str(one.bed.id), bed_words(one)) for one in page.others]
    bed = fields.ChoiceField(_l("Which bed?"), required=True, choices=offered)
    form: MoveForm = type("OfferedMoveForm", (MoveForm,), {"bed": bed})()
    return form


def bed_words(one: BedTonight) -> str:
    """A bed to move to, in words."""
    where = gettext("Room %(room)s, bed %(bed)s", room=one.bed.room, bed=one.bed.name)
    if one.resident is None:
        return gettext("%(where)s: free", where=where)
    return gettext("%(where)s: changes places with %(alias)s", where=where, alias=one.resident.alias or "–")
