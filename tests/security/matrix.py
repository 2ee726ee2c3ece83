"""Reads the matrix that was written by hand, and says what each cell expects. Knows nothing of the application."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ANONYMOUS = "anonymous"
OPEN, ROLE, MISSING, SIGN_IN, TO_WORK = "open", "role", "missing", "sign in", "to work"
FILE = Path(__file__).with_name("matrix.toml")


@dataclass(frozen=True)
class Cell:
    """One request: to which route, how, by whom, in which relation to what it names, and what must come back."""

    route: str
    method: str
    role: str
    subject: str
    relation: str
    is_barred: bool
    expected: str

    @property
    def is_look(self) -> bool:
        """Whether it only asks for a page."""
        return self.method == "GET"

    @property
    def is_refused(self) -> bool:
        """Whether she gets neither page nor act."""
        return self.expected not in (OPEN, TO_WORK)

    def __str__(self) -> str:
        barred = ", barred" if self.is_barred else ""
        named = f"{self.subject}, {self.relation}{barred}"
        return f"{self.method} {self.route} by {self.role} ({named}): {self.expected} expected"


@cache
def written() -> dict[str, Any]:
    """The file as it stands."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def roles() -> list[str]:
    """Everyone who asks: each role, and nobody in particular."""
    return [ANONYMOUS, *written()["roles"]]


def endpoints() -> dict[str, frozenset[str]]:
    """Each route of the matrix with its methods."""
    routes = written()["route"].items()
    return {name: frozenset(key.upper() for key in ("get", "post") if key in row) for name, row in routes}


def cells() -> Iterator[Cell]:
    """Every route by every role and by nobody, in every relation; barred too, where the role alone refuses nothing.

    Whom the role refuses, or nobody in particular, no bar can refuse once more.
    """
    refused_by_role = (ROLE, SIGN_IN)
    return (cell for cell in _every() if not (cell.is_barred and cell.expected in refused_by_role))


def _every() -> Iterator[Cell]:
    for name, row in written()["route"].items():
        for method in ("get", "post"):
            for subject in _listed(row.get(method, [])):
                yield from _cells_of(name, method.upper(), subject, row)


def _listed(subjects: str | list[str]) -> list[str]:
    return [subjects] if isinstance(subjects, str) else subjects


def _cells_of(name: str, method: str, subject: str, row: dict[str, str]) -> Iterator[Cell]:
    about = written()["subject"][subject]
    barred = (False, True) if about.get("of_case") else (False,)
    for role in roles():
        for relation in about["relations"]:
            for is_barred in barred:
                expected = _expected(role, row["for"], about, relation, is_barred)
                if method == "GET" and role != ANONYMOUS:
                    expected = row.get("shown_to_signed_in", expected)
                yield Cell(name, method, role, subject, relation, is_barred, expected)


def _expected(role: str, group: str, about: dict[str, Any], relation: str, is_barred: bool) -> str:
    if group == "public":
        return OPEN
    if role == ANONYMOUS:
        return SIGN_IN
    if role not in written()["groups"][group]:
        return ROLE
    if is_barred or role not in written()["groups"][about.get("belongs_to", group)]:
        return MISSING
    opens = about["open"]
    if role == "agency_supervisor":
        opens = about.get("open_to_supervisor", opens)
    return OPEN if relation in opens else MISSING
