"""The forms of operations: a venue, an operation, a colleague who may open it, a case that began with it."""

from uuid import UUID

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms.fields import SelectChoice

from app.services.operations import NewOperation, NewVenue, OperationPage
from app.web import fields
from app.web.forms import ActForm

COUNTS = ("screened", "presumed", "arrests", "home_searches")


class VenueForm(ActForm):
    """A venue under a code."""

    code = fields.LineField(
        _l("Code"),
        required=True,
        length=40,
        hint=_l("A code of your own, such as V-014, that tells nobody where it is"),
    )
    kind = fields.CodeField(_l("Kind of venue"), codes="venue_kind", required=True, as_select=True)
    region = fields.CodeField(_l("Region"), codes="region", required=True)
    address = fields.TextField(_l("Address"), length=500, hint=_l("Sealed: each opening is written down"))

    @property
    def told(self) -> NewVenue:
        """What is to be registered."""
        named = (str(self.code.data), str(self.kind.data), str(self.region.data))
        return NewVenue(*named, self.address.data or "")


class OperationForm(ActForm):
    """An operation and what came of it."""

    kind = fields.CodeField(_l("Kind of operation"), codes="operation_kind", required=True)
    held_on = fields.DateField(_l("Day"), required=True, past=True, default=fields.today)
    reason = fields.CodeField(_l("On what ground?"), codes="operation_reason", required=True)
    venue = fields.LineField(_l("Code of the venue"), required=True, length=40, hint=_l("As in the register of venues"))
    screened = fields.NumberField(_l("Persons screened"), required=True)
    presumed = fields.NumberField(_l("Of them presumed victims"), required=True)
    arrests = fields.NumberField(_l("Arrests"), required=True)
    home_searches = fields.NumberField(_l("Searches of private homes"), required=True)
    note = fields.TextField(_l("Note"), length=2000, hint=_l("Sealed. Names of persons belong into a case."))

    @property
    def told(self) -> NewOperation:
        """What is to be recorded."""
        counts = {name: int(self[name].data or 0) for name in COUNTS}
        on, venue = self.held_on.data or fields.today(), str(self.venue.data)
        coded = (str(self.kind.data), str(self.reason.data))
        return NewOperation(*coded, on, venue, counts, self.note.data or "")


class ShareForm(ActForm):
    """Who else may open it."""

    member = fields.ChoiceField(_l("Colleague"), required=True, as_select=True)

    @property
    def member_id(self) -> UUID:
        """The colleague that was chosen."""
        return UUID(self.member.data)


class CaseForm(ActForm):
    """Which case began with it."""

    reference = fields.LineField(
        _l("Code of a case that is open to you"), required=True, length=40, hint=_l("Such as KS-2014-K4T9M2XB")
    )


def operation_form() -> OperationForm:
    """The form; coming from a venue's page its code is filled in."""
    form = OperationForm()
    if request.method == "GET":
        form.venue.process_data(fields.tidy(request.args.get("venue", ""))[:40])
    return form


def share_form(page: OperationPage) -> ShareForm:
    """The form with the colleagues who may not open it yet."""
    form = ShareForm()
    form.member.choices = [SelectChoice(str(one.id), one.name) for one in page.colleagues]
    return form
