"""The forms of a meeting: calling it, who came, what was decided on a case, and who does what."""

import re
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms.fields import SelectChoice
from wtforms.validators import StopValidation

from app.queries.meetings import InvitedRow, PartyName
from app.security.policy import ROLES_OF_KIND
from app.services.meetings import NewFollowUp, NewMeeting
from app.web import fields
from app.web.filters import agency_name, label_of
from app.web.forms import ActForm

TIME = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)", re.ASCII)
SEPARATORS = re.compile(r"[\s,;]+")


def _is_time(_form: object, field: Any) -> None:
    if field.data and not TIME.fullmatch(field.data):
        raise StopValidation(gettext("Enter a time such as 10:30"))


class CallForm(ActForm):
    """When, why, on which cases, and whom besides their parties."""

    references = fields.TextField(
        _l("Cases"),
        required=True,
        length=600,
        hint=_l("Their codes, such as KS-2014-K4T9M2XB; at most 20. Never a name."),
    )
    kind = fields.CodeField(_l("Kind of meeting"), codes="meeting_kind", required=True, default="extraordinary")
    reason = fields.CodeField(_l("Why it is called"), codes="meeting_reason", required=True)
    is_urgent = fields.YesNoField(_l("Urgent"), required=True)
    held_on = fields.DateField(_l("Day"), required=True, default=fields.today)
    begins_at = fields.LineField(_l("Time"), [_is_time], length=5, hint=_l("Such as 10:30, at the agency that calls"))
    kinds = fields.ChoicesField(
        _l("Also invite"),
        hint=_l("Agencies of these kinds that serve the region. They see no case that is not their own."),
        choices=lambda: [(kind, label_of(kind, "agency_kind")) for kind in ROLES_OF_KIND if kind != "administration"],
    )

    @property
    def told(self) -> NewMeeting:
        """What was filled in."""
        return NewMeeting(
            held_on=self.held_on.data or fields.today(),
            kind=str(self.kind.data),
            reason=str(self.reason.data),
            references=tuple(one for one in SEPARATORS.split(str(self.references.data)) if one),
            kinds=tuple(self.kinds.data or ()),
            begins_at=self.begins_at.data,
            is_urgent=bool(self.is_urgent.answer),
        )


class DecisionForm(ActForm):
    """What was decided on one case."""

    decision = fields.TextField(
        _l("What was decided"),
        required=True,
        hint=_l("All agencies that are part of the case read this: no story, nothing on health."),
    )


class FollowUpForm(ActForm):
    """What one of the case's parties is to do, and until when."""

    agency = fields.ChoiceField(_l("Who does it"), required=True)
    task = fields.TextField(_l("What is to be done"), required=True, length=1000)
    due_on = fields.DateField(_l("Until"), required=True)

    @classmethod
    def of(cls, parties: Iterable[PartyName]) -> "FollowUpForm":
        """With the agencies that are parties to the case now."""
        form = cls()
        form.agency.choices = [SelectChoice(str(one.id), agency_name(one)) for one in parties]
        return form

    @property
    def told(self) -> NewFollowUp:
        """What was filled in."""
        return NewFollowUp(UUID(str(self.agency.data)), self.due_on.data or fields.today(), str(self.task.data))


class AttendanceForm(ActForm):
    """For each agency that is invited, whether someone came, and in which role."""

    invited: tuple[InvitedRow, ...] = ()

    @property
    def told(self) -> list[tuple[UUID, str]]:
        """The agencies that came, with the role of whoever came."""
        answers = ((one.agency_id, self[str(one.agency_id)].data) for one in self.invited)
        return [(agency_id, role) for agency_id, role in answers if role]


def attendance_form(invited: tuple[InvitedRow, ...]) -> AttendanceForm:
    """The form with one question for each agency; nothing chosen says that nobody came."""
    asked: dict[str, Any] = {"invited": invited}
    for one in invited:
        pairs = [(role, label_of(role, "role")) for role in ROLES_OF_KIND.get(one.kind, ())]
        asked[str(one.agency_id)] = fields.ChoiceField(
            agency_name(one), choices=pairs, as_select=True, none=gettext("Nobody came"), default=one.attended_by
        )
    form: AttendanceForm = type("InvitedAttendanceForm", (AttendanceForm,), asked)()
    return form
