"""A closed case is erased by two: one asks from the case, the supervisor, another person, decides on her own list."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from flask import Flask

from app.services import erasing
from tests.factories.closing import close
from tests.factories.world import World
from tests.support.client import Visitor

A_DAY = date(2014, 3, 3)


@pytest.fixture
def closed(world: World) -> UUID:
    case_id = world.with_advocate()
    close(world, case_id, A_DAY)
    return case_id


def _as(app: Flask, name: str) -> Visitor:
    visitor = Visitor(app)
    visitor.sign_in(name)
    return visitor


def _asked_by(visitor: Visitor, case_id: UUID) -> None:
    page = visitor.get(visitor.get(f"/cases/{case_id}").links["Ask for an erasure"])
    visitor.submit(page, "Ask for it", reason="person_asked")


def test_one_asks_from_the_case_and_her_supervisor_erases_it(app: Flask, closed: UUID) -> None:
    advocate, supervisor = _as(app, "advocate"), _as(app, "advocacy.supervisor")
    reference = advocate.get(f"/cases/{closed}").root.of_class("govuk-caption-l")[0].text
    _asked_by(advocate, closed)

    page = supervisor.get("/erasures")
    done = supervisor.submit(page, next(one for one in _buttons(page) if one.startswith("Erase for good")))

    assert reference
    assert "No erasure waits for a decision." in done.root.all("main")[0].text
    assert advocate.get(f"/cases/{closed}", status=404).heading.startswith("There is no such page")


def _buttons(page: object) -> list[str]:
    return [button.text for form in page.forms for button in form.buttons]  # type: ignore[attr-defined]


def test_who_asked_is_offered_no_decision_and_gets_none(app: Flask, world: World, closed: UUID) -> None:
    supervisor = _as(app, "advocacy.supervisor")
    asked = erasing.ask(world.actor("advocacy.supervisor"), closed, "person_asked")

    page = supervisor.get("/erasures")
    after = supervisor.post("/erasures/decide", {"erasure": asked["erasure_id"], "decision": "erase"}, 200)

    assert [one for one in _buttons(page) if one.startswith(("Erase", "Leave the"))] == []
    assert "never who asked" in after.root.all("main")[0].text
    assert "Somebody else decides" in after.root.all("main")[0].text


def test_the_supervisor_may_leave_the_case(app: Flask, closed: UUID) -> None:
    advocate, supervisor = _as(app, "advocate"), _as(app, "advocacy.supervisor")
    _asked_by(advocate, closed)

    page = supervisor.get("/erasures")
    supervisor.submit(page, next(one for one in _buttons(page) if one.startswith("Leave the case")))

    assert "Arta" in advocate.get(f"/cases/{closed}").root.all("main")[0].text


def test_another_agencys_supervisor_sees_and_decides_nothing(app: Flask, world: World, closed: UUID) -> None:
    asked = erasing.ask(world.actor("advocate"), closed, "person_asked")
    other = _as(app, "police.supervisor")

    before = other.get("/erasures").root.all("main")[0].text
    other.post("/erasures/decide", {"erasure": asked["erasure_id"], "decision": "erase"}, 200)

    assert "No erasure waits" in before
    assert "Arta" in _as(app, "advocate").get(f"/cases/{closed}").root.all("main")[0].text


def test_an_open_case_says_why_it_cannot_be_erased(app: Flask, world: World) -> None:
    case_id = world.with_advocate()
    advocate = _as(app, "advocate")

    page = advocate.get(f"/cases/{case_id}/erase")

    assert "only a closed case" in page.root.all("main")[0].text
    assert "Ask for an erasure" not in advocate.get(f"/cases/{case_id}").links
