"""Every listed step of both procedures through the service, on both databases; what is not listed refuses.

The version of 2023 has the steps of the one before it (tests/unit/workflows/test_shipped_procedures.py): the long form
takes them too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from app.errors import Refusal
from app.models.workflow import WorkflowRun
from app.services.workflow_runner import StepRequest, advance, find_standing, take_step
from tests.factories.world import KINDS, World, made_world
from tests.security.relations import above
from tests.support.definitions import UNLIKE
from tests.support.promises import IS_LONG
from tests.support.situation import lay_out, procedures
from workflows import registry
from workflows.definition import SET_ASIDE, TAKE_UP, Procedure
from workflows.facts import Facts
from workflows.slices import Node, Slice

pytestmark = [pytest.mark.slow, pytest.mark.long]

WALKED = procedures() if IS_LONG else tuple(registry.get(name) for name in UNLIKE)
TICK_ONLY = frozenset({"tick"})


def _listed() -> Iterator[tuple[str, str, str, str]]:
    for procedure in WALKED:
        for track in procedure.tracks.values():
            for transition in track.transitions:
                if not transition.only_also and frozenset(transition.by) != TICK_ONLY:
                    for state in transition.sources:
                        yield procedure.name, track.name, state, transition.action


def _first_facts(procedure: Procedure, track: str, state: str, action: str) -> Facts:
    """Facts under which the step is open, as the procedure itself tells them."""
    part = Slice(procedure, (track,))
    origin = next(iter(procedure.tracks[track].states))
    place = f"{SET_ASIDE}<{origin}" if action == TAKE_UP else state
    ways = (
        edge.facts
        for has_stay in (False, True)
        for edge in part.open_ways(part.acts[track, state, action], Node((place,), has_stay))
    )
    return _as_it_is(track, action, next(ways))


def _as_it_is(track: str, action: str, facts: Facts) -> Facts:
    """What the database asks for beyond the guards: a stay to extend, a level that another track has written."""
    if (track, action) == ("shelter", "extend"):
        return replace(facts, has_open_stay=True)
    if (track, action) == ("shelter", "take_emergency_bed"):
        return replace(facts, states={**facts.states, "risk": "provisional_low"})
    return facts


def _answers_of(procedure: Procedure) -> set[str | None]:
    """The actions by which the receiver of a referral answers it."""
    every = [one for track in procedure.tracks.values() for one in track.transitions]
    return {one.accepts for one in every} | {one.declines for one in every}


@pytest.fixture(scope="module", params=KINDS)
def country(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One world for all steps: each has a case of its own."""
    folder: Path = tmp_path_factory.mktemp("steps")
    with made_world(request.getfixturevalue(f"{request.param}_template"), folder) as world:
        yield world


@pytest.mark.parametrize(("name", "track", "state", "action"), list(_listed()))
def test_a_listed_step_is_taken_and_stored(country: World, name: str, track: str, state: str, action: str) -> None:
    procedure = registry.get(name)
    facts = _first_facts(procedure, track, state, action)
    transition = procedure.transition(track, state, action)
    assert transition is not None
    signers = transition.signers(facts.counts_as_child)
    allowed = transition.roles_for_child if facts.counts_as_child else transition.roles_for_adult
    role = signers[-1] if signers else min(allowed - TICK_ONLY)
    laid = lay_out(country, procedure, transition, replace(facts, signed=frozenset(signers[:-1])), role)

    actor = country.actor(laid.by)
    # Who answers a referral was no party before: the guards look at the parties that there were.
    referral_id = laid.case_id if action in _answers_of(procedure) else None

    take_step(actor, StepRequest(laid.case_id, track, action, laid.answers, referral_id=referral_id))

    with country.database.read(actor) as work:
        states = work.session.execute(
            select(WorkflowRun.states).where(WorkflowRun.case_id == laid.case_id)
        ).scalar_one_or_none()
    targets = {*transition.targets(state), *(procedure.tracks[track].states if action == TAKE_UP else ())}
    assert states is None or states[track] in targets


def _unlisted() -> Iterator[tuple[str, str, str]]:
    for procedure in WALKED:
        for track in procedure.tracks.values():
            for state in track.states:
                yield procedure.name, track.name, state


@pytest.mark.parametrize(("name", "track", "state"), list(_unlisted()))
def test_no_unlisted_action_leaves_a_state(country: World, name: str, track: str, state: str) -> None:
    procedure = registry.get(name)
    actions = {one.action for each in procedure.tracks.values() for one in each.transitions}
    unlisted = sorted(action for action in actions if procedure.transition(track, state, action) is None)
    case_id = country.open_signal()
    pinned = {"procedure": name, "digest": procedure.digest}
    with above(country).begin() as connection:
        states = connection.execute(select(WorkflowRun.states).where(WorkflowRun.case_id == case_id)).scalar_one()
        change = update(WorkflowRun).where(WorkflowRun.case_id == case_id)
        connection.execute(change.values(states={**states, track: state}, **pinned))

    actor = country.actor("investigator")

    with country.database.write(actor) as work:
        known = find_standing(work, case_id)
        requests = [StepRequest(case_id, track, action) for action in unlisted]
        refused = {_refusal(partial(advance, work, known, request, uuid4())) for request in requests}
        still = find_standing(work, case_id)

    assert refused == {"illegal_step"}
    assert still == known
    assert _refusal(partial(take_step, actor, requests[0])) == "illegal_step"


def _refusal(act: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refusal:
        act()
    return refusal.value.key
