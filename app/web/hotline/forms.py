"""The forms of the hotline: a contact, and sending it on as a signal."""

from collections.abc import Sequence
from uuid import UUID

from flask import request
from flask_babel import lazy_gettext as _l

from app.queries.directory import AgencyRow
from app.services.hotline import Agreement, Contact, NewContact
from app.services.signals import NewSignal
from app.vocabulary.hotline import SENT_ON
from app.web import fields
from app.web.forms import ActForm
from app.web.signals.forms import CODED, PersonQuestions, offer

NO_NAMES = _l("No names, no numbers, nothing by which somebody could be found")


class ContactForm(ActForm):
    """One contact in codes, and a note without names."""

    occurred_on = fields.DateField(_l("Day"), required=True, past=True, default=fields.today)
    part_of_day = fields.CodeField(_l("Time of day"), codes="part_of_day", required=True)
    channel = fields.CodeField(_l("Way"), codes="hotline_channel", required=True)
    language = fields.CodeField(_l("Language"), codes="language", required=True)
    caller = fields.CodeField(_l("Who called?"), codes="hotline_caller", required=True)
    topic = fields.CodeField(_l("About what?"), codes="hotline_topic", required=True, as_select=True)
    region = fields.CodeField(_l("Region"), codes="region", required=True)
    outcome = fields.CodeField(_l("What came of it?"), codes="hotline_outcome", required=True, as_select=True)
    note = fields.TextField(_l("Note"), length=2000, hint=NO_NAMES)

    @property
    def told(self) -> NewContact:
        """What was logged."""
        coded = ("part_of_day", "channel", "language", "caller", "topic", "region", "outcome")
        on = self.occurred_on.data or fields.today()
        return NewContact(on, {name: str(self[name].data) for name in coded}, self.note.data or "")


def contact_form() -> ContactForm:
    """The form, without the outcome that sending on writes by itself."""
    form = ContactForm()
    form.outcome.choices = [one for one in form.outcome.choices if one.value != SENT_ON]
    return form


class SendOnForm(PersonQuestions):
    """To whom a contact is sent on, and first whether the person agrees."""

    person_agrees = fields.YesNoField(
        _l("Does the person herself or himself agree that this agency is told?"),
        required=True,
        hint=_l("Asked of the person, not of somebody who calls for her. Without consent a contact stays a contact."),
    )
    life_at_risk = fields.YesNoField(_l("Is a life at risk?"), is_sometimes_required=True)
    why = fields.TextField(_l("Why is life at risk?"), length=2000, is_sometimes_required=True)
    to = fields.ChoiceField(_l("To whom?"), required=True, as_select=True)
    noticed = fields.TextField(_l("What was told?"), required=True, hint=_l("Sealed: only the agency above reads it."))

    @property
    def told(self) -> NewSignal:
        """What is sent on."""
        coded = {name: str(self[name].data) for name in CODED if name != "place"}
        return NewSignal(UUID(self.to.data), {**coded, "place": "by_phone"}, str(self.noticed.data), self.contact)

    @property
    def agreement(self) -> Agreement:
        """What the person said."""
        return Agreement(bool(self.person_agrees.answer), bool(self.life_at_risk.answer), self.why.data or "")


def send_on_form(contact: Contact, agencies: Sequence[AgencyRow]) -> SendOnForm:
    """The form with the advocacy offices first, that of the contact's region chosen already, then the police."""
    form = SendOnForm()
    offices = [one for one in agencies if one.kind == "advocacy"]
    others = [one for one in agencies if one.kind != "advocacy"]
    offer(form.to, sorted(offices, key=lambda one: one.region != contact.row.region) + others)
    if request.method == "GET":
        form.region.process_data(contact.row.region)
        form.language.process_data(contact.row.language)
        form.to.process_data(form.to.choices[0].value if offices else None)
    return form
