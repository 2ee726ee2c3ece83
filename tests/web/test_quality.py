"""The page on the quality of numbers: findings as sentences in three languages that lead to the numbers, by reader."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from app.demo import founding, founding_work
from tests.factories.facts import doubt, record
from tests.factories.reading import Readers
from tests.factories.world import KINDS, Template, World, made_world

STATISTICS = "statistics.supervisor"
OF_THE_CABLE = "start-day=1&start-month=4&start-year=2007&end-day=21&end-month=1&end-year=2008"


@pytest.fixture(scope="module", params=KINDS)
def founded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Readers]:
    """Readers in a country with the registers and the work of the founding documents."""
    template: Template = request.getfixturevalue(f"{request.param}_template")
    with made_world(template, tmp_path_factory.mktemp("founded")) as world:
        founding.load()
        founding_work.load()
        yield Readers(world, world.app())


NAMED = {
    "32 sentences for 41 convicted": ("year=2012", "41 convicted, 32 sentences known: 9 without."),
    "raids against arrests": ("year=2005", "2,000 raids, 33 arrests: 60.6 raids to one arrest."),
    "32 against 33": (
        "year=2007",
        "Identified by the police: 32. Assisted by the victim advocates in the same period: 33.",
    ),
    "32 under two periods": (
        OF_THE_CABLE,
        "Identified victims: the number 32 belongs to two periods, 1 Apr 2007 to 21 Jan 2008 and 2007.",
    ),
}


@pytest.mark.parametrize(("query", "sentence"), NAMED.values(), ids=NAMED)
def test_inconsistency_of_the_documents_is_named(founded: Readers, query: str, sentence: str) -> None:
    assert sentence in founded(STATISTICS).get(f"/counts/quality?{query}").text


@pytest.mark.parametrize(("query", "sentence"), NAMED.values(), ids=NAMED)
def test_finding_leads_to_its_numbers(founded: Readers, query: str, sentence: str) -> None:
    visitor = founded(STATISTICS)
    page = visitor.get(f"/counts/quality?{query}")

    (found,) = (one for one in page.main.all("li") if sentence in one.text)

    assert visitor.get(found.all("a")[0]["href"]).heading in ("Counts", "Work in numbers")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("sq", "Të dënuar: 41, dënime të njohura: 32; pa dënim të njohur: 9."),
        ("sr_Latn", "Osuđenih: 41, poznatih kazni: 32; bez poznate kazne: 9."),
    ],
)
def test_finding_is_said_in_the_reader_s_language(founded: Readers, language: str, words: str) -> None:
    visitor = founded(STATISTICS)
    visitor.post("/language", {"language": language, "back": "/"}, 200)

    assert words in visitor.get("/counts/quality?year=2012").text


@pytest.mark.parametrize("by", [STATISTICS, "police.supervisor", "prosecution.supervisor"])
def test_page_costs_at_most_twenty_statements(founded: Readers, by: str) -> None:
    visitor = founded(by)
    visitor.get("/")

    with founded.statements() as sent:
        visitor.get(f"/counts/quality?{OF_THE_CABLE}")

    assert len(sent) <= 20


def test_supervisor_reads_her_own_agency_s_page_and_no_table_of_agencies(founded: Readers) -> None:
    page = founded("police.supervisor").get("/counts/quality?year=2012")

    assert "sentences known" not in page.text
    assert "by agency" not in page.text
    assert "Late entries" in page.text


@pytest.mark.parametrize("by", ["national.coordinator", "prosecutor", "link.reviewer", "administrator"])
def test_nobody_else_reads_it(founded: Readers, by: str) -> None:
    assert founded(by).get("/counts/quality", 403)


def test_waiting_pair_is_told_to_no_agency(reader: Readers, world: World) -> None:
    doubt(world, record(world, "advocate"), record(world, "investigator"))

    told = "wait for a reviewer: 1."

    assert told in reader(STATISTICS).get("/counts/quality?year=2014").text
    assert told not in reader("police.supervisor").get("/counts/quality?year=2014").text
    assert "Pairs" not in reader("police.supervisor").get("/counts/quality?year=2014").text


def test_period_that_cannot_be_is_refused_at_its_field(reader: Readers, world: World) -> None:
    page = reader(STATISTICS).get("/counts/quality?year=2999", 422)

    assert "Year: This has not begun yet" in str(page.errors)


def test_year_without_an_entry_has_nothing_to_find(reader: Readers, world: World) -> None:
    page = reader(STATISTICS).get("/counts/quality?year=1999")

    assert "Nothing was found." in page.text
    assert "Nobody was counted." in page.text
