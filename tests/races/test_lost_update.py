"""Ten people at work on one case: nobody's act is acknowledged on a case that she has not seen as it stood."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from time import sleep
from uuid import UUID

import pytest
from sqlalchemy import select

from app.errors import Stale
from app.models.workflow import CaseEvent
from app.services.case_keys import unwrap_keys
from app.services.unit_of_work import Parts
from app.services.workflow_runner import StepRequest, find_standing, take_step
from tests.factories.world import A_DAY, KINDS, World
from tests.races.storm import refused, side_by_side, widened

pytestmark = pytest.mark.race

EDITORS = 10
EDITS = 50
PAUSE = 0.2  # seconds at most before one who was turned away looks again: without it they only turn each other away
PLAN = "write_safety_plan"


@dataclass(frozen=True)
class Edited:
    """How many edits were acknowledged, how many of them stood on a version not seen, and how far the case got."""

    acknowledged: int
    unseen: int
    versions: int


def _seen(world: World, case_id: UUID) -> int:
    with world.database.read(world.actor("advocate")) as work:
        return find_standing(work, case_id).row_version


def _editor(world: World, case_id: UUID, number: int, edits: int) -> Callable[[], int]:
    """One who looks, writes on what she saw, and looks again when she is told that it has changed."""

    def request(version: int) -> StepRequest:
        # What she saw stands in what she writes, so that the record itself tells what she went by.
        answers = {"steps": f"{number} saw {version}", "agreed_with_person": True}
        return StepRequest(case_id, "risk", PLAN, answers, A_DAY, row_version=version)

    chance = random.Random(number)  # noqa: S311 - only spreads them out

    def edit() -> int:
        turned_away = 0
        for _edit in range(edits):
            while refused(lambda: take_step(world.actor("advocate"), request(_seen(world, case_id))), Stale):
                turned_away += 1
                sleep(chance.uniform(0, PAUSE))
        return turned_away

    return edit


def _version_gone_by(world: World, case_id: UUID) -> list[tuple[int, int]]:
    """For each edit the version that its author saw and the one that it was put on."""
    with world.database.read(world.actor("advocate")) as work:
        known = find_standing(work, case_id)
        key = unwrap_keys(work, case_id, known.identity_key, known.content_key).content
        found = select(CaseEvent).where(CaseEvent.case_id == case_id, CaseEvent.action == PLAN)
        events = work.session.execute(found).scalars().all()
        texts = [work.vault.open(key, event.answers, "case_event", "answers", event.id)["steps"] for event in events]
    return [(int(text.split()[-1]), event.position) for text, event in zip(texts, events, strict=True)]


def _edited(world: World, editors: int, edits: int) -> Edited:
    world = widened(world, editors)
    case_id = world.with_advocate()
    world.step("advocate", case_id, "risk", "rate_provisionally", level="high", safety_questions=True)
    before = _seen(world, case_id)
    side_by_side(world, [_editor(world, case_id, number, edits) for number in range(editors)])
    gone_by = _version_gone_by(world, case_id)
    shared = sum(times - 1 for times in Counter(put_on for _, put_on in gone_by).values())
    unseen = sum(saw != put_on for saw, put_on in gone_by)
    return Edited(len(gone_by), unseen + shared, _seen(world, case_id) - before)


def test_no_edit_of_five_hundred_overwrites_what_its_author_has_not_seen(world: World) -> None:
    assert _edited(world, EDITORS, EDITS) == Edited(EDITORS * EDITS, 0, EDITORS * EDITS)


@pytest.mark.parametrize("kind", KINDS)
def test_without_the_row_version_edits_overwrite_what_was_not_seen(
    request: pytest.FixtureRequest, make_world: Callable[..., World], kind: str
) -> None:
    world = make_world(request.getfixturevalue(f"{kind}_template"), Parts(row_version_is_checked=False))

    edited = _edited(world, EDITORS, 10)

    assert edited.acknowledged == EDITORS * 10
    assert edited.unseen > 0
