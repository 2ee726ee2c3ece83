"""The pages and files of counts, as each of the three readers has them."""

from __future__ import annotations

import csv
import io
from datetime import date
from urllib.parse import urlencode

import openpyxl
import pytest
from sqlalchemy import select, update

from app.models.agency import Agency
from app.models.audit import AuditEntry
from app.security.actor import system_actor
from tests.factories import facts
from tests.factories.world import World
from tests.support.client import Visitor
from tests.support.page import Page

MARCH = "month=3&year=2014"
READERS = ("statistics.supervisor", "police.supervisor", "national.coordinator")
HOSTILE = ('=HYPERLINK("http://x")', "+1+1", "-2+3", "@SUM(A1)", "\t=1", "|calc", "%0A=1")


def table(page: Page, caption: str) -> list[list[str]]:
    """The rows of a table of the page, its head first."""
    found = next(each for each in page.root.all("table") if each.all("caption")[0].text == caption)
    return [[cell.text for cell in row.all("th", "td")] for row in found.all("tr")]


def book(visitor: Visitor, query: str = MARCH) -> openpyxl.Workbook:
    answer = visitor.client.get(f"/counts/export.xlsx?{query}")
    assert answer.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(answer.data))


def cells(sheet: object) -> list[list[object]]:
    return [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]  # type: ignore[attr-defined]


def lines(visitor: Visitor, query: str = MARCH) -> list[dict[str, str]]:
    answer = visitor.client.get(f"/counts/export.csv?{query}")
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.get_data().decode("utf-8-sig"))))


def entries(world: World, action: str) -> list[str]:
    with world.database.read(system_actor("auditor")) as work:
        return list(work.session.execute(select(AuditEntry.detail).where(AuditEntry.action == action)).scalars())


@pytest.mark.parametrize("reader", READERS)
def test_each_reader_of_counts_finds_the_page_in_the_menu(world: World, visitor: Visitor, reader: str) -> None:
    visitor.sign_in(reader)

    page = visitor.get("/counts")

    assert page.heading == "Counts"
    assert [link.text for link in page.root.all("a") if link["href"] == "/counts"] == ["Counts"]


@pytest.mark.parametrize("reader", ["advocate", "administrator", "link.reviewer"])
def test_no_other_role_opens_counts(world: World, visitor: Visitor, reader: str) -> None:
    visitor.sign_in(reader)

    visitor.get("/counts", status=403)
    visitor.get("/counts/export.xlsx", status=403)


def test_a_number_leads_the_statistics_supervisor_to_pseudonyms_and_the_look_is_kept(
    world: World, visitor: Visitor
) -> None:
    facts.records(world, "investigator", 2)
    visitor.sign_in("statistics.supervisor")
    page = visitor.get(f"/counts?{MARCH}&breakdown=sex")
    link = next(each for each in page.root.all("a") if "dimension=sex" in each["href"])

    members = visitor.get(link["href"])

    assert len(table(members, "Who was counted")) == 3
    assert all(row[1].startswith("KS-2014-") for row in table(members, "Who was counted")[1:])
    assert not [each for each in members.root.all("a") if each["href"].startswith("/cases/")]
    assert len(entries(world, "count:members")) == 1


def test_a_number_leads_an_agencys_supervisor_to_her_own_cases_alone(world: World, visitor: Visitor) -> None:
    own, other = facts.record(world, "investigator"), facts.record(world, "advocate")
    facts.one_person(world, own, other)
    visitor.sign_in("police.supervisor")

    members = visitor.get(f"/counts/members?{MARCH}&metric=identified")

    assert len([each for each in members.root.all("a") if each["href"].startswith("/cases/")]) == 1


@pytest.mark.parametrize("reader", ["statistics.supervisor", "police.supervisor"])
@pytest.mark.line(6)
def test_nobody_is_shown_behind_a_community(world: World, visitor: Visitor, reader: str) -> None:
    facts.record(world, "investigator")
    visitor.sign_in(reader)

    visitor.get(f"/counts/members?{MARCH}&metric=identified&dimension=community&value=roma", status=403)


