"""What is paid for: money beside bed-nights, how long it lasts, days without any; on the page and in its files."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from uuid import uuid4

import openpyxl
import pytest

from app.demo.money import record_money
from tests.factories.funding import DONOR, granted
from tests.factories.nights import Laid, beds_of, lay
from tests.factories.reading import Readers
from tests.factories.world import World
from tests.support.page import Page

SUPERVISOR, HOUSE, NATION = "statistics.supervisor", "shelter.coordinator", "national.coordinator"
Y2013 = {"from_on": date(2013, 1, 1), "to_on": date(2013, 12, 31)}


@pytest.fixture
def paid(world: World) -> World:
    """A house with 36,500 euros and 500 dollars of the state in 2013, and 100 nights slept in a bed of it."""
    granted(world, **Y2013)
    granted(world, amount=Decimal(500), currency="USD", **Y2013)
    bed, person = beds_of(world, "shelter_ngo")[0], uuid4()
    stay = (date(2013, 1, 1), date(2013, 4, 11), "own_home")
    lay(world, [Laid(bed.agency_id, bed.id, bed.is_cot, person, person, *stay, id=uuid4())])
    return world


def _row(page: Page, table: str, place: str) -> list[str]:
    """The cells of a place in one of the tables."""
    found = next(one for one in page.main.all("table") if table in one.text)
    return next([cell.text for cell in row.all("th", "td")] for row in found.all("tr") if row.text.startswith(place))


@pytest.mark.line(17)
@pytest.mark.parametrize("by", [SUPERVISOR, HOUSE])
def test_money_stands_beside_the_nights_that_it_paid_for(reader: Readers, paid: World, by: str) -> None:
    page = reader(by).get("/funding/costs/?year=2013&currency=EUR")

    money = _row(page, "Money by place", "NGO shelter")
    assert money == ["NGO shelter", "EUR 0", "EUR 36,500", "EUR 0", "EUR 36,500", "EUR 36,500", "EUR 0"]
    assert _row(page, "Bed-nights and what one costs", "NGO shelter") == ["NGO shelter", "0", "100", "–", "EUR 365"]
    assert _row(page, "How long the money lasts", "NGO shelter")[1:] == ["0", "31 Dec 2013", "none", "none"]


def test_sums_of_two_currencies_are_never_added(reader: Readers, paid: World) -> None:
    page = reader(SUPERVISOR).get("/funding/costs/?year=2013&currency=USD")

    assert _row(page, "Money by place", "All together")[2] == "USD 500"
    assert "37,000" not in page.text
    assert "There is money in other currencies too" in page.text


def test_what_is_not_told_makes_a_sum_at_least_what_is_shown(reader: Readers, paid: World) -> None:
    granted(paid, pays=DONOR, amount=None, **Y2013)

    page = reader(SUPERVISOR).get("/funding/costs/?year=2013&currency=EUR")

    assert _row(page, "Money by place", "NGO shelter")[4:] == ["at least EUR 36,500", "EUR 36,500", "not told"]
    assert _row(page, "Bed-nights and what one costs", "NGO shelter")[4] == "at least EUR 365"


def test_the_national_coordinator_reads_money_and_no_nights_of_a_place(reader: Readers, paid: World) -> None:
    page = reader(NATION).get("/funding/costs/?year=2013&currency=EUR")

    assert _row(page, "Money by place", "NGO shelter")[2] == "EUR 36,500"
    assert _row(page, "Bed-nights and what one costs", "NGO shelter")[1:3] == ["not shown", "not shown"]


def test_a_house_reads_nothing_of_another(reader: Readers, paid: World) -> None:
    page = reader("men.coordinator").get("/funding/costs/?year=2013&currency=EUR")

    assert "36,500" not in page.text
    assert "NGO shelter" not in page.text


def test_days_without_money_are_named_with_those_without_the_states(reader: Readers, paid: World) -> None:
    granted(paid, agencies=("shelter_men",), pays=DONOR, from_on=date(2013, 1, 1), to_on=date(2013, 6, 30))

    cells = _row(reader(SUPERVISOR).get("/funding/costs/?year=2013"), "How long the money lasts", "Facility for men")

    assert cells[3:] == ["1 Jul 2013 to 31 Dec 2013", "1 Jan 2013 to 31 Dec 2013"]


def test_the_table_leaves_as_csv_and_is_written_down(reader: Readers, paid: World) -> None:
    answer = reader(SUPERVISOR).download("/funding/costs/export.csv?year=2013&currency=EUR")

    rows = list(csv.reader(io.StringIO(answer.get_data().decode("utf-8-sig"))))
    (ngo,) = [row for row in rows if row[0] == "NGO shelter"]
    assert dict(zip(rows[0], ngo, strict=True))["Cost of a bed-night 2013"] == "365.0"
    assert "funding-2013-EUR-internal.csv" in answer.headers["Content-Disposition"]
    assert len(reader.entries("funding:exported")) == 1


def test_the_workbook_says_what_each_number_means(reader: Readers, paid: World) -> None:
    answer = reader(HOUSE).download("/funding/costs/export.xlsx?year=2013&currency=EUR")

    book = openpyxl.load_workbook(io.BytesIO(answer.get_data()))
    told = " ".join(str(cell.value) for row in book["Definitions"].rows for cell in row)
    assert book.sheetnames == ["Places", "Payers", "Years", "Definitions"]
    assert "spread evenly over its days" in told
    assert "each person once a night" in told


@pytest.mark.parametrize("wrong", ["year=soon", "currency=XXX", "agency=x", "payer=0", "year=1"])
def test_what_cannot_be_asked_is_said_at_its_field(reader: Readers, world: World, wrong: str) -> None:
    visitor = reader(SUPERVISOR)

    assert visitor.get(f"/funding/costs/?{wrong}", 422).errors
    visitor.get(f"/funding/costs/export.csv?{wrong}", 422)


def test_the_founding_years_stand_side_by_side(reader: Readers, world: World) -> None:
    record_money(world.agencies)
    visitor = reader(SUPERVISOR)

    of_2007 = visitor.get("/funding/costs/?year=2007&currency=EUR")
    of_2012 = visitor.get("/funding/costs/?year=2012&currency=USD")

    foreign = _row(of_2007, "Money by place", "Shelter for foreign victims (PVPT)")
    assert foreign[5:] == ["EUR 0", "not told"]
    assert (
        _row(of_2007, "How long the money lasts", "Shelter for foreign victims (PVPT)")[4]
        == "1 Jan 2007 to 31 Dec 2007"
    )
    assert _row(of_2007, "How long the money lasts", "Child shelter (HHC)")[2] == "30 Jun 2008"
    assert _row(of_2007, "Money by place", "6 places together")[2] == "EUR 60,374"
    centres = _row(of_2012, "Money by place", "Municipal social welfare centres")
    assert centres[1:3] == ["about USD 153,000", "about USD 198,000"]


def test_as_many_statements_for_many_grants_as_for_few(reader: Readers, paid: World) -> None:
    visitor = reader(SUPERVISOR)
    visitor.get("/funding/costs/?year=2013")
    with reader.statements() as few:
        visitor.get("/funding/costs/?year=2013")
    added = [granted(paid, named=("North", "South"), **Y2013) for _ in range(10)]
    with reader.statements() as many:
        visitor.get("/funding/costs/?year=2013")

    assert len(added) == 10
    assert len(many) == len(few)
