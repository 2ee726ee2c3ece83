"""The page on which a case is moved to the version in force: the plan first, then the act, for the leading agency."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from flask import Flask

from app.clock import local_day, utc_now
from app.services.unit_of_work import Parts
from tests.factories.releases import of_the_year_3000, screened_before_a_release_that_names_it_otherwise
from tests.factories.world import POINTER, Template, World
from tests.support.client import Visitor

IN_2007 = date(2007, 3, 5)


def _reader(app: Flask, sign_in: str) -> Visitor:
    visitor = Visitor(app)
    visitor.sign_in(sign_in)
    return visitor


def _called(world: World) -> UUID:
    case_id = world.open_signal(on=IN_2007, birth_date="1970-05-06")
    called = {"office": str(world.agencies["advocacy_prishtine"]), **POINTER}
    world.step("investigator", case_id, "advocacy", "call_advocate", on=IN_2007, **called)
    return case_id


def test_the_plan_is_read_before_the_case_is_moved(world: World, app: Flask) -> None:
    case_id = _called(world)
    visitor = _reader(app, "police.supervisor")

    plan = visitor.get(visitor.get(f"/cases/{case_id}").links["Move to the version of the procedure in force"])
    refused = visitor.submit(plan, "Move the case", status=422)
    visitor.submit(refused, "Move the case", why="The new rules protect better.")

    assert "Procedure of 2023" in plan.text
    assert "Arrival of the advocate" in plan.text
    assert "Propose a joint rating" in plan.text
    assert refused.errors == ["Why is the case moved? Fill this in"]
    shown = visitor.get(f"/cases/{case_id}")
    assert "Procedure of 2023" in shown.text
    assert "Procedure of 2005" in shown.text
    assert "Move to the version of the procedure in force" not in shown.links
    assert "The new rules protect better." in visitor.get(shown.links["Why"]).text


def test_a_plan_that_is_out_of_date_keeps_the_reason(world: World, app: Flask) -> None:
    case_id = _called(world)
    visitor = _reader(app, "police.supervisor")
    page = visitor.get(f"/cases/{case_id}/version")
    world.step("investigator", case_id, "identification", "screen", on=IN_2007, **SCREENED)

    shown = visitor.submit(page, "Move the case", status=409, why="The new rules.")

    assert "Someone else changed this since you opened it." in shown.errors
    assert "The new rules." in shown.text
    visitor.submit(shown, "Move the case", why="The new rules.")


SCREENED = {"private": True, "interpreter_offered": True, "in_danger": "no", "needs_now": ["shelter"]}


def test_a_case_under_the_version_in_force_offers_no_move(world: World, app: Flask) -> None:
    case_id = world.open_signal(on=local_day(utc_now()))
    visitor = _reader(app, "police.supervisor")

    assert "Move to the version of the procedure in force" not in visitor.get(f"/cases/{case_id}").links
    page = visitor.get(f"/cases/{case_id}/version")
    assert "The case runs under the version that is in force." in page.text


@pytest.mark.parametrize(("sign_in", "status"), [("investigator", 403), ("advocacy.supervisor", 404)])
def test_the_plan_is_not_there_for_others(world: World, app: Flask, sign_in: str, status: int) -> None:
    case_id = _called(world)

    _reader(app, sign_in).get(f"/cases/{case_id}/version", status=status)


def test_the_notice_of_a_move_speaks_of_it(world: World, app: Flask) -> None:
    case_id = _called(world)
    world.accept("advocate", case_id, on=IN_2007)
    mover = _reader(app, "advocacy.supervisor")
    mover.submit(mover.get(f"/cases/{case_id}/version"), "Move the case", why="The new rules.")

    assert "was moved to another version of the procedure" in _reader(app, "investigator").get("/notices").text


@pytest.fixture(params=["sqlite", "postgresql"])
def later(request: pytest.FixtureRequest, make_world: Callable[..., World]) -> World:
    template: Template = request.getfixturevalue(f"{request.param}_template")
    return make_world(template, Parts(clock=of_the_year_3000))


@pytest.fixture
def app_later(later: World) -> Flask:
    application: Flask = later.app()
    return application


def test_what_the_new_version_does_not_know_is_chosen_and_the_plan_read_again(later: World, app_later: Flask) -> None:
    case_id = screened_before_a_release_that_names_it_otherwise(later)
    visitor = _reader(app_later, "police.supervisor")

    plan = visitor.get(f"/cases/{case_id}/version")
    again = visitor.submit(plan, "Show the plan", place_identification="needs_seen")
    visitor.submit(again, "Move the case", why="The new rules.")

    assert "Identification, now: Screened" in plan.text
    assert "Move the case" not in {button.text for form in plan.forms for button in form.buttons}
    assert "chosen here" in again.text
    assert "Moved from another version" in visitor.get(f"/cases/{case_id}").text


def test_a_choice_that_was_never_offered_moves_nothing(later: World, app_later: Flask) -> None:
    case_id = screened_before_a_release_that_names_it_otherwise(later)
    visitor = _reader(app_later, "police.supervisor")

    page = visitor.get(f"/cases/{case_id}/version?place_identification=nowhere")

    assert "Move the case" not in {button.text for form in page.forms for button in form.buttons}
