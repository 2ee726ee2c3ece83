"""The registers of 2007, read through the presets, state what totals.json says each agency reported."""

import json
from collections import Counter
from datetime import date

import pytest

from app.registers import ParsedRegister, RegisterRow, parse, preset, read
from bench.given_registers import FOLDER

TOTALS = json.loads((FOLDER / "2007" / "totals.json").read_text(encoding="utf-8"))


def taken_in(name: str) -> ParsedRegister:
    table = read((FOLDER / "2007" / f"{name}.csv").read_bytes())
    return parse(preset(name), table, today=date(2008, 6, 1), year=2007)


def stating(name: str, metric: str) -> list[RegisterRow]:
    return [row for row in taken_in(name).rows if metric in {fact.metric for fact in row.facts}]


@pytest.mark.parametrize("name", ["police", "advocates", "return_partner"])
def test_a_register_of_2007_has_no_fault(name: str) -> None:
    assert taken_in(name).faults == ()


def test_police_identified_as_many_as_reported_and_as_many_children() -> None:
    rows = stating("police", "identified")

    assert len(rows) == TOTALS["identified_by_police"]
    assert sum(row.is_child is True for row in rows) == TOTALS["identified_children"]


def test_police_identified_people_of_the_nationalities_reported() -> None:
    words = {"kosovo_albanian": "XK-A", "kosovo_serb": "XK-S", "AL": "ALB", "MD": "MDA", "UA": "UKR", "MK": "MKD"}

    found = Counter(words[row.community or row.citizenships[0]] for row in stating("police", "identified"))

    assert found == TOTALS["identified_by_nationality"]


def test_advocates_assisted_as_many_as_reported_and_as_many_from_inside_the_country() -> None:
    rows = stating("advocates", "assisted")

    assert len(rows) == TOTALS["assisted_by_advocates"]
    assert sum(row.scope == "internal" for row in rows) == TOTALS["assisted_internally_trafficked"]


def test_the_return_partner_returned_as_many_as_reported_of_those_it_had() -> None:
    assert len(stating("return_partner", "returned")) == TOTALS["returned"]
    assert len(taken_in("return_partner").rows) == TOTALS["in_return_partner_register"]


def test_a_refusal_in_the_police_register_leaves_the_identification() -> None:
    refused = stating("police", "refused")

    assert len(refused) == 5
    assert all("identified" in {fact.metric for fact in row.facts} for row in refused)


def test_the_door_of_entry_is_read_from_who_referred() -> None:
    assert Counter(row.door for row in taken_in("advocates").rows) == {
        "police": 27,
        "social_work": 3,
        "hotline": 2,
        "self": 1,
    }
