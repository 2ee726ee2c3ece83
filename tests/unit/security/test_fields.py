"""Masks by class and by relation."""

import pytest

from app.security.fields import Relation, is_open, open_names, readable

ADVOCATE = frozenset("PINTJRL")
QUESTIONS = [("region", "P"), ("noticed", "T"), ("given_name", "I"), ("allergies", "M")]


def test_a_party_reads_all_classes_of_its_roles() -> None:
    assert readable(ADVOCATE, Relation.PARTY) == ADVOCATE


def test_who_handed_over_reads_states_and_dates_alone() -> None:
    assert readable(ADVOCATE, Relation.POINTER) == {"P"}
    assert readable(frozenset("A"), Relation.POINTER) == frozenset()


@pytest.mark.parametrize(
    ("classes", "is_own", "expected"),
    [
        pytest.param("PINT", False, {"region", "noticed", "given_name"}, id="by class"),
        pytest.param("PN", False, {"region"}, id="a shelter"),
        pytest.param("PN", True, {"region", "noticed", "given_name", "allergies"}, id="what she wrote herself"),
        pytest.param("", False, set(), id="no class at all"),
    ],
)
def test_answers_open_by_class_or_to_their_author(classes: str, is_own: bool, expected: set[str]) -> None:
    assert open_names(QUESTIONS, frozenset(classes), is_own=is_own) == expected


def test_a_value_of_a_shut_class_stays_shut() -> None:
    assert not is_open("V", ADVOCATE)
    assert is_open("T", ADVOCATE)
