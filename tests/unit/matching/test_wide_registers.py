"""Registers of a whole country: the figures that docs/linking.md states, on seeds that nothing was set on."""

import math
from dataclasses import replace

import pytest

from app.matching import RecordView, link
from app.matching.blocking import candidate_pairs
from app.matching.compare import prepare
from app.matching.score import shipped_weights
from bench.linking import measure, true_pairs
from bench.registers import GeneratedYear, generate_wide, records_of

ROWS = 400


@pytest.fixture(scope="module", params=[1101, 1102, 1103])
def made(request: pytest.FixtureRequest) -> GeneratedYear:
    return generate_wide(request.param, rows=ROWS)


@pytest.fixture(scope="module")
def records(made: GeneratedYear) -> list[RecordView]:
    return records_of(made)


def test_wide_registers_are_linked_well_unaided_and_better_after_a_short_review(
    made: GeneratedYear, records: list[RecordView]
) -> None:
    figures = measure(records, made.record_truth(), most=len(records) * 3 // 100)

    assert figures.precision >= 0.995
    assert figures.unaided / figures.true_pairs >= 0.93
    assert figures.after_review / figures.true_pairs >= 0.98


def test_the_rule_for_few_records_leaves_more_to_a_reviewer(made: GeneratedYear, records: list[RecordView]) -> None:
    careful = replace(shipped_weights(), many={**shipped_weights().many, "rows": math.inf})

    ours = measure(records, made.record_truth(), most=0)
    few = measure(records, made.record_truth(), lambda rows, answers: link(rows, answers, careful), most=0)

    assert few.unaided < ours.unaided - 50


def test_blocks_hold_nearly_all_true_pairs_and_few_others(made: GeneratedYear, records: list[RecordView]) -> None:
    ordered = sorted(records, key=lambda record: record.record_id)
    compared = {
        (ordered[low].record_id, ordered[high].record_id)
        for low, high in candidate_pairs([prepare(record) for record in ordered])
    }

    wanted = true_pairs(made.record_truth())
    assert len(wanted & compared) >= 0.99 * len(wanted)
    assert len(compared) < 30 * len(records)
