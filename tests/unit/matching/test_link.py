"""Linking: what is sure, what is asked, what a reviewer's answer does, on small sets made for the purpose."""

from dataclasses import replace
from datetime import date

import pytest

from app.matching import DOUBTFUL, SURE, RecordView, ScoredPair, link

XK = frozenset({"XK"})
_OTHERS = [
    ("Mimoza", "Hoxha", 1979), ("Teuta", "Krasniqi", 1981), ("Fatime", "Shala", 1983), ("Drita", "Bytyqi", 1985),
    ("Merita", "Zeka", 1987), ("Lindita", "Rama", 1988), ("Vjollca", "Morina", 1980), ("Edona", "Kelmendi", 1991),
    ("Jeta", "Haliti", 1992), ("Zana", "Syla", 1978), ("Flutura", "Ukaj", 1984), ("Saranda", "Lokaj", 1986),
]  # fmt: skip
BACKGROUND = [
    RecordView(f"{register}-{at}", register, given, surname, birth_date=date(year, 7, 9), sex="F", citizenships=XK)
    for register in ("police", "advocates")
    for at, (given, surname, year) in enumerate(_OTHERS)
]
POLICE = RecordView("p", "police", "Arta", "Gashi", birth_date=date(1990, 5, 3), sex="F", citizenships=XK)
ADVOCATE = replace(POLICE, record_id="a", register="advocates")
PARTNER = replace(POLICE, record_id="r", register="return_partner")


def found(
    *records: RecordView, answers: dict[tuple[str, str], bool] | None = None
) -> dict[tuple[str, str], ScoredPair]:
    ids = {record.record_id for record in records}
    return {pair.pair: pair for pair in link([*BACKGROUND, *records], answers) if set(pair.pair) & ids}


def decision(*records: RecordView) -> str:
    pair = found(*records).get(tuple(sorted(record.record_id for record in records)))
    return pair.decision if pair else ""


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, SURE),
        ({"given_names": "АРТА", "surname": "Гаши"}, SURE),
        ({"birth_date": date(1990, 3, 5)}, SURE),
        ({"birth_date": None, "birth_year": 1990}, SURE),
        ({"birth_date": None, "age": 17, "age_on": date(2007, 9, 1)}, SURE),
        ({"birth_date": None, "age": 18, "age_on": date(2007, 9, 1)}, SURE),
        ({"given_names": "Gashi", "surname": "Arta"}, SURE),
        ({"surname": "Gahsi"}, SURE),
        ({"citizenships": frozenset({"AL"})}, SURE),
        ({"surname": "Berisha"}, DOUBTFUL),
        ({"birth_date": None}, DOUBTFUL),
        ({"given_names": "Miranda"}, DOUBTFUL),
        ({"sex": "M"}, DOUBTFUL),
        ({"birth_date": date(1983, 11, 27)}, ""),
        ({"given_names": "Mimoza", "surname": "Berisha", "birth_date": None, "birth_year": 1990}, ""),
        ({"given_names": "Mimoza", "birth_date": date(1985, 2, 2)}, ""),
    ],
    ids=[
        "all the same", "Cyrillic", "day and month swapped", "year alone", "age", "age a year off", "surname first",
        "letters swapped", "citizenship often confused", "married name", "name alone", "twin", "other sex",
        "namesake", "other names", "sister",
    ],
)  # fmt: skip
def test_two_records_are_sure_doubtful_or_apart_by_how_they_agree(changes: dict[str, object], expected: str) -> None:
    assert decision(POLICE, replace(ADVOCATE, **changes)) == expected


def test_a_namesake_whose_age_fits_as_well_makes_the_pair_a_question() -> None:
    told = replace(ADVOCATE, birth_date=None, age=17, age_on=date(2007, 9, 1))
    namesake = replace(POLICE, record_id="p2", birth_date=date(1990, 1, 20))

    pairs = found(POLICE, told, namesake)

    assert {pair.decision for pair in pairs.values()} == {DOUBTFUL}
    assert ("a", "p") in pairs
    assert ("a", "p2") in pairs


def test_a_namesake_of_another_age_leaves_the_pair_sure() -> None:
    told = replace(ADVOCATE, birth_date=None, age=17, age_on=date(2007, 9, 1), region="peje")
    namesake = replace(POLICE, record_id="p2", birth_date=date(1979, 1, 20), region="peje")

    pairs = found(replace(POLICE, region="peje"), told, namesake)

    assert {key: pair.decision for key, pair in pairs.items()} == {("a", "p"): SURE}


def test_two_rows_of_one_register_are_never_surely_one_person() -> None:
    assert decision(POLICE, replace(POLICE, record_id="p2")) == DOUBTFUL


def test_two_rows_of_one_register_are_not_even_asked_about_without_the_day_of_birth() -> None:
    year_alone = replace(POLICE, birth_date=None, birth_year=1990)

    assert decision(year_alone, replace(year_alone, record_id="p2")) == ""


def test_sure_pairs_are_closed_by_way_of_a_third_record() -> None:
    told = replace(ADVOCATE, birth_date=None, surname="Gashi")
    known = replace(PARTNER, surname="Gashi Berisha", birth_date=date(1990, 5, 3))

    pairs = found(POLICE, told, known, answers={("a", "p"): True})

    assert {key: pair.decision for key, pair in pairs.items()} == {
        ("a", "p"): SURE,
        ("a", "r"): SURE,
        ("p", "r"): SURE,
    }
    assert "link:reviewer_answered" in pairs["a", "p"].reasons
    assert "link:through_another_record" in pairs["a", "r"].reasons


def test_a_link_undone_stays_undone_by_way_of_a_third_record_too() -> None:
    pairs = found(POLICE, ADVOCATE, PARTNER, answers={("a", "p"): False})

    # The third record fits both of two people, so whose it is has become a question.
    assert {key: pair.decision for key, pair in pairs.items()} == {("a", "r"): DOUBTFUL, ("p", "r"): DOUBTFUL}


def test_a_no_of_a_reviewer_stands_against_a_yes_that_would_join_the_same_two() -> None:
    pairs = found(POLICE, ADVOCATE, PARTNER, answers={("a", "p"): False, ("a", "r"): True, ("p", "r"): True})

    assert ("a", "p") not in pairs


def test_one_answer_settles_two_groups() -> None:
    married = replace(PARTNER, surname="Berisha")

    pairs = found(POLICE, ADVOCATE, married)

    assert [pair.decision for pair in pairs.values()].count(DOUBTFUL) == 1
    assert {pair.decision for pair in found(POLICE, ADVOCATE, married, answers={("p", "r"): True}).values()} == {SURE}


def test_records_that_share_an_id_are_refused() -> None:
    with pytest.raises(ValueError, match="share an id"):
        link([POLICE, POLICE])


def test_no_records_have_no_pairs() -> None:
    assert link([]) == []


def test_the_order_of_the_records_changes_nothing() -> None:
    records = [*BACKGROUND, POLICE, ADVOCATE, replace(PARTNER, surname="Berisha")]

    assert link(records[::-1]) == link(records)


def test_an_answer_about_a_record_that_is_gone_is_ignored() -> None:
    assert found(POLICE, ADVOCATE, answers={("a", "gone"): True})["a", "p"].decision == SURE
