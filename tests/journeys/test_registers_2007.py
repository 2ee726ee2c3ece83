"""Three supervisors bring their registers of 2007, a reviewer answers what is doubtful, and the year is counted."""

from __future__ import annotations

from datetime import date

import pytest

from tests.factories.hand_answers import ANSWERS
from tests.factories.registers import FOLDER, KEEPERS
from tests.journeys.conftest import Site, SiteMaker
from tests.journeys.pages import Person
from tests.support.page import Page
from tests.support.tables import Place, changed, numbers

pytestmark = pytest.mark.browser

A_DAY_AFTER = date(2008, 1, 15)
HEADLINE, NATION = "People counted", "All agencies"
BOTH = "People whom two agencies both counted"


def _brings(keeper: Person, register: str) -> str:
    """A supervisor takes her register in as it is; gives what the receipt says."""
    keeper.chooses("Registers")
    keeper.page.locator('[name="register"]').set_input_files(FOLDER / f"{register}.csv")
    keeper.presses("Go on")
    keeper.presses("Try it")
    keeper.presses(keeper.page.locator('main button[type="submit"]').inner_text())
    keeper.sees_done()
    return " ".join(keeper.words.split())


def _answers_all(reviewer: Person) -> dict[frozenset[str], str]:
    """Open what waits, one after the other, open the names, answer by hand; gives what each pair is called."""
    called = {}
    reviewer.chooses("Links")
    while reviewer.page.locator("#pairs").count():
        reviewer.follows(reviewer.page.locator("#pairs a").first)
        pair = reviewer.heading
        reviewer.presses("Open the names")
        names = _names(reviewer)
        _answers(reviewer, names)
        called[names] = pair.removeprefix("Pair ")
    return called


def _answers(reviewer: Person, names: frozenset[str]) -> None:
    answer = ANSWERS[names]
    reviewer.fills(**{"reason_same" if answer.is_same else "reason_apart": answer.reason})
    reviewer.presses("They are one person" if answer.is_same else "They are two people")
    reviewer.sees_done()


def _names(reviewer: Person) -> frozenset[str]:
    cards = reviewer.page.locator(".govuk-summary-card").all()
    values = [[value.inner_text() for value in card.locator("dd").all()[:2]] for card in cards]
    return frozenset(" ".join(both) for both in values)


def _counts(site: Site, breakdown: str) -> dict[Place, str]:
    """The year as the statistics supervisor reads it."""
    reader = site.person("statistics.supervisor")
    reader.chooses("Counts")
    reader.fills(month="", year="2007", breakdown=breakdown)
    reader.presses("Count")
    return numbers(Page.read("/counts", reader.status, {}, reader.page.content()))


def _row(found: dict[Place, str], row: str, caption: str = HEADLINE) -> list[str]:
    return [words for (table, heading, _), words in found.items() if (table, heading) == (caption, row)]


def _column(found: dict[Place, str], caption: str, column: str) -> dict[str, str]:
    return {row: words for (table, row, heading), words in found.items() if (table, heading) == (caption, column)}


def test_the_registers_of_2007_become_the_figures_of_the_year(make_site: SiteMaker) -> None:
    site = make_site("sqlite", A_DAY_AFTER)
    reviewer = site.person("link.reviewer")

    receipts = {register: _brings(site.person(keeper), register) for register, keeper in KEEPERS.items()}
    before = _counts(site, "community")
    pairs = _answers_all(reviewer)
    after = _counts(site, "community")

    assert "Rows taken in 32 Identified victims 32 Refused help 5" in receipts["police"]
    assert "Rows taken in 33 Assisted 33" in receipts["advocates"]
    assert "Rows taken in 16 Returned 9" in receipts["return_partner"]
    assert _row(before, NATION)[-1] == "41"
    assert _row(before, "All agencies, if every doubtful link were confirmed")[-1] == "38"
    assert len(pairs) == 3
    assert _row(after, NATION) == ["32", "33", "0", "9", "38"]
    assert _column(after, "All agencies: by community", "Identified victims") == {
        "Kosovo Albanian": "17", "Kosovo Serb": "1", "Not asked": "14", "All": "32",
    }  # fmt: skip
    citizenships = _column(_counts(site, "citizenship"), "All agencies: by citizenship", "Identified victims")
    assert citizenships == {
        "Kosovo": "18", "Albania": "9", "Moldova": "3", "Ukraine": "1", "North Macedonia": "1", "All": "32",
    }  # fmt: skip
    children = _column(_counts(site, "adult_child"), "All agencies: by adult or child", "Identified victims")
    assert children["Child (under 18)"] == "15"
    scopes = _column(_counts(site, "scope"), "All agencies: by internal or cross-border", "Assisted")
    assert scopes["Internal trafficking"] == "14"

    reviewer.goes_to("/links?show=standing")
    reviewer.follows(pairs[frozenset({"Jehona Mustafë", "Hona Mustafe"})])
    reviewer.fills(reason_apart="linked_by_mistake")
    reviewer.presses("Take it back for good")

    moved = changed(after, _counts(site, "community"))
    assert sorted((caption, *pair) for (caption, _, _), pair in moved.items()) == [
        (HEADLINE, "38", "39"),
        (BOTH, "27", "26"),
    ]
    assert site.notebook.faults == []


def test_the_same_register_a_second_time_changes_nothing(make_site: SiteMaker) -> None:
    site = make_site("sqlite", A_DAY_AFTER)
    keeper = site.person("police.supervisor")
    _brings(keeper, "police")
    before = _counts(site, "sex")

    keeper.chooses("Registers")
    keeper.page.locator('[name="register"]').set_input_files(FOLDER / "police.csv")
    keeper.presses("Go on")

    assert "This file was taken in before. Nothing was changed." in keeper.words
    assert changed(before, _counts(site, "sex")) == {}
