"""The forms of signals: telling one, passing it on, closing it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms.fields import SelectChoice

from app.queries.directory import AgencyRow
from app.services.intake import CONTACT_FIELDS
from app.services.signals import NewSignal, PassedOn
from app.web import fields
from app.web.filters import agency_name
from app.web.forms import ActForm

CODED = ("region", "sex", "age_group", "language", "urgency", "place", "person_knows")
BASES = ("consent", "child", "life_at_risk")


def offer(field: Any, agencies: Sequence[AgencyRow]) -> None:
    """Let a question be answered with one of the agencies."""
    field.choices = [SelectChoice(str(one.id), agency_name(one)) for one in agencies]


class PersonQuestions(ActForm):
    """What is asked of whoever tells a signal: coarse facts, and how the person can be reached safely."""

    region = fields.CodeField(_l("Region"), codes="region", required=True)
    sex = fields.CodeField(_l("Sex"), codes="sex", required=True)
    age_group = fields.CodeField(
        _l("Adult or child"),
        codes="age_group",
        required=True,
        hint=_l("In doubt: treated as a child until shown otherwise"),
    )
    language = fields.CodeField(_l("Language"), codes="language", required=True)
    urgency = fields.CodeField(_l("How urgent"), codes="urgency", required=True)
    person_knows = fields.YesNoUnknownField(_l("Does the person know of this signal?"), required=True)
    safe_contact = fields.CodeField(
        _l("Safe contact"),
        codes="contact_way",
        as_select=True,
        hint=_l("Only where the person told you how she can be reached without danger"),
    )
    contact_detail = fields.LineField(_l("Number or place"))
    contact_hours = fields.LineField(_l("Safe hours"))
    contact_may_say = fields.CodeField(_l("What may be said"), codes="contact_message", as_select=True)
    contact_code_word = fields.LineField(_l("Code word"))

    @property
    def contact(self) -> dict[str, str]:
        """The safe contact, as far as it was told."""
        return {name: str(self[name].data) for name in CONTACT_FIELDS if name in self and self[name].data}


class SignalForm(PersonQuestions):
    """One short page for an early identifier."""

    to = fields.ChoiceField(
        _l("To whom?"),
        required=True,
        as_select=True,
        hint=_l("If the person does not want the police: choose a victim advocacy office or a centre for social work"),
    )
    place = fields.CodeField(_l("Where was it noticed?"), codes="signal_place", required=True)
    noticed = fields.TextField(
        _l("What did you notice?"),
        required=True,
        hint=_l("What you saw and heard yourself. Sealed: only they read it."),
    )

    @property
    def told(self) -> NewSignal:
        """What was told."""
        coded = {name: str(self[name].data) for name in CODED}
        return NewSignal(UUID(self.to.data), coded, str(self.noticed.data), self.contact)


class PassOnForm(ActForm):
    """To whom a signal goes on, and on what basis where that is another kind of agency."""

    to = fields.ChoiceField(_l("To whom?"), required=True, as_select=True)
    basis = fields.ChoiceField(
        _l("On what basis?"),
        as_select=True,
        hint=_l("Needed when the signal goes to an agency of another kind, such as from an advocate to the police"),
    )
    basis_reason = fields.TextField(_l("Why is life at risk?"), length=2000, is_sometimes_required=True)

    @property
    def told(self) -> PassedOn:
        """What was asked for."""
        return PassedOn(UUID(self.to.data), self.basis.data, self.basis_reason.data or "")


class CloseForm(ActForm):
    """Why a signal does not become a case."""

    reason = fields.CodeField(_l("Why is no case opened?"), codes="signal_end", required=True)


def signal_form(agencies: Sequence[AgencyRow]) -> SignalForm:
    """The form with the agencies that receive signals."""
    form = SignalForm()
    offer(form.to, agencies)
    return form


def pass_on_form(agencies: Sequence[AgencyRow]) -> PassOnForm:
    """The form with the other agencies that receive signals."""
    form = PassOnForm()
    offer(form.to, agencies)
    words = dict(fields.code_pairs("signal_basis"))
    form.basis.choices = [SelectChoice(one, words[one]) for one in BASES]
    return form
