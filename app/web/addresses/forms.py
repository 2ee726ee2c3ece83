"""The forms around a shelter's address: what it is, and what it is opened for."""

from uuid import UUID

from flask_babel import lazy_gettext as _l

from app.services.addresses import CHECK, AddressPage, Openable
from app.web import fields
from app.web.filters import house_name
from app.web.forms import ActForm


class AddressForm(ActForm):
    """Where a house is; which one is asked where the shelter has several."""

    house: fields.ChoiceField | None = None
    address = fields.TextField(
        _l("Address and way in"),
        required=True,
        length=1000,
        hint=_l("Sealed under a key of its own. It takes the place of what was recorded before, which is destroyed."),
    )

    @property
    def premises_id(self) -> UUID | None:
        """The house that was chosen; None where none was asked for."""
        return UUID(str(self.house.data)) if self.house is not None else None


def address_form(page: AddressPage) -> AddressForm:
    """The form of the shelter's own address."""
    if len(page.houses) == 1:
        return AddressForm()
    offered = [(str(one.house.premises_id), one.house.house or "") for one in page.houses]
    asked = {"house": fields.ChoiceField(_l("Which house?"), required=True, choices=offered)}
    form: AddressForm = type("AddressOfHouseForm", (AddressForm,), asked)()
    return form


class OpeningForm(ActForm):
    """Of which place, and what for."""

    place: fields.ChoiceField
    purpose: fields.ChoiceField

    @property
    def place_id(self) -> UUID:
        """The place that was chosen."""
        return UUID(str(self.place.data))


def opening_form(page: Openable) -> OpeningForm:
    """The form with the places where the person is or is expected, in the order in which it asks."""
    offered = [(str(one.premises_id), house_name(one)) for one in page.places]
    purposes = [one for one in fields.code_pairs("address_purpose") if one[0] != CHECK]
    asked = {
        "place": fields.ChoiceField(_l("Which place?"), required=True, choices=offered),
        "purpose": fields.ChoiceField(_l("What for?"), required=True, choices=purposes),
    }
    form: OpeningForm = type("OfferedOpeningForm", (OpeningForm,), asked)()
    return form
