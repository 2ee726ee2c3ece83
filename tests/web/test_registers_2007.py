"""The three registers of 2007 through the pages: taken in, reviewed by hand, counted, and a link taken back."""

import io
import re

import pytest

from tests.factories import registers
from tests.factories.hand_answers import ANSWERS
from tests.factories.world import World
from tests.support.client import Visitor
from tests.support.page import Page
from tests.support.tables import Place, changed, numbers

HEADLINE, NATION = "People counted", "All agencies"
IF_ALL = "All agencies, if every doubtful link were confirmed"
BOTH = "People whom two agencies both counted"
YEAR = "/counts?month=&year=2007&breakdown="


@pytest.fixture
def desks(world: World, visitor: Visitor) -> dict[str, Visitor]:
    """Everybody who has to do with it, signed in, by sign-in name."""
    found = {name: Visitor(visitor.client.application) for name in (*registers.KEEPERS.values(), *OTHERS)}
    for name, one in found.items():
        one.sign_in(name)
    return found


OTHERS = ("link.reviewer", "statistics.supervisor")


def _take_all_in(desks: dict[str, Visitor]) -> dict[str, Page]:
    receipts = {}
    for register, keeper in registers.KEEPERS.items():
        visitor = desks[keeper]
        sent = (io.BytesIO(registers.content_of(register)), f"{register}.csv")
        tried = visitor.submit(visitor.submit(visitor.get("/registers"), "Go on", register=sent), "Try it")
        button = next(one.text for form in tried.forms for one in form.buttons if one.text.startswith("Take "))
        receipts[register] = visitor.submit(tried, button)
    return receipts


def _waiting(reviewer: Visitor) -> list[str]:
    page = reviewer.get("/links")
    return [link["href"] for link in page.root.all("a") if re.fullmatch(r"/links/[0-9a-f-]{36}", link["href"])]


def _review_all(reviewer: Visitor) -> dict[frozenset[str], str]:
    """Answer each pair that waits as the hand wrote it; gives the addresses of the pairs by names."""
    answered = {}
    while waiting := _waiting(reviewer):
        page = reviewer.submit(reviewer.get(waiting[0]), "Open the names")
        names = _names_on(page)
        answer = ANSWERS[names]
        button = "They are one person" if answer.is_same else "They are two people"
        field = "reason_same" if answer.is_same else "reason_apart"
        reviewer.submit(page, button, **{field: answer.reason})
        answered[names] = waiting[0]
    return answered


def _names_on(page: Page) -> frozenset[str]:
    terms = {"First name": [], "Surname": []}
    for row in page.root.of_class("govuk-summary-list__row"):
        words = [part.text for part in row.all("dt", "dd")]
        terms.get(words[0], []).append(words[1])
    return frozenset(f"{given} {surname}" for given, surname in zip(terms["First name"], terms["Surname"], strict=True))


def _counts(desks: dict[str, Visitor], breakdown: str = "community") -> dict[Place, str]:
    return numbers(desks["statistics.supervisor"].get(YEAR + breakdown))


def _of(found: dict[Place, str], row: str = NATION, caption: str = HEADLINE) -> dict[str, str]:
    return {column: words for (table, heading, column), words in found.items() if (table, heading) == (caption, row)}


def _people(found: dict[Place, str], row: str = NATION) -> str:
    """The last column: people over all that is counted, each once."""
    return list(_of(found, row).values())[-1]


def test_before_the_review_people_are_a_range_and_after_it_thirty_eight(desks: dict[str, Visitor]) -> None:
    receipts = _take_all_in(desks)
    before = _counts(desks)
    taken = {register: re.findall(r"Rows taken in (\d+)", page.text) for register, page in receipts.items()}
    assert taken == {"police": ["32"], "advocates": ["33"], "return_partner": ["16"]}
    assert (_people(before), _people(before, IF_ALL)) == ("41", "38")

    answered = _review_all(desks["link.reviewer"])

    after = _counts(desks)
    assert set(answered) == set(ANSWERS)
    assert _people(after) == "38"
    assert _of(after, IF_ALL) == {}
    assert {name: _of(after)[name] for name in ("Identified victims", "Assisted", "Returned")} == {
        "Identified victims": "32",
        "Assisted": "33",
        "Returned": "9",
    }


def test_counts_of_2007_are_those_of_the_cable(desks: dict[str, Visitor]) -> None:
    _take_all_in(desks)
    _review_all(desks["link.reviewer"])

    communities, citizenships = _counts(desks, "community"), _counts(desks, "citizenship")
    children, scopes = _counts(desks, "adult_child"), _counts(desks, "scope")

    assert _column(communities, "All agencies: by community", "Identified victims") == {
        "Kosovo Albanian": "17", "Kosovo Serb": "1", "Not asked": "14", "All": "32",
    }  # fmt: skip
    assert _column(citizenships, "All agencies: by citizenship", "Identified victims") == {
        "Kosovo": "18", "Albania": "9", "Moldova": "3", "Ukraine": "1", "North Macedonia": "1", "All": "32",
    }  # fmt: skip
    assert _column(children, "All agencies: by adult or child", "Identified victims")["Child (under 18)"] == "15"
    assert _column(scopes, "All agencies: by internal or cross-border", "Assisted")["Internal trafficking"] == "14"


def _column(found: dict[Place, str], caption: str, column: str) -> dict[str, str]:
    return {row: words for (table, row, heading), words in found.items() if (table, heading) == (caption, column)}


def test_link_taken_back_moves_the_people_and_the_overlap_of_its_two_agencies_and_no_other_number(
    desks: dict[str, Visitor],
) -> None:
    _take_all_in(desks)
    reviewer = desks["link.reviewer"]
    pair = _review_all(reviewer)[frozenset({"Jehona Mustafë", "Hona Mustafe"})]
    before = _counts(desks)

    reviewer.submit(reviewer.get(pair), "Take it back for good", reason_apart="linked_by_mistake")

    moved = changed(before, _counts(desks))
    assert sorted((caption, *pair) for (caption, _, _), pair in moved.items()) == [
        (HEADLINE, "38", "39"),
        (BOTH, "27", "26"),
    ]
    overlap = next(row for caption, row, _ in moved if caption == BOTH)
    assert "identified victims 32" in overlap
    assert "assisted 33" in overlap


def test_refusal_of_help_is_a_fact_of_its_own(desks: dict[str, Visitor]) -> None:
    _take_all_in(desks)

    page = desks["statistics.supervisor"].get(f"{YEAR}sex&metrics=identified&metrics=refused")

    assert list(_of(numbers(page)).items())[:2] == [("Identified victims", "32"), ("Refused help", "5")]
    assert _people(numbers(page)) == "32"
