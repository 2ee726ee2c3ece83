"""Checks of size and shape. Each takes a file's name and text and returns its faults as "where: what to do instead"."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import PurePosixPath

FILE_LINES = 400
FUNCTION_LINES = 40
VIEW_LINES = 15
BANNED_NAMES = frozenset({"util", "utils", "helper", "helpers", "common", "misc", "base_service"})
ROUTE_METHODS = frozenset({"route", "get", "post", "put", "patch", "delete"})
Function = ast.FunctionDef | ast.AsyncFunctionDef


def file_length(name: str, text: str) -> list[str]:
    """A file of more than 400 lines holds more than one thing."""
    lines = text.count("\n")
    return [f"{name}: {lines} lines; split it by noun"] if lines > FILE_LINES else []


def function_length(name: str, text: str) -> list[str]:
    """A function of more than 40 lines does more than one thing."""
    return [
        f"{name}:{function.lineno} {function.name}: {_lines(function)} lines; move a part of it into a named function"
        for function in _functions(text)
        if _lines(function) > FUNCTION_LINES
    ]


def view_length(name: str, text: str) -> list[str]:
    """A view parses, calls and responds."""
    return [
        f"{name}:{function.lineno} {function.name}: {_lines(function)} lines; a view is guard, form, one call, response"
        for function in _functions(text)
        if _is_view(function) and _lines(function) > VIEW_LINES
    ]


def module_name(name: str, _text: str) -> list[str]:
    """A module is named for its noun."""
    banned = BANNED_NAMES.intersection(part.removesuffix(".py") for part in PurePosixPath(name).parts)
    return [f"{name}: {word} says nothing; name the noun that the module is about" for word in sorted(banned)]


def imports_inside(name: str, text: str) -> list[str]:
    """Imports stand at the head of a file, so that the arrows can be seen."""
    return [
        f"{name}:{statement.lineno} {function.name}: an import inside; turn the arrow round or split the module"
        for function in _functions(text)
        for statement in ast.walk(function)
        if isinstance(statement, ast.Import | ast.ImportFrom)
    ]


def standard_library_only(name: str, text: str) -> list[str]:
    """The interpreter of the procedure needs nothing but Python."""
    allowed = sys.stdlib_module_names | {"workflows"}
    return [
        f"{name}:{line}: imports {module}; workflows rests on the standard library alone"
        for module, line in _imported(text)
        if module.split(".")[0] not in allowed
    ]


def straight_tests(name: str, text: str) -> list[str]:
    """A test that branches or loops may check nothing; a table goes through parametrize."""
    return [
        f"{name}:{inner.lineno} {function.name}: {type(inner).__name__.lower()}; use parametrize or a named function"
        for function in _functions(text)
        if function.name.startswith("test_")
        for inner in ast.walk(function)
        if isinstance(inner, ast.For | ast.While | ast.If)
    ]


def _lines(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def _functions(text: str) -> Iterator[Function]:
    return (node for node in ast.walk(ast.parse(text)) if isinstance(node, Function))


def _imported(text: str) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module or "", node.lineno


def _is_view(function: Function) -> bool:
    calls = (decorator.func for decorator in function.decorator_list if isinstance(decorator, ast.Call))
    return any(isinstance(call, ast.Attribute) and call.attr in ROUTE_METHODS for call in calls)
