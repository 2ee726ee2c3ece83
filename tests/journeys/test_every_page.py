"""Each role's pages as her browser first meets them: their weight, their accessibility, their width, their language."""

from __future__ import annotations

from datetime import date

import pytest

from tests.journeys.conftest import Site, SiteMaker
from tests.journeys.pages import Person
from tests.journeys.story import Client, Story
from tests.journeys.watch import FIRST_LOAD, LATER_LOAD

pytestmark = pytest.mark.browser

A_DAY = date(2014, 3, 3)
CLIENT = Client("Arta", "Provë", "XK", "sqi", date(1985, 1, 2))
NGO = ("NGO shelter", "shelter.coordinator")
ROLES = (
    "investigator",
    "advocate",
    "social.worker",
    "shelter.coordinator",
    "return.coordinator",
    "advocacy.supervisor",
    "statistics.supervisor",
    "link.reviewer",
    "national.coordinator",
    "administrator",
    "labour.inspector",
    "hotline.operator",
    "data.protection",
)


def test_every_page_of_every_menu_is_light_and_usable_by_everybody_on_desk_and_phone(make_site: SiteMaker) -> None:
    site = make_site("sqlite", A_DAY)
    site.notebook.looked_at = set()
    _has_someone_in_a_shelter(site)

    menus = {name: _walks_the_menu(site.person(name)) for name in ROLES}

    assert all(menus.values())
    assert site.notebook.faults == []
    assert site.notebook.heaviest(is_first=True).weight <= FIRST_LOAD
    assert site.notebook.heaviest(is_first=False).weight <= LATER_LOAD


def test_a_page_that_is_too_heavy_too_wide_or_unlabelled_is_written_down(make_site: SiteMaker) -> None:
    site = make_site("sqlite", A_DAY)
    site.notebook.looked_at = set()
    person = site.person("advocate")
    person.goes_to("/")
    person.page.evaluate(
        "document.querySelector('main').innerHTML = '<input><p>wide</p>';"
        "document.querySelector('main p').style.width = '900px';"
        "console.error('a script has failed')"
    )
    site.notebook.looked_at.clear()
    person.watch.bytes = LATER_LOAD + 1

    person.watch.arrived()

    found = "\n".join(site.notebook.faults)
    assert all(words in found for words in ("bytes, more than", "sideways", "label", "a script has failed"))


@pytest.mark.line(32)
def test_the_pages_speak_albanian_once_it_is_chosen_and_go_on_doing_so(make_site: SiteMaker) -> None:
    advocate = make_site("sqlite", A_DAY).person("advocate")
    advocate.goes_to("/")
    english = advocate.heading

    advocate.reads_in("Shqip")

    advocate.goes_to("/cases/new/advocacy/open_directly")
    assert english == "My work"
    assert advocate.page.locator("html").get_attribute("lang") == "sq"
    assert advocate.heading == "Hap rastin pa policinë"
    advocate.signs_out("Dil")
    assert advocate.page.url.endswith("/sign-in")
    assert advocate.page.locator("html").get_attribute("lang") == "sq"


def _has_someone_in_a_shelter(site: Site) -> None:
    """Work for the three main users: a case, a stay, a month with numbers."""
    story = Story(site, CLIENT, *NGO, A_DAY)
    story.is_noticed()
    story.has_an_advocate()
    story.is_presumed()
    story.agrees_to_help("assistance", "shelter")
    story.is_rated_jointly("low")
    story.is_sheltered()


def _walks_the_menu(person: Person) -> list[str]:
    """Open each page of her menu with nothing kept from the ones before."""
    person.goes_to("/")
    entries = person.page.locator("#navigation a").all_inner_texts()
    for entry in entries:
        person.watch.forget_cache()
        person.chooses(entry.strip())
    return entries
