"""What leaves with a report: for spreadsheets, for paper and for other programs, as each of the readers has it."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest
from sqlalchemy import select, update

from app.models.agency import Agency
from app.models.audit import AuditEntry
from app.security.actor import system_actor
from app.vocabulary.period import month
from app.web.counts.files import file_name
from tests.factories import facts
from tests.factories.world import World
from tests.support import libreoffice
from tests.support.client import Visitor

MARCH = "month=3&year=2014"
READERS = ("statistics.supervisor", "police.supervisor", "national.coordinator")
FORMATS = ("xlsx", "json", "pdf")
HOSTILE = ('=HYPERLINK("http://x")', "+1+1", "-2+3", "@SUM(A1)", "|calc", "%0A=1")
ABOUT = Path(__file__).parents[2] / "docs" / "counting-json.md"


def download(visitor: Visitor, ending: str, query: str = MARCH) -> bytes:
    return visitor.download(f"/counts/export.{ending}?{query}").data


def told(visitor: Visitor, query: str = MARCH) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(download(visitor, "json", query))
    return found


def pages(made: bytes) -> list[pypdfium2.PdfPage]:
    return list(pypdfium2.PdfDocument(made))


def text(page: pypdfium2.PdfPage) -> str:
    return " ".join(page.get_textpage().get_text_range().split())


def ink(page: pypdfium2.PdfPage) -> int:
    """How many bytes of a page's picture are not white."""
    picture = page.render(scale=0.5, grayscale=True)
    return sum(byte < 255 for byte in bytes(picture.buffer))


def numbers_in(words: str) -> set[str]:
    return set(re.findall(r"(?<![\w.,-])\d+(?![\w.,-])", words))


def keys(found: Any) -> set[str]:
    """Every key of the report's own, without those that are keys of counts, breakdowns and rows."""
    if isinstance(found, list):
        return {key for one in found for key in keys(one)}
    if not isinstance(found, dict):
        return set()
    return set(found) | {key for one in found.values() for key in keys(one)}


def two_that_are_one(world: World) -> None:
    """Nine people of the police's, one of whom the advocates assisted too; of one the citizenship is unknown."""
    police = facts.records(world, "investigator", 8)
    facts.record(world, "investigator", citizenship="unknown")
    facts.one_person(world, police[0], facts.record(world, "advocate", ("assisted",)))


def small_and_large(world: World) -> None:
    facts.records(world, "investigator", 9)
    facts.records(world, "investigator", 3, citizenship="MD")
    facts.records(world, "investigator", 8, citizenship="AL", region="peje")


def rename_police(world: World, name: str) -> None:
    with world.database.write(system_actor("setup")) as work:
        work.change(update(Agency).where(Agency.key == "police").values(name_en=name))
        work.audit("test:renamed")
        work.commit()


def exports(world: World) -> list[str]:
    with world.database.read(system_actor("auditor")) as work:
        found = work.session.execute(select(AuditEntry.detail).where(AuditEntry.action == "count:exported"))
        return [json.loads(detail)["format"] for detail in found.scalars()]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("ending", FORMATS)
def test_every_file_is_named_by_its_period_and_its_leaving_is_kept(
    world: World, visitor: Visitor, reader: str, ending: str
) -> None:
    visitor.sign_in(reader)

    answer = visitor.download(f"/counts/export.{ending}?{MARCH}")

    assert answer.headers["Content-Disposition"] == f'attachment; filename="counts-2014-03-internal.{ending}"'
    assert exports(world) == [ending]


@pytest.mark.parametrize("ending", FORMATS)
def test_no_other_role_takes_a_file_away(world: World, visitor: Visitor, ending: str) -> None:
    visitor.sign_in("advocate")

    visitor.download(f"/counts/export.{ending}?{MARCH}", status=403)

    assert exports(world) == []


def test_a_file_of_a_frozen_edition_is_named_by_it() -> None:
    assert file_name(month(2014, 3), "pdf", edition=2) == "counts-2014-03-edition-2-internal.pdf"


