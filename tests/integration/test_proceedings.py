"""The register of proceedings: own agency's steps without a name, each once, and taken back by a twin that says why."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.clock import local_day, utc_now
from app.errors import Conflict, Invalid, NotFound
from app.models.proceeding import ProceedingStep
from app.queries import proceedings as query
from app.services import proceedings
from app.services.unit_of_work import Once, Parts
from tests.factories.proceedings import OPENING, convicted, recorded
from tests.factories.world import Template, World
from tests.security.relations import above

OTHERS = ("investigator", "police.supervisor", "advocate", "statistics.supervisor", "national.coordinator")
REFUSED: dict[str, tuple[dict[str, Any], str, str]] = {
    "a name for a code": ({"file_code": "Agim Provë"}, "file_code", "file_code_form"),
    "a code without a digit": ({"file_code": "PP-A"}, "file_code", "file_code_form"),
    "a day to come": ({"occurred_on": local_day(utc_now()) + timedelta(days=2)}, "occurred_on", "date_in_future"),
    "a step that there is not": ({"step": "pardoned"}, "step", "unknown_choice"),
    "a verdict on nobody": ({"step": "acquitted"}, "accused", "which_accused"),
    "an investigation of one": ({"accused": 1}, "accused", "of_the_file"),
    "a sentence without conviction": ({"sentence_months": 12}, "step", "sentence_without_conviction"),
}


def _listed(world: World, by: str) -> list[query.StepRow]:
    with world.database.read(world.actor(by)) as work:
        return query.listed(work.session, work.actor)


def test_step_stands_in_the_list_of_the_agency_and_of_no_other(world: World) -> None:
    step_id = recorded(world, file_code=" pp-114/14 ")

    assert [(row.id, row.file_code, row.step) for row in _listed(world, "prosecution.supervisor")] == [
        (step_id, "PP-114/14", "investigation_opened")
    ]
    assert [_listed(world, name) for name in OTHERS] == [[] for _ in OTHERS]


@pytest.mark.parametrize(("told", "field", "key"), REFUSED.values(), ids=REFUSED)
def test_step_that_does_not_fit_is_refused_at_its_field(
    world: World, told: dict[str, Any], field: str, key: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        recorded(world, **told)

    assert refusal.value.fields == {field: key}


def test_police_open_an_investigation_and_give_no_verdict(world: World) -> None:
    recorded(world, "investigator")

    with pytest.raises(Invalid):
        convicted(world, by="investigator")


def test_step_is_recorded_once_and_each_of_the_accused_has_one_end(world: World) -> None:
    recorded(world)
    convicted(world, 1, sentence_months=18)
    convicted(world, 2)

    again: list[dict[str, Any]] = [{}, {"step": "convicted", "accused": 1}, {"step": "acquitted", "accused": 1}]
    assert [_is_refused(world, told) for told in again] == [True, True, True]


def _is_refused(world: World, told: dict[str, Any]) -> bool:
    with pytest.raises(Invalid, match="step_stands"):
        recorded(world, **told)
    return True


def test_step_that_was_taken_back_stays_to_be_read_and_makes_room_for_another(world: World) -> None:
    step_id = convicted(world, sentence_months=18)

    proceedings.take_back(world.actor("prosecution.supervisor"), step_id, "set_aside")
    recorded(world, step="acquitted", accused=1)

    told = {(row.step, row.correction) for row in _listed(world, "prosecutor")}
    assert told == {("convicted", "set_aside"), ("acquitted", None)}


def test_twin_repeats_the_step_with_weight_minus_one(world: World) -> None:
    step_id = convicted(world, 3, sentence_months=18, fine_euros=500)

    proceedings.take_back(world.actor("prosecutor"), step_id, "entered_twice")

    table = ProceedingStep.__table__
    columns = (table.c.weight, table.c.accused, table.c.sentence_months, table.c.fine_euros, table.c.correction)
    with above(world).connect() as connection:
        rows = connection.execute(select(*columns).order_by(table.c.weight.desc())).all()
    assert [tuple(row) for row in rows] == [(1, 3, 18, 500, None), (-1, 3, 18, 500, "entered_twice")]


def test_step_is_taken_back_once_and_by_its_own_agency(world: World) -> None:
    step_id = recorded(world)
    assert [_is_not_found(world, name, step_id) for name in ("investigator", "police.supervisor")] == [True, True]

    proceedings.take_back(world.actor("prosecutor"), step_id, "other")

    with pytest.raises(Conflict, match="step_is_taken_back"):
        proceedings.take_back(world.actor("prosecutor"), step_id, "other")


def _is_not_found(world: World, by: str, step_id: UUID) -> bool:
    with pytest.raises(NotFound):
        proceedings.take_back(world.actor(by), step_id, "other")
    return True


def test_form_sent_twice_acts_once(world: World) -> None:
    once = Once("key", "digest")

    first = recorded(world, once=once)
    second = recorded(world, once=once)

    assert first == second
    assert len(_listed(world, "prosecutor")) == 1


def test_database_takes_no_second_twin(world: World) -> None:
    step_id = recorded(world)
    proceedings.take_back(world.actor("prosecutor"), step_id, "other")

    with world.database.write(world.actor("prosecutor")) as work, pytest.raises(IntegrityError):
        work.session.execute(insert(ProceedingStep), [_row(world, "prosecutor", weight=-1, takes_back_id=step_id)])


def _row(world: World, by: str, **told: Any) -> dict[str, Any]:
    actor = world.actor(by)
    row = {"id": uuid4(), "agency_id": actor.agency_id, "member_id": actor.member_id, "recorded_at": utc_now()}
    why = {"correction": "other"} if told.get("weight") == -1 else {}
    return {**asdict(OPENING), **row, **why, **told}


PLANTED_FAULT = "row-level security|violates foreign key"
PLANTED: dict[str, dict[str, Any]] = {
    "for another agency": {"agency": "prosecution"},
    "in another's name": {"member": "police.supervisor"},
    "against another agency's step": {"weight": -1},
}


@pytest.mark.parametrize("name", PLANTED)
def test_database_takes_no_step(make_world: Callable[..., World], postgresql_template: Template, name: str) -> None:
    world, planted = make_world(postgresql_template, Parts(scope_is_on=False)), PLANTED[name]
    row = _row(world, "investigator")
    row |= {"agency_id": world.agencies[planted.get("agency", "police")]}
    row |= {"member_id": world.actor(planted.get("member", "investigator")).member_id}
    twin = _row(world, "investigator", weight=-1, takes_back_id=recorded(world))

    with world.database.write(world.actor("investigator")) as work, pytest.raises(DBAPIError, match=PLANTED_FAULT):
        work.session.execute(insert(ProceedingStep), [twin if "weight" in planted else row])


def test_without_the_scope_sqlite_shows_steps_to_another_agency(
    make_world: Callable[..., World], sqlite_template: Template
) -> None:
    world = make_world(sqlite_template, Parts(scope_is_on=False))
    recorded(world)

    with world.database.read(world.actor("investigator")) as work:
        assert len(work.session.execute(select(ProceedingStep.id)).all()) == 1


def test_register_has_no_room_for_a_name() -> None:
    texts = {column.name for column in ProceedingStep.__table__.columns if column.type.python_type is str}

    assert texts == {"file_code", "step", "law_article", "form", "official", "correction"}
