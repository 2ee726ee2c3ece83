"""The forms around a movement limit: the order, its review, lifting it."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.services.limit_page import Asked
from app.services.limits import NewLimit
from app.web import fields
from app.web.fields import today
from app.web.forms import ActForm


def spoken() -> list[tuple[str, str]]:
    """The languages in which something can have been told."""
    return [pair for pair in fields.code_pairs("language") if pair[0] not in ("unknown", "not_asked")]


class OrderForm(ActForm):
    """What is ordered, why and until when, what the person says to it, and how it was told."""

    kind = fields.CodeField(_l("What is limited?"), codes="limit_kind", required=True)
    ground = fields.CodeField(_l("On what ground?"), codes="movement_limit_reason", required=True)
    reason: fields.TextField
    from_on = fields.DateField(_l("From"), required=True, past=True, default=today)
    ends_on: fields.DateField
    review_on: fields.DateField
    own_word = fields.CodeField(_l("What does the person say to it?"), codes="own_word", required=True)
    own_words = fields.TextField(_l("In the person's own words"), length=2000)
    told_in = fields.ChoiceField(_l("In which language was it told?"), choices=spoken, required=True)
    told_way = fields.CodeField(_l("How was it told?"), codes="told_way", required=True)

    @property
    def told(self) -> NewLimit:
        """What was filled in."""
        worker = self._fields.get("social_worker_told_on")
        return NewLimit(
            kind=str(self.kind.data),
            ground=str(self.ground.data),
            reason=str(self.reason.data),
            from_on=self.from_on.data or today(),
            ends_on=self.ends_on.data,
            own_word=str(self.own_word.data),
            told_in=str(self.told_in.data),
            told_way=str(self.told_way.data),
            own_words=self.own_words.data,
            review_on=self.review_on.data,
            social_worker_told_on=worker.data if worker else None,
        )


def order_form(page: Asked) -> OrderForm:
    """The form with the days that the country allows; of a child's it asks when the social worker was told."""
    most = ngettext("At most %(num)d day after it begins.", "At most %(num)d days after it begins.", page.at_most)
    soon = ngettext(
        "At the latest %(num)d day after it begins; left empty, on that day.",
        "At the latest %(num)d days after it begins; left empty, on that day.",
        page.review_after,
    )
    why = _l("Another reason than any given before. The agency that leads the case reads it.")
    asked: dict[str, Any] = {
        "reason": fields.TextField(_l("Why?"), required=True, length=2000, hint=why),
        "ends_on": fields.DateField(_l("On which day does it end?"), required=True, hint=most),
        "review_on": fields.DateField(_l("When is it looked at again?"), hint=soon),
    }
    if page.is_child:
        asked["social_worker_told_on"] = fields.DateField(
            _l("When was the social worker told?"), required=True, past=True
        )
    form: OrderForm = type("AskedOrderForm", (OrderForm,), asked)()
    if not form.is_submitted() and page.language in dict(spoken()):
        form.told_in.data = page.language
    return form


ORDER = ("kind", "ground", "reason", "from_on", "ends_on", "review_on", "own_word", "own_words", "told_in", "told_way")
"""The order in which the page asks; of a child's the social worker comes last."""


class ReviewForm(ActForm):
    """Whether the limit is still needed."""

    outcome = fields.CodeField(_l("Is it still needed?"), codes="limit_review", required=True)
    note = fields.TextField(_l("What speaks for it?"), required=True, length=2000)
    on = fields.DateField(_l("When was it looked at?"), required=True, past=True, default=today)


class LiftForm(ActForm):
    """Why the limit ends before its time."""

    reason = fields.TextField(_l("Why does it end?"), required=True, length=2000)
    on = fields.DateField(_l("From which day on?"), required=True, past=True, default=today)
