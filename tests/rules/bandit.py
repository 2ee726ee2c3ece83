"""Bandit over all code of ours, with the places where it may find something: `python -m tests.rules.bandit`.

Its settings stand in pyproject.toml, the places and the fault that is planted for each of its rules in bandit.toml. A
comment in the code would switch a rule off for a whole line, and would say nothing when it is needed no more.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from tests.rules import tree

PLACES = "tests/rules/bandit.toml"
CODE = ("app", "workflows", "migrations", "config.py", "wsgi.py")


@dataclass(frozen=True)
class Issue:
    """What bandit found, and where."""

    file: str
    rule: str
    line: int


@dataclass(frozen=True)
class Exemption:
    """Where a rule may find something: in a file exactly so often, in a folder as often as it likes."""

    where: str
    rule: str
    count: int | None
    reason: str

    def covers(self, issue: Issue) -> bool:
        """Whether it is meant."""
        is_there = issue.file.startswith(self.where) if self.count is None else issue.file == self.where
        return is_there and issue.rule == self.rule


@cache
def told() -> dict[str, list[dict[str, str]]]:
    """What bandit.toml holds."""
    return tomllib.loads((tree.ROOT / PLACES).read_text("utf-8"))


def planted() -> dict[str, str]:
    """By rule, the fault that is planted for it."""
    return {one["rule"]: one["code"] for one in told()["planted"]}


def exemptions() -> list[Exemption]:
    """All places where a rule may find something."""
    given = told()["exemption"]
    return [Exemption(one["where"], one["rule"], one.get("count"), one["reason"]) for one in given]  # type: ignore[arg-type]


def left_to_others() -> set[str]:
    """The rules that are switched off in pyproject.toml, for reasons that stand there."""
    settings = tomllib.loads((tree.ROOT / "pyproject.toml").read_text("utf-8"))
    return set(settings["tool"]["bandit"]["skips"])


def rules() -> set[str]:
    """All rules that this version of bandit has."""
    asked = (
        "import logging, bandit.core.extension_loader as e; m = e.MANAGER; print(*m.plugins_by_id, *m.blacklist_by_id)"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def issues(paths: Sequence[str]) -> list[Issue]:
    """What bandit finds below paths, with our settings. Raises RuntimeError where it could not read a file."""
    command = [sys.executable, "-m", "bandit", "--quiet", "--recursive", "--configfile", "pyproject.toml"]
    done = subprocess.run(
        [*command, "--format", "json", *paths], cwd=tree.ROOT, capture_output=True, text=True, check=False
    )
    answer = json.loads(done.stdout)
    if answer["errors"]:
        raise RuntimeError(f"bandit could not read {answer['errors']}")
    return [Issue(one["filename"], one["test_id"], one["line_number"]) for one in answer["results"]]


def faults(found: Iterable[Issue], listed: Sequence[Exemption]) -> list[str]:
    """What stands in no listed place, or oftener or more seldom than it says there."""
    counts: Counter[Exemption] = Counter()
    told_ = []
    for issue in found:
        meant = next((one for one in listed if one.covers(issue)), None)
        if meant is None:
            told_.append(f"{issue.file}:{issue.line}: {issue.rule}; mend it, or list it with its reason in {PLACES}")
        else:
            counts[meant] += 1
    return told_ + [
        f"{one.where}: {one.rule} is listed {one.count or 'any number of'} times and found {counts[one]} times"
        for one in listed
        if (counts[one] == 0 if one.count is None else counts[one] != one.count)
    ]


def main() -> int:
    """Say all faults; gives the status to end with."""
    found = faults(issues(CODE), exemptions())
    for fault in found:
        print(fault)
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
