"""Every figure on money of the founding documents, on the pages of the demo: expected values are written by hand."""

from __future__ import annotations

import pytest

from app.demo.closures import record_closures
from app.demo.money import record_money
from tests.factories.reading import Readers
from tests.factories.world import World
from tests.support.client import Visitor

SUPERVISOR = "statistics.supervisor"
LEDGER = {
    "/funding/?year=2007": ["about EUR 191,970", "EUR 60,374", "EUR 0", "not told", "IOM", "OSCE", "United Kingdom"],
    "/funding/?year=2011": ["about USD 153,000", "Municipal social welfare centres"],
    "/funding/?year=2012": ["about USD 84,600", "about USD 74,600", "about USD 38,800", "about USD 198,000"],
}
OF_THE_WHOLE = [
    "about EUR 191,970",
    "about USD 282,030",
    "about EUR 28,750 (USD 42,240) in: the reporting period of the cable",
    "about EUR 135,000",
    "about USD 198,315",
    "Child shelter (HHC): Prizren",
    "Child shelter (HHC): Pristina",
    "1 Jan 2007 to 30 Jun 2008",
]
OF_THE_PART = ["Moved to another place", "31 Dec 2007", "the Prizren house closed on 31 December 2007", "June 2008"]
IN_ALBANIAN = ["rreth 191 970 EUR", "60 374 EUR", "Ministria e Punës dhe Mirëqenies Sociale"]


@pytest.fixture
def demo(world: World) -> World:
    record_money(world.agencies)
    return world


def _missing(page_text: str, words: list[str]) -> list[str]:
    return [one for one in words if one not in page_text]


def _link(visitor: Visitor, path: str, words: str) -> str:
    """The address of the row that has these words."""
    rows = visitor.get(path).main.all("tr", where=lambda row: words in row.text)
    return rows[0].all("a")[0]["href"]


@pytest.mark.line(17)
@pytest.mark.parametrize("path", LEDGER)
def test_the_ledger_tells_what_the_sources_tell_of_a_year(reader: Readers, demo: World, path: str) -> None:
    assert _missing(reader(SUPERVISOR).get(path).text, LEDGER[path]) == []


def test_the_money_of_two_houses_is_shown_with_its_move(reader: Readers, demo: World) -> None:
    visitor = reader(SUPERVISOR)
    whole = _link(visitor, "/funding/?year=2007", "about EUR 191,970")

    part = _link(visitor, whole, "about EUR 135,000")

    assert _missing(visitor.get(whole).text, OF_THE_WHOLE) == []
    assert _missing(visitor.get(part).text, OF_THE_PART) == []


def test_half_of_direct_services_is_told_of_both_shelters(reader: Readers, demo: World) -> None:
    visitor = reader(SUPERVISOR)
    first, second = (_link(visitor, "/funding/?year=2012", sum) for sum in ("USD 74,600", "USD 38,800"))

    told = "50 percent of direct services and a portion of running costs"
    assert told in visitor.get(first).text
    assert told in visitor.get(second).text


def test_six_other_shelters_share_one_sum(reader: Readers, demo: World) -> None:
    visitor = reader(SUPERVISOR)
    text = visitor.get(_link(visitor, "/funding/?year=2007", "EUR 60,374")).text

    trees = ["Birch", "Lime", "Maple", "Oak", "Pine", "Willow"]
    assert _missing(text, [f"Shelter for minors, {tree}" for tree in trees]) == []
    assert "How much each place got is not told." in text


def test_a_house_sees_its_part_in_a_shared_sum_and_not_the_others(reader: Readers, demo: World) -> None:
    visitor = reader("oak.coordinator")
    text = visitor.get("/funding/?year=2007").text

    assert "EUR 60,374" in text
    assert "Shelter for minors, Oak, 5 other places" in text
    assert "191,970" not in text


@pytest.mark.line(17)
def test_the_call_names_the_places_that_it_leaves_out(reader: Readers, demo: World) -> None:
    visitor = reader(SUPERVISOR)
    page = visitor.get(_link(visitor, "/calls-for-proposals/", "Ministry of Labour"))

    after = page.text.partition("Left out by this call")[2]
    left_out, _, may_apply = after.partition("May apply")
    assert "Shelter for foreign victims (PVPT)" in left_out
    assert "NGO shelter: People who suffered domestic violence" in may_apply
    assert "PVPT" not in may_apply


def test_the_figures_stand_in_albanian_as_they_are_written_there(reader: Readers, demo: World) -> None:
    visitor = reader(SUPERVISOR)
    visitor.post("/language", {"language": "sq", "back": "/"}, 200)

    assert _missing(visitor.get("/funding/?year=2007").text, IN_ALBANIAN) == []


CLOSED = {
    "foreign.coordinator": ["1 Feb 2007", "15 Dec 2007", "early February 2008", "The money has ended"],
    "child.coordinator": ["31 Dec 2007", "Its money went to the house in Pristina.", "The money has ended"],
}


@pytest.mark.line(15)
@pytest.mark.parametrize("keeper", CLOSED)
def test_the_closures_of_2007_stand_on_the_pages_of_the_houses(reader: Readers, world: World, keeper: str) -> None:
    record_closures(world.agencies)
    visitor = reader(keeper)
    links = [href for href in visitor.get("/houses").links.values() if "/houses/" in href]

    told = " ".join(visitor.get(href).text for href in links)

    assert _missing(told, CLOSED[keeper]) == []
