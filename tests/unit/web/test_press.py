"""A paper is set by a process of its own, which is told nothing where others can read it and says nothing in a log."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.web import press

MADE_AT = datetime(2026, 12, 1, 8, tzinfo=UTC)
WRITTEN = '#set document(title: "A paper", date: auto)\n#set text(lang: "en")\n= #sys.inputs.content'
FAULTY = "#panic(sys.inputs.content)"
WORD = "Zanafilla"


@pytest.fixture
def layout(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "layout.typ"
    path.write_text(WRITTEN)
    return path


def test_same_content_is_the_same_file(layout: Path) -> None:
    first, second = (press.printed(layout, WORD, MADE_AT) for _ in range(2))

    assert first.startswith(b"%PDF")
    assert first == second


def test_fault_of_a_paper_is_raised_and_quotes_no_word_of_it(layout: Path, capfd: pytest.CaptureFixture[str]) -> None:
    layout.write_text(FAULTY)

    with pytest.raises(subprocess.CalledProcessError) as fault:
        press.printed(layout, WORD, MADE_AT)

    assert WORD not in f"{fault.value} {fault.value.output}" + "".join(capfd.readouterr())


def test_typesetter_by_itself_would_quote_it(layout: Path) -> None:
    layout.write_text(FAULTY)
    command = [sys.executable, "-I", str(press.TYPESETTER), str(layout), MADE_AT.isoformat()]

    done = subprocess.run(command, input=WORD.encode(), stderr=subprocess.PIPE, check=False)

    assert WORD in done.stderr.decode()


def test_paper_that_takes_too_long_is_given_up(layout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(press, "MOST_SECONDS", 0.001)

    with pytest.raises(subprocess.TimeoutExpired):
        press.printed(layout, WORD, MADE_AT)
