"""Every figure of the founding documents (field.md 6.1) comes out of the founding registers: page, command, export.

The figures are written here by hand; an oracle that knows nothing of the application counts the exported facts.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.demo import founding
from tests.factories.world import KINDS, World, made_world
from tests.support import count_oracle
from tests.support.agreed import taken
from tests.support.client import Visitor
from tests.support.tables import numbers

ALL = "All agencies"
CALENDAR = "month=&year={}"
APRIL_2007_ON = "start-day=1&start-month=4&start-year=2007&end-day=21&end-month=1&end-year=2008&month=&year=2007"
SINCE_1999 = "start-day=1&start-month=1&start-year=1999&end-day=31&end-month=12&end-year=2007&month=&year=2007"
RANGE_OF_2007 = ["--first", "2007-04-01", "--last", "2008-01-21"]
BY_COMMAND = [
    (["--year", "2005"], "identified", "49"),
    (["--year", "2005"], "assisted", "38"),
    (["--year", "2005"], "returned", "14"),
    (["--year", "2006"], "identified", "64"),
    (["--year", "2007"], "identified", "32"),
    (RANGE_OF_2007, "identified", "32"),
    (["--year", "2007"], "assisted", "33"),
    (["--year", "2011"], "identified", "39"),
    (["--year", "2012"], "identified", "54"),
    (["--year", "2012"], "assisted", "43"),
    (["--year", "2012"], "returned", "24"),
    (["--year", "2012"], "goal_job", "6"),
    (["--year", "2012"], "compensation_paid", "0"),
]
LOCAL, FOREIGN = "only=citizenship:XK", "only=citizenship:MD"

HEADLINES = [
    (CALENDAR.format(2005), "identified", 49),
    (CALENDAR.format(2005), "assisted", 38),
    (CALENDAR.format(2005), "returned", 14),
    (CALENDAR.format(2006), "identified", 64),
    (CALENDAR.format(2007), "identified", 32),
    (APRIL_2007_ON, "identified", 32),
    (CALENDAR.format(2007), "assisted", 33),
    (CALENDAR.format(2011), "identified", 39),
    (CALENDAR.format(2012), "identified", 54),
    (CALENDAR.format(2012), "assisted", 43),
    (CALENDAR.format(2012), "returned", 24),
    (CALENDAR.format(2012), "goal_job", 6),
    (CALENDAR.format(2012), "compensation_paid", 0),
]
ROWS = [
    (CALENDAR.format(2006), "identified", "citizenship", {"Kosovo": 20}),
    (CALENDAR.format(2007), "identified", "community", {"Kosovo Albanian": 17, "Kosovo Serb": 1}),
    (
        CALENDAR.format(2007),
        "identified",
        "citizenship",
        {"Kosovo": 18, "Albania": 9, "Moldova": 3, "Ukraine": 1, "North Macedonia": 1},
    ),
    (APRIL_2007_ON, "identified", "community", {"Kosovo Albanian": 17, "Kosovo Serb": 1, "Not asked": 14}),
    (CALENDAR.format(2007), "assisted", "scope", {"Internal trafficking": 14}),
    (CALENDAR.format(2012), "identified", "adult_child", {"Child (under 18)": 12}),
    (CALENDAR.format(2012), "identified", "form", {"Sexual exploitation": 54}),
]
SHARES = [
    # of whom, under what, by what, row: per cent as the document rounds it, and of how many it is one
    (CALENDAR.format(2005), "assisted", "adult_child", {"Child (under 18)": 84}, 38),
    (CALENDAR.format(2005) + f"&{LOCAL}", "identified", "destination", {"Kosovo": 64, "North Macedonia": 15}, 39),
]
IOM_SHARES = {"Moldova": 51.0, "Romania": 19.5, "Ukraine": 13.0}
IOM_STORY = {
    "Promise at recruitment": {"A job": 74, "Marriage": 4, "No promise: taken by force": 4},
    "Relation of the recruiter": {"Acquaintance": 29, "Friend": 16},
}
SCHOOL_LOCAL = {"None": 10, "Primary (up to grade 5)": 35, "Lower secondary (up to grade 9)": 45, "Upper secondary": 8}
SCHOOL_FOREIGN = {"None": 12.5, "Primary (up to grade 5)": 12.5, "Upper secondary": 25.0, "Vocational": 50.0}
ASKED = {"Not asked", "Not known"}


@pytest.fixture(scope="module", params=KINDS)
def country(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder: Path = tmp_path_factory.mktemp("founding")
    with made_world(request.getfixturevalue(f"{request.param}_template"), folder) as world:
        founding.load()
        yield world


@pytest.fixture
def statistics(country: World) -> Visitor:
    visitor = Visitor(country.app())
    visitor.sign_in("statistics.supervisor")
    return visitor


def exported(country: World, visitor: Visitor, period: str, *metrics: str) -> list[dict[str, str]]:
    """The facts of a period as the export gives them, agreed to by another where they are of many people."""
    asked = "&".join(f"metrics={one}" for one in metrics)
    return count_oracle.rows_of(taken(country, visitor, f"/counts/export.csv?{period}&{asked}").get_data())


def column(visitor: Visitor, period: str, metric: str, dimension: str = "sex") -> dict[str, int]:
    """The one column of numbers of a breakdown for all agencies, by the words of its rows; `All` is the total."""
    page = visitor.get(f"/counts?{period}&breakdown={dimension}&metrics={metric}")
    found = numbers(page)
    caption = next(one for one, _, _ in found if one.startswith(f"{ALL}: by "))
    return {row: int(words) for (table, row, _), words in found.items() if table == caption}


def headline(visitor: Visitor, period: str, metric: str) -> int:
    page = visitor.get(f"/counts?{period}&breakdown=sex&metrics={metric}")
    return int(
        next(words for (table, row, _), words in numbers(page).items() if (table, row) == ("People counted", ALL))
    )


@pytest.mark.parametrize(("period", "metric", "figure"), HEADLINES)
def test_a_figure_of_the_documents_stands_on_the_page_and_in_the_export(
    country: World, statistics: Visitor, period: str, metric: str, figure: int
) -> None:
    rows = exported(country, statistics, period, metric)

    assert headline(statistics, period, metric) == figure
    assert len({row["Person"] for row in rows}) == figure


@pytest.mark.parametrize(("period", "metric", "dimension", "figures"), ROWS)
def test_a_row_of_the_documents_stands_on_the_page(
    statistics: Visitor, period: str, metric: str, dimension: str, figures: dict[str, int]
) -> None:
    found = column(statistics, period, metric, dimension)

    assert {row: found[row] for row in figures} == figures


@pytest.mark.parametrize(("period", "metric", "dimension", "shares", "of"), SHARES)
def test_a_share_of_the_documents_follows_from_the_page(
    statistics: Visitor, period: str, metric: str, dimension: str, shares: dict[str, int], of: int
) -> None:
    found = column(statistics, period, metric, dimension)

    assert found["All"] == of
    assert {row: round(100 * found[row] / of) for row in shares} == shares


def test_most_of_the_569_whom_the_return_partner_assisted_came_from_three_countries(
    country: World, statistics: Visitor
) -> None:
    page = statistics.get(f"/counts?{SINCE_1999}&breakdown=citizenship&metrics=assisted")
    of_partner = [
        row for row in exported(country, statistics, SINCE_1999, "assisted") if row["Agency"] == "Return partner"
    ]
    countries = count_oracle.by(of_partner, "Assisted", "Citizenship")

    assert numbers(page)["Each agency's own number", "Return partner", "Assisted"] == "569"
    assert len(of_partner) == 569
    assert {name: round(100 * countries[name] / 569, 1) for name in IOM_SHARES} == IOM_SHARES


def test_most_of_those_from_kosovo_were_trafficked_inside_it(country: World, statistics: Visitor) -> None:
    local = exported(country, statistics, f"{SINCE_1999}&{LOCAL}", "assisted")
    places = count_oracle.by(
        [row for row in local if row["Agency"] == "Return partner"], "Assisted", "Country of exploitation"
    )
    of = sum(places.values())

    assert {name: round(100 * places[name] / of) for name in ("Kosovo", "North Macedonia")} == {
        "Kosovo": 82,
        "North Macedonia": 8,
    }
    assert [round(100 * places[name] / of, 1) for name in ("Italy", "Albania")] == [4.5, 4.5]


@pytest.mark.parametrize("heading", IOM_STORY)
def test_how_they_were_recruited_follows_from_the_export(country: World, statistics: Visitor, heading: str) -> None:
    rows = [row for row in exported(country, statistics, SINCE_1999, "assisted") if row["Agency"] == "Return partner"]
    found = count_oracle.by(rows, "Assisted", heading)

    assert {name: round(100 * found[name] / 569) for name in IOM_STORY[heading]} == IOM_STORY[heading]


def test_recruiters_were_known_to_most_and_most_often_women(country: World, statistics: Visitor) -> None:
    rows = [row for row in exported(country, statistics, SINCE_1999, "assisted") if row["Agency"] == "Return partner"]
    relations = count_oracle.by(rows, "Assisted", "Relation of the recruiter")
    sexes = count_oracle.by(rows, "Assisted", "Sex of the recruiter")

    assert round(100 * (569 - relations["Stranger"]) / 569) == 83
    assert sexes["Female"] > 569 / 2


def test_education_is_of_those_who_were_asked(statistics: Visitor) -> None:
    local = column(statistics, f"{SINCE_1999}&{LOCAL}", "assisted", "education")
    foreign = column(statistics, f"{SINCE_1999}&{FOREIGN}", "assisted", "education")
    asked = sum(number for row, number in local.items() if row not in {*ASKED, "All"}) + local["Not known"]

    assert {row: round(100 * local[row] / asked) for row in SCHOOL_LOCAL} == SCHOOL_LOCAL
    assert local.get("University or other tertiary", 0) / asked < 0.01
    assert {row: round(100 * foreign[row] / 8, 1) for row in SCHOOL_FOREIGN} == SCHOOL_FOREIGN


@pytest.mark.parametrize("dimension", ["citizenship", "destination", "age_band", "education", "recruitment"])
@pytest.mark.parametrize("period", [CALENDAR.format(2005), SINCE_1999])
def test_the_rows_of_a_page_are_what_a_plain_count_of_the_export_gives(
    country: World, statistics: Visitor, period: str, dimension: str
) -> None:
    headings = {"citizenship": "Citizenship", "destination": "Country of exploitation", "age_band": "Age band"}
    headings |= {"education": "Education", "recruitment": "Promise at recruitment"}
    found = column(statistics, period, "assisted", dimension)

    counted = count_oracle.by(exported(country, statistics, period, "assisted"), "Assisted", headings[dimension])

    assert {row: number for row, number in found.items() if row != "All"} == counted
    assert found["All"] == sum(counted.values())


def test_the_command_gives_the_same_numbers(country: World) -> None:
    asked = ["--as", "statistics.supervisor", "--year", "2012", "--by", "adult_child"]
    counts = [word for metric in ("identified", "assisted", "returned", "goal_job") for word in ("--count", metric)]

    done = country.app().test_cli_runner().invoke(args=["counts", "show", *asked, *counts])

    lines = {tuple(line.split("\t")[:4]): line.split("\t")[4] for line in done.output.splitlines()}
    assert done.exit_code == 0, done.output
    assert [lines["all", "", "", metric] for metric in ("identified", "assisted", "returned", "goal_job")] == [
        *("54", "43", "24", "6"),
    ]
    assert lines["all", "adult_child", "child", "identified"] == "12"


@pytest.mark.parametrize(("asked", "metric", "figure"), BY_COMMAND)
def test_the_command_gives_a_figure_of_the_documents(
    country: World, asked: list[str], metric: str, figure: str
) -> None:
    counts = ["counts", "show", "--as", "statistics.supervisor", *asked, "--count", metric]

    done = country.app().test_cli_runner().invoke(args=counts)

    assert done.exit_code == 0, done.output
    assert f"all\t\t\t{metric}\t{figure}" in done.output.splitlines()


def test_the_command_writes_the_facts_that_the_oracle_counts(country: World, statistics: Visitor) -> None:
    range_ = [*RANGE_OF_2007, "--count", "identified"]
    taken(country, statistics, f"/counts/export.csv?{APRIL_2007_ON}&metrics=identified")

    done = country.app().test_cli_runner().invoke(args=["counts", "facts", "--as", "statistics.supervisor", *range_])

    rows = count_oracle.rows_of(done.stdout_bytes)
    assert len({row["who"] for row in rows}) == 32
    assert sum(row["citizenship"] == "Albania" for row in rows) == 9


def test_the_command_writes_facts_of_many_people_when_another_agreed(country: World, statistics: Visitor) -> None:
    counts = ["--count", "identified", "--count", "assisted"]
    asked = ["counts", "facts", "--as", "statistics.supervisor", "--year", "2006", *counts]

    refused = country.app().test_cli_runner().invoke(args=asked)
    taken(country, statistics, "/counts/export.csv?month=&year=2006&metrics=identified&metrics=assisted")
    done = country.app().test_cli_runner().invoke(args=asked)

    assert (refused.exit_code, done.exit_code) == (1, 0)
    assert "leave when another person agreed" in refused.output
    rows = [row for row in count_oracle.rows_of(done.stdout_bytes) if row["count"] == "Identified victims"]
    assert len({row["who"] for row in rows}) == 64


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--as", "nobody", "--year", "2012"], "Nobody who works here has this sign-in name."),
        (["--as", "advocate", "--year", "2012"], "Only supervisors and the national coordinator read counts."),
        (["--as", "statistics.supervisor"], "Name a year, or the first and the last day."),
        (["--as", "statistics.supervisor", "--year", "2012", "--only", "sex:Q"], "There is no such row."),
        (
            ["--as", "national.coordinator", "--first", "2012-01-01", "--last", "2012-01-20"],
            "Choose whole months, a quarter or a year",
        ),
    ],
)
def test_the_command_says_what_it_cannot_count(country: World, arguments: list[str], words: str) -> None:
    done = country.app().test_cli_runner().invoke(args=["counts", "show", *arguments])

    assert done.exit_code == 1
    assert words in done.output
