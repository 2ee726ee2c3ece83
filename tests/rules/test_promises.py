"""Each promise has a test and a control that bear its number, and the paper is what is written from them."""

import ast
from functools import cache

from tests.rules import tree
from tests.support import promises


@cache
def marked() -> dict[str, set[str]]:
    """The promises that each test is marked with."""
    found: dict[str, set[str]] = {}
    for name in tree.python_files("tests/"):
        for node in ast.parse((tree.ROOT / name).read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef):
                found[f"{name}::{node.name}"] = {number for one in node.decorator_list for number in _numbers(one)}
    return found


def _numbers(decorator: ast.expr) -> list[str]:
    if not isinstance(decorator, ast.Call) or ast.unparse(decorator.func) != "pytest.mark.promise":
        return []
    return [str(ast.literal_eval(given)) for given in decorator.args]


def test_each_promise_has_tests_and_controls_that_bear_its_number() -> None:
    bearing = marked()
    named = {(one.number, name) for one in promises.promises() for name in (*one.tests, *one.controls)}

    assert {(number, name) for number, name in named if number not in bearing.get(name, set())} == set()
    assert [one.number for one in promises.promises() if not one.tests or not one.controls] == []


def test_no_test_bears_a_promise_that_is_not_made_of_it() -> None:
    named = {(one.number, name) for one in promises.promises() for name in (*one.tests, *one.controls)}

    assert {(number, name) for name, numbers in marked().items() for number in numbers} == named


def test_the_paper_says_what_the_promises_and_the_figures_say() -> None:
    assert promises.PAPER.read_text("utf-8") == promises.paper()
