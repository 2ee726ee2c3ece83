"""The forms around a bed that is out of use."""

from flask_babel import lazy_gettext as _l

from app.services.voids import LONGEST_TURNAROUND
from app.vocabulary.bed import TURNAROUND
from app.web import fields
from app.web.fields import today
from app.web.forms import ActForm

BACK = _l("From which day can it be used again?")
BACK_HINT = _l("Leave it empty where it is not known yet.")


class VoidForm(ActForm):
    """Why a bed is out of use, from when and until when."""

    reason: fields.ChoiceField
    from_on = fields.DateField(_l("From which day is it out of use?"), required=True, default=today)
    to_on = fields.DateField(BACK, hint=BACK_HINT)


class EndForm(ActForm):
    """From which day on it can be used again, as it is known now."""

    to_on = fields.DateField(BACK, hint=BACK_HINT)


class BackForm(ActForm):
    """Since when it is in use again."""

    on = fields.DateField(_l("Since when can it be used again?"), required=True, past=True, default=today)


class TurnaroundForm(ActForm):
    """For how many days a bed is made ready."""

    days = fields.NumberField(
        _l("Days"),
        required=True,
        highest=LONGEST_TURNAROUND,
        hint=_l("Whoever is booked for the bed comes first. 0 for none. The coordinator ends it early for one bed."),
    )


def void_form() -> VoidForm:
    """The form with the reasons that somebody chooses: being made ready follows from a departure by itself."""
    offered = [pair for pair in fields.code_pairs("void_reason") if pair[0] != TURNAROUND]
    asked = {"reason": fields.ChoiceField(_l("Why?"), required=True, choices=offered)}
    form: VoidForm = type("OfferedVoidForm", (VoidForm,), asked)()
    return form
