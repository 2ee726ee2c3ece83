"""What a country sets for life in a shelter's house: read whole, every fault named with file and key."""

from pathlib import Path

import pytest

from workflows import houses
from workflows.definition import Citation, Window
from workflows.houses import FOLDER, HouseRules, UnknownHouse
from workflows.reading import DefinitionFault

SHIPPED = (FOLDER / "xk.toml").read_text("utf-8")
CITED = 'cites = { source = "x", verified = false }'
LABEL = 'label = { en = "a", sq = "b", sr = "c" }'


@pytest.fixture(scope="module")
def rules() -> HouseRules:
    return houses.of("xk")


def faults_of(folder: Path, text: str, name: str = "xk") -> list[str]:
    (folder / f"{name}.toml").write_text(text, "utf-8")
    with pytest.raises(DefinitionFault) as found:
        houses.load(folder / f"{name}.toml")
    return [str(fault) for fault in found.value.faults]


def test_a_movement_limit_lasts_at_most_seven_days_and_that_is_data_that_nobody_has_verified(rules: HouseRules) -> None:
    assert (rules.country, rules.days("limit_at_most"), rules.days("limit_review")) == ("xk", 7, 3)
    assert not rules.periods["limit_at_most"].cites.verified


def test_every_period_that_there_is_is_set_and_none_passes_for_law_before_it_is_verified(rules: HouseRules) -> None:
    assert set(rules.periods) == set(houses.PERIODS)
    assert {one.cites.verified for one in rules.periods.values()} == {False}


def test_every_kind_of_incident_has_first_steps_in_their_order(rules: HouseRules) -> None:
    assert {kind: len(one.steps) for kind, one in rules.incidents.items()} == {
        "threat": 5,
        "missing_person": 6,
        "self_harm": 4,
        "location_compromised": 4,
        "data_breach": 4,
    }
    assert rules.incidents["self_harm"].steps[0].window == Window(10, "minutes")


def test_the_risk_is_rated_again_after_what_threatens_a_person(rules: HouseRules) -> None:
    again = {kind for kind, one in rules.incidents.items() if one.rates_again}

    assert again == {"threat", "missing_person", "self_harm", "location_compromised"}


def test_the_police_are_never_told_without_a_basis(rules: HouseRules) -> None:
    telling = [one for rule in rules.incidents.values() for one in rule.steps if one.name == "tell_police"]

    assert len(telling) == 3
    assert all(one.needs_basis for one in telling)


def test_only_of_a_child_the_guardian_is_told(rules: HouseRules) -> None:
    named = {one.name for one in rules.incidents["missing_person"].steps if one.needs_child}

    assert named == {"tell_guardian"}


def test_a_country_without_a_file_is_unknown() -> None:
    with pytest.raises(UnknownHouse):
        houses.of("../xk")


def test_a_countrys_own_file_is_read_with_its_citations(tmp_path: Path) -> None:
    text = SHIPPED.replace('"7 days"', '"2 days"').replace('country = "xk"', 'country = "yy"')
    (tmp_path / "yy.toml").write_text(text.replace("[K7][S2] CFG", ""), "utf-8")

    own = houses.load(tmp_path / "yy.toml")

    assert own.days("limit_at_most") == 2
    assert own.periods["limit_at_most"].cites == Citation("field.md 9.3 MOVEMENT_RESTRICTED, 3.3 no. 5 ", False)


FAULTS = {
    "another name": ('country = "xk"', 'country = "yy"', "xk.toml: country: must be the file's name 'xk'"),
    "no country": ('country = "xk"\n', "", "xk.toml: country: is missing"),
    "a period in hours": (
        '"7 days"',
        '"7 hours"',
        "xk.toml: period.limit_at_most.window: must be told in days",
    ),
    "a period that is none": (
        "[period.limit_at_most]",
        "[period.limit_longest]",
        "xk.toml: period.limit_longest.window: there is no period 'limit_longest'",
    ),
    "a period left out": (
        "[period.limit_at_most]",
        "[period.limit_longest]",
        "xk.toml: period.limit_at_most: is missing",
    ),
    "a key misspelt": (
        "needs_child = true",
        "needs_chld = true",
        "xk.toml: incident.missing_person.step[3].needs_chld: is not a key of this table",
    ),
    "two steps of a name": (
        'name = "stay_with"',
        'name = "first_aid"',
        "xk.toml: incident.self_harm.step: two steps have the same name",
    ),
    "no window": ('"10 minutes"', '"soon"', "xk.toml: incident.self_harm.step[1].window: 'soon' is not a window"),
    "something else at the top": (
        "[incident.threat]",
        "[weather]\n[incident.threat]",
        "xk.toml: weather: is not a key of this table",
    ),
}


@pytest.mark.parametrize(("old", "new", "told"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_named_with_file_and_key(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in SHIPPED

    assert [one for one in faults_of(tmp_path, SHIPPED.replace(old, new, 1)) if one.startswith(told)]


def test_an_incident_without_a_first_step_is_a_fault(tmp_path: Path) -> None:
    assert "xk.toml: incident.fire.step: there is no first step" in faults_of(
        tmp_path, f"{SHIPPED}\n[incident.fire]\nrates_again = false\n"
    )


def test_a_file_that_is_no_toml_is_a_fault(tmp_path: Path) -> None:
    assert faults_of(tmp_path, "country =")[0].startswith("xk.toml: : is not TOML")