def test_the_workbook_opens_in_libreoffice_with_the_numbers_of_the_page(
    world: World, visitor: Visitor, tmp_path: Path
) -> None:
    two_that_are_one(world)
    visitor.sign_in("statistics.supervisor")

    sheets = libreoffice.opened(download(visitor, "xlsx"), tmp_path)

    assert set(sheets) == {
        "Counts",
        "Data",
        "Breakdowns",
        "Months",
        "Agencies and overlap",
        "People",
        "Definitions",
        "Notes on quality",
    }
    assert ["Identified victims", "9"] in sheets["Counts"]
    assert ["People, each once, under one of these", "9"] in sheets["Counts"]
    assert ["All agencies", "Citizenship", "Not known", "Identified victims", "1"] in sheets["Data"]
    assert len([row for row in sheets["People"] if row and row[0].startswith("P-")]) == 9


def test_notes_tell_what_is_not_known_what_came_late_and_what_is_in_doubt(world: World, visitor: Visitor) -> None:
    two_that_are_one(world)
    one, other = facts.records(world, "investigator", 2)
    facts.doubt(world, one, other)
    visitor.sign_in("statistics.supervisor")

    book = openpyxl.load_workbook(io.BytesIO(download(visitor, "xlsx")))

    notes = [[cell for cell in row if cell is not None] for row in book["Notes on quality"].iter_rows(values_only=True)]
    assert ["Citizenship: Not known", 1, 0, 0, 0] in notes
    assert ["Identified victims", 11] in notes
    assert ["Pairs that wait for an answer", 1] in notes
    assert ["Identified victims, if all doubtful links were confirmed", 10] in notes


def test_an_agencys_notes_are_of_its_own_facts_and_of_no_pair(world: World, visitor: Visitor) -> None:
    two_that_are_one(world)
    visitor.sign_in("police.supervisor")

    notes = told(visitor)["notes"]

    assert notes == {"late": {"identified": 9}, "waiting_pairs": None}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_word_of_a_file_begins_a_formula(world: World, visitor: Visitor, tmp_path: Path, name: str) -> None:
    facts.records(world, "investigator", 1)
    rename_police(world, name)
    visitor.sign_in("statistics.supervisor")

    book = openpyxl.load_workbook(io.BytesIO(download(visitor, "xlsx")))

    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells}.isdisjoint({"f"})
    assert "'" + name in {cell.value for cell in cells}
    assert told(visitor)["agencies"][0]["names"]["en"] == "'" + name


def test_the_report_for_machines_has_the_numbers_by_their_keys(world: World, visitor: Visitor) -> None:
    two_that_are_one(world)
    visitor.sign_in("statistics.supervisor")

    found = told(visitor)

    assert found["format"] == "throughcare-counts"
    assert found["period"] == {"kind": "month", "first_day": "2014-03-01", "last_day": "2014-03-31"}
    assert found["nation"]["figures"]["identified"] == {"value": 9, "withheld": False}
    assert found["nation"]["people"] == {"value": 9, "withheld": False}
    rows = {row["key"]: row["figures"] for row in found["nation"]["breakdowns"]["citizenship"]["rows"]}
    assert rows["unknown"]["identified"]["value"] == 1
    assert rows["XK"]["identified"]["value"] == 8
    assert [one["people"] for one in found["overlaps"]] == [1]
    assert found["nation"]["months"][-1] == {"month": "2014-03", "figures": found["nation"]["figures"]}


@pytest.mark.parametrize("reader", READERS)
def test_every_key_of_the_report_is_told_of_where_it_is_described(world: World, visitor: Visitor, reader: str) -> None:
    two_that_are_one(world)
    visitor.sign_in(reader)

    found = told(visitor)

    described = set(re.findall(r"`([\w-]+)`", ABOUT.read_text(encoding="utf-8")))
    known = {one["key"] for one in found["definitions"]["metrics"]}
    known |= {one["key"] for one in found["definitions"]["breakdowns"]}
    assert {*keys(found)} - known - {"value", "withheld"} <= described


def test_a_digest_stands_for_the_definitions_and_not_for_the_day(world: World, visitor: Visitor) -> None:
    visitor.sign_in("statistics.supervisor")

    march = told(visitor)["definitions"]["digest"]

    assert told(visitor, "month=4&year=2014")["definitions"]["digest"] == march
    assert told(visitor, f"{MARCH}&metrics=signal")["definitions"]["digest"] != march


