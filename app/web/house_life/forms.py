"""The forms around life in a house: texts and who was given them, belongings, appointments, services."""

import re

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms.validators import StopValidation

from app.services.appointments import NewAppointment
from app.services.belongings import NewBelonging
from app.services.house_texts import NewAcknowledgement
from app.web import fields
from app.web.fields import today
from app.web.forms import ActForm
from app.web.limits.forms import spoken

HOUR = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]", re.ASCII)


def is_hour(_form: object, field: fields.LineField) -> None:
    """Refuse what is no hour and minute."""
    if field.data and not HOUR.fullmatch(field.data):
        raise StopValidation(gettext("Write the time as hours and minutes, such as 09:30"))


class TextForm(ActForm):
    """What a text says, and whether it says something new."""

    language = fields.ChoiceField(_l("In which language?"), choices=spoken, required=True)
    body = fields.TextField(
        _l("Text"), required=True, length=20_000, hint=_l("No names, no address: it is printed and given away.")
    )
    is_new = fields.YesNoField(
        _l("Does it say something new?"), required=True, hint=_l("Then all residents are to be given it anew.")
    )


class AcknowledgeForm(ActForm):
    """Which text a resident was given, in which language and how."""

    kind = fields.CodeField(_l("Which text?"), codes="house_text", required=True)
    language = fields.ChoiceField(_l("In which language?"), choices=spoken, required=True)
    way = fields.CodeField(_l("How was it told?"), codes="told_way", required=True)
    word = fields.CodeField(_l("What does the person say to it?"), codes="acknowledged", required=True)
    occurred_on = fields.DateField(_l("When?"), required=True, past=True, default=today)

    @property
    def told(self) -> NewAcknowledgement:
        """What was filled in."""
        return NewAcknowledgement(
            kind=str(self.kind.data),
            language=str(self.language.data),
            way=str(self.way.data),
            word=str(self.word.data),
            occurred_on=self.occurred_on.data or today(),
        )


class BelongingForm(ActForm):
    """What is kept."""

    kind = fields.CodeField(_l("What is it?"), codes="belonging", required=True)
    description = fields.TextField(_l("Describe it so that it is known again"), required=True, length=1000)
    at_own_wish = fields.YesNoField(
        _l("Does the person wish that it is kept?"),
        required=True,
        hint=_l("Papers stay with the person unless the person wishes otherwise."),
    )
    occurred_on = fields.DateField(_l("When was it taken into keeping?"), required=True, past=True, default=today)

    @property
    def told(self) -> NewBelonging:
        """What was filled in."""
        return NewBelonging(
            kind=str(self.kind.data),
            description=str(self.description.data),
            occurred_on=self.occurred_on.data or today(),
            at_own_wish=bool(self.at_own_wish.answer),
        )


class ReturnForm(ActForm):
    """To whom something was given back, and when."""

    to = fields.CodeField(_l("To whom was it given?"), codes="returned_to", required=True)
    on = fields.DateField(_l("When?"), required=True, past=True, default=today)


class AppointmentForm(ActForm):
    """When and with whom a resident is expected."""

    kind = fields.CodeField(_l("What is it?"), codes="appointment", required=True)
    held_on = fields.DateField(_l("On which day?"), required=True)
    begins_at = fields.LineField(_l("Time"), [is_hour], length=5, hint=_l("Such as 09:30"))
    goes_along = fields.CodeField(_l("Who goes along?"), codes="goes_along", required=True)
    reached_by = fields.CodeField(_l("How can the person be reached about it?"), codes="reached_by", required=True)
    note = fields.TextField(_l("Where and with whom"), length=1000, hint=_l("Nothing on health, no story."))

    @property
    def told(self) -> NewAppointment:
        """What was filled in."""
        return NewAppointment(
            kind=str(self.kind.data),
            held_on=self.held_on.data or today(),
            goes_along=str(self.goes_along.data),
            reached_by=str(self.reached_by.data),
            begins_at=self.begins_at.data,
            note=self.note.data,
        )


class OutcomeForm(ActForm):
    """How an appointment went."""

    outcome = fields.CodeField(_l("How did it go?"), codes="appointment_outcome", required=True)


class ServiceForm(ActForm):
    """What was given on a day."""

    services = fields.CodesField(_l("What was given?"), codes="service_kind", required=True)
    on = fields.DateField(_l("When?"), required=True, past=True, default=today)
