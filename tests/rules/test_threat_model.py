"""What the papers on security name as proof is there: each test by its path and name, each row of the standard once."""

import ast
import re
from functools import cache

import pytest

from tests.rules import tree

THREATS, STANDARD = "docs/threat-model.md", "docs/asvs.md"
NAMED = re.compile(r"`(tests/[^`]*)`")
TAKEN = re.compile(r"^\| (?!(?:taken|tried) \|)(?!-)(.+) \|$", re.MULTILINE)
ROW = re.compile(r"^\| ([0-9][^|]*?) \| ([^|]+) \| (met|partly|not met) \| ([^|]+) \|$", re.MULTILINE)
HEAD = re.compile(r"Met: (\d+)\. Partly: (\d+)\. Not met: (\d+)\.")
ROWS = 56
"""As many rows of OWASP's standard bind us."""


@cache
def there() -> frozenset[str]:
    """Every test of the suite as path::function."""
    return frozenset(
        f"{name}::{node.name}"
        for name in tree.python_files("tests/")
        for node in ast.parse((tree.ROOT / name).read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )


def text_of(paper: str) -> str:
    """The paper as it stands."""
    return (tree.ROOT / paper).read_text("utf-8")


def unproved(rows: list[str]) -> list[str]:
    """The rows that name neither a test nor that something is open."""
    return [row for row in rows if not NAMED.search(row) and "open:" not in row]


def misnamed(text: str) -> list[str]:
    """What stands there as a test and is none."""
    return [name for name in NAMED.findall(text) if name not in there()]


@pytest.mark.parametrize("paper", [THREATS, STANDARD])
def test_every_test_that_a_paper_names_is_there(paper: str) -> None:
    assert NAMED.findall(text_of(paper))
    assert misnamed(text_of(paper)) == []


def test_a_test_that_is_not_there_is_found() -> None:
    text = "held by `tests/rules/test_threat_model.py::test_of_nothing` and `tests/rules/test_nowhere.py`"

    assert len(misnamed(text)) == 2


def test_each_line_of_the_threat_model_names_a_test_or_says_that_it_is_open() -> None:
    rows = TAKEN.findall(text_of(THREATS))

    assert len(rows) > 40
    assert unproved(rows) == []


def test_a_line_that_names_neither_is_found() -> None:
    assert unproved(["a screen | a page | nothing | trust", "a key | all | nothing | open: nothing holds it"]) == [
        "a screen | a page | nothing | trust"
    ]


def test_the_standard_has_its_rows_once_each_and_is_added_up() -> None:
    rows = ROW.findall(text_of(STANDARD))
    (told,) = HEAD.findall(text_of(STANDARD))
    states = [state for _, _, state, _ in rows]

    assert (len(rows), len({ids for ids, *_ in rows})) == (ROWS, ROWS)
    assert [int(one) for one in told] == [states.count(state) for state in ("met", "partly", "not met")]


def test_what_is_said_to_be_met_names_the_test_that_holds_it() -> None:
    assert [ids for ids, _, state, proof in ROW.findall(text_of(STANDARD)) if state == "met" and "`" not in proof] == []
