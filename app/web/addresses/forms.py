"""The forms around a shelter's address: what it is, and what it is opened for."""

from uuid import UUID

from flask_babel import lazy_gettext as _l

from app.services.addresses import CHECK, Openable
from app.web import fields
from app.web.filters import agency_name
from app.web.forms import ActForm


class AddressForm(ActForm):
    """Where the shelter is."""

    address = fields.TextField(
        _l("Address and way in"),
        required=True,
        length=1000,
        hint=_l("Sealed under a key of its own. It takes the place of what was recorded before, which is destroyed."),
    )


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
    offered = [(str(one.agency_id), agency_name(one)) for one in page.places]
    purposes = [one for one in fields.code_pairs("address_purpose") if one[0] != CHECK]
    asked = {
        "place": fields.ChoiceField(_l("Which place?"), required=True, choices=offered),
        "purpose": fields.ChoiceField(_l("What for?"), required=True, choices=purposes),
    }
    form: OpeningForm = type("OfferedOpeningForm", (OpeningForm,), asked)()
    return form
