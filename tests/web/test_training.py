"""The training register: sessions on the procedure by number of people, kept by supervisors and the administrator."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import DBAPIError

from app.errors import Invalid
from app.services import training
from app.services.training import NewSession
from tests.factories.reading import Readers
from tests.factories.world import A_DAY, World

SESSION = {"region": "prizren", "agency_kind": "police", "people": 12, "topics": ["identification", "referral"]}


def _new(**changed: object) -> NewSession:
    told = {"held_on": A_DAY, **SESSION, "procedure": "xk_2013", **changed}
    return NewSession(**told)  # type: ignore[arg-type]


@pytest.mark.parametrize("keeper", ["police.supervisor", "administrator"])
def test_session_is_recorded_and_listed_with_the_version_that_was_taught(
    reader: Readers, world: World, keeper: str
) -> None:
    visitor = reader(keeper)
    page = visitor.get("/training/new")

    after = visitor.submit(page, "Record the session", **SESSION, procedure="xk_2013", held_on=A_DAY)

    assert after.path == "/training/"
    assert all(words in after.text for words in ("XK-2013", "12", "Identification, Referral", "Prizren"))


def test_damaged_session_comes_back_with_the_fault_at_its_field(reader: Readers, world: World) -> None:
    visitor = reader("police.supervisor")

    after = visitor.submit(visitor.get("/training/new"), "Record the session", 422, people="many")

    assert "Number of people: Enter a whole number in digits, such as 3" in after.errors


@pytest.mark.parametrize("stranger", ["investigator", "labour.inspector", "national.coordinator"])
def test_register_is_kept_by_supervisors_and_the_administrator(reader: Readers, stranger: str) -> None:
    reader(stranger).get("/training/", 403)


@pytest.mark.parametrize("fault", [{"procedure": "xk_1999"}, {"held_on": A_DAY.replace(year=2999)}])
def test_session_that_cannot_be_is_refused(world: World, fault: dict[str, object]) -> None:
    with pytest.raises(Invalid):
        training.record(world.actor("police.supervisor"), _new(**fault))


def test_session_for_nobody_is_refused_by_the_database(world: World) -> None:
    with pytest.raises(DBAPIError):
        training.record(world.actor("police.supervisor"), _new(people=0))
