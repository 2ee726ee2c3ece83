"""The promises of docs/promises.md: how much a test of one does, what figure it tells, and the paper made of both.

A promise is a file docs/promises/<number>.toml. A test that proves it is marked `@pytest.mark.promise("T3.4")`, does
`scaled(quick, long)` of its work and tells its figure. `make promises` runs all of them in their long form and then
`python -m tests.support.promises` writes the figures beside the promises and the paper from them.
"""

from __future__ import annotations

import json
import os
import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "promises"
PAPER = ROOT / "docs" / "promises.md"
FIGURES = FOLDER / "figures.json"
TOLD = ROOT / "build" / "promises.jsonl"
IS_LONG = os.environ.get("PROMISES") == "long"
BOTH = ("SQLite", "PostgreSQL")
NOT_YET, ELSEWHERE = "not run yet", "–"
Figures = dict[str, dict[str, str]]


@dataclass(frozen=True)
class Promise:
    """One promise: what is promised, who proves it, and which test shows that the proof can fail."""

    number: str
    topic: str
    promise: str
    tests: tuple[str, ...]
    controls: tuple[str, ...]


def scaled(quick: int, long: int) -> int:
    """How often or how much: `quick` within the suite, `long` under `make promises`."""
    return long if IS_LONG else quick


def tell(number: str, database: str, figure: str) -> None:
    """What a test found, as `make promises` will quote it; `database` is SQLite or PostgreSQL. Nothing in the suite."""
    if not IS_LONG:
        return
    assert database in BOTH, database
    TOLD.parent.mkdir(exist_ok=True)
    with TOLD.open("a", encoding="utf-8") as lines:
        lines.write(json.dumps({"number": number, "database": database, "figure": figure}) + "\n")


def promises() -> list[Promise]:
    """All promises, by topic and number. Raises KeyError where a file lacks a part."""
    found = [_read(path) for path in sorted(FOLDER.glob("*.toml"))]
    return sorted(found, key=lambda one: [int(part) for part in one.number[1:].split(".")])


def _read(path: Path) -> Promise:
    told = tomllib.loads(path.read_text("utf-8"))
    return Promise(path.stem, told["topic"], told["promise"], tuple(told["tests"]), tuple(told["controls"]))


def figures() -> Figures:
    """The figures of the last long run: by promise, by database."""
    read: Figures = json.loads(FIGURES.read_text("utf-8")) if FIGURES.exists() else {}
    return read


def told() -> Figures:
    """What the tests of this run told; of several figures of one promise and database, all."""
    found: dict[str, dict[str, list[str]]] = {}
    for line in TOLD.read_text("utf-8").splitlines():
        one = json.loads(line)
        found.setdefault(one["number"], {}).setdefault(one["database"], []).append(one["figure"])
    return {number: {name: "; ".join(all_) for name, all_ in by.items()} for number, by in found.items()}


def paper() -> str:
    """The text of docs/promises.md."""
    known = figures()
    rows = [_row(one, known.get(one.number, {})) for one in promises()]
    return HEAD + "\n".join(rows) + "\n"


def _row(one: Promise, known: dict[str, str]) -> str:
    tests, controls = ("<br>".join(f"`{name}`" for name in names) for names in (one.tests, one.controls))
    said = " | ".join(known.get(database, ELSEWHERE if known else NOT_YET) for database in BOTH)
    return f"| {one.number} | {one.topic} | {one.promise} | {tests} | {controls} | {said} |"


HEAD = """# What is promised, and what proves it

Each promise has tests that hold it and controls: the same test with the protection off, which must fail. A quick form
runs in `make test`; `make promises` runs the long form, whose figures stand here. This paper is written by it. A dash:
shown on the other database alone, because it is about that one, about neither, or about a page, whose tests run on one.

| no. | topic | promise | tests | controls | SQLite | PostgreSQL |
|---|---|---|---|---|---|---|
"""


def main() -> None:
    """Keep what this run told, and write the paper."""
    known = figures() | told()
    FIGURES.write_text(json.dumps(known, indent=1, sort_keys=True, ensure_ascii=False) + "\n", "utf-8")
    PAPER.write_text(paper(), "utf-8")


if __name__ == "__main__":
    main()
