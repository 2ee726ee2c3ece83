"""The form by which a person is kept from a place or from another person."""

from uuid import UUID

from flask_babel import lazy_gettext as _l

from app.services.keeping_apart import Marks
from app.web import fields
from app.web.filters import agency_name
from app.web.forms import ActForm


class KeepApartForm(ActForm):
    """From which shelter or from whom, and why."""

    shelter: fields.ChoiceField
    other_reference = fields.LineField(
        _l("From the person of another case"),
        length=40,
        hint=_l("The code of a case that is open to you, such as KS-2014-K4T9M2XB"),
    )
    reason = fields.TextField(
        _l("Why?"), required=True, length=2000, hint=_l("Sealed. A shelter sees only that it is not suitable.")
    )

    @property
    def shelter_id(self) -> UUID | None:
        """The shelter that was chosen."""
        return UUID(self.shelter.data) if self.shelter.data else None


def keep_apart_form(page: Marks) -> KeepApartForm:
    """The form with the shelters of the country."""
    offered = [(str(row.shelter.agency_id), agency_name(row)) for row in page.shelters]
    shelter = fields.ChoiceField(_l("From a shelter"), choices=offered, as_select=True)
    form: KeepApartForm = type("OfferedKeepApartForm", (KeepApartForm,), {"shelter": shelter})()
    return form
