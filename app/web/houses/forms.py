"""The forms around houses: from when until when one takes nobody, where a resident goes."""

from uuid import UUID

from flask_babel import lazy_gettext as _l

from app.queries.directory import ShelterRow
from app.services.house_pages import Leaving
from app.services.house_periods import SETTABLE, NewPeriod
from app.services.relocations import Plan
from app.web import fields
from app.web.filters import agency_name
from app.web.forms import ActForm

NOT_ASKED = frozenset({"location_known"})
"""A reason that has a page of its own."""


class PeriodForm(ActForm):
    """Suspending or closing."""

    kind = fields.ChoiceField(
        _l("What happens?"),
        required=True,
        choices=lambda: [pair for pair in fields.code_pairs("shut_kind") if pair[0] in SETTABLE],
    )
    reason = fields.ChoiceField(
        _l("Why?"),
        required=True,
        as_select=True,
        choices=lambda: [pair for pair in fields.code_pairs("shut_reason") if pair[0] not in NOT_ASKED],
    )
    from_on = fields.DateField(
        _l("From which day?"), required=True, default=fields.today, hint=_l("The first day on which it takes nobody")
    )
    to_on = fields.DateField(_l("Open again on"), hint=_l("Leave it empty where that is not known"))
    residents_leave = fields.YesNoField(
        _l("Must those who live there leave by that day?"),
        required=True,
        hint=_l("Where it is closed they must. Nobody is moved by a date: you are asked where each of them goes."),
    )
    note = fields.TextField(_l("In words"), length=1000, hint=_l("Sealed: the shelter alone reads it"))

    @property
    def told(self) -> NewPeriod:
        """What was filled in."""
        return NewPeriod(
            str(self.kind.data),
            str(self.reason.data),
            self.from_on.data or fields.today(),
            self.to_on.data,
            str(self.note.data or ""),
            bool(self.residents_leave.answer),
        )


class PlanForm(ActForm):
    """Where a resident goes."""

    destination = fields.CodeField(_l("Where does the person go?"), codes="destination", as_select=True, required=True)
    shelter: fields.ChoiceField
    leave_on = fields.DateField(_l("On which day?"), required=True)

    @property
    def told(self) -> Plan:
        """What was filled in."""
        shelter = UUID(str(self.shelter.data)) if self.shelter.data else None
        return Plan(str(self.destination.data), self.leave_on.data or fields.today(), shelter)


def plan_form(leaving: Leaving, shelters: list[ShelterRow], own_id: UUID | None) -> PlanForm:
    """The form with what is planned already, and the other shelters."""
    offered = [(str(one.shelter.agency_id), agency_name(one)) for one in shelters if one.shelter.agency_id != own_id]
    shelter = fields.ChoiceField(
        _l("Which shelter?"), choices=offered, as_select=True, none=_l("None"), hint=_l("Where it is another shelter")
    )
    row = leaving.row
    known = {"destination": row.destination, "leave_on": row.leave_on}
    known |= {"shelter": str(row.to_agency_id) if row.to_agency_id else None}
    form: PlanForm = type("OfferedPlanForm", (PlanForm,), {"shelter": shelter})(data=known)
    return form
