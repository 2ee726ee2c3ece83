"""The figures that docs/linking.md states: the registers of 2007, and seeds that nothing was set on."""

from dataclasses import replace

import pytest

from app.matching import RecordView, link
from app.matching.score import shipped_weights
from bench.given_registers import given_records, given_truth
from bench.linking import Figures, measure, true_pairs
from bench.plain_rule import plain_link
from bench.registers import generate, records_of


@pytest.fixture(scope="module")
def records() -> list[RecordView]:
    return given_records(2007)


def test_registers_of_2007_are_linked_without_a_false_link_and_whole_after_a_short_review(
    records: list[RecordView],
) -> None:
    figures = measure(records, given_truth(2007))

    assert figures == Figures(
        true_pairs=57, false_links=0, unaided=52, reviewed=3, rows_seen=6, reviewed_yes=3, after_review=57
    )


def test_registers_of_2007_are_linked_as_well_without_place_and_form(records: list[RecordView]) -> None:
    bare = [replace(record, region="", form="", scope="", seen_on=None) for record in records]

    figures = measure(bare, given_truth(2007))

    assert (figures.false_links, figures.after_review) == (0, 57)
    assert figures.reviewed <= 12


def test_truth_names_every_row_of_2007_once(records: list[RecordView]) -> None:
    truth = given_truth(2007)

    assert set(truth) == {record.record_id for record in records}
    assert len(set(truth.values())) == 38


@pytest.mark.parametrize("seed", range(1001, 1021))
def test_fresh_registers_are_linked_without_a_false_link(seed: int) -> None:
    made = generate(seed)

    figures = measure(records_of(made), made.record_truth())

    assert figures.false_links == 0
    assert figures.reviewed <= 12
    assert figures.after_review >= figures.true_pairs - 3


def test_the_plain_rule_makes_false_links_where_ours_makes_none() -> None:
    made = generate(1003)

    assert measure(records_of(made), made.record_truth(), plain_link).false_links > 0


def test_without_a_look_at_rivals_a_namesake_is_linked_falsely() -> None:
    made = generate(48)
    careless = replace(shipped_weights(), margin=-4.0)

    wrong = measure(records_of(made), made.record_truth(), lambda records, answers: link(records, answers, careless))

    assert wrong.false_links > 0
    assert measure(records_of(made), made.record_truth()).false_links == 0


def test_a_seed_gives_the_same_registers_each_time() -> None:
    assert generate(5).files == generate(5).files


def test_generated_registers_hold_namesakes_and_people_in_several_registers() -> None:
    made = generate(1003)
    records = records_of(made)

    names = [(record.register, record.given_names.casefold(), record.surname.casefold()) for record in records]
    assert len(true_pairs(made.record_truth())) > 20
    assert len(set(names)) < len(names)
