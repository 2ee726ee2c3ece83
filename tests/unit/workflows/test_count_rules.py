"""What a step counts under: always, or with what its form answers; what is said of an unknown field is a fault."""

from pathlib import Path

import pytest

from tests.support.definitions import FOLDER, edited, step
from workflows.definition import CountRule
from workflows.load import DefinitionFault, load_folder
from workflows.render import document

PLAIN = 'counts = "assisted"'
BY_LEVEL = """counts = [
    { count = "assisted" },
    { count = "at_risk", when = { level = ["high", "medium"] } },
    { count = "not_rated", when = { level = ["not_asked"] } },
]"""


def with_counts(into: Path, counts: str) -> Path:
    """The small procedure, in which help is given on the form that asks for the level."""
    folder = edited("tiny", into, "help.toml", PLAIN, counts)
    text = (folder / "help.toml").read_text("utf-8").replace('form = "F2"', 'form = "F1"')
    (folder / "help.toml").write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize(
    ("answers", "counted"),
    [
        ({"level": "high"}, ["assisted", "at_risk"]),
        ({"level": "low"}, ["assisted"]),
        ({}, ["assisted", "not_rated"]),
        ({"level": ""}, ["assisted", "not_rated"]),
    ],
)
def test_a_step_counts_with_what_its_form_answers(answers: dict[str, str], counted: list[str], tmp_path: Path) -> None:
    rules = step(load_folder(with_counts(tmp_path, BY_LEVEL)), "help", "give").counts

    assert [rule.count for rule in rules if rule.holds(answers)] == counted


@pytest.mark.parametrize(
    ("counts", "fault"),
    [
        ('counts = [{ count = "x", when = { nothing = ["high"] } }]', "there is no coded field of its form 'nothing'"),
        ('counts = [{ count = "x", when = { account = ["high"] } }]', "there is no coded field of its form 'account'"),
        ('counts = [{ when = { level = ["high"] } }]', "counts[1].count: is missing"),
        ('counts = [{ count = "x", wen = { level = ["high"] } }]', "counts[1].wen: is not a key of this table"),
        ('counts = ["x"]', "counts[1]: must be a table"),
    ],
)
def test_a_fault_in_what_a_step_counts_is_named(counts: str, fault: str, tmp_path: Path) -> None:
    with pytest.raises(DefinitionFault) as found:
        load_folder(with_counts(tmp_path, counts))

    assert any(str(one).endswith(fault) for one in found.value.faults)


def test_one_count_without_a_condition_is_the_same_however_it_is_written(tmp_path: Path) -> None:
    folder = edited("tiny", tmp_path, "help.toml", PLAIN, 'counts = [{ count = "assisted" }]')

    assert load_folder(folder).digest == load_folder(FOLDER / "tiny").digest
    assert step(load_folder(folder), "help", "give").counts == (CountRule("assisted"),)


def test_a_condition_of_a_count_is_part_of_the_digest(tmp_path: Path) -> None:
    one = load_folder(with_counts(tmp_path / "one", BY_LEVEL)).digest
    other = load_folder(with_counts(tmp_path / "other", BY_LEVEL.replace('"medium"', '"low"'))).digest

    assert one != other


def test_the_paper_says_with_which_answers_a_step_counts(tmp_path: Path) -> None:
    text = document(load_folder(with_counts(tmp_path, BY_LEVEL)))

    assert "counts assisted, counts at_risk where level is high or medium, counts not_rated" in text
