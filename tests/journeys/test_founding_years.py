"""The statistics supervisor reads the founding years in her browser, signs one of them, and takes it with her."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.demo import founding, founding_work
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
