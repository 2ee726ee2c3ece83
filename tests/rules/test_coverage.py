"""Each line that the founding documents ask for has a feature, a row naming it, and tests marked with its number."""

import ast
import re
from functools import cache

import pytest

from tests.rules import tree

PAPER = "docs/coverage.md"
LATER = {27}
"""The indicators of the plan: not answered yet."""
LINES = sorted(set(range(1, 33)) - LATER)
ROW = re.compile(r"^\| (\d+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)


@cache
def rows() -> dict[int, tuple[str, list[str]]]:
    """What the paper says: by number the feature and the tests."""
    found = ROW.findall((tree.ROOT / PAPER).read_text("utf-8"))
    return {int(number): (feature.strip(), re.findall(r"`([^`]+)`", tests)) for number, _, feature, tests in found}


@cache
def marked() -> dict[str, set[int]]:
    """The numbers that each test is marked with."""
    found: dict[str, set[int]] = {}
    for name in tree.python_files("tests/"):
        for node in ast.parse((tree.ROOT / name).read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef):
                found[f"{name}::{node.name}"] = {number for one in node.decorator_list for number in _numbers(one)}
    return found


def _numbers(decorator: ast.expr) -> list[int]:
    written = re.fullmatch(r"pytest\.mark\.line\((\d+)\)", ast.unparse(decorator))
    return [int(written.group(1))] if written else []


@pytest.mark.parametrize("number", LINES)
def test_a_line_has_a_feature_and_tests_that_bear_its_number(number: int) -> None:
    feature, tests = rows()[number]
    bearing = marked()

    assert feature
    assert tests
    assert {name: number in bearing.get(name, set()) for name in tests} == dict.fromkeys(tests, True)


def test_no_test_bears_a_number_that_the_paper_does_not_give_it() -> None:
    named = {(number, name) for number, (_, tests) in rows().items() for name in tests}

    assert {(number, name) for name, numbers in marked().items() for number in numbers} == named


def test_the_paper_answers_these_lines_and_no_others() -> None:
    assert sorted(rows()) == LINES
