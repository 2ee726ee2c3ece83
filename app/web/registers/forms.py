"""The forms around a register: the file, what its columns hold, and taking it in."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage
from wtforms.fields import SelectChoice

from app.registers import edit
from app.registers.mapping import DATE_ORDERS, NAME_ORDERS
from app.services.register_drafts import DraftPage, Settled
from app.services.register_mappings import NAME_LENGTH
from app.web import fields
from app.web.forms import ActForm, OwnForm
from app.web.registers import words

EARLIEST_YEAR = 1990
HEADING_SHOWN = 60


class UploadForm(ActForm):
    """A register as a file."""

    takes_files = True
    register = fields.UploadField(
        _l("The register"),
        required=True,
        hint=_l("A table saved as CSV, one row a person, headings in the first row. At most 2 MB."),
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse what was sent without a file."""
        is_sound = bool(super().validate(extra_validators))
        if is_sound and not (isinstance(self.register.data, FileStorage) and self.register.data.filename):
            self.register.errors = [gettext("Choose a file")]
            return False
        return is_sound

    @property
    def content(self) -> bytes:
        """The bytes of the file."""
        return self.register.data.read()


class ReadAsForm(OwnForm):
    """Another way to read the file; asked in the address."""

    class Meta(OwnForm.Meta):
        csrf = False

    read_as = fields.ChoiceField(_l("Read it as"), as_select=True)

    @classmethod
    def of(cls, page: DraftPage) -> "ReadAsForm":
        """With the mappings that the agency knows, the one in use chosen."""
        form = cls(formdata=None)
        pairs = [(name, words.mapping_words(name, one.label)) for name, one in page.known.items()]
        form.read_as.choices = [SelectChoice(value, label) for value, label in pairs]
        form.read_as.data = page.read_as if page.read_as in page.known else None
        return form


class MappingForm(ActForm):
    """How a file is read; the questions about columns and words are those of the file (see `mapping_form`)."""

    columns: tuple[str, ...] = ()
    word_names: dict[str, tuple[str, str]] = {}

    @property
    def choices(self) -> edit.Choices:
        """What was chosen."""
        own: dict[str, dict[str, str]] = {}
        for name, (field, word) in self.word_names.items():
            if self[name].data:
                own.setdefault(field, {})[word] = self[name].data
        return edit.Choices(
            fields=tuple(self[name].data or "" for name in self.columns),
            metrics=tuple(self["metrics"].data or ()),
            date_order=self["date_order"].data or DATE_ORDERS[0],
            name_order=self["name_order"].data or NAME_ORDERS[0],
            words=own,
        )

    def settled(self, read_as: str) -> Settled:
        """What the service keeps of it."""
        return Settled(self.choices, self["year"].data, self["save_as"].data or "", read_as)

    def validate(self, extra_validators: Any = None) -> bool:
        """Refuse choices that make no way to read the file."""
        if not super().validate(extra_validators):
            return False
        found = edit.problems(self.choices)
        for place, key in found.items():
            field = self["metrics"] if place == "metrics" else self[self.columns[int(place)]]
            field.errors = [*field.errors, str(words.CHOICES[key])]
        return not found


def mapping_form(page: DraftPage) -> MappingForm:
    """The form for one draft: a question for each column, each unknown word, and the orders."""
    asked: dict[str, Any] = {"columns": (), "word_names": {}}
    held = [(name, str(label)) for name, label in words.FIELDS.items()]
    for place, column in enumerate(page.columns):
        name = f"column_{place}"
        hint = gettext("For example: %(cells)s", cells=" · ".join(column.samples)) if column.samples else ""
        asked[name] = fields.ChoiceField(
            column.heading[:HEADING_SHOWN],
            choices=held,
            as_select=True,
            none=_l("Not read"),
            default=column.field or None,
            hint=hint,
            is_sometimes_required=True,
        )
        asked["columns"] += (name,)
    _ask_orders(asked, page)
    _ask_words(asked, page)
    form: MappingForm = type("MappingFormOfFile", (MappingForm,), asked)()
    return form


def _ask_orders(asked: dict[str, Any], page: DraftPage) -> None:
    asked["metrics"] = fields.ChoicesField(
        _l("What the rows report"),
        choices=[(name, str(label)) for name, label in words.METRICS.items()],
        default=list(page.choices.metrics),
        is_sometimes_required=True,
    )
    asked["date_order"] = fields.ChoiceField(
        _l("How dates are written"),
        choices=[(name, str(label)) for name, label in words.DATE_ORDERS.items()],
        default=page.choices.date_order,
        required=True,
    )
    asked["name_order"] = fields.ChoiceField(
        _l("Order in a column with the whole name"),
        choices=[(name, str(label)) for name, label in words.NAME_ORDERS.items()],
        default=page.choices.name_order,
        required=True,
        hint=_l("With the surname first, what stands before a comma is the surname."),
    )
    asked["year"] = fields.NumberField(
        _l("Year of the register"), lowest=EARLIEST_YEAR, highest=fields.today().year, default=page.year
    )
    asked["save_as"] = fields.LineField(
        _l("Keep this way of reading under a name"), length=NAME_LENGTH, hint=_l("For next year's file")
    )


def _ask_words(asked: dict[str, Any], page: DraftPage) -> None:
    for field, listed in page.words.items():
        for number, (word, code) in enumerate(listed.items()):
            name = f"word_{field}_{number}"
            asked[name] = fields.ChoiceField(
                f"{words.FIELDS[field]}: {word}",
                choices=words.codes_in_words(field),
                as_select=True,
                none=_l("Not known"),
                default=code or None,
                is_sometimes_required=True,
            )
            asked["word_names"][name] = (field, word)
