"""What is asked about money: a payer, a grant or a part of one, which grants to list."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms.fields import SelectChoice

from app.queries.funding import Asked, Grant
from app.services.funding import Choices, NewGrant, NewPayer
from app.web import fields
from app.web.amounts import AmountField
from app.web.filters import agency_name
from app.web.forms import ActForm, OwnForm
from app.web.funding.words import house_words
from app.web.paging import FIRST_YEAR, LAST_YEAR

_SHARE = ("share_amount", "share_other_amount", "share_of")


class PayerForm(ActForm):
    """Who gives money."""

    kind = fields.CodeField(_l("Kind of payer"), codes="payer_kind", required=True)
    name_en = fields.LineField(_l("Name"), required=True)
    name_sq = fields.LineField(_l("Name in Albanian"), hint=_l("Empty: as above."))
    name_sr = fields.LineField(_l("Name in Serbian"), hint=_l("Empty: as above."))

    @property
    def told(self) -> NewPayer:
        """The payer."""
        names = (self.name_en.data, self.name_sq.data, self.name_sr.data)
        return NewPayer(str(self.kind.data), *(name or "" for name in names))


class GrantForm(ActForm):
    """Money as its source tells it."""

    payer = fields.ChoiceField(_l("Who pays"), as_select=True, required=True)
    agencies = fields.ChoicesField(_l("Which shelters it pays for"), is_sometimes_required=True)
    named = fields.TextField(
        _l("Houses or places by name"),
        hint=_l("One a line: houses of one shelter, or places that are not here. A name, never an address."),
    )
    purpose = fields.CodeField(_l("What for"), codes="funding_purpose", required=True)
    amount = AmountField(
        _l("Amount"),
        hint=_l(
            "Such as 191970 or 191,970.50, without the currency. Leave it empty where the source tells none;"
            " enter 0 where it says that nothing was given."
        ),
    )
    currency = fields.CodeField(_l("Currency"), codes="currency", as_select=True, required=True)
    is_approximate = fields.YesNoField(_l("Does the source say “about”?"), required=True)
    from_on = fields.DateField(_l("First day that it pays for"), required=True)
    to_on = fields.DateField(_l("Last day that it pays for"), required=True)
    other_amount = AmountField(_l("The same in another currency, as the source gives it"))
    other_currency = fields.CodeField(_l("That currency"), codes="currency", as_select=True)
    share_amount = AmountField(_l("Of the amount, how much fell into a period of the source"))
    share_other_amount = AmountField(_l("The same in the other currency"))
    share_of = fields.LineField(_l("What the source calls that period"))
    source = fields.LineField(
        _l("Source"), required=True, hint=_l("Where it is written, so that somebody else finds it.")
    )

    @property
    def told(self) -> NewGrant:
        """The grant that a valid form tells of."""
        same = ("amount", "from_on", "to_on", "other_amount", "other_currency")
        told: dict[str, Any] = {name: self[name].data for name in (*same, *_SHARE)}
        told |= {name: str(self[name].data) for name in ("purpose", "currency", "source")}
        return NewGrant(
            payer_id=UUID(str(self.payer.data)),
            agencies=self._chosen("agency"),
            houses=self._chosen("house"),
            named=tuple(line.strip() for line in (self.named.data or "").splitlines() if line.strip()),
            is_approximate=bool(self.is_approximate.answer),
            **told,
        )

    def _chosen(self, kind: str) -> tuple[UUID, ...]:
        """The shelters that were ticked, or the houses."""
        ticked = (one.partition(":") for one in self.agencies.data or ()) if self.agencies else ()
        return tuple(UUID(value) for what, _, value in ticked if what == kind)

    @property
    def more(self) -> tuple[Any, ...]:
        """What few sources tell, folded away."""
        return (self.other_amount, self.other_currency, self.share_amount, self.share_other_amount, self.share_of)


def grant_form(choices: Choices, *, keeps_all: bool, whole: Grant | None = None) -> GrantForm:
    """The form with what can be chosen; of a part payer, currency and days are those of the whole until changed."""
    form = GrantForm()
    payers = [one for one in choices.payers if whole is None or one.id == whole.row.payer_id]
    offer(form.payer, [(str(one.id), agency_name(one)) for one in payers])
    offered = _places(choices, keeps_all=keeps_all, whole=whole)
    if offered:
        offer(form.agencies, offered)
    else:
        del form.agencies
    if whole and not form.is_submitted():
        form.payer.process_data(str(whole.row.payer_id))
        form.currency.process_data(whole.row.currency)
        form.from_on.process_data(whole.row.from_on)
        form.to_on.process_data(whole.row.to_on)
        form.source.process_data(whole.row.source)
    return form


def _places(choices: Choices, *, keeps_all: bool, whole: Grant | None) -> list[tuple[str, str]]:
    """What can be ticked: shelters, and houses of those that have several; to a shelter its own houses alone."""
    of_whole = {one.agency_id for one in whole.payees} if whole else None
    fits = [one for one in choices.places if of_whole is None or one.agency_id in of_whole]
    shelters = [(f"agency:{one.agency_id}", agency_name(one)) for one in fits if keeps_all]
    ids = {one.agency_id for one in fits}
    houses = [(f"house:{one.premises_id}", house_words(one)) for one in choices.houses if one.agency_id in ids]
    return sorted(shelters + houses, key=lambda pair: pair[1])


def offer(field: Any, pairs: list[tuple[str, str]]) -> None:
    """Give a field its choices."""
    field.choices = [SelectChoice(value, words) for value, words in pairs]


class FilterForm(OwnForm):
    """Which grants the ledger shows."""

    class Meta(OwnForm.Meta):
        csrf = False

    agency = fields.ChoiceField(_l("Place"), as_select=True)
    payer = fields.ChoiceField(_l("Who pays"), as_select=True)
    kind = fields.CodeField(_l("Kind of payer"), codes="payer_kind")
    year = fields.NumberField(_l("Year"), lowest=FIRST_YEAR, highest=LAST_YEAR)

    @property
    def asked(self) -> Asked:
        """What the ledger is asked for; what does not fit leaves nothing out."""
        fits = {name: None if self[name].errors else self[name].data for name in ("agency", "payer", "kind", "year")}
        agency, payer = (UUID(fits[name]) if fits[name] else None for name in ("agency", "payer"))
        return Asked(agency, payer, fits["kind"], fits["year"])

    def address(self) -> dict[str, Any]:
        """What stands in the address of a page of this list."""
        return {name: self[name].data for name in ("agency", "payer", "kind", "year") if self[name].data}


def filter_form(asked: Mapping[str, str], choices: Choices) -> FilterForm:
    """The filter as the address fills it."""
    form = FilterForm(asked or None)
    offer(form.agency, [(str(one.agency_id), agency_name(one)) for one in choices.places])
    offer(form.payer, [(str(one.id), agency_name(one)) for one in choices.payers])
    if asked:
        form.validate()
    return form
