"""Pages on which what was recorded is put right: prefilled, with a reason, for the author and her supervisor alone."""

from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from app.models.workflow import CaseEvent
from tests.factories.world import World
from tests.support.client import Visitor

SCREENED = {"private": True, "interpreter_offered": True, "in_danger": "no", "needs_now": ["shelter"]}


def _reader(app: Flask, sign_in: str) -> Visitor:
    visitor = Visitor(app)
    visitor.sign_in(sign_in)
    return visitor


def _screened(world: World) -> tuple[UUID, str]:
    case_id = world.open_signal()
    made = world.step("investigator", case_id, "identification", "screen", **SCREENED)
    return case_id, f"/cases/{case_id}/events/{made['event_id']}"


def _first(world: World, case_id: UUID) -> str:
    with world.database.read(world.actor("investigator")) as work:
        found = select(CaseEvent.id).where(CaseEvent.case_id == case_id, CaseEvent.action == "record_signal")
        return f"/cases/{case_id}/events/{work.session.execute(found).scalar_one()}"


def test_a_step_is_corrected_from_its_own_page_and_the_original_leads_to_what_holds(world: World, app: Flask) -> None:
    _, event = _screened(world)
    visitor = _reader(app, "investigator")

    page = visitor.get(visitor.get(event).links["Correct this step"])
    refused = visitor.submit(page, "Correct", status=422, in_danger="yes")
    assert refused.errors == ["Why is it corrected? Fill this in"]
    visitor.submit(refused, "Correct", in_danger="yes", why_corrected="Heard it wrong.")

    original = visitor.get(event)
    assert "Corrected" in original.heading
    assert "Heard it wrong." in original.text
    assert "What holds in its place" in original.links


def test_a_step_is_taken_back_with_a_reason(world: World, app: Flask) -> None:
    _, event = _screened(world)
    visitor = _reader(app, "investigator")

    page = visitor.get(visitor.get(event).links["Take this step back"])
    visitor.submit(page, "Take back", why="The wrong person.")

    shown = visitor.get(event)
    assert "Taken back" in shown.heading
    assert "The wrong person." in shown.text
    assert "Take this step back" not in shown.links


def test_a_page_that_is_out_of_date_keeps_what_was_typed(world: World, app: Flask) -> None:
    case_id, event = _screened(world)
    visitor = _reader(app, "investigator")
    page = visitor.get(event + "/take-back")
    world.call_advocate(case_id)

    shown = visitor.submit(page, "Take back", status=409, why="The wrong person.")

    assert "Someone else changed this since you opened it." in shown.errors
    assert "The wrong person." in shown.text
    visitor.submit(shown, "Take back", why="The wrong person.")


def test_the_first_step_says_why_it_stays(world: World, app: Flask) -> None:
    case_id = world.open_signal()

    shown = _reader(app, "investigator").get(_first(world, case_id))

    assert "Take this step back" not in shown.links
    assert "The first step opened the case and stays." in shown.text


def test_who_is_not_the_author_is_offered_nothing_and_refused(world: World, app: Flask) -> None:
    case_id = world.with_advocate()
    event = _first(world, case_id)
    advocate = _reader(app, "advocate")

    assert "Correct this step" not in advocate.get(event).links
    advocate.get(event + "/correct", 404)
    advocate.get(event + "/take-back", 404)


def test_a_name_is_put_right_on_a_page_of_its_own_and_the_old_one_stays_to_be_seen(world: World, app: Flask) -> None:
    case_id = world.open_signal(citizenship=["XK"], language="sqi")
    visitor = _reader(app, "investigator")

    page = visitor.get(visitor.get(f"/cases/{case_id}").links["Change who the person is"])
    shown = visitor.submit(page, "Save", given_name="Artina", reason="Spelt wrongly.")

    assert "Artina Provë" in shown.text
    assert "Arta Provë" in visitor.get(f"/cases/{case_id}/person").text


def test_a_safe_contact_is_changed_and_the_other_party_is_told(world: World, app: Flask) -> None:
    case_id = world.with_advocate()
    visitor = _reader(app, "advocate")

    page = visitor.get(f"/cases/{case_id}/safe-contact")
    visitor.submit(page, "Save", contact_detail="+383 00 999", reason="A new number.")

    assert "+383 00 999" in visitor.get(f"/cases/{case_id}").text
    assert "A safe contact has changed." in _reader(app, "investigator").get("/notices").text


@pytest.mark.parametrize("part", ["person", "safe-contact"])
@pytest.mark.parametrize(
    ("reader", "status"),
    [
        pytest.param("administrator", 403, id="an administrator"),
        pytest.param("statistics.supervisor", 403, id="the statistics unit"),
        pytest.param("advocate2", 404, id="a colleague who is not assigned"),
        pytest.param("social.worker", 404, id="an agency that is no party"),
    ],
)
def test_whom_the_record_is_not_open_to_finds_no_page(
    world: World, app: Flask, reader: str, status: int, part: str
) -> None:
    case_id = world.with_advocate()

    _reader(app, reader).get(f"/cases/{case_id}/{part}", status)
