"""Makes a form from one that the procedure declares: its questions in the reader's language, with the date of the act.

Knows nothing of the procedure's modules: whatever has the shape of the protocols below will do.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import Any, Protocol

from flask_babel import lazy_gettext as _l
from wtforms import Field

from app.web import fields
from app.web.fields import today
from app.web.forms import ActForm
from app.web.languages import data_language

EARLIEST_ACT = date(1990, 1, 1)
IMPLICIT = frozenset({"occurred_on", "row_version", "once", "csrf_token"})

Pairs = Sequence[tuple[str, str]]


class Wording(Protocol):
    """A label in the three languages."""

    def text(self, language: str) -> str:
        """The wording for a language."""


class Question(Protocol):
    """A declared field."""

    @property
    def name(self) -> str: ...  # noqa: D102 - the procedure's own words, described there
    @property
    def type(self) -> str: ...  # noqa: D102
    @property
    def label(self) -> Wording: ...  # noqa: D102
    @property
    def hint(self) -> Wording | None: ...  # noqa: D102
    @property
    def required(self) -> bool: ...  # noqa: D102
    @property
    def required_if(self) -> str | None: ...  # noqa: D102
    @property
    def codes(self) -> str | None: ...  # noqa: D102


class Declared(Protocol):
    """A declared form."""

    @property
    def fields(self) -> Sequence[Question]: ...  # noqa: D102 - the procedure's own words, described there


class StepForm(ActForm):
    """What every step asks: when it happened, and which version of the case the page showed."""

    questions: Sequence[Question] = ()

    occurred_on = fields.DateField(
        _l("When did this happen?"),
        required=True,
        past=True,
        earliest=EARLIEST_ACT,
        default=today,
        hint=_l("The day of the act itself, which may be before today"),
    )
    row_version = fields.RowVersionField(default=0)

    @property
    def asked(self) -> list[Field]:
        """The declared questions that stand on this page, in their order."""
        return [self[question.name] for question in self.questions if question.name in self]


def build_step_form(
    declaration: Declared | None,
    *,
    choices: Mapping[str, Pairs] | None = None,
    leave_out: Collection[str] = (),
    also_required: Collection[str] = (),
) -> type[StepForm]:
    """A form class for one step of the procedure; None declares no question beyond the date.

    `choices` gives the pairs of fields whose values are rows (agency, user, bed, shelter, guardian), by field name.
    `leave_out` names questions that may not be asked now; `also_required` those whose condition holds.
    Raises KeyError for a type that is not known, ValueError for a question named like a part of every form.
    """
    questions = tuple(one for one in (declaration.fields if declaration else ()) if one.name not in leave_out)
    made: dict[str, Any] = {"questions": questions}
    for question in questions:
        if question.name == "occurred_on":
            continue
        if question.name in IMPLICIT or hasattr(StepForm, question.name):
            raise ValueError(f"a question cannot be named {question.name!r}: every form has a part of that name")
        made[question.name] = _field(question, (choices or {}).get(question.name, ()), question.name in also_required)
    return type("DeclaredStepForm", (StepForm,), made)


def answers(form: StepForm) -> dict[str, object]:
    """The answers to the declared questions as plain values; what was not answered is left out.

    Dates are ISO text, yes and no booleans, several codes a list, numbers integers, all else text.
    """
    read = {question.name: _value(form[question.name]) for question in form.questions if question.name in form}
    return {name: value for name, value in read.items() if value is not None and value != []}


def _value(field: Any) -> object:
    if isinstance(field, fields.YesNoField):
        return field.answer
    if isinstance(field.data, date):
        return field.data.isoformat()
    if isinstance(field.data, list):
        return list(field.data)
    value: object = field.data
    return value


def _field(question: Question, pairs: Pairs, is_required_now: bool) -> Any:
    return MAKERS[question.type](question, pairs, _told(question, is_required_now))


def _told(question: Question, is_required_now: bool) -> dict[str, Any]:
    language = data_language()
    return {
        "label": question.label.text(language),
        "hint": question.hint.text(language) if question.hint else "",
        "required": question.required or is_required_now,
        "is_sometimes_required": bool(question.required_if),
    }


Maker = Callable[[Question, Pairs, dict[str, Any]], Any]


def _plain(kind: type[Field], **own: Any) -> Maker:
    return lambda _question, _pairs, told: kind(**told, **own)


def _coded(kind: type[Field]) -> Maker:
    return lambda question, _pairs, told: kind(codes=question.codes, **told)


def _row(_question: Question, pairs: Pairs, told: dict[str, Any]) -> Any:
    return fields.ChoiceField(choices=list(pairs), **told)


MAKERS: dict[str, Maker] = {
    "line": _plain(fields.LineField),
    "text": _plain(fields.TextField),
    "date": _plain(fields.DateField),
    "number": _plain(fields.NumberField),
    "yes_no": _plain(fields.YesNoField),
    "yes_no_unknown": _plain(fields.YesNoUnknownField),
    "code": _coded(fields.CodeField),
    "codes": _coded(fields.CodesField),
    "agency": _row,
    "user": _row,
    "bed": _row,
    "shelter": _row,
    "guardian": _row,
}
"""How each type of the procedure's forms is asked."""
