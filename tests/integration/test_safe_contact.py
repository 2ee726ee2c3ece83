"""What a safe contact, or none, means for what a case plans, on both databases."""

from uuid import UUID

import pytest
from sqlalchemy import select

from app.models.workflow import CaseClock
from app.services.cases import Opening, open_case
from tests.factories.world import A_DAY, World

INTAKE = {
    "entry_door": "self",
    "region": "prishtine",
    "sex": "F",
    "age_group": "adult",
    "language": "sqi",
    "citizenship": ["XK"],
    "purposes": ["assistance"],
    "needs": ["safety"],
    "services": ["information_on_rights"],
}
REFUSAL = {"refusal_reason": "no_need_now", "safe_contact_confirmed": False}


def _refused_case(world: World, way: str, **answers: str) -> UUID:
    """A case without the police in which the person then wants no help."""
    opening = Opening("advocacy", "open_directly", {**INTAKE, "safe_contact": way}, A_DAY)
    case_id = UUID(open_case(world.actor("advocate"), opening)["case_id"])
    world.step("advocate", case_id, "advocacy", "record_refusal", **REFUSAL, **answers)
    return case_id


def _clocks(world: World, case_id: UUID) -> list[str]:
    with world.database.read(world.actor("advocate")) as work:
        found = select(CaseClock.name).where(CaseClock.case_id == case_id, CaseClock.stopped_at.is_(None))
        return list(work.session.execute(found).scalars())


@pytest.mark.parametrize("way", ["do_not_contact", "not_yet_known"])
def test_no_later_offer_is_planned_for_a_person_whom_nobody_may_contact(world: World, way: str) -> None:
    case_id = _refused_case(world, way)

    assert _clocks(world, case_id) == []


def test_a_later_offer_is_planned_for_a_person_with_a_safe_contact(world: World) -> None:
    case_id = _refused_case(world, "phone", next_offer_on="2014-03-20")

    assert _clocks(world, case_id) == ["assistance_offer"]
