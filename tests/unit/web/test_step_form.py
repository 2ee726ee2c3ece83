"""A declared form becomes questions, and what was answered becomes plain values."""

import json
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from app.web.fields import today
from app.web.step_form import MAKERS, StepForm, answers, build_step_form
from workflows import registry
from workflows.definition import FIELD_TYPES, Form, FormField, Label

LABEL = Label("Pyetje", "Pitanje", "Question")
OF_EACH_TYPE = tuple(
    FormField(f"a_{kind}", kind, "P", LABEL, codes={"code": "risk_level", "codes": "need"}.get(kind))
    for kind in sorted(FIELD_TYPES)
)
ROWS = {f"a_{kind}": [("r1", "Row 1")] for kind in ("agency", "user", "bed", "shelter", "guardian")}
SENT = (
    ("a_line", "x"),
    ("a_text", "y"),
    ("a_yes_no", "no"),
    ("a_yes_no_unknown", "unknown"),
    ("a_number", "4"),
    ("a_code", "high"),
    ("a_codes", "shelter"),
    ("a_codes", "safety"),
    ("a_date-day", "1"),
    ("a_date-month", "2"),
    ("a_date-year", "2008"),
    *((name, "r1") for name in ROWS),
)
LINE = FormField("a_line", "line", "P", LABEL)
OCCURRED = (("occurred_on-day", "3"), ("occurred_on-month", "4"), ("occurred_on-year", "2007"))


@dataclass(frozen=True)
class Opened:
    """What posting to a made form gave."""

    form: StepForm
    is_valid: bool


def declared(*questions: FormField) -> Form:
    return Form("F99", LABEL, questions)


def send(form_app: Flask, made: type[StepForm], *pairs: tuple[str, str], language: str = "en") -> Opened:
    with form_app.test_request_context(method="POST", headers={"Accept-Language": language}):
        form = made(MultiDict(pairs), meta={"csrf": False})
        return Opened(form, form.validate())


def make(form_app: Flask, *questions: FormField, **given: Any) -> type[StepForm]:
    with form_app.test_request_context(headers={"Accept-Language": "en"}):
        return build_step_form(declared(*questions), **given)


def test_every_type_of_the_procedure_can_be_asked() -> None:
    assert set(MAKERS) == set(FIELD_TYPES)


def test_answers_are_plain_values_of_each_type(form_app: Flask) -> None:
    made = make(form_app, *OF_EACH_TYPE, choices=ROWS)

    opened = send(form_app, made, *OCCURRED, *SENT)

    assert opened.form.errors == {}
    assert opened.form.occurred_on.data == date(2007, 4, 3)
    assert answers(opened.form) == {
        "a_line": "x",
        "a_text": "y",
        "a_date": "2008-02-01",
        "a_yes_no": False,
        "a_yes_no_unknown": "unknown",
        "a_number": 4,
        "a_code": "high",
        "a_codes": ["safety", "shelter"],
        **dict.fromkeys(ROWS, "r1"),
    }
    assert json.loads(json.dumps(answers(opened.form))) == answers(opened.form)


def test_answers_leave_out_what_was_not_answered(form_app: Flask) -> None:
    opened = send(form_app, make(form_app, *OF_EACH_TYPE, choices=ROWS), *OCCURRED, ("a_line", "  "))

    assert opened.is_valid
    assert answers(opened.form) == {}


def test_required_question_must_be_answered(form_app: Flask) -> None:
    opened = send(form_app, make(form_app, replace(LINE, required=True)), *OCCURRED)

    assert opened.form.errors == {"a_line": ["Fill this in"]}


def test_question_required_in_some_cases_is_asked_for_when_its_condition_holds(form_app: Flask) -> None:
    question = replace(LINE, required_if="child_or_in_doubt")

    free = send(form_app, make(form_app, question), *OCCURRED)
    bound = send(form_app, make(form_app, question, also_required={"a_line"}), *OCCURRED)

    assert free.is_valid
    assert bound.form.errors == {"a_line": ["Fill this in"]}


def test_question_that_may_not_be_asked_now_is_neither_shown_nor_read(form_app: Flask) -> None:
    made = make(form_app, LINE, replace(LINE, name="account"), leave_out={"account"})

    opened = send(form_app, made, *OCCURRED, ("a_line", "x"), ("account", "her story"))

    assert [field.name for field in opened.form.asked] == ["a_line"]
    assert answers(opened.form) == {"a_line": "x"}


def test_row_that_was_not_offered_is_refused(form_app: Flask) -> None:
    question = FormField("a_shelter", "shelter", "P", LABEL)

    opened = send(form_app, make(form_app, question, choices=ROWS), *OCCURRED, ("a_shelter", "r2"))

    assert opened.form.errors == {"a_shelter": ["Choose one of the answers on the page"]}


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        pytest.param(date(2099, 1, 1), "The date must be today or in the past", id="a day to come"),
        pytest.param(date(1989, 12, 31), "The date must be 1 Jan 1990 or later", id="long ago"),
    ],
)
def test_act_cannot_have_happened_on_a_day_out_of_bounds(form_app: Flask, day: date, sentence: str) -> None:
    sent = [(f"occurred_on-{part}", str(getattr(day, part))) for part in ("day", "month", "year")]

    opened = send(form_app, make(form_app), *sent)

    assert opened.form.errors == {"occurred_on": [sentence]}


def test_form_of_a_step_without_questions_asks_only_when(form_app: Flask) -> None:
    with form_app.test_request_context():
        form = build_step_form(None)(meta={"csrf": False})
        now = today()

    assert form.asked == []
    assert form.occurred_on.data == now


@pytest.mark.parametrize("name", ["once", "row_version", "errors", "data", "validate", "claim"])
def test_question_cannot_take_the_name_of_a_part_of_every_form(form_app: Flask, name: str) -> None:
    with pytest.raises(ValueError, match=name):
        make(form_app, replace(LINE, name=name))


@pytest.mark.parametrize(("language", "words"), [("en", "Question"), ("sq", "Pyetje"), ("sr", "Pitanje")])
def test_question_is_asked_in_the_language_of_the_reader(form_app: Flask, language: str, words: str) -> None:
    with form_app.test_request_context(headers={"Accept-Language": language}):
        form = build_step_form(declared(LINE))(meta={"csrf": False})

    assert form["a_line"].label.text == words


@pytest.mark.parametrize("procedure", sorted(registry.names()))
def test_every_form_of_the_procedure_can_be_made(form_app: Flask, procedure: str) -> None:
    forms = registry.get(procedure).forms

    made = [make(form_app, *form.fields) for form in forms.values()]

    assert len(made) == len(forms) > 10
