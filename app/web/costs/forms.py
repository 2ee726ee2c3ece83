"""Which year, currency, place and payer the costs are asked for. Read from the address."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l

from app.services.costs import CostRequest
from app.services.funding import Choices
from app.web import fields
from app.web.filters import agency_name
from app.web.forms import OwnForm
from app.web.funding.forms import offer
from app.web.paging import FIRST_YEAR, LAST_YEAR
from app.web.questions import today


class CostForm(OwnForm):
    """A year beside the one before; a currency, a place, a payer."""

    class Meta(OwnForm.Meta):
        csrf = False

    year = fields.NumberField(_l("Year"), lowest=FIRST_YEAR, highest=LAST_YEAR, is_sometimes_required=True)
    currency = fields.CodeField(_l("Currency"), codes="currency", as_select=True, none=_l("The one used most"))
    agency = fields.ChoiceField(_l("Place"), as_select=True)
    payer = fields.ChoiceField(_l("Who pays"), as_select=True)

    @property
    def request(self) -> CostRequest:
        """What a valid form asks for."""
        agency, payer = (UUID(one.data) if one.data else None for one in (self.agency, self.payer))
        return CostRequest(self.year.data or today().year, self.currency.data, agency, payer)

    def address(self) -> dict[str, Any]:
        """What stands in the address of this form's page, for its files."""
        return {name: self[name].data for name in ("year", "currency", "agency", "payer") if self[name].data}


def asked_form(asked: Mapping[str, str], choices: Choices) -> CostForm:
    """The form as the address fills it; nothing asked means this year."""
    form = CostForm(asked) if asked else CostForm(None, year=today().year)
    offer(form.agency, [(str(one.agency_id), agency_name(one)) for one in choices.places])
    offer(form.payer, [(str(one.id), agency_name(one)) for one in choices.payers])
    return form
