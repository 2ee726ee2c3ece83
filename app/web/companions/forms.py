"""The forms around a child who lives with a resident."""

from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _l

from app.services.companions import ChildPage
from app.web import fields
from app.web.fields import today
from app.web.forms import ActForm


class ChildForm(ActForm):
    """How old, in which cot, since when. No name: the case is the resident's."""

    age = fields.CodeField(_l("How old is the child?"), required=True, codes="companion_age")
    cot: fields.ChoiceField
    arrived_on = fields.DateField(_l("Since when?"), required=True, past=True, default=today)

    @property
    def cot_id(self) -> UUID | None:
        """The cot that was chosen."""
        return UUID(str(self.cot.data)) if self.cot.data else None


class ChildLeftForm(ActForm):
    """On which day it left."""

    left_on = fields.DateField(_l("When?"), required=True, past=True, default=today)


def child_form(page: ChildPage) -> ChildForm:
    """The form with the cots of her house that are free."""
    words = [(str(one.id), gettext("Room %(room)s, bed %(bed)s", room=one.room, bed=one.name)) for one in page.cots]
    cot = fields.ChoiceField(
        _l("Which cot?"),
        choices=words,
        as_select=True,
        hint=_l("Leave it empty where the child sleeps with the person."),
    )
    form: ChildForm = type("OfferedChildForm", (ChildForm,), {"cot": cot})()
    return form