def test_the_report_for_machines_withholds_what_the_page_withholds(world: World, visitor: Visitor) -> None:
    small_and_large(world)
    visitor.sign_in("national.coordinator")

    found = told(visitor)

    rows = found["nation"]["breakdowns"]["citizenship"]["rows"]
    assert {row["key"]: row["figures"]["identified"]["value"] for row in rows} == {"AL": None, "MD": None, "XK": 9}
    assert rows[0]["figures"]["identified"]["withheld"] is True
    assert found["notes"] == {"late": None, "waiting_pairs": None}
    assert found["definitions"]["threshold"] == 5


@pytest.mark.parametrize("reader", READERS)
def test_each_page_of_a_paper_is_marked_and_none_is_blank(world: World, visitor: Visitor, reader: str) -> None:
    two_that_are_one(world)
    visitor.sign_in(reader)

    found = pages(download(visitor, "pdf"))

    assert len(found) > 1
    assert all("Internal, not for release." in text(page) for page in found)
    assert all(f"Page {place} / {len(found)}" in text(page) for place, page in enumerate(found, start=1))
    assert min(ink(page) for page in found) > 1000


def test_a_paper_has_the_numbers_as_text(world: World, visitor: Visitor) -> None:
    two_that_are_one(world)
    visitor.sign_in("statistics.supervisor")

    whole = " ".join(text(page) for page in pages(download(visitor, "pdf")))

    assert "Counts: March 2014" in whole
    assert "Identified victims 9" in whole
    assert "Kosovo 8" in whole
    assert "Who counted a person first, and who next" in whole
    assert "People by the agencies that counted them" in whole
    assert "Made by: Rita Osmani" in whole


def test_a_paper_for_the_national_coordinator_shows_no_small_number_and_no_way_between_agencies(
    world: World, visitor: Visitor
) -> None:
    small_and_large(world)
    visitor.sign_in("national.coordinator")

    whole = " ".join(text(page) for page in pages(download(visitor, "pdf")))

    drawn = whole[whole.index("People counted") : whole.index("What is counted")]
    assert "Identified victims 20" in drawn
    counted = re.sub(r"Page \d+ / \d+|\d+ \w{3} \d{4}, \d\d:\d\d", "", drawn)  # neither pages nor the moment
    assert numbers_in(counted).isdisjoint({"1", "2", "3", "4"})
    assert "Who counted a person first" not in whole


def test_a_paper_for_who_sees_every_number_shows_the_small_ones(world: World, visitor: Visitor) -> None:
    small_and_large(world)
    visitor.sign_in("statistics.supervisor")

    whole = " ".join(text(page) for page in pages(download(visitor, "pdf")))

    assert "Moldova 3" in whole


@pytest.mark.parametrize(
    ("language", "words"),
    [("sq", "Viktima të identifikuara 9"), ("sr-Latn", "Identifikovane žrtve 9")],
    ids=["Albanian", "Serbian"],
)
def test_a_paper_is_written_in_the_readers_language(world: World, visitor: Visitor, language: str, words: str) -> None:
    two_that_are_one(world)
    visitor.sign_in("statistics.supervisor")
    visitor.client.set_cookie("language", language.replace("-", "_"))

    whole = " ".join(text(page) for page in pages(download(visitor, "pdf")))

    assert words in whole


def test_a_name_is_a_name_on_paper_whatever_it_looks_like(world: World, visitor: Visitor) -> None:
    facts.records(world, "investigator", 1)
    rename_police(world, '#panic("x") *Ђурђа* $x$ @ref')
    visitor.sign_in("statistics.supervisor")

    whole = " ".join(text(page) for page in pages(download(visitor, "pdf")))

    assert '#panic("x") *Ђурђа* $x$ @ref' in whole


def test_a_paper_is_tagged_for_who_listens_to_it(world: World, visitor: Visitor) -> None:
    visitor.sign_in("statistics.supervisor")

    made = download(visitor, "pdf")

    assert b"pdfuaid" in made
    assert b"/MarkInfo" in made
    assert pypdfium2.PdfDocument(made).get_metadata_value("Title").startswith("Counts: ")
