"""Each sentence falls into one band, and a conviction of which nothing more is known into one of its own."""

import pytest

from app.vocabulary import catalog
from app.vocabulary.proceeding import band_of

SENTENCES = [
    ((1, None, False), "up_to_1"),
    ((12, None, False), "up_to_1"),
    ((13, 500, False), "over_1_to_2"),
    ((18, None, False), "over_1_to_2"),
    ((24, None, False), "over_1_to_2"),
    ((25, None, False), "over_2_to_5"),
    ((60, None, False), "over_2_to_5"),
    ((61, None, False), "over_5_to_10"),
    ((120, None, False), "over_5_to_10"),
    ((144, None, False), "over_10"),
    ((None, 500, False), "fine_only"),
    ((12, None, True), "suspended"),
    ((None, None, True), "suspended"),
    ((None, None, False), "unknown"),
]


@pytest.mark.parametrize(("sentence", "band"), SENTENCES)
def test_sentence_falls_into_its_band(sentence: tuple[int | None, int | None, bool], band: str) -> None:
    months, fine, is_suspended = sentence

    assert band_of(months, fine, is_suspended=is_suspended) == band


def test_every_band_of_the_list_is_reached() -> None:
    assert {band for _, band in SENTENCES} == set(catalog.get("sentence_band").keys())
