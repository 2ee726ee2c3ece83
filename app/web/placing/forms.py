"""The forms around a place: for which day, what it must offer, and why none was found."""

from typing import Any

from flask_babel import lazy_gettext as _l

from app.services.placing_page import Needs
from app.web import fields
from app.web.forms import ActForm, OwnForm

MOST_CHILDREN = 12


class DayForm(OwnForm):
    """For which day a place is looked for; read from the address."""

    class Meta(OwnForm.Meta):
        csrf = False

    on = fields.DateField(_l("From which day is it needed?"))


class NothingFitsForm(ActForm):
    """Why no place was found."""

    reason = fields.CodeField(
        _l("What stood in the way most?"), codes="unmet_need_reason", required=True, as_select=True
    )


class NeedsForm(ActForm):
    """What a place must offer."""

    has_disability = fields.YesNoUnknownField(_l("Must the place be fit for a disability?"), required=True)
    has_children = fields.YesNoUnknownField(_l("Do children come with the person?"), required=True)
    children_under_3 = fields.NumberField(
        _l("Children under 3"), highest=MOST_CHILDREN, default=0, hint=_l("Each needs a cot")
    )
    children_3_to_11 = fields.NumberField(_l("Children from 3 to 11"), highest=MOST_CHILDREN, default=0)
    children_12_to_17 = fields.NumberField(_l("Children from 12 to 17"), highest=MOST_CHILDREN, default=0)
    wishes = fields.TextField(
        _l("What the person wishes of a place"), length=1000, hint=_l("In her own words. Sealed.")
    )

    @classmethod
    def of(cls, needs: Needs) -> "NeedsForm":
        """Filled in with what is known."""
        return cls(data={name: getattr(needs, name) for name in Needs.__dataclass_fields__})

    @property
    def told(self) -> Needs:
        """What was filled in; where no children come, none are counted."""
        ages = ("children_under_3", "children_3_to_11", "children_12_to_17")
        counted: dict[str, Any] = {name: self[name].data or 0 for name in ages if self.has_children.data == "yes"}
        answers: dict[str, Any] = {
            "has_disability": str(self.has_disability.data),
            "has_children": str(self.has_children.data),
        }
        return Needs(**answers, **counted, wishes=str(self.wishes.data or ""))
