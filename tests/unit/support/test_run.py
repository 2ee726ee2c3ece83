"""The runner of the suite itself: what is missing fails it, what it counts is what ran, nothing stays behind."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support import postgres, programs, run

NOWHERE = "/nonexistent"
GOOD = '<testsuites><testsuite tests="7" failures="0" errors="0" skipped="0"/></testsuites>'
MIXED = '<testsuites><testsuite tests="7" failures="1" errors="2" skipped="1"/></testsuites>'
KEEPER = (
    "from tests.support import postgres\n"
    "import signal, sys\n"
    "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # what a shell starts behind it is deaf to this
    "with postgres.running_cluster() as cluster:\n"
    "    print(cluster.port, cluster.folder, flush=True)\n"
    "    sys.stdin.read()\n"
)


@pytest.mark.parametrize("variable", [postgres.PROGRAMS_VARIABLE, "CHROMIUM", "LIBREOFFICE"])
def test_suite_fails_where_a_program_is_missing(variable: str) -> None:
    environment = {**os.environ, variable: NOWHERE}
    environment.pop(postgres.ADDRESS_VARIABLE, None)

    ended = subprocess.run(
        [sys.executable, "-m", "tests.support.run"], env=environment, capture_output=True, text=True, check=False
    )

    assert ended.returncode == 1
    assert "The tests cannot run:" in ended.stderr
    assert ended.stdout.splitlines()[-1] == "0 passed, 1 failed"


def test_search_for_programs_stays_in_the_folder_that_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(postgres.PROGRAMS_VARIABLE, NOWHERE)

    with pytest.raises(postgres.MissingPostgres, match="Debian package: postgresql"):
        postgres.programs()


def test_report_gives_the_counts_that_pytest_wrote(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(MIXED)

    result = run.read_report("part", 1, report)

    assert (result.passed, result.failed, result.skipped) == (3, 3, 1)
    assert not result.is_good


@pytest.mark.parametrize(
    ("code", "text", "is_good"),
    [
        pytest.param(0, GOOD, True, id="all passed"),
        pytest.param(1, GOOD, False, id="pytest ended badly after them"),
        pytest.param(0, GOOD.replace('tests="7"', 'tests="0"'), False, id="nothing ran"),
        pytest.param(0, GOOD.replace('skipped="0"', 'skipped="1"'), False, id="one was skipped"),
        pytest.param(0, "", False, id="the report is empty"),
    ],
)
def test_part_is_good_only_where_all_of_it_ran_and_passed(code: int, text: str, is_good: bool, tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(text)

    assert run.read_report("part", code, report).is_good is is_good


def test_procedure_with_a_branch_that_no_test_reached_is_no_success() -> None:
    few = replace(run.PROCEDURE, folder="tests/unit/workflows/test_texts.py")

    result = run.run(few, coverage=False)

    assert (result.passed > 0, result.failed, result.skipped) == (True, 0, 0)
    assert not result.is_good


def test_missing_report_is_no_success(tmp_path: Path) -> None:
    result = run.read_report("part", 0, tmp_path / "none.xml")

    assert not result.is_good
    assert result.code != 0


@pytest.mark.parametrize(("room", "is_moved"), [(1, True), (2**62, False)], ids=["room", "no room"])
def test_temporary_files_lie_in_memory_only_where_there_is_room(room: int, is_moved: bool, tmp_path: Path) -> None:
    before = tempfile.gettempdir()

    with run.in_memory(tmp_path, room):
        folder = Path(tempfile.gettempdir())

    assert (folder.parent == tmp_path) is is_moved
    assert not list(tmp_path.iterdir())
    assert tempfile.gettempdir() == before


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_cluster_ends_when_the_process_that_started_it_is_ended(how: signal.Signals) -> None:
    with subprocess.Popen([sys.executable, "-c", KEEPER], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as keeper:
        assert keeper.stdout is not None
        port, folder = keeper.stdout.readline().decode().split()
        was_open = programs.is_served(int(port))

        keeper.send_signal(how)
        keeper.wait(timeout=60)

    is_silent = programs.falls_silent(int(port), seconds=10)
    shutil.rmtree(folder, ignore_errors=True)  # what a killed process cannot remove
    assert was_open
    assert is_silent
