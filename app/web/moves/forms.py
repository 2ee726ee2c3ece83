"""The form of where a person goes: for who places her and the driver alone."""

from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l

from app.services.move_places import MovePage, NewPlace
from app.web import fields
from app.web.filters import agency_name
from app.web.forms import ActForm


class PlaceForm(ActForm):
    """Another shelter, or a place in words; on which day; who drives."""

    shelter: fields.ChoiceField
    words = fields.TextField(
        _l("Where, in words"), length=500, hint=_l("Where it is no shelter, or what must be known beside its name")
    )
    on = fields.DateField(_l("On which day?"), required=True, default=fields.today)
    driver: fields.ChoiceField
    for_driver = fields.TextField(
        _l("What the driver must know"), length=500, hint=_l("How many people and bags, whom to ask for. No names.")
    )

    @property
    def told(self) -> NewPlace:
        """What was filled in."""
        shelter = UUID(str(self.shelter.data)) if self.shelter.data else None
        driver = UUID(str(self.driver.data)) if self.driver.data else None
        return NewPlace(
            shelter, str(self.words.data or ""), self.on.data or fields.today(), str(self.for_driver.data or ""), driver
        )


def place_form(page: MovePage) -> PlaceForm:
    """The form with the shelters in the order in which they fit, the drivers, and what is written already."""
    offered = [(str(one.shelter_id), agency_name(one.row)) for one in page.shelters]
    drivers = [(str(one.id), f"{one.name}, {agency_name(one)}") for one in page.drivers]
    asked = {
        "shelter": fields.ChoiceField(_l("Which shelter?"), choices=offered, as_select=True, none=_l("None")),
        "driver": fields.ChoiceField(
            _l("Who drives?"),
            choices=drivers,
            as_select=True,
            none=_l("Not known yet"),
            hint=_l("Told at once, and the only other person who reads this"),
        ),
    }
    form: PlaceForm = type("OfferedPlaceForm", (PlaceForm,), asked)(data=_known(page.place))
    return form


def _known(place: dict[str, Any]) -> dict[str, Any]:
    if not place:
        return {}
    return {**place, "on": date.fromisoformat(place["on"])}
