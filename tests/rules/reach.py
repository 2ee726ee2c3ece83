"""Checks of what code may touch: transactions, states of a run, SQL made of text, chance. Faults as in shape.py."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

STATES_OWNER = "app/services/workflow_runner"
DAYS_OWNER = "app/services/restating"
DAYS_KNOWN = frozenset({"due_at", "stopped_at", "voided_at", "paused_at", "exempt_until", "arrived_on", "left_on"})
RAW_STATES = re.compile(r"\b(update|insert\s+into)\s+workflow_run\b", re.IGNORECASE)


def commits(name: str, text: str) -> list[str]:
    """Only a service ends a transaction: one use case, one commit."""
    return [
        f"{name}:{call.lineno}: commits; let a service do it, through the unit of work"
        for call in _calls(text)
        if _called(call) == "commit"
    ]


def writes_states(name: str, text: str) -> list[str]:
    """A case's states change through the workflow runner and nowhere else."""
    tree = ast.parse(text)
    lines = [node.lineno for node in ast.walk(tree) if _assigns_states(node)]
    lines += [call.lineno for call in _calls(text) if _passes_states(call)]
    lines += [text.count("\n", 0, match.start()) + 1 for match in RAW_STATES.finditer(text)]
    return [f"{name}:{line}: writes workflow_run.states; call services.workflow_runner" for line in sorted(set(lines))]


def forgets_days(name: str, text: str) -> list[str]:
    """What a clock or a stay said of its days stays known for reports of past days."""
    return [
        f"{name}:{call.lineno}: changes days; begin with services.restating, which keeps what they were"
        for call in _calls(text)
        if _called(call) == "values"
        and DAYS_KNOWN.intersection(keyword.arg or "" for keyword in call.keywords)
        and _changed(call) in {"CaseClock", "Stay"}
    ]


def _changed(call: ast.Call) -> str:
    """The entity of the `update` that a chain of calls began with."""
    inner: ast.expr = call
    while isinstance(inner, ast.Call) and isinstance(inner.func, ast.Attribute):
        inner = inner.func.value
    is_update = isinstance(inner, ast.Call) and _called(inner) == "update" and bool(inner.args)
    return getattr(inner.args[0], "id", "") if is_update and isinstance(inner, ast.Call) else ""


def formatted_sql(name: str, text: str) -> list[str]:
    """SQL is never made by putting values into text: a name with a quote in it would be run."""
    return [
        f"{name}:{call.lineno}: SQL from formatted text; use bound parameters or SQLAlchemy's expressions"
        for call in _calls(text)
        if _called(call) in {"text", "exec_driver_sql"} and call.args and _is_formatted(call.args[0])
    ]


def weak_chance(name: str, text: str) -> list[str]:
    """What must not be guessed comes from secrets or random.SystemRandom; the rest of random is for invented rows."""
    tree = ast.parse(text)
    lines = [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Attribute) and _is_weak(node)]
    lines += [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "random"
        if any(alias.name != "SystemRandom" for alias in node.names)
    ]
    return [f"{name}:{line}: draws from random; use secrets" for line in lines]


def _is_weak(node: ast.Attribute) -> bool:
    return isinstance(node.value, ast.Name) and node.value.id == "random" and node.attr != "SystemRandom"


def _calls(text: str) -> Iterator[ast.Call]:
    return (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call))


def _called(call: ast.Call) -> str:
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _assigns_states(node: ast.AST) -> bool:
    if isinstance(node, ast.Assign):
        targets = node.targets
    elif isinstance(node, ast.AugAssign | ast.AnnAssign):
        targets = [node.target]
    else:
        return False
    bare = [target.value if isinstance(target, ast.Subscript) else target for target in targets]
    return any(
        isinstance(target, ast.Attribute) and target.attr == "states" and not _is_self(target) for target in bare
    )


def _is_self(target: ast.Attribute) -> bool:
    return isinstance(target.value, ast.Name) and target.value.id == "self"


def _passes_states(call: ast.Call) -> bool:
    return _called(call) in {"WorkflowRun", "values"} and any(keyword.arg == "states" for keyword in call.keywords)


def _is_formatted(argument: ast.expr) -> bool:
    if isinstance(argument, ast.JoinedStr):
        return any(isinstance(part, ast.FormattedValue) for part in argument.values)
    if isinstance(argument, ast.BinOp):
        return True
    return isinstance(argument, ast.Call) and _called(argument) == "format"