@pytest.mark.parametrize("query", ["metric=nothing", "metric=identified&dimension=name", "metric=identified&agency=x"])
def test_a_number_that_no_report_has_is_not_found(world: World, visitor: Visitor, query: str) -> None:
    visitor.sign_in("statistics.supervisor")

    visitor.get(f"/counts/members?{MARCH}&{query}", status=404)


def test_the_national_coordinator_is_led_nowhere(world: World, visitor: Visitor) -> None:
    facts.records(world, "investigator", 7)
    visitor.sign_in("national.coordinator")

    page = visitor.get(f"/counts?{MARCH}")

    assert not [each for each in page.root.all("a") if "/counts/members" in each["href"]]
    visitor.get(f"/counts/members?{MARCH}&metric=identified", status=403)


BAD_PERIODS = [
    ("month=3&year=", "Year: Enter a year, such as 2007"),
    ("month=13&year=2014", "Part of the year: Choose one of the answers on the page"),
    ("month=3&year=2199", "Year: This has not begun yet"),
    ("month=3&year=soon", "Year: Enter a whole number in digits, such as 3"),
    (
        "start-day=9&start-month=3&start-year=2014&end-day=2&end-month=3&end-year=2014",
        "Last day: The last day must not be before the first",
    ),
    ("start-day=9&start-month=3&start-year=2014", "Last day: A range needs its first and its last day"),
    (
        "start-day=30&start-month=2&start-year=2014&end-day=2&end-month=3&end-year=2014",
        "First day: There is no such day in that month",
    ),
    (
        "start-day=1&start-month=1&start-year=1991&end-day=2&end-month=3&end-year=2014",
        "Last day: At most twenty years are counted at once",
    ),
    (
        "month=3&year=2014&as_of-day=1&as_of-month=1&as_of-year=2099",
        "As it was known at the end of: Choose a day in the past: today is not over",
    ),
]


@pytest.mark.parametrize(("query", "message"), BAD_PERIODS, ids=[query for query, _ in BAD_PERIODS])
def test_a_bad_period_is_told_at_its_field_and_nothing_typed_is_lost(
    world: World, visitor: Visitor, query: str, message: str
) -> None:
    visitor.sign_in("statistics.supervisor")

    page = visitor.get(f"/counts?{query}&breakdown=region", status=422)

    assert message in [item.text for item in page.root.all("li")]
    assert dict(page.form("Count").as_it_stands())["breakdown"] == "region"


def test_a_file_of_a_bad_period_leads_back_to_the_form(world: World, visitor: Visitor) -> None:
    visitor.sign_in("statistics.supervisor")

    answer = visitor.client.get("/counts/export.xlsx?month=3&year=soon")

    assert answer.status_code == 302
    assert answer.headers["Location"] == "/counts?month=3&year=soon"


def test_the_months_workbook_finds_a_person_once(world: World, visitor: Visitor) -> None:
    one = facts.record(world, "investigator", ("signal", "presumed", "identified"))
    facts.one_person(world, one, facts.record(world, "advocate", {"assisted": date(2014, 3, 9)}))
    visitor.sign_in("statistics.supervisor")

    found = book(
        visitor, f"{MARCH}&" + urlencode([("metrics", name) for name in ("presumed", "identified", "assisted")])
    )

    people = cells(found["People"])
    assert [row[0] for row in people if str(row[:1]).count("P-")] == [people[-1][0]]
    assert len(str(people[-1][1]).split(", ")) == 2
    assert ["People, each once, under one of these", 1] in cells(found["Counts"])


@pytest.mark.parametrize("reader", READERS)
def test_every_sheet_is_marked_internal_and_the_file_is_named_by_its_period(
    world: World, visitor: Visitor, reader: str
) -> None:
    facts.records(world, "investigator", 6)
    visitor.sign_in(reader)

    answer = visitor.client.get(f"/counts/export.xlsx?{MARCH}")

    sheets = openpyxl.load_workbook(io.BytesIO(answer.data)).worksheets
    assert {sheet["A1"].value for sheet in sheets} == {"Internal, not for release. March 2014"}
    assert answer.headers["Content-Disposition"] == 'attachment; filename="counts-2014-03-internal.xlsx"'
    assert len(entries(world, "count:exported")) == 1


