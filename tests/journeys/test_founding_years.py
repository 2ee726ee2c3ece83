"""The statistics supervisor reads the founding years in her browser, signs one of them, and takes it with her."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.demo import founding, founding_work
from app.demo.money import record_money
from app.services import unit_of_work
from tests.journeys.conftest import Site, SiteMaker
from tests.journeys.pages import Person
from tests.support import count_oracle
from tests.support.page import Page
from tests.support.tables import Place, numbers

pytestmark = pytest.mark.browser

LATER = date(2013, 2, 20)
EVERY_FACT = "Every single fact, by pseudonym (CSV)"
ALL = "All agencies"
WORK, EVERY_ACT = "Work in numbers", "Every single act, in codes (CSV)"
PROCEEDINGS = ("Investigations opened", "Prosecutions begun", "Convicted", "Acquitted")


def _page(reader: Person) -> dict[Place, str]:
    return numbers(Page.read("/counts", reader.status, {}, reader.page.content()))


def _counted(reader: Person, **asked: str | list[str]) -> dict[str, str]:
    """The headline of a period, by count."""
    reader.chooses("Counts")
    reader.fills(**asked)
    reader.presses("Count")
    found = _page(reader)
    return {count: words for (table, row, count), words in found.items() if (table, row) == ("People counted", ALL)}


@pytest.fixture
def site(make_site: SiteMaker) -> Site:
    made = make_site("sqlite", LATER)
    unit_of_work.bind(made.world.database)
    founding.load()
    founding_work.load()
    record_money(made.world.agencies)
    made.move_to(LATER + timedelta(days=2))
    return made


def test_the_founding_years_are_read_counted_again_signed_and_taken_along(site: Site) -> None:
    reader = site.person("statistics.supervisor")

    in_2005 = _counted(reader, month="", year="2005", breakdown="adult_child")
    exported = count_oracle.rows_of(reader.downloads(EVERY_FACT))
    in_2012 = _counted(reader, month="", year="2012", breakdown="adult_child")
    children = _page(reader)[f"{ALL}: by adult or child", "Child (under 18)", "Identified victims"]

    assert [in_2005[count] for count in ("Identified victims", "Assisted", "Returned")] == ["49", "38", "14"]
    assert [count_oracle.people(exported, count) for count in ("Identified victims", "Assisted", "Returned")] == [
        *(49, 38, 14),
    ]
    assert [in_2012[count] for count in ("Identified victims", "Assisted", "Returned")] == ["54", "43", "24"]
    assert children == "12"

    reader.follows("Sign and freeze this report")
    reader.fills(as_of=LATER)
    reader.presses("Sign and freeze", status=422)
    assert "As it was known at the end of 20 Feb 2013." in reader.words
    reader.presses("Sign and freeze")
    reader.sees_done()
    assert [_page(reader)["People counted", ALL, count] for count in ("Identified victims", "Assisted")] == ["54", "43"]
    assert "All of it is as it was signed." in reader.words
    assert reader.downloads("For paper, with pictures (PDF)").startswith(b"%PDF")
    assert site.notebook.faults == []


def _worked(reader: Person, year: str) -> dict[str, str]:
    """The work of a year, by what is counted."""
    reader.chooses("Work in numbers")
    reader.fills(month="", year=year)
    reader.presses("Count")
    return {row.partition(" /")[0]: words for (table, row, _), words in _page(reader).items() if table == WORK}


def test_the_work_and_the_money_of_the_founding_years_are_read_and_taken_along(site: Site) -> None:
    reader = site.person("statistics.supervisor")

    in_2005 = _worked(reader, "2005")
    in_2012 = _worked(reader, "2012")
    acts = count_oracle.rows_of(reader.downloads(EVERY_ACT))

    assert [in_2005[one] for one in ("Raids", "Arrests", "Searches of private homes")] == ["2,000", "33", "45"]
    assert [in_2012[one] for one in PROCEEDINGS] == ["104", "31", "41", "9"]
    assert [count_oracle.acts(acts, one) for one in PROCEEDINGS] == [104, 31, 41, 9]

    reader.follows("Funding by shelter and payer")
    reader.fills(year="2007")
    reader.presses("Show")
    assert [one in reader.words for one in ("about EUR 191,970", "EUR 60,374")] == [True, True]
    reader.follows(reader.page.locator("tr", has_text="about EUR 191,970").get_by_role("link"))
    assert [one in reader.words for one in ("about EUR 28,750", "about EUR 135,000")] == [True, True]
    assert site.notebook.faults == []
