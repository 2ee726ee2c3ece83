"""Blocking: which pairs are compared, that none is compared twice, and that the work is bounded by the rows."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.matching import RecordView
from app.matching.blocking import LARGEST_BLOCK, NEIGHBOURS, SMALL_SET, block_keys, candidate_pairs
from app.matching.compare import prepare

ARTA = RecordView("1", "police", "Arta", "Gashi", birth_date=date(1990, 5, 3))


@pytest.mark.parametrize(
    "changes",
    [
        {"given_names": "Arat"},
        {"surname": "Gahsi"},
        {"surname": "Berisha"},
        {"given_names": "Gashi", "surname": "Arta"},
        {"given_names": "Mimoza", "surname": "Berisha", "birth_date": date(1990, 3, 5)},
        {"birth_date": None},
        {"birth_date": None, "age": 17, "age_on": date(2007, 6, 1), "given_names": "Bona"},
    ],
    ids=[
        "slip",
        "slip in surname",
        "married",
        "other order",
        "day and month swapped",
        "no birth",
        "short name and age",
    ],
)
def test_two_records_that_may_be_one_person_share_a_key(changes: dict[str, object]) -> None:
    assert block_keys(prepare(ARTA)).keys() & block_keys(prepare(replace(ARTA, **changes))).keys()


def test_two_records_with_nothing_in_common_share_no_key() -> None:
    other = RecordView("2", "advocates", "Mimoza", "Hoxha", birth_date=date(1979, 2, 1))

    assert not block_keys(prepare(ARTA)).keys() & block_keys(prepare(other)).keys()


def test_a_small_set_is_compared_whole() -> None:
    records = [prepare(replace(ARTA, record_id=str(at))) for at in range(10)]

    assert len(list(candidate_pairs(records))) == 45


def test_a_large_block_costs_its_rows_and_not_its_pairs() -> None:
    rows = 10 * SMALL_SET
    records = [
        prepare(replace(ARTA, record_id=str(at), birth_date=date(1950, 1, 1) + timedelta(days=7 * at)))
        for at in range(rows)
    ]

    pairs = list(candidate_pairs(records))

    assert len(pairs) == len(set(pairs))
    assert len(pairs) < rows * (2 * LARGEST_BLOCK + 4 * NEIGHBOURS)


def test_all_pairs_come_lower_place_first() -> None:
    records = [prepare(replace(ARTA, record_id=str(at))) for at in range(SMALL_SET + 50)]

    assert all(low < high for low, high in candidate_pairs(records))