def test_the_definitions_have_a_sheet_of_their_own(world: World, visitor: Visitor) -> None:
    visitor.sign_in("statistics.supervisor")

    told = {str(row[0]): row[1] for row in cells(book(visitor)["Definitions"]) if len(row) > 1}

    assert told["Made by"] == "Rita Osmani"
    assert told["Period"] == "March 2014"
    assert told["Identified victims"] == (
        "People whose first identification as a victim of trafficking was decided in the period."
    )
    assert "Procedure in force" in told
    assert "As it was known at" in told


def test_the_national_coordinators_files_hold_no_small_number_and_nobody(world: World, visitor: Visitor) -> None:
    facts.records(world, "investigator", 9)
    facts.records(world, "investigator", 3, citizenship="MD")
    facts.records(world, "investigator", 8, citizenship="AL", region="peje")
    visitor.sign_in("national.coordinator")

    found = book(visitor)

    numbers = {cell for sheet in found.worksheets for row in cells(sheet) for cell in row if isinstance(cell, int)}
    assert "People" not in found.sheetnames
    assert numbers.isdisjoint({1, 2, 3, 4})
    assert {line["People"] for line in lines(visitor)}.isdisjoint({"1", "2", "3", "4"})


def test_page_and_workbook_withhold_the_same(world: World, visitor: Visitor) -> None:
    facts.records(world, "investigator", 9)
    facts.records(world, "investigator", 3, citizenship="MD")
    facts.records(world, "investigator", 8, citizenship="AL")
    visitor.sign_in("national.coordinator")

    page = table(visitor.get(f"/counts?{MARCH}&breakdown=citizenship"), "All agencies: by citizenship")

    shown = [[cell.replace("*not shown", "not shown") for cell in row[:2]] for row in page]
    sheet = [[str(cell) for cell in row[:2]] for row in cells(book(visitor)["Breakdowns"])]
    assert [row for row in shown if row not in sheet] == []


@pytest.mark.parametrize("name", HOSTILE)
def test_no_cell_of_a_file_is_taken_for_a_formula(world: World, visitor: Visitor, name: str) -> None:
    facts.record(world, "investigator")
    with world.database.write(system_actor("setup")) as work:
        work.change(update(Agency).where(Agency.key == "police").values(name_en=name))
        work.audit("test:renamed")
        work.commit()
    visitor.sign_in("statistics.supervisor")

    found = book(visitor)

    assert lines(visitor)[0]["Agency"] == "'" + name
    kinds = {cell.data_type for sheet in found.worksheets for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds


def test_the_stream_has_a_row_for_each_fact_in_words_and_no_community(world: World, visitor: Visitor) -> None:
    facts.record(world, "investigator", age_band="9-17", is_child=True, citizenship="MD", scope="cross_border")
    visitor.sign_in("statistics.supervisor")

    row = lines(visitor)[0]

    assert row.pop("Person").startswith("P-")
    assert row == {
        "Day": "2014-03-03",
        "Agency": "Police, Trafficking in Human Beings Directorate",
        "Count": "Identified victims",
        "Sex": "Female",
        "Age band": "9–17",
        "Citizenship": "Moldova",
        "Region": "Prishtinë / Priština",
        "Form of exploitation": "Sexual exploitation",
        "Internal or cross-border": "Cross-border trafficking",
        "Promise at recruitment": "Not asked",
        "Relation of the recruiter": "Not asked",
        "Sex of the recruiter": "Not asked",
        "Means of control": "Not asked",
        "Education": "Not asked",
        "Country of exploitation": "Not asked",
        "Door of entry": "Police raid",
    }


def test_an_agencys_stream_has_its_own_facts_by_reference(world: World, visitor: Visitor) -> None:
    facts.one_person(world, facts.record(world, "investigator"), facts.record(world, "advocate"))
    visitor.sign_in("police.supervisor")

    found = lines(visitor)

    assert [row["Case"][:8] for row in found] == ["KS-2014-"]
    assert len(entries(world, "count:exported")) == 1


def test_the_stream_speaks_the_readers_language(world: World, visitor: Visitor) -> None:
    facts.record(world, "investigator")
    visitor.sign_in("statistics.supervisor")

    visitor.client.set_cookie("language", "sq")

    answer = visitor.client.get(f"/counts/export.csv?{MARCH}")

    assert "Femër" in answer.get_data().decode("utf-8-sig")
