"""Runs the suite: `python -m tests.support.run [--fast|--coverage|--promises]`.

One PostgreSQL cluster for all: first the tests of the procedure, which must reach its every branch, then those that may
share the machine, then those that drive a browser, and last those that race for a row: beside nothing else, but two at
a time, for the clerks of a race share one interpreter, and each race has a database of its own. What is missing fails
the run, and the last lines are the counts. Databases and files of the tests lie in memory where the machine has room:
each test has a database to itself, and on a disk making them takes longer than all else.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.support import chromium, libreoffice, postgres

BROWSER = "browser"
ALONE = "race or durability"
WORKERS = "2"
NOTHING_COLLECTED = 5
MEMORY = Path("/dev/shm")  # noqa: S108 - where Linux keeps files in memory; what is made there is the runner's alone
ROOM_BYTES = 4 * 1024**3


@dataclass(frozen=True)
class Part:
    """A part of the suite that one pytest process runs."""

    name: str
    arguments: tuple[str, ...]
    folder: str = ""
    """What it runs, whichever paths are asked for; empty where it runs those."""


@dataclass(frozen=True)
class Result:
    """What a part came to."""

    name: str
    code: int
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    @property
    def is_good(self) -> bool:
        """Whether tests ran, all of them, and none failed."""
        return self.code == 0 and self.passed > 0 and self.failed == 0 and self.skipped == 0

    def line(self) -> str:
        """Return the counts as one line."""
        note = "" if self.is_good else f" (pytest ended with {self.code})"
        return f"{self.name}: {self.passed} passed, {self.failed} failed, {self.skipped} skipped{note}"


SHARED = ("-n", WORKERS, "--dist", "worksteal")
TOGETHER_ARE = f"not ({BROWSER} or {ALONE} or branches)"
BROWSERS_ARE = f"{BROWSER} and not ({ALONE})"
LONG = "promise or long"
MEASURE = ("--cov=workflows", "--cov-branch")
FULL = ("--cov-report=term-missing:skip-covered", "--cov-fail-under=100")
PROCEDURE = Part("procedure", (*SHARED, "-m", "branches", *MEASURE, *FULL), "tests/unit/workflows")
TOGETHER = Part("together", (*SHARED, "-m", TOGETHER_ARE))
IN_BROWSERS = Part("browser", (*SHARED, "-m", BROWSERS_ARE))
BY_THEMSELVES = Part("alone", (*SHARED, "-m", ALONE))
FAST = Part("fast", (*SHARED, "-m", f"not ({BROWSER} or {ALONE} or slow)"))
ALL = (PROCEDURE, TOGETHER, IN_BROWSERS, BY_THEMSELVES)
PROMISES = tuple(
    Part(name, (*SHARED, "-m", f"({LONG}) and ({which})"))
    for name, which in (("together", TOGETHER_ARE), ("browser", BROWSERS_ARE), ("alone", ALONE))
)
"""The promises and what else has a long form, in the long form."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the parts that were asked for and return the exit code."""
    options = _options(arguments)
    parts = (FAST,) if options.fast else PROMISES if options.promises else ALL
    if options.promises:
        os.environ["PROMISES"] = "long"
    began = time.monotonic()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # hundreds of processes read the same modules
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # so that the cluster is stopped on the way out
    try:
        if not options.fast:
            chromium.program()
            libreoffice.program()
        with in_memory(), postgres.running_cluster() as cluster:
            os.environ[postgres.ADDRESS_VARIABLE] = cluster.url()
            results = [run(part, options.coverage, options.paths) for part in parts]
    except (postgres.MissingPostgres, chromium.MissingChromium, libreoffice.MissingLibreOffice) as missing:
        print(f"The tests cannot run: {missing}", file=sys.stderr)
        print("0 passed, 1 failed", flush=True)
        return 1
    if options.coverage:
        subprocess.run([sys.executable, "-m", "coverage", "report"], check=False)
    return _report(results, time.monotonic() - began)


@contextlib.contextmanager
def in_memory(memory: Path = MEMORY, room: int = ROOM_BYTES) -> Iterator[None]:
    """Let what is temporary lie in memory meanwhile, where that many bytes are free; elsewhere change nothing."""
    if not os.access(memory, os.W_OK) or shutil.disk_usage(memory).free < room:
        yield
        return
    before = os.environ.get("TMPDIR")
    with tempfile.TemporaryDirectory(prefix="throughcare-", dir=memory) as folder:
        Path(folder).chmod(0o711)  # PostgreSQL runs as another user, who must get through to its own folder
        os.environ["TMPDIR"], tempfile.tempdir = folder, None
        try:
            yield
        finally:
            os.environ.pop("TMPDIR") if before is None else os.environ.update(TMPDIR=before)
            tempfile.tempdir = None


def run(part: Part, coverage: bool, paths: Sequence[str] = ()) -> Result:
    """Run one part with pytest and read its counts."""
    with tempfile.TemporaryDirectory(prefix="throughcare-tests-") as folder:
        report = Path(folder) / "report.xml"
        measure = ("--cov", "--cov-append", "--cov-report=") if coverage and not part.folder else ()
        what = (part.folder,) if part.folder else paths
        command = [sys.executable, "-m", "pytest", "-q", f"--junitxml={report}", *measure, *part.arguments, *what]
        measured = {} if coverage else {"COVERAGE_FILE": str(Path(folder) / "coverage")}
        code = subprocess.run(command, check=False, env={**os.environ, **measured}).returncode
        return read_report(part.name, code, report)


def read_report(name: str, code: int, report: Path) -> Result:
    """Return the counts that pytest left in its report; a report that is missing counts nothing as passed."""
    with contextlib.suppress(FileNotFoundError, ElementTree.ParseError):
        suite = ElementTree.parse(report).getroot().find("testsuite")  # noqa: S314 - written by our own pytest
        if suite is not None:
            counts = {key: int(suite.get(key, "0")) for key in ("tests", "failures", "errors", "skipped")}
            failed = counts["failures"] + counts["errors"]
            passed = max(counts["tests"] - failed - counts["skipped"], 0)
            return Result(name, code, passed, failed, counts["skipped"])
    return Result(name, code or NOTHING_COLLECTED)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Run the tests.")
    parser.add_argument("--fast", action="store_true", help="leave out browser, races, durability and slow tests")
    parser.add_argument("--coverage", action="store_true", help="report the branches that no test reached")
    parser.add_argument("--promises", action="store_true", help="run what has a long form, and that form of it")
    parser.add_argument("paths", nargs="*", help="folders or files of tests; all of them when none is named")
    return parser.parse_args(arguments)


def _report(results: Sequence[Result], seconds: float) -> int:
    print()
    for result in results:
        print(result.line())
    total = Result("total", 0, *(sum(getattr(r, key) for r in results) for key in ("passed", "failed", "skipped")))
    print(f"{total.passed} passed, {total.failed} failed, {total.skipped} skipped in {seconds:.0f} s", flush=True)
    return 0 if all(result.is_good for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
