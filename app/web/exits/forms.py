"""The forms around leaving at high risk."""

from flask_babel import lazy_gettext as _l

from app.web import fields
from app.web.fields import today
from app.web.forms import ActForm


class WishForm(ActForm):
    """What she says herself."""

    wish = fields.CodeField(_l("What does the person wish?"), required=True, codes="exit_wish")
    words = fields.TextField(
        _l("In the person's own words"), length=2000, hint=_l("Sealed with the case. The police do not see them.")
    )
    said_on = fields.DateField(_l("When?"), required=True, past=True, default=today)


class ApprovalForm(ActForm):
    """Yes or no, why, and on which day."""

    is_approved = fields.YesNoField(_l("Do you approve that the person leaves?"), required=True)
    reason = fields.CodeField(_l("Why?"), required=True, codes="exit_answer_reason")
    answered_on = fields.DateField(_l("When was it decided?"), required=True, past=True, default=today)


class OfferForm(ActForm):
    """Whether a safety plan was offered, and what she said."""

    answer = fields.CodeField(_l("Was a safety plan offered?"), required=True, codes="safety_offer_answer")
    offered_on = fields.DateField(_l("When?"), required=True, past=True, default=today)


class AskForm(ActForm):
    """Asks with one button."""
