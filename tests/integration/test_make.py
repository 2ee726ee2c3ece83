"""`make` on a machine that lacks something names it and stops, with nothing half made."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.programs import ROOT

OLD = "#!/bin/sh\nexit 1\n"
WITHOUT_VENV = '#!/bin/sh\ncase "$2" in *ensurepip*) exit 1 ;; esac\nexit 0\n'


def run_make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["make", *arguments], cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A folder with what `make` reads, in which nothing has been made yet."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    shutil.copytree(ROOT / "requirements", tmp_path / "requirements")
    return tmp_path


@pytest.mark.parametrize(
    ("interpreter", "said"),
    [
        pytest.param(OLD, "Python 3.11 or later is needed", id="Python is too old"),
        pytest.param(WITHOUT_VENV, "Debian package: python3-venv", id="venv is missing"),
    ],
)
def test_make_names_what_the_machine_lacks(interpreter: str, said: str, clone: Path) -> None:
    python = clone / "python"
    python.write_text(interpreter)
    python.chmod(0o755)

    ended = run_make(clone, f"PYTHON={python}", "run")

    assert ended.returncode != 0
    assert said in ended.stderr
    assert not (clone / ".venv").exists()


@pytest.mark.parametrize(
    "command",
    ["setup", "run", "test", "test-fast", "lint", "fix", "types", "migrate", "check", "help"],
)
def test_make_help_lists_the_command(command: str, clone: Path) -> None:
    assert f"make {command} " in run_make(clone, "help").stdout
