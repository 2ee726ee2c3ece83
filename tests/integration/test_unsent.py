"""What is typed into a form and not sent is kept sealed, for its writer alone, and goes with the case's erasure."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select, update

from app.errors import NotFound, Refusal
from app.models.audit import AuditEntry
from app.models.unsent import UnsentForm
from app.security.actor import system_actor
from app.services import erased_rows, step_page, ticking, unit_of_work, unsent
from app.services.unsent import MOST, Place
from app.services.viewing import view
from tests.factories.world import World
from tests.security.relations import above

TYPED = [("reason", "She asked twice."), ("service", "legal"), ("service", "medical")]
STEP = ("advocacy", "record_service")


@pytest.fixture
def case_id(world: World) -> UUID:
    return world.with_advocate()


def _shown(world: World, case_id: UUID, by: str = "advocate") -> unsent.Unsent | None:
    unit_of_work.bind(world.database)
    page = view(world.actor(by), "case:step_shown", step_page.shown, case_id=case_id, track=STEP[0], action=STEP[1])
    return page.unsent


def _number(world: World) -> int:
    with above(world).connect() as connection:
        return int(connection.execute(select(func.count()).select_from(UnsentForm)).scalar_one())


def test_what_was_typed_comes_back_to_its_writer_as_it_was(world: World, case_id: UUID) -> None:
    unsent.keep(world.actor("advocate"), Place(*STEP, case_id), [("reason", "She")])
    unsent.keep(world.actor("advocate"), Place(*STEP, case_id), TYPED)

    found = _shown(world, case_id)

    assert found is not None
    assert list(found.typed) == TYPED
    assert _number(world) == 1


def test_a_colleague_on_the_same_case_sees_nothing_of_it(world: World, case_id: UUID) -> None:
    unsent.keep(world.actor("advocate"), Place(*STEP, case_id), TYPED)

    assert _shown(world, case_id, "advocacy.supervisor") is None


def test_on_a_case_that_is_not_open_to_one_nothing_is_kept(world: World, case_id: UUID) -> None:
    with pytest.raises(NotFound):
        unsent.keep(world.actor("advocate.prizren"), Place(*STEP, case_id), TYPED)

    assert _number(world) == 0


def test_more_than_a_form_takes_is_refused(world: World, case_id: UUID) -> None:
    with pytest.raises(Refusal, match="form_too_long"):
        unsent.keep(world.actor("advocate"), Place(*STEP, case_id), [("reason", "x" * MOST)])


def test_that_there_is_one_is_written_down_once_and_each_stop_of_the_fingers_is_not(
    world: World, case_id: UUID
) -> None:
    _ = [unsent.keep(world.actor("advocate"), Place(*STEP, case_id), [("reason", str(one))]) for one in range(3)]

    with world.database.read(system_actor("auditor")) as work:
        kept = select(func.count()).where(AuditEntry.action == "form:kept", AuditEntry.case_id == case_id)
        assert work.session.execute(kept).scalar_one() == 1


def test_what_opens_a_case_is_kept_before_there_is_one(world: World) -> None:
    place = Place("advocacy", "open_directly")
    unsent.keep(world.actor("advocate"), place, TYPED)

    page = step_page.opening(world.actor("advocate"), place.track, place.action, fills_in=True)

    assert page.unsent is not None
    assert list(page.unsent.typed) == TYPED


def test_nothing_of_it_lies_open_in_the_database(world: World, case_id: UUID) -> None:
    unsent.keep(world.actor("advocate"), Place(*STEP, case_id), TYPED)
    unsent.keep(world.actor("advocate"), Place("advocacy", "open_directly"), TYPED)

    with above(world).connect() as connection:
        rows = connection.execute(select(UnsentForm.__table__)).all()

    assert len(rows) == 2
    assert "asked twice" not in str(rows)


def test_it_goes_when_it_is_sent_or_given_up(world: World, case_id: UUID) -> None:
    place = Place(*STEP, case_id)
    unsent.keep(world.actor("advocate"), place, TYPED)

    unsent.forget(world.actor("advocate"), place, is_sent=False)

    assert _shown(world, case_id) is None


def test_it_goes_with_the_erasure_of_the_case(world: World, case_id: UUID) -> None:
    unsent.keep(world.actor("advocate"), Place(*STEP, case_id), TYPED)

    with world.database.write(world.actor("advocacy.supervisor")) as work:
        unsent.forget_case(work, case_id)
        work.audit("test:erased", case_id)
        work.commit()

    assert _number(world) == 0
    assert "content" in erased_rows.sealed_in(UnsentForm.metadata.tables["unsent_form"])


@pytest.mark.parametrize(("days", "left"), [(6, 1), (8, 0)])
def test_what_nobody_sends_for_a_week_goes_by_the_clock(world: World, case_id: UUID, days: int, left: int) -> None:
    unsent.keep(world.actor("advocate"), Place(*STEP, case_id), TYPED)
    with above(world).begin() as connection:
        kept_at = connection.execute(select(UnsentForm.kept_at)).scalar_one()
        connection.execute(update(UnsentForm).values(kept_at=kept_at - timedelta(days=days)))

    unit_of_work.bind(world.database)
    ticking.tick()

    assert _number(world) == left
