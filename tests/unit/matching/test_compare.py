"""Agreement of two records, attribute by attribute: levels, and that it does not matter which record comes first."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.matching import RecordView
from app.matching.births import compare_births
from app.matching.compare import Agreement, compare, prepare

ARTA = RecordView("1", "police", "Arta", "Gashi", birth_date=date(1990, 5, 3), sex="F", citizenships=frozenset({"XK"}))
_NAMES = ["Arta", "Arat", "Valbona", "Bona", "Gashi", "Gaši", "Berisha", "Артa", "Besarta", "A.", "", "Gashi Berisha"]


def agreement(one: RecordView, **changes: object) -> Agreement:
    return compare(prepare(one), prepare(replace(one, record_id="2", register="advocates", **changes)))


records = st.builds(
    RecordView,
    record_id=st.just("x"),
    register=st.sampled_from(["police", "advocates"]),
    given_names=st.sampled_from(_NAMES) | st.text(max_size=12),
    surname=st.sampled_from(_NAMES) | st.text(max_size=12),
    other_names=st.sampled_from(_NAMES),
    birth_date=st.none() | st.dates(date(1900, 1, 1), date(2020, 12, 31)),
    birth_year=st.none() | st.integers(1900, 2020),
    age=st.none() | st.integers(0, 110),
    age_on=st.none() | st.dates(date(1990, 1, 1), date(2024, 12, 31)),
    sex=st.sampled_from(["", "F", "M"]),
    citizenships=st.frozensets(st.sampled_from(["XK", "AL", "MD"]), max_size=2),
    region=st.sampled_from(["", "peje", "gjilan"]),
    form=st.sampled_from(["", "forced_labour"]),
    scope=st.sampled_from(["", "internal"]),
    seen_on=st.none() | st.dates(date(2006, 1, 1), date(2008, 1, 1)),
)


@given(records, records)
def test_comparison_is_the_same_whichever_record_comes_first(one: RecordView, other: RecordView) -> None:
    assert compare(prepare(one), prepare(other)) == compare(prepare(other), prepare(one))


@given(records)
def test_a_record_never_disagrees_with_itself(one: RecordView) -> None:
    assert not [reason for reason in compare(prepare(one), prepare(one)).reasons() if "differs" in reason]


@pytest.mark.parametrize(
    ("written", "level"),
    [("ARTA", "same"), ("Арта", "same"), ("Arat", "close"), ("Ata", "close"), ("Arta Vjosa", "same"),
     ("Besarta", "alike"), ("Alta", "close"), ("A.", "initial"), ("Mimoza", "differs"), ("", "missing")],
)  # fmt: skip
def test_given_names_agree_at_the_level_of_how_they_are_written(written: str, level: str) -> None:
    assert agreement(ARTA, given_names=written).given_names == level


@pytest.mark.parametrize(
    ("long", "short"), [("Valbona", "Bona"), ("Jehona", "Hona"), ("Ornela", "Nela"), ("Aleksandra", "Saša")]
)
def test_a_short_name_agrees_as_short(long: str, short: str) -> None:
    assert agreement(replace(ARTA, given_names=long), given_names=short).given_names == "short"


def test_two_names_that_both_exist_are_only_alike() -> None:
    assert agreement(replace(ARTA, given_names="Mirela"), given_names="Miranda").given_names != "close"
    assert agreement(replace(ARTA, given_names="Albana"), given_names="Albina").given_names == "alike"


@pytest.mark.parametrize(
    ("changes", "level"),
    [
        ({"surname": "Gaši"}, "same"),
        ({"surname": "Gahsi"}, "close"),
        ({"surname": "Gashi-Berisha"}, "part"),
        ({"surname": "Berisha"}, "differs_may_be_married"),
        ({"surname": "Berisha", "other_names": "Gashi"}, "part"),
        ({"surname": "Berisha", "sex": "M"}, "differs"),
        ({"surname": "Berisha", "age": 12}, "differs"),
    ],
    ids=["other spelling", "letters swapped", "double", "married", "former name known", "a man", "a child"],
)
def test_surnames_agree_at_the_level_of_how_they_are_written(changes: dict[str, object], level: str) -> None:
    assert agreement(ARTA, **changes).surname == level


def test_names_in_each_others_place_are_recognised() -> None:
    found = agreement(ARTA, given_names="Gashi", surname="Arta")

    assert (found.given_names, found.surname, found.name_order) == ("same", "same", "swapped")
    assert "name_order:swapped" in found.reasons()


@pytest.mark.parametrize(
    ("changes", "level"),
    [
        ({"birth_date": date(1990, 5, 3)}, "date_same"),
        ({"birth_date": date(1990, 3, 5)}, "day_month_swapped"),
        ({"birth_date": date(1990, 5, 13)}, "date_close"),
        ({"birth_date": date(1990, 5, 4)}, "date_close"),
        ({"birth_date": date(1990, 1, 1)}, "year_same"),
        ({"birth_date": date(1990, 11, 27)}, "year_same_day_differs"),
        ({"birth_date": date(1984, 11, 27)}, "differs"),
        ({"birth_date": None, "birth_year": 1990}, "year_same"),
        ({"birth_date": None, "birth_year": 1991}, "year_off"),
        ({"birth_date": None, "birth_year": 1995}, "differs"),
        ({"birth_date": None, "age": 17, "age_on": date(2007, 6, 1)}, "age_fits"),
        ({"birth_date": None, "age": 18, "age_on": date(2007, 6, 1)}, "age_year_off"),
        ({"birth_date": None, "age": 16, "age_on": date(2007, 6, 1)}, "age_year_off"),
        ({"birth_date": None, "age": 19, "age_on": date(2007, 6, 1)}, "age_two_off"),
        ({"birth_date": None, "age": 25, "age_on": date(2007, 6, 1)}, "differs"),
        ({"birth_date": None}, "missing"),
        ({"birth_date": None, "age": 17}, "missing"),
    ],
)
def test_births_agree_at_the_level_of_what_is_known(changes: dict[str, object], level: str) -> None:
    assert agreement(ARTA, **changes).birth == level


def test_the_first_of_january_in_both_is_a_year_and_no_day() -> None:
    unknown_day = replace(ARTA, birth_date=date(1990, 1, 1))

    assert compare_births(unknown_day, unknown_day) == "year_same"


@pytest.mark.parametrize(
    ("theirs", "level"), [({"XK", "DE"}, "same"), ({"AL"}, "often_confused"), ({"MD"}, "differs"), (set(), "missing")]
)
def test_citizenships_agree_if_they_share_one(theirs: set[str], level: str) -> None:
    assert agreement(ARTA, citizenships=frozenset(theirs)).citizenship == level


def test_reasons_name_levels_and_no_person() -> None:
    reasons = agreement(ARTA, birth_date=date(1990, 3, 5), surname="Berisha").reasons()

    assert reasons == (
        "given_names:same",
        "surname:differs_may_be_married",
        "birth_date:day_month_swapped",
        "sex:same",
        "citizenship:same",
    )
