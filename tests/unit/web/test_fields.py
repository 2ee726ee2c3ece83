"""The other kinds of question: text, numbers, codes, yes and no."""

from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import Form

from app.vocabulary import catalog
from app.web import fields
from tests.unit.web.conftest import Posting

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=300)


class OneOfEach(Form):
    """A form with a field of every kind."""

    line = fields.LineField("Line", length=50)
    text = fields.TextField("Text", length=200)
    number = fields.NumberField("Number")
    code = fields.CodeField("Code", codes="risk_level")
    codes = fields.CodesField("Codes", codes="need")
    answer = fields.YesNoField("Answer")
    known = fields.YesNoUnknownField("Known")
    row_version = fields.RowVersionField()


@given(sent=st.lists(st.tuples(st.sampled_from(list(OneOfEach.__dict__)), ANY_TEXT), max_size=12))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
def test_fields_answer_whatever_is_posted(request_context: None, sent: list[tuple[str, str]]) -> None:
    form = OneOfEach(MultiDict(sent))

    form.validate()

    assert isinstance(form.row_version.data, int)
    assert form.number.data is None or isinstance(form.number.data, int)
    assert form.line.errors or "\x00" not in (form.line.data or "")
    assert form.code.errors or form.code.data is None or form.code.data in catalog.get("risk_level")


@pytest.mark.parametrize(
    ("field", "sent", "value"),
    [
        pytest.param(fields.LineField("?"), ["  Drita  "], "Drita", id="a line is trimmed"),
        pytest.param(fields.LineField("?"), ["   "], None, id="blanks are no answer"),
        pytest.param(fields.TextField("?"), ["a\r\nb"], "a\nb", id="one kind of line break"),
        pytest.param(fields.NumberField("?"), [" 12 "], 12, id="a number"),
        pytest.param(fields.NumberField("?"), ["0"], 0, id="nought is a number"),
        pytest.param(fields.NumberField("?"), [""], None, id="no number"),
        pytest.param(fields.CodeField("?", codes="risk_level"), ["high"], "high", id="a code"),
        pytest.param(fields.CodeField("?", codes="risk_level"), [""], None, id="no code"),
        pytest.param(fields.CodeField("?", codes="risk_level"), [], None, id="nothing chosen"),
        pytest.param(fields.YesNoField("?"), ["no"], "no", id="no is an answer"),
        pytest.param(fields.RowVersionField(), ["7"], 7, id="a version"),
        pytest.param(fields.RowVersionField(), ["seven"], 0, id="a damaged version is stale"),
    ],
)
def test_field_reads(posted: Posting, field: Any, sent: list[str], value: object) -> None:
    read = posted(field, *(("asked", text) for text in sent))

    assert (read.data, list(read.errors)) == (value, [])


@pytest.mark.parametrize(
    ("field", "sent", "sentence"),
    [
        pytest.param(
            fields.LineField("?", length=3), "Drita", "Shorten this by 2 characters (at most 3)", id="a line too long"
        ),
        pytest.param(
            fields.TextField("?", length=4), "Drita", "Shorten this by 1 character (at most 4)", id="a text too long"
        ),
        pytest.param(
            fields.LineField("?"),
            "Dri\x00ta",
            "Remove the characters that cannot be seen: type the text anew",
            id="a NUL inside",
        ),
        pytest.param(fields.NumberField("?"), "3.5", "Enter a whole number in digits, such as 3", id="a half"),
        pytest.param(fields.NumberField("?"), "-1", "Enter a whole number in digits, such as 3", id="less than nought"),
        pytest.param(fields.NumberField("?", highest=9), "10", "Enter a number from 0 to 9", id="too many"),
        pytest.param(
            fields.CodeField("?", codes="risk_level"), "extreme", "Choose one of the answers on the page", id="no code"
        ),
        pytest.param(
            fields.CodesField("?", codes="need"), "gold", "Choose among the answers on the page", id="none of the codes"
        ),
        pytest.param(fields.SecretField("?"), "x" * 201, "This is too long", id="an endless password"),
    ],
)
def test_field_refuses(posted: Posting, field: Any, sent: str, sentence: str) -> None:
    assert list(posted(field, ("asked", sent)).errors) == [sentence]


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        pytest.param(fields.LineField("?", required=True), "Fill this in", id="line"),
        pytest.param(fields.NumberField("?", required=True), "Enter a number", id="number"),
        pytest.param(fields.CodeField("?", codes="risk_level", required=True), "Choose one", id="code"),
        pytest.param(fields.CodesField("?", codes="need", required=True), "Choose at least one", id="codes"),
        pytest.param(fields.YesNoField("?", required=True, ask="Say yes or no"), "Say yes or no", id="its own words"),
    ],
)
def test_field_that_must_be_answered_says_so(posted: Posting, field: Any, sentence: str) -> None:
    assert list(posted(field).errors) == [sentence]


def test_several_codes_come_in_the_order_of_their_list_and_once(posted: Posting) -> None:
    first, second, *_ = catalog.get("need").keys()

    field = posted(fields.CodesField("?", codes="need"), ("asked", second), ("asked", first), ("asked", second))

    assert field.data == [first, second]


def test_yes_and_no_are_read_as_true_and_false(posted: Posting) -> None:
    assert posted(fields.YesNoField("?"), ("asked", "yes")).answer is True
    assert posted(fields.YesNoField("?"), ("asked", "no")).answer is False
    assert posted(fields.YesNoField("?")).answer is None


@pytest.mark.parametrize(("codes", "shape"), [("purpose", "select"), ("decline_reason", "select"), ("scope", "radios")])
def test_code_is_asked_by_radios_up_to_seven_and_by_a_select_above(posted: Posting, codes: str, shape: str) -> None:
    assert posted(fields.CodeField("?", codes=codes)).shape == shape


def test_code_is_offered_in_the_language_of_the_reader(form_app: Flask) -> None:
    with form_app.test_request_context(headers={"Accept-Language": "sq"}):
        offered = dict(fields.code_pairs("yes_no"))

    assert offered == {"yes": "Po", "no": "Jo"}
