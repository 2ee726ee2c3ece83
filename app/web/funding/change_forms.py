"""What is asked about a change of a grant: from where to where it was moved, or when and why it ended."""

from uuid import UUID

from flask_babel import lazy_gettext as _l

from app.services.funding import Choices, GrantPage
from app.services.funding_changes import ENDS, Move
from app.web import fields
from app.web.amounts import AmountField
from app.web.filters import agency_name, label_of
from app.web.forms import ActForm
from app.web.funding.forms import offer
from app.web.funding.words import house_words, payee_words


class MoveForm(ActForm):
    """Money of one place given to another."""

    from_payee = fields.ChoiceField(_l("From which place"), as_select=True, required=True)
    to_payee = fields.ChoiceField(
        _l("To which place"), as_select=True, none=_l("A house by its name"), is_sometimes_required=True
    )
    to_named = fields.LineField(
        _l("The house by its name"),
        is_sometimes_required=True,
        hint=_l("Where it is not one of the places above. A name, never an address."),
    )
    moved_on = fields.DateField(_l("From which day on"), required=True, past=True)
    amount = AmountField(_l("How much"), hint=_l("Empty where the source does not tell it."))
    reason = fields.LineField(_l("Why"), required=True)

    @property
    def told(self) -> Move:
        """The move that a valid form tells of."""
        kind, _, chosen = (self.to_payee.data or "").partition(":")
        return Move(
            from_payee_id=UUID(self.from_payee.data),
            moved_on=self.moved_on.data or fields.today(),
            reason=str(self.reason.data),
            to_payee_id=UUID(chosen) if kind == "payee" else None,
            to_agency_id=UUID(chosen) if kind == "agency" else None,
            to_house_id=UUID(chosen) if kind == "house" else None,
            to_named=self.to_named.data if kind != "payee" else None,
            amount=self.amount.data,
        )


def move_form(page: GrantPage, choices: Choices) -> MoveForm:
    """The form with the places of the grant, and the others that could get the money."""
    form = MoveForm()
    there = [(str(one.id), payee_words(one)) for one in page.grant.payees]
    known = {one.agency_id for one in page.grant.payees}
    others = [(f"agency:{one.agency_id}", agency_name(one)) for one in choices.places if one.agency_id not in known]
    offer(form.from_payee, there)
    paid = {one.premises_id for one in page.grant.payees}
    others += [(f"house:{one.premises_id}", house_words(one)) for one in choices.houses if one.premises_id not in paid]
    offer(form.to_payee, [*((f"payee:{value}", words) for value, words in there), *others])
    return form


class EndForm(ActForm):
    """That a grant ended before its time, or was recorded in error."""

    kind = fields.ChoiceField(
        _l("What happened"),
        choices=lambda: [(one, label_of(one, "funding_change")) for one in ENDS],
        required=True,
    )
    on = fields.DateField(_l("On which day"), required=True, past=True, hint=_l("Of an end: the last day it paid for."))
    reason = fields.LineField(_l("Why"), required=True)
