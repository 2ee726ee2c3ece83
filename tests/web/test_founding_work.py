"""The founding documents' work in numbers and money (field.md 6.2, 6.3) come out of pages, commands and files.

The figures are written here by hand; an oracle that knows nothing of the application counts the acts of the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import Result
from sqlalchemy import select

from app.demo import founding_work
from app.demo.money import record_money
from app.models.audit import AuditEntry
from app.security.actor import system_actor
from tests.factories.world import KINDS, World, made_world
from tests.support import count_oracle
from tests.support.client import Visitor
from tests.support.tables import numbers

STATISTICS, COORDINATOR, POLICE = "statistics.supervisor", "national.coordinator", "police.supervisor"

WORK = [
    # year, by what, row, what, number
    ("2005", "", "", "raids", 2000),
    ("2005", "", "", "arrests", 33),
    ("2005", "", "", "home_searches", 45),
    ("2011", "", "", "prosecutions", 22),
    ("2011", "", "", "convicted", 37),
    ("2012", "", "", "investigations", 104),
    ("2012", "", "", "prosecutions", 31),
    ("2012", "", "", "ongoing", 35),
    ("2012", "", "", "convicted", 41),
    ("2012", "", "", "acquitted", 9),
    ("2012", "sentence", "over_2_to_5", "convicted", 8),
    ("2012", "sentence", "over_1_to_2", "convicted", 1),
    ("2012", "sentence", "up_to_1", "convicted", 23),
    ("2012", "sentence", "unknown", "convicted", 9),
    ("2012", "official", "no", "convicted", 41),
]
ACTS = [
    ("2005", "Raids", {}, 2000),
    ("2005", "Arrests", {}, 33),
    ("2005", "Searches of private homes", {}, 45),
    ("2011", "Prosecutions begun", {}, 22),
    ("2011", "Convicted", {}, 37),
    ("2012", "Investigations opened", {}, 104),
    ("2012", "Prosecutions begun", {}, 31),
    ("2012", "Proceedings under way", {}, 35),
    ("2012", "Convicted", {}, 41),
    ("2012", "Acquitted", {}, 9),
    ("2012", "Convicted", {"Sentence": "Over 2 and up to 5 years"}, 8),
    ("2012", "Convicted", {"Sentence": "Over 1 and up to 2 years"}, 1),
    ("2012", "Convicted", {"Sentence": "Up to 1 year"}, 23),
    ("2012", "Convicted", {"Sentence": "Not known"}, 9),
]
PAGE = [
    ("2005", "Work in numbers", "Raids / acts", "2,000"),
    ("2005", "Work in numbers", "Arrests / acts", "33"),
    ("2005", "Work in numbers", "Searches of private homes / acts", "45"),
    ("2011", "Work in numbers", "Prosecutions begun / files", "22"),
    ("2011", "Work in numbers", "Convicted / persons", "37"),
    ("2012", "Work in numbers", "Investigations opened / files", "104"),
    ("2012", "Work in numbers", "Prosecutions begun / files", "31"),
    ("2012", "Work in numbers", "Proceedings under way / files", "35"),
    ("2012", "Work in numbers", "Convicted / persons", "41"),
    ("2012", "Work in numbers", "Acquitted / persons", "9"),
    ("2012", "Convicted by: sentence", "Over 2 and up to 5 years", "8"),
    ("2012", "Convicted by: sentence", "Over 1 and up to 2 years", "1"),
    ("2012", "Convicted by: sentence", "Up to 1 year", "23"),
    ("2012", "Convicted by: sentence", "Not known", "9"),
]
MINISTRY = "Ministry of Labour and Social Welfare"
HHC = "Child shelter (HHC); Semi-independent living (HHC)"
HOUSES = "Child shelter (HHC): Pristina; Child shelter (HHC): Prizren"
SIX = "; ".join(f"Shelter for minors, {tree}" for tree in ("Birch", "Lime", "Maple", "Oak", "Pine", "Willow"))
CENTRES = "Municipal social welfare centres"
MONEY = [
    ("2007", "EUR", ("grant", MINISTRY, HHC, "amount", "about EUR 191,970")),
    ("2007", "EUR", ("grant", MINISTRY, "the reporting period of the cable", "share", "about EUR 28,750")),
    ("2007", "EUR", ("part", MINISTRY, HOUSES, "amount", "about EUR 135,000")),
    ("2007", "EUR", ("grant", MINISTRY, SIX, "amount", "EUR 60,374")),
    ("2007", "EUR", ("grant", MINISTRY, "Shelter for foreign victims (PVPT)", "amount", "EUR 0")),
    ("2007", "EUR", ("all", "", "", "granted", "at least about EUR 252,344")),
    ("2011", "USD", ("place", CENTRES, "", "granted", "about USD 153,000")),
    ("2012", "USD", ("place", "High-risk facility", "", "granted", "about USD 84,600")),
    ("2012", "USD", ("place", "NGO shelter", "", "granted", "about USD 74,600")),
    ("2012", "USD", ("place", "Shelter of a second NGO", "", "granted", "about USD 38,800")),
    ("2012", "USD", ("place", CENTRES, "", "granted", "about USD 198,000")),
    ("2012", "USD", ("all", "", "", "granted", "about USD 396,000")),
]


@pytest.fixture(scope="module", params=KINDS)
def country(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder: Path = tmp_path_factory.mktemp("founding")
    with made_world(request.getfixturevalue(f"{request.param}_template"), folder) as world:
        founding_work.load()
        record_money(world.agencies)
        yield world


def command(country: World, name: str, by: str, *asked: str) -> Result:
    return country.app().test_cli_runner().invoke(args=["counts", name, "--as", by, *asked])


def lines_of(done: Result) -> list[tuple[str, ...]]:
    assert done.exit_code == 0, done.output
    return [tuple(line.split("\t")) for line in done.output.splitlines()]


def exports(country: World) -> list[str]:
    with country.database.read(system_actor("auditor")) as work:
        found = select(AuditEntry.detail).where(AuditEntry.action == "tally:exported")
        return list(work.session.execute(found).scalars())


@pytest.fixture
def statistics(country: World) -> Visitor:
    visitor = Visitor(country.app())
    visitor.sign_in(STATISTICS)
    return visitor


@pytest.mark.parametrize(("year", "table", "row", "figure"), PAGE)
def test_the_page_gives_the_work_of_the_documents(
    statistics: Visitor, year: str, table: str, row: str, figure: str
) -> None:
    assert numbers(statistics.get(f"/counts/work?month=&year={year}"))[table, row, "Number"] == figure


@pytest.mark.parametrize("year", ["2005", "2011", "2012"])
def test_the_acts_of_the_command_are_those_of_the_page_s_file(country: World, statistics: Visitor, year: str) -> None:
    taken = statistics.download(f"/counts/work.csv?month=&year={year}").get_data()

    assert taken.count(b"\r\n") > 60
    assert command(country, "acts", STATISTICS, "--year", year).stdout_bytes == taken


@pytest.mark.parametrize(("year", "dimension", "row", "tally", "figure"), WORK)
def test_the_command_gives_the_work_of_the_documents(
    country: World, year: str, dimension: str, row: str, tally: str, figure: int
) -> None:
    lines = lines_of(command(country, "work", STATISTICS, "--year", year))

    assert ("all", dimension, row, tally, str(figure)) in lines


@pytest.mark.parametrize(("year", "count", "kind", "figure"), ACTS)
def test_the_oracle_counts_the_work_of_the_documents_from_the_acts_of_the_command(
    country: World, year: str, count: str, kind: dict[str, str], figure: int
) -> None:
    rows = count_oracle.rows_of(command(country, "acts", STATISTICS, "--year", year).stdout_bytes)

    assert count_oracle.acts(rows, count, **kind) == figure


def test_acts_leave_recorded_and_numbers_are_read_without(country: World) -> None:
    before = len(exports(country))

    command(country, "work", STATISTICS, "--year", "2012")
    after_numbers = len(exports(country))
    command(country, "acts", STATISTICS, "--year", "2012")

    assert (after_numbers, len(exports(country))) == (before, before + 1)


def test_the_police_read_their_own_operations_and_nobody_s_proceedings(country: World) -> None:
    lines = lines_of(command(country, "work", POLICE, "--year", "2005"))
    in_2012 = lines_of(command(country, "work", POLICE, "--year", "2012"))

    assert ("own", "", "", "raids", "2000") in lines
    assert ("own", "", "", "convicted", "0") in in_2012


def test_any_days_can_be_asked_for(country: World) -> None:
    in_june = ["--first", "2012-06-01", "--last", "2012-06-30"]
    lines = lines_of(command(country, "work", STATISTICS, *in_june))

    assert lines == lines_of(command(country, "work", STATISTICS, "--year", "2012", "--part", "6"))


def test_nights_of_more_than_three_years_are_not_kept(country: World) -> None:
    lines = lines_of(command(country, "work", STATISTICS, "--first", "2005-01-01", "--last", "2012-12-31"))

    assert ("all", "", "", "bed_nights", "not kept") in lines


def test_the_coordinator_is_shown_no_small_number_and_takes_sums_instead_of_acts(country: World) -> None:
    lines = lines_of(command(country, "work", COORDINATOR, "--year", "2012"))
    taken = command(country, "acts", COORDINATOR, "--year", "2012").stdout_bytes.decode("utf-8-sig")

    assert ("all", "sentence", "over_1_to_2", "convicted", "1") not in lines
    assert ("all", "sentence", "over_1_to_2", "convicted", "not shown") in lines
    assert taken.splitlines()[0] == "Count,Broken down by,Row,Number"
    assert "Convicted,Sentence,Over 1 and up to 2 years,not shown" in taken.splitlines()


@pytest.mark.parametrize(("year", "currency", "line"), MONEY)
def test_the_command_gives_the_money_of_the_documents(
    country: World, year: str, currency: str, line: tuple[str, ...]
) -> None:
    assert line in lines_of(command(country, "funding", STATISTICS, "--year", year, "--currency", currency))


def test_a_part_stands_below_the_grant_that_it_is_of(country: World) -> None:
    lines = lines_of(command(country, "funding", STATISTICS, "--year", "2007"))

    whole = lines.index(("grant", MINISTRY, HHC, "amount", "about EUR 191,970"))
    assert lines[whole + 2] == ("part", MINISTRY, HOUSES, "amount", "about EUR 135,000")


def test_money_of_one_currency_stands_without_that_of_another(country: World) -> None:
    told = command(country, "funding", STATISTICS, "--year", "2012", "--currency", "EUR").output

    assert "USD" not in told
    assert "EUR 0" in told


def test_a_house_reads_its_own_money_alone(country: World) -> None:
    told = command(country, "funding", "oak.coordinator", "--year", "2007").output

    assert "EUR 60,374" in told
    assert "191,970" not in told
    assert "Shelter for minors, Oak; 5 other places" in told
    assert {line.partition("\t")[0] for line in told.splitlines()} == {"place", "payer", "grant"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["work", "--as", "nobody", "--year", "2012"], "Nobody who works here has this sign-in name."),
        (["work", "--as", "advocate", "--year", "2012"], "read the work in numbers."),
        (["acts", "--as", "advocate", "--year", "2012"], "read the work in numbers."),
        (["work", "--as", STATISTICS], "Name a year, or the first and the last day."),
        (["work", "--as", STATISTICS, "--year", "2012", "--as-of", "2099-01-01"], "in the past"),
        (["acts", "--as", STATISTICS, "--year", "2099"], "must begin today or earlier"),
        (["work", "--as", COORDINATOR, "--first", "2012-01-01", "--last", "2012-01-20"], "Choose whole months"),
        (["work", "--as", COORDINATOR, "--year", "2012", "--as-of", "2013-01-01"], "Choose whole months"),
        (["funding", "--as", "advocate", "--year", "2007"], "read what is paid for."),
        (["funding", "--as", POLICE, "--year", "2007"], "read what is paid for."),
    ],
)
def test_a_command_says_what_it_does_not_tell(country: World, arguments: list[str], words: str) -> None:
    done = country.app().test_cli_runner().invoke(args=["counts", *arguments])

    assert done.exit_code == 1
    assert words in done.output
    assert "EUR" not in done.output
