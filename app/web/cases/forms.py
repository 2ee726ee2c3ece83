"""The forms around cases: filters of the list, the search before a case is opened."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms.fields import SelectChoice

from app.queries.cases import Asked
from app.services.notes import NewNote
from app.web import fields
from app.web.forms import ActForm, OwnForm
from app.web.phrases import STAGES

NOTE_KINDS = {
    "N": _l("Needs and risk"),
    "T": _l("What happened to the person"),
    "M": _l("Health"),
    "V": _l("Investigation"),
    "J": _l("Proceedings"),
    "R": _l("Return and family"),
}
"""The classes that a note can have, in words."""

STATES = (("open", _l("Open")), ("closed", _l("Closed")))


class PickField(fields.ChoiceField):
    """A choice that takes one line, however few there are."""

    shape = "select"  # type: ignore[assignment]


class FilterForm(OwnForm):
    """What the list of cases can be narrowed to; read from the address."""

    class Meta(OwnForm.Meta):
        csrf = False

    state = PickField(_l("State"), choices=lambda: [(key, str(words)) for key, words in STATES])
    stage = PickField(_l("Stage"), choices=lambda: [(key, str(words)) for key, words in STAGES.items()])
    only = PickField(_l("Only"), choices=lambda: [("mine", str(_l("My own cases"))), ("overdue", str(_l("Overdue")))])

    @classmethod
    def of(cls, address: MultiDict[str, str]) -> "FilterForm":
        """The filters of an address; one that names no state asks for what is open."""
        return cls(address if "state" in address else MultiDict([*address.items(multi=True), ("state", "open")]))


class SearchForm(OwnForm):
    """A name to look for; at least one part of it."""

    given_name = fields.LineField(_l("First name"), length=100)
    family_name = fields.LineField(_l("Surname"), length=100)

    @property
    def name(self) -> str:
        """All that was typed."""
        return " ".join(part for part in (self.given_name.data, self.family_name.data) if part)

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse a search for nothing."""
        is_sound = bool(super().validate(extra_validators))
        if is_sound and not self.name:
            self.given_name.errors = [gettext("Enter a first name or a surname")]
            return False
        return is_sound


class NoteForm(ActForm):
    """A note: its kind, which decides who reads it, the day and the text."""

    sensitivity = fields.ChoiceField(_l("Kind of note"), required=True, hint=_l("Decides who can read it"))
    occurred_on = fields.DateField(_l("Day"), required=True, past=True, default=fields.today)
    text = fields.TextField(_l("Note"), required=True)

    @classmethod
    def of(cls, classes: Sequence[str]) -> "NoteForm":
        """The form with the kinds that a writer may choose; the first is chosen already."""
        form = cls()
        form.sensitivity.choices = [SelectChoice(one, str(NOTE_KINDS[one])) for one in classes]
        if form.sensitivity.data is None and classes:
            form.sensitivity.data = classes[0]
        return form

    @property
    def told(self) -> NewNote:
        """What was written."""
        return NewNote(str(self.sensitivity.data), str(self.text.data), self.occurred_on.data or fields.today())


def asked_of(form: FilterForm, address: Mapping[str, str]) -> Asked:
    """The filters of an address as the query takes them; whatever is damaged is left out."""
    is_sound = form.validate()
    return Asked(
        state=form.state.data if is_sound else None,
        stage=form.stage.data if is_sound else None,
        is_mine=is_sound and form.only.data == "mine",
        is_overdue=is_sound and form.only.data == "overdue",
        after=last_row(address.get("after", "")),
    )


def last_row(text: str) -> tuple[date, UUID] | None:
    """The day and id of the last row of the page before, None for anything else."""
    day, _, case_id = text.partition("~")
    try:
        return date.fromisoformat(day), UUID(case_id)
    except ValueError:
        return None
