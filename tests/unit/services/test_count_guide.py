"""The paper on counting says what the code does."""

from pathlib import Path

from app.services import count_guide
from app.vocabulary.metric import METRIC

PAPER = Path(__file__).parents[3] / "docs" / "counting.md"


def test_the_paper_on_counting_is_the_one_that_the_code_makes() -> None:
    assert PAPER.read_text(encoding="utf-8") == count_guide.document(), "run: flask sop counting"


def test_every_count_stands_in_the_paper_with_the_steps_that_count_it() -> None:
    rows = [line for line in count_guide.document().splitlines() if line.startswith("| ")]

    assert [each.code for each in METRIC if not any(f"(`{each.code}`)" in row for row in rows)] == []
    assert any("`identification.identify`" in row for row in rows)
