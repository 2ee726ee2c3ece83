"""The page of work in numbers: each reader's numbers, its file, its definitions in three languages, its statements."""

from __future__ import annotations

import csv
import io

import pytest

from app.demo import founding_work
from app.services import unit_of_work
from app.vocabulary.tally import TALLY, definition
from tests.factories.proceedings import convicted, recorded
from tests.factories.reading import Readers
from tests.factories.world import World
from tests.support.client import Visitor
from tests.support.page import Page

STATISTICS, COORDINATOR, POLICE = "statistics.supervisor", "national.coordinator", "police.supervisor"


@pytest.fixture
def founding(world: World) -> World:
    """A country with the work of the founding documents."""
    unit_of_work.bind(world.database)
    founding_work.load()
    return world


def _numbers(page: Page) -> dict[str, list[str]]:
    """The rows of all tables of numbers by their heads."""
    lines = (line.all("th", "td") for line in page.main.all("tr"))
    return {cells[0].text: [cell.text for cell in cells[1:]] for cells in lines}


def _rows(visitor: Visitor, query: str) -> list[list[str]]:
    text = visitor.download(f"/counts/work.csv?{query}").get_data(as_text=True).removeprefix("\ufeff")
    return list(csv.reader(io.StringIO(text)))


def test_statistics_read_the_founding_figures_and_take_each_act_along(reader: Readers, founding: World) -> None:
    visitor = reader(STATISTICS)

    page, rows = visitor.get("/counts/work?year=2012"), _rows(visitor, "year=2012")

    assert _numbers(page)["Prosecutions begun"] == ["files", "31"]
    assert _numbers(page)["Convicted"] == ["persons", "41"]
    assert _numbers(page)["Over 2 and up to 5 years"] == ["8"]
    assert [row[2] for row in rows].count("Convicted") == 41
    assert [row[2] for row in rows].count("Investigations opened") == 104
    assert reader.entries("tally:exported") != []


def test_operations_of_2005_stand_on_the_page_of_the_police(reader: Readers, founding: World) -> None:
    page = reader(POLICE).get("/counts/work?year=2005")

    assert _numbers(page)["Raids"] == ["acts", "2,000"]
    assert _numbers(page)["Arrests"] == ["acts", "33"]
    assert _numbers(page)["Searches of private homes"] == ["acts", "45"]


def test_file_of_acts_holds_no_code_of_a_file_and_no_formula(reader: Readers, world: World) -> None:
    recorded(world, file_code="PP-99/14")

    rows = _rows(reader(STATISTICS), "year=2014")

    assert len(rows) == 2
    assert "PP-99" not in str(rows)
    assert [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))] == []


def test_coordinator_sees_a_star_for_few_accused_and_takes_only_these_numbers_along(
    reader: Readers, world: World
) -> None:
    convicted(world)
    visitor = reader(COORDINATOR)

    page, rows = visitor.get("/counts/work?year=2014"), _rows(visitor, "year=2014")

    assert _numbers(page)["Convicted"] == ["persons", "*not shown"]
    assert ["Convicted", "", "All", "not shown"] in rows
    assert "as_of-day" not in page.form("Count").names


@pytest.mark.parametrize("part", ["q1", "april"])
def test_coordinator_is_offered_quarters_and_years_from_april(reader: Readers, world: World, part: str) -> None:
    page = reader(COORDINATOR).get(f"/counts/work?month={part}&year=2012")

    assert part in (page.form("Count").offered("month") or ())


def test_coordinator_is_told_of_no_part_of_a_month(reader: Readers, world: World) -> None:
    page = reader(COORDINATOR).get(f"/counts/work?{PERIODS['any days'][0]}", 422)

    assert "Choose whole months, a quarter or a year" in str(page.errors)


PERIODS = {
    "a month": ("month=3&year=2012", "March 2012"),
    "a quarter": ("month=q2&year=2012", "2012"),
    "a year from April": ("month=april&year=2012", "2013"),
    "any days": (
        "start-day=1&start-month=4&start-year=2007&end-day=21&end-month=1&end-year=2008",
        "21 Jan 2008",
    ),
}


@pytest.mark.parametrize(("query", "words"), PERIODS.values(), ids=PERIODS)
def test_any_period_can_be_asked_for(reader: Readers, world: World, query: str, words: str) -> None:
    assert words in reader(STATISTICS).get(f"/counts/work?{query}").text


def test_past_day_is_told_whole(reader: Readers, world: World) -> None:
    page = reader(STATISTICS).get("/counts/work?year=2012&as_of-day=1&as_of-month=5&as_of-year=2013")

    assert "As it was known at the end of 1 May 2013." in page.text
    assert "not kept" not in page.text
    assert _numbers(page)["Bed-nights"] == ["nights", "0"]


def test_more_than_three_years_say_what_is_not_kept_for_them(reader: Readers, world: World) -> None:
    days = "start-day=1&start-month=1&start-year=2010&end-day=31&end-month=12&end-year=2014"

    page = reader(STATISTICS).get(f"/counts/work?{days}")

    assert _numbers(page)["Bed-nights"] == ["nights", "not kept"]
    assert "nights are counted over at most three years" in page.text


def test_day_to_come_is_refused_at_its_field(reader: Readers, world: World) -> None:
    page = reader(STATISTICS).get("/counts/work?year=2012&as_of-day=1&as_of-month=5&as_of-year=2999", 422)

    assert "As it was known at the end of" in str(page.errors)


@pytest.mark.parametrize(("language", "place"), [("en", "en"), ("sq", "sq"), ("sr_Latn", "sr")])
def test_every_definition_stands_on_the_page_in_the_reader_s_language(
    reader: Readers, world: World, language: str, place: str
) -> None:
    visitor = reader(STATISTICS)
    visitor.post("/language", {"language": language, "back": "/"}, 200)

    text = visitor.get("/counts/work?year=2012").text

    assert [one.code for one in TALLY if definition(one.code).text(place) not in text] == []


@pytest.mark.parametrize("by", [STATISTICS, COORDINATOR, POLICE])
def test_page_costs_at_most_twenty_statements_whatever_it_counts(reader: Readers, founding: World, by: str) -> None:
    visitor = reader(by)
    visitor.get("/")

    with reader.statements() as sent:
        visitor.get("/counts/work?year=2012")

    assert len(sent) <= 20


def test_agency_without_work_reads_noughts_and_no_other_s(reader: Readers, founding: World) -> None:
    page = reader("advocacy.supervisor").get("/counts/work?year=2012")

    assert _numbers(page)["Convicted"] == ["persons", "0"]
    assert len(_rows(reader("advocacy.supervisor"), "year=2012")) == 1
