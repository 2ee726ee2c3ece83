"""A form sent many times at once acts once and answers alike each time; without the form's key it acts each time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from app.models.audit import AuditEntry
from app.models.case import Case
from app.models.help import Note
from app.models.workflow import CaseEvent
from app.security.actor import system_actor
from app.services import cases, notes
from app.services.cases import Opening
from app.services.notes import NewNote
from app.services.unit_of_work import Once, Parts
from app.services.workflow_runner import StepRequest, take_step
from tests.factories.world import A_DAY, KINDS, SIGNAL, World
from tests.races.storm import Made, at_once, widened

pytestmark = pytest.mark.race

PRESSES = 30


@dataclass(frozen=True)
class Button:
    """An act that a form leads to, the rows that it makes, and its word in the record of acts."""

    press: Callable[[World, UUID, int, Once], Made]
    rows: Any
    audited: str


def _open_case(world: World, _case_id: UUID, number: int, once: Once) -> Made:
    opening = Opening("identification", "record_signal", {**SIGNAL, "family_name": f"Provë {number}"}, A_DAY)
    return cases.open_case(world.actor("investigator"), opening, once)


def _add_note(world: World, case_id: UUID, number: int, once: Once) -> Made:
    return notes.add_note(world.actor("investigator"), case_id, NewNote("T", f"Remark {number}.", A_DAY), once)


def _write_plan(world: World, case_id: UUID, number: int, once: Once) -> Made:
    answers = {"steps": f"Plan {number}.", "agreed_with_person": True}
    request = StepRequest(case_id, "risk", "write_safety_plan", answers, A_DAY)
    return take_step(world.actor("advocate"), request, once)


BUTTONS = {
    "opening": Button(_open_case, select(func.count(Case.id)), "case:opened"),
    "note": Button(_add_note, select(func.count(Note.id)), "note:added"),
    "step": Button(
        _write_plan,
        select(func.count(CaseEvent.id)).where(CaseEvent.action == "write_safety_plan"),
        "case:step",
    ),
}


def _rated_case(world: World) -> UUID:
    """A case with a provisional rating, so that a safety plan can be written again and again."""
    case_id = world.with_advocate()
    world.step("advocate", case_id, "risk", "rate_provisionally", level="high", safety_questions=True)
    return case_id


def _counted(world: World, button: Button) -> tuple[int, int]:
    with world.database.read(world.actor("police.supervisor")) as work:
        rows: int = work.session.execute(button.rows).scalar_one()
    with world.database.read(system_actor("auditor")) as work:
        entries = select(func.count()).select_from(AuditEntry).where(AuditEntry.action == button.audited)
        return rows, work.session.execute(entries).scalar_one()


@dataclass(frozen=True)
class Pressed:
    """How many rows and audit entries a storm has made, and the different answers that each key got."""

    rows: int
    entries: int
    answers: list[int]


def _storm(world: World, button: Button, keys: int, presses: int) -> Pressed:
    world.actor("investigator"), world.actor("police.supervisor")
    case_id = _rated_case(widened(world, presses))
    before = _counted(world, button)
    answers = []
    for number in range(keys):
        once = Once(f"key-{number}", "the same form")
        made = at_once(world, presses, lambda number=number, once=once: button.press(world, case_id, number, once))
        answers.append(len({tuple(sorted(one.items())) for one in made}))
    after = _counted(world, button)
    return Pressed(after[0] - before[0], after[1] - before[1], answers)


@pytest.mark.parametrize(("name", "keys"), [("opening", 40), ("step", 40), ("note", 10)])
def test_a_form_sent_thirty_times_at_once_acts_once_and_answers_alike(world: World, name: str, keys: int) -> None:
    assert _storm(world, BUTTONS[name], keys, PRESSES) == Pressed(keys, keys, [1] * keys)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["opening", "note"])
def test_without_the_forms_key_it_acts_each_time(
    request: pytest.FixtureRequest, make_world: Callable[..., World], kind: str, name: str
) -> None:
    world = make_world(request.getfixturevalue(f"{kind}_template"), Parts(acts_once=False))

    pressed = _storm(world, BUTTONS[name], 2, PRESSES)

    assert pressed.rows == 2 * PRESSES
    assert pressed.answers == [PRESSES] * 2
