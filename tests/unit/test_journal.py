"""A line of the log has a code, numbers and places; whatever else is given to it does not get through."""

import json
import logging
import sqlite3

import pytest

from app import journal
from app.journal import OneLine

CANARY = "zq7 Arta Provë"
HOSTILE = f'{CANARY}\r\n{{"event": "forged"}}\x1b[31m\u2028\x85\x00'


def line_of(told: dict[str, object] | None = None, error: BaseException | None = None, text: str = "answered") -> str:
    record = logging.LogRecord("sqlalchemy", logging.ERROR, __file__, 7, text, (), None, "view")
    if told is not None:
        record.told, record.fault = told, error
    elif error is not None:
        record.exc_info = (type(error), error, error.__traceback__)
    return OneLine().format(record)


def raised() -> BaseException:
    try:
        try:
            raise sqlite3.IntegrityError(f"Key (name)=({CANARY}) exists")
        except sqlite3.IntegrityError as first:
            raise ValueError(CANARY) from first
    except ValueError as second:
        return second


@pytest.mark.parametrize("name", journal.FIELDS)
def test_field_takes_nothing_that_a_person_typed(name: str) -> None:
    written = line_of({name: HOSTILE, "typed": CANARY})

    assert json.loads(written)[name] == journal.UNFIT
    assert "zq7" not in written
    assert written.isascii()
    assert written.isprintable()


@pytest.mark.parametrize("value", [HOSTILE, {"name": CANARY}, [CANARY, HOSTILE], CANARY.encode(), object(), None, 1.5])
def test_value_of_another_kind_is_not_written(value: object) -> None:
    assert "zq7" not in line_of({"reason": value, "member": value, "at": value})


def test_event_that_is_no_code_is_not_written() -> None:
    assert json.loads(line_of({}, text=HOSTILE))["event"] == journal.UNFIT


def test_line_of_a_request_says_what_it_is_told() -> None:
    told = {"route": "cases.show", "method": "GET", "status": 403, "ms": 12, "reason": "not_found"}

    assert told.items() <= json.loads(line_of(told)).items()


def test_fault_is_told_by_its_types_and_places_alone() -> None:
    written = line_of({}, raised())

    assert json.loads(written)["error"] == ["ValueError", "IntegrityError"]
    assert any(place.startswith("tests/unit/test_journal.py:") for place in json.loads(written)["at"])
    assert "zq7" not in written


def test_record_of_a_library_is_kept_without_its_text() -> None:
    written = line_of(None, raised(), HOSTILE)

    assert json.loads(written)["event"] == "library"
    assert json.loads(written)["logger"] == "sqlalchemy"
    assert "zq7" not in written


def test_log_that_writes_texts_shows_them() -> None:
    record = logging.LogRecord("sqlalchemy", logging.ERROR, __file__, 7, CANARY, (), None)

    assert CANARY in json.loads(OneLine(is_spare=False).format(record))["text"]
