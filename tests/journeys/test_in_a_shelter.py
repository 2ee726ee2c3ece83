"""In shelters: a phone at night, a child, a man for whom there is nothing, a guarded house, an order that is lifted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from playwright.sync_api import Locator

from tests.journeys.conftest import Site, SiteMaker
from tests.journeys.pages import FIRST, Answer, Person
from tests.journeys.story import ADVOCATE, SOCIAL_WORKER, Client, Story
from tests.journeys.test_without_the_police import INTAKE, NEW
from tests.journeys.watch import NARROW, TOO_WIDE

pytestmark = pytest.mark.browser

IN_2012, IN_2013, IN_2014 = date(2012, 11, 5), date(2013, 2, 4), date(2014, 3, 3)
NGO = ("NGO shelter", "shelter.coordinator")
FOR_MEN = ("Facility for men and disabled people", "men.coordinator")
HIGH_RISK = ("High-risk facility", "secure.coordinator")
FOR_CHILDREN = ("Child shelter (HHC)", "child.coordinator")


def _on_a_phone(site: Site, sign_in: str) -> Person:
    person = site.person(sign_in)
    person.page.set_viewport_size(NARROW)
    return person


def _fits_the_screen(person: Person) -> bool:
    return not person.page.evaluate(TOO_WIDE)


def test_a_person_is_admitted_at_night_on_a_phone(make_site: SiteMaker) -> None:
    site = make_site("postgresql", IN_2014)
    advocate, night_shift = _on_a_phone(site, ADVOCATE), _on_a_phone(site, NGO[1])
    name = {"given_name": "Drita", "family_name": "Provaj"}
    intake = {**INTAKE, "contact_detail": "+383 00 333 444"}
    reference = advocate.opens_a_case(NEW, **name, safe_contact="phone", **intake)
    advocate.takes(reference, "Rate the risk provisionally", level="medium", safety_questions=True, bed=NGO[0])
    night_shift.chooses("Beds")
    assert _fits_the_screen(night_shift)

    night_shift.follows(night_shift.page.locator(".tc-beds__todo a").first)
    rules: dict[str, Answer] = {"house_rules": True, "rights_leaflet": True, "expected_until": date(2014, 3, 20)}
    night_shift.fills(alias="Mimoza", alerts="Must not be seen at the gate", **rules)
    night_shift.presses("Admit")

    night_shift.sees_done()
    night_shift.chooses("Beds")
    assert _fits_the_screen(night_shift)
    assert "5 free" in night_shift.words
    night_shift.follows(night_shift.page.locator("main a", has_text="Mimoza").first)
    assert "Must not be seen at the gate" in night_shift.words
    assert _fits_the_screen(night_shift)
    assert site.notebook.faults == []


def test_a_minor_comes_to_a_shelter_for_children(make_site: SiteMaker) -> None:
    client = Client("Besa", "Provaj", "XK", "sqi", date(1999, 8, 20), is_child=True)
    story = Story(make_site("sqlite", IN_2014), client, *FOR_CHILDREN, IN_2014)
    story.is_noticed()
    story.is_cared_for_as_a_child()
    story.has_an_advocate(by=SOCIAL_WORKER)
    story.is_presumed()
    story.agrees_to_help("assistance", "shelter")
    story.is_rated_jointly("low")
    worker = story.person(SOCIAL_WORKER)

    worker.opens(story.reference)
    worker.follows("Look for a place")
    assert "Does not fit takes no children" in _line_of(worker, NGO[0])
    worker.follows(_propose(worker, FOR_CHILDREN[0]))
    worker.presses("Record")
    story.is_asked_and_admitted()

    assert "Mimoza" in _board_of(story)
    assert story.site.notebook.faults == []


def test_a_man_with_a_disability_waits_until_a_place_is_opened_for_him(make_site: SiteMaker) -> None:
    client = Client("Arben", "Provaj", "XK", "sqi", date(1980, 1, 2), sex="M")
    story = Story(make_site("postgresql", IN_2012), client, *FOR_MEN, IN_2012)
    _is_helped(story, "low")
    advocate = story.person(ADVOCATE)
    advocate.opens(story.reference)
    advocate.follows("Look for a place")
    advocate.follows("Change (What the place must offer)")
    advocate.fills(has_disability="yes", has_children="no")
    advocate.presses("Save")
    assert _propose(advocate).count() == 0

    advocate.fills(reason="disability")
    advocate.presses("Keep that nothing fits")

    advocate.sees_done()
    story.passes((IN_2013 - IN_2012).days)
    advocate.goes_to("/places/waiting")
    assert "91" in advocate.words
    advocate.follows(story.reference)
    advocate.follows(_propose(advocate, FOR_MEN[0]))
    advocate.presses("Record")
    story.is_asked_and_admitted()
    advocate.goes_to("/places/waiting")
    assert story.reference not in advocate.words
    assert story.site.notebook.faults == []


def test_a_foreign_person_at_high_risk_comes_to_the_guarded_house_and_goes_home_from_there(
    make_site: SiteMaker,
) -> None:
    client = Client("Elena", "Provescu", "MD", "ron", date(1990, 5, 6))
    story = Story(make_site("sqlite", IN_2014), client, *HIGH_RISK, IN_2014)
    _is_helped(story, "high", "return", "follow_up")
    story.is_identified("cross_border")
    advocate = story.person(ADVOCATE)
    advocate.opens(story.reference)
    advocate.follows("Look for a place")
    advocate.follows(_propose(advocate, HIGH_RISK[0]))
    advocate.presses("Record")
    story.is_asked_and_admitted()
    story.signs_the_support_plan()
    story.passes(20)

    story.returns("MD")
    story.is_closed("returned_monitored")

    assert "Closed" in advocate.page.locator("h1").inner_text()
    assert story.site.notebook.faults == []


def test_a_movement_limit_is_ordered_reviewed_and_lifted(make_site: SiteMaker) -> None:
    client = Client("Arta", "Provë", "XK", "sqi", date(1985, 1, 2))
    story = Story(make_site("postgresql", IN_2014), client, *NGO, IN_2014)
    _is_helped(story, "medium")
    story.is_sheltered()
    house = story.person(NGO[1])
    _goes_to_the_limits(house)
    house.follows(_button(house, "Order a limit"))
    order: dict[str, Answer] = {
        "kind": FIRST,
        "ground": FIRST,
        "reason": "A car that she knows stands at the corner.",
        "own_word": "agrees",
        "own_words": "For a week, not longer.",
        "told_in": "sqi",
        "told_way": FIRST,
    }

    house.fills(**order, ends_on=IN_2014 + timedelta(days=30))
    house.presses("Order the limit", status=422)
    assert "A car that she knows stands at the corner." in house.page.locator('[name="reason"]').input_value()
    house.fills(ends_on=IN_2014 + timedelta(days=7))
    house.presses("Order the limit")
    story.passes(3)
    _goes_to_the_limits(house)
    house.follows("No. 1")
    house.follows(_button(house, "Review it"))
    house.fills(outcome="upheld", note="The car came back yesterday.")
    house.presses("Record the review")
    house.follows(_button(house, "Lift it"))
    house.fills(reason="The police have spoken with the driver.")
    house.presses("Lift it")

    assert "Lifted" in house.words
    advocate = story.person(ADVOCATE)
    advocate.opens(story.reference)
    advocate.follows("Life in the shelter")
    assert all(
        words in advocate.words for words in ("Lifted", "For a week, not longer.", "The car came back yesterday.")
    )
    assert story.site.notebook.faults == []


def _goes_to_the_limits(house: Person) -> None:
    house.chooses("Beds")
    house.follows(house.page.locator("main a", has_text="Mimoza").first)
    house.follows("Movement limits")


def _is_helped(story: Story, level: str, *purposes: str) -> None:
    story.is_noticed()
    story.has_an_advocate()
    story.is_presumed()
    story.agrees_to_help("assistance", "shelter", *purposes)
    if story.day < date(2013, 1, 1):
        story.is_rated_by_the_police(level)
    else:
        story.is_rated_jointly(level)


def _line_of(person: Person, place: str) -> str:
    row = person.page.locator("#places tr").filter(has_text=place).first
    return " ".join(row.inner_text().split())


def _propose(person: Person, place: str = "") -> Locator:
    """The link that proposes a place, or all of them."""
    return person.page.locator("#places a").filter(has_text=f"Propose {place}".strip())


def _board_of(story: Story) -> str:
    coordinator = story.person(story.coordinator)
    coordinator.chooses("Beds")
    return coordinator.words


def _button(person: Person, words: str) -> Locator:
    """A link that looks like a button."""
    return person.page.locator("main a.govuk-button", has_text=words)
