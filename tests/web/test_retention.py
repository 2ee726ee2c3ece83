"""Pages of what is over its period: a supervisor asks, keeps, ends a hold; everybody reads how long data are kept."""

from __future__ import annotations

from uuid import UUID

import pytest
from flask import Flask

from tests.factories.closing import close
from tests.factories.world import A_DAY, World
from tests.support.client import Visitor
from tests.support.page import Page


@pytest.fixture
def closed(world: World) -> UUID:
    case_id = world.with_advocate()
    close(world, case_id, A_DAY)
    return case_id


def _as(app: Flask, name: str) -> Visitor:
    visitor = Visitor(app)
    visitor.sign_in(name)
    return visitor


def _main(page: Page) -> str:
    return page.root.all("main")[0].text


def _button(page: Page, words: str) -> str:
    return next(button.text for form in page.forms for button in form.buttons if button.text.startswith(words))


@pytest.mark.usefixtures("closed")
def test_a_supervisor_sees_what_is_due_without_a_name_and_asks_for_it(app: Flask) -> None:
    supervisor = _as(app, "advocacy.supervisor")
    page = supervisor.get(supervisor.get("/caseload").links["Keeping of data"])

    asked = supervisor.submit(page, _button(page, "Ask for the erasure"))

    assert ("03/2014" in _main(page), "Arta" in _main(page), "Provë" in _main(page)) == (True, False, False)
    assert "Erasure asked for" in _main(asked)
    assert "Somebody else decides on this." in _main(supervisor.get("/erasures"))


@pytest.mark.usefixtures("closed")
def test_all_on_the_page_are_asked_for_at_once_and_twice_is_nothing_more(app: Flask) -> None:
    supervisor = _as(app, "advocacy.supervisor")
    page = supervisor.get("/retention")

    first = supervisor.submit(page, "Ask for all on this page")
    again = supervisor.post("/retention/ask", {"cases": "no code"}, 200)

    assert "Asked for 1 case." in first.text
    assert "Nothing was asked" in again.text


def test_a_case_is_kept_from_its_own_page_and_freed_from_the_list_of_holds(app: Flask, closed: UUID) -> None:
    supervisor = _as(app, "advocacy.supervisor")
    page = supervisor.get(supervisor.get(f"/cases/{closed}").links["Keep the case past its period"])
    day = {"until-day": "1", "until-month": "2", "until-year": "2030"}
    wrong = supervisor.submit(page, "Keep it", 422, **{**day, "until-year": "2014"}, reason="complaint")
    kept = supervisor.submit(wrong, "Keep it", **day, reason="complaint")
    due, ask = supervisor.get("/retention"), supervisor.get(f"/cases/{closed}/erase")

    freed = supervisor.submit(kept, _button(kept, "End the hold"))

    assert "A complaint that is being looked into" in _main(kept)
    assert ("Kept until" in _main(due), "is kept for a reason" in _main(ask)) == (True, True)
    assert "No case is kept past its period." in _main(freed)


def test_another_agencys_supervisor_sees_and_keeps_nothing(app: Flask, closed: UUID) -> None:
    other = _as(app, "police.supervisor")

    assert "No case is over its period." in _main(other.get("/retention"))
    assert other.get(f"/cases/{closed}/hold", status=404)
    assert "Nothing was changed" in other.post("/retention/lift", {"hold": str(closed)}, 200).text


@pytest.mark.parametrize("name", ["investigator", "hotline.operator", "shelter.coordinator"])
def test_everybody_reads_how_long_data_are_kept_and_what_was_not_compared_with_the_law(app: Flask, name: str) -> None:
    page = _as(app, name).get("/retention/periods")

    assert ("120 months" in _main(page), "Not compared with the law" in _main(page)) == (True, True)
