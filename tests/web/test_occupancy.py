"""Pages and files of occupancy: a house's own, all places together, and with small numbers hidden for the nation."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import openpyxl
import pytest

from tests.factories.nights import Laid, beds_of, lay
from tests.factories.placed import House, day
from tests.factories.reading import Readers
from tests.support.page import Page

MARCH = "month=3&year=2014"
FILES = ("by-day.csv", "placements.csv", "workbook.xlsx")
HOUSE_ROLES = ("shelter.coordinator", "shelter.supervisor")


@pytest.fixture
def readers(house: House) -> Readers:
    """Members signed in, on 1 April 2014."""
    found = Readers(house.world, house.world.app())
    house.clock.at(date(2014, 4, 1))
    return found


def stay(house: House, bed: str, arrived: date, left: date | None, shelter: str = "shelter_ngo", **given: Any) -> Laid:
    """A stay laid out without its case."""
    found = next(one for one in beds_of(house.world, shelter) if one.name == bed)
    record = given.pop("record_id", uuid4())
    person, gone = given.pop("person", record), "own_home" if left else None
    return Laid(found.agency_id, found.id, found.is_cot, person, record, arrived, left, gone, id=uuid4(), **given)


def table(page: Page, caption: str) -> dict[str, list[str]]:
    """The rows of a table, by their heads."""
    found = next(each for each in page.root.all("table") if each.all("caption")[0].text == caption)
    rows = [[cell.text for cell in row.all("th", "td")] for row in found.all("tr")]
    return {row[0]: row[1:] for row in rows}


@pytest.mark.parametrize("reader", HOUSE_ROLES)
def test_a_house_sees_its_nights_day_by_day_against_its_beds(house: House, readers: Readers, reader: str) -> None:
    lay(house.world, [stay(house, "1A", day(3), day(6)), stay(house, "1B", day(5), None)])

    page = readers(reader).get(f"/occupancy?{MARCH}")

    rows = table(page, "Nights by day")
    assert (rows["5 Mar"][:3], rows["6 Mar"][:3]) == (["6", "2", "33 %"], ["6", "1", "17 %"])
    assert (rows["3 Mar"][4:], rows["6 Mar"][4:]) == (["1", "0"], ["0", "1"])
    assert rows["All"][:2] == ["186", "30"]
    assert "30 nights slept of 186" in page.text


def test_the_picture_has_words_for_who_cannot_see_it(house: House, readers: Readers) -> None:
    lay(house.world, [stay(house, "1A", day(3), day(6))])

    drawing = readers("shelter.coordinator").get(f"/occupancy?{MARCH}").root.all("svg")[-1:]

    told = readers("shelter.coordinator").get(f"/occupancy?{MARCH}").text
    assert drawing
    assert "A column for each day: in how many beds somebody slept." in told


def test_lengths_of_stay_stand_in_bands(house: House, readers: Readers) -> None:
    gone = [stay(house, "1A", day(3), day(6)), stay(house, "1B", date(2014, 1, 1), day(6))]
    lay(house.world, gone)

    page = readers("shelter.coordinator").get(f"/occupancy?{MARCH}")

    rows = table(page, "Stays that ended in the period, by their length")
    assert (rows["Under a week"][0], rows["1 to 3 months"][0], rows["1 to 4 weeks"][0]) == ("1", "1", "0")


def test_another_house_is_not_in_it(house: House, readers: Readers) -> None:
    lay(house.world, [stay(house, "1A", day(3), day(6))])

    assert "0 nights slept" in readers("child.coordinator").get(f"/occupancy?{MARCH}").text


def test_the_statistics_see_all_places_together_and_a_person_once(house: House, readers: Readers) -> None:
    person = uuid4()
    one = stay(house, "1A", day(3), day(6), person=person)
    elsewhere = beds_of(house.world, "shelter_secure")[0].name
    other = stay(house, elsewhere, day(4), day(8), shelter="shelter_secure", person=person)
    lay(house.world, [one, other])

    page = readers("statistics.supervisor").get(f"/occupancy?{MARCH}")

    assert "5 nights slept" in page.text
    assert "Added up over the places it is 7" in page.text
    assert "House of" not in page.text


def test_a_year_is_shown_by_month(house: House, readers: Readers) -> None:
    lay(house.world, [stay(house, "1A", date(2014, 2, 27), day(3))])

    rows = table(readers("shelter.coordinator").get("/occupancy?month=&year=2014"), "Nights by month")

    assert (rows["February 2014"][1], rows["March 2014"][1]) == ("2", "2")


def test_the_national_coordinator_does_not_see_the_nights_of_a_few_people(house: House, readers: Readers) -> None:
    lay(house.world, [stay(house, "1A", day(3), day(28))])

    page = readers("national.coordinator").get(f"/occupancy?{MARCH}")

    assert "The nights of this period are not shown: too few people slept them." in page.text
    assert table(page, "Nights by month")["March 2014"][1:] == ["*not shown", "*not shown"]
    assert "25" not in " ".join(table(page, "Nights by month")["March 2014"])


def test_the_national_coordinator_sees_the_nights_of_many(house: House, readers: Readers) -> None:
    lay(house.world, [stay(house, name, day(3), day(5)) for name in ("1A", "1B", "1C", "2A", "2B", "2C")])

    rows = table(readers("national.coordinator").get(f"/occupancy?{MARCH}"), "Nights by month")

    assert rows["March 2014"][1] == "12"


def test_a_range_of_days_is_not_for_who_may_not_see_small_numbers(readers: Readers) -> None:
    days = "start-day=1&start-month=3&start-year=2014&end-day=9&end-month=3&end-year=2014"

    assert readers("national.coordinator").get(f"/occupancy?{days}", status=422).errors


def test_the_national_coordinator_sees_the_nights_of_a_quarter(house: House, readers: Readers) -> None:
    lay(house.world, [stay(house, name, day(3), day(5)) for name in ("1A", "1B", "1C", "2A", "2B", "2C")])

    page = readers("national.coordinator").get("/occupancy?month=q1&year=2014")

    assert [row[1] for row in table(page, "Nights by month").values()][-1] == "12"
    assert table(page, "Nights by month")["March 2014"][1] == "12"


@pytest.mark.parametrize("asked", ["month=13&year=2014", "year=zz", "start-day=5", "month=3&year=2050"])
def test_a_period_that_is_none_is_explained_at_its_field(readers: Readers, asked: str) -> None:
    page = readers("shelter.coordinator").get(f"/occupancy?{asked}", status=422)

    assert page.errors


def test_more_than_three_years_of_nights_are_refused(readers: Readers) -> None:
    days = "start-day=1&start-month=3&start-year=2001&end-day=9&end-month=3&end-year=2014"

    page = readers("shelter.coordinator").get(f"/occupancy?{days}", status=422)

    assert "At most three years of nights are counted at once" in " ".join(page.errors)


def test_an_agency_without_beds_is_told_so(readers: Readers) -> None:
    readers("police.supervisor").get("/occupancy", status=403)
    readers("national.coordinator").get("/occupancy/by-day.csv", status=403)
    readers("statistics.supervisor").get("/occupancy/placements.csv", status=403)


def lines(readers: Readers, reader: str, file: str) -> list[dict[str, str]]:
    answer = readers(reader).client.get(f"/occupancy/{file}?{MARCH}")
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"))))


def test_the_file_of_nights_has_a_line_for_each_day(house: House, readers: Readers) -> None:
    lay(house.world, [stay(house, "1A", day(3), day(6))])

    found = {row["Day"]: row for row in lines(readers, "shelter.coordinator", "by-day.csv")}

    assert len(found) == 31
    assert (found["2014-03-03"]["Nights slept"], found["2014-03-06"]["Departures"]) == ("1", "1")


def test_the_file_of_placements_names_a_case_by_its_pseudonym_and_nothing_else(house: House, readers: Readers) -> None:
    house.clock.at(day(3))
    case_id, _ = house.places.resident("1A", alias="Lule", alerts="Fears men in uniform")
    house.clock.at(date(2014, 4, 1))

    answer = readers("shelter.coordinator").client.get(f"/occupancy/placements.csv?{MARCH}")
    text = answer.get_data().decode("utf-8-sig")

    assert house.places.reference(case_id) in text
    assert [word for word in ("Lule", "Fears", "Dafina", "1A", "Prizren") if word in text] == []
    row = next(csv.DictReader(io.StringIO(text)))
    assert (row["Arrived"], row["Left"], row["Nights in the period"]) == ("2014-03-03", "", "29")


def test_a_stay_that_goes_on_in_another_bed_is_one_placement(house: House, readers: Readers) -> None:
    house.clock.at(day(3))
    _, stay_id = house.places.resident("1A")
    house.clock.at(day(10))
    _move(house, readers, stay_id)
    house.clock.at(date(2014, 4, 1))

    found = lines(readers, "shelter.coordinator", "placements.csv")

    assert [(row["Arrived"], row["Left"], row["Nights in the period"]) for row in found] == [("2014-03-03", "", "29")]


def _move(house: House, readers: Readers, stay_id: Any) -> None:
    staff = readers("shelter.coordinator")
    staff.submit(staff.get(f"/stays/{stay_id}/move"), "Move", bed=str(house.places.bed("2A")))


def test_the_workbook_holds_nights_lengths_placements_and_what_they_mean(house: House, readers: Readers) -> None:
    lay(house.world, [stay(house, "1A", day(3), day(6))])

    answer = readers("shelter.coordinator").client.get(f"/occupancy/workbook.xlsx?{MARCH}")
    book = openpyxl.load_workbook(io.BytesIO(answer.data))

    assert book.sheetnames == ["Occupancy", "Length of stay", "Placements", "Definitions"]
    assert [sheet["A1"].value for sheet in book] == ["Internal, not for release. March 2014"] * 4
    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "n", "d"}


def test_the_workbook_of_the_statistics_has_no_single_stay(house: House, readers: Readers) -> None:
    lay(house.world, [stay(house, "1A", day(3), day(6))])

    answer = readers("statistics.supervisor").client.get(f"/occupancy/workbook.xlsx?{MARCH}")

    assert openpyxl.load_workbook(io.BytesIO(answer.data)).sheetnames == ["Occupancy", "Length of stay", "Definitions"]


@pytest.mark.parametrize("file", FILES)
def test_a_file_is_named_by_its_period_and_written_down(house: House, readers: Readers, file: str) -> None:
    answer = readers("shelter.coordinator").client.get(f"/occupancy/{file}?{MARCH}")

    named = answer.headers["Content-Disposition"]
    entry = "placement:exported" if file.startswith("placements") else "occupancy:exported"
    assert re.fullmatch(r'attachment; filename="(occupancy|placements)-2014-03-internal\.(csv|xlsx)"', named)
    assert ["2014-03-01" in told for told in readers.entries(entry)] == [True]


def test_a_file_is_two_clicks_away(readers: Readers) -> None:
    house_staff = readers("shelter.coordinator")
    page = house_staff.get(house_staff.get("/beds").links["Occupancy"])

    assert {"Workbook (XLSX)", "Nights by day (CSV)", "Placements by pseudonym (CSV)"} <= set(page.links)


@pytest.mark.parametrize("reader", ["shelter.coordinator", "statistics.supervisor", "national.coordinator"])
def test_the_page_takes_as_many_statements_for_many_stays_as_for_few(
    house: House, readers: Readers, reader: str
) -> None:
    few = _statements(house, readers, reader, day(1), ("1A",))

    many = _statements(house, readers, reader, day(11), ("1A", "1B", "1C", "2A", "2B", "2C"))

    assert few == many <= 20


def _statements(house: House, readers: Readers, reader: str, first: date, names: tuple[str, ...]) -> int:
    """How many statements the page takes the second time, with stays in these beds more than before."""
    lay(house.world, [stay(house, name, first, first + timedelta(days=5)) for name in names])
    visitor = readers(reader)
    visitor.get(f"/occupancy?{MARCH}")
    with readers.statements() as sent:
        visitor.get(f"/occupancy?{MARCH}")
    return len(sent)


def test_a_month_that_runs_is_told_of_up_to_yesterday(house: House, readers: Readers) -> None:
    house.clock.at(day(5))
    lay(house.world, [stay(house, "1A", day(3), None), stay(house, "1B", day(5), None)])

    page = readers("shelter.coordinator").get(f"/occupancy?{MARCH}")

    rows = table(page, "Nights by day")
    assert [head for head in rows if "Mar" in head] == ["1 Mar", "2 Mar", "3 Mar", "4 Mar"]
    assert (rows["All"][1], rows["All"][4]) == ("2", "1")


def test_a_month_that_begins_today_has_no_night_yet(house: House, readers: Readers) -> None:
    house.clock.at(day(1))

    assert "No night of this period is over yet." in readers("shelter.coordinator").get(f"/occupancy?{MARCH}").text
