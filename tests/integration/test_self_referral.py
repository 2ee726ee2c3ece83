"""A person who comes by herself: the door `self` with her own safe contact, at an advocate, the police, the hotline."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from app.models.case import Case
from app.models.record import ClientRecord
from app.services import cases, hotline, signals
from app.services.case_keys import open_keys
from app.services.cases import Opening
from app.services.hotline import Agreement
from app.services.signals import NewSignal
from tests.factories.doors import CODED, NOTICED, WAY, logged_contact, take_up
from tests.factories.placed import DIRECT
from tests.factories.world import A_DAY, SIGNAL, World

OWN: dict[str, Any] = {
    "entry_door": "self",
    "safe_contact": "phone",
    "contact_detail": "+383 00 777 888",
    "contact_hours": "after six",
    "contact_may_say": "code_word",
    "contact_code_word": "bread",
}
DOORS = {
    "advocate": ("advocacy", "open_directly", DIRECT),
    "investigator": ("identification", "record_signal", SIGNAL),
}


def _contact(world: World, by: str, case_id: UUID) -> tuple[str, dict[str, str]]:
    """The door of a case and the safe contact of its record, opened."""
    with world.database.read(world.actor(by)) as work:
        case = work.session.get_one(Case, case_id)
        record = work.session.execute(select(ClientRecord).where(ClientRecord.case_id == case_id)).scalar_one()
        key = open_keys(work, case_id).identity
        told = work.vault.open(key, record.safe_contact or b"", "client_record", "safe_contact", record.id)
        return case.entry_door, told


@pytest.mark.parametrize("by", DOORS)
@pytest.mark.line(7)
def test_person_who_comes_by_herself_is_reached_as_she_says_and_no_other_way(world: World, by: str) -> None:
    track, action, answers = DOORS[by]

    made = cases.open_case(world.actor(by), Opening(track, action, {**answers, **OWN}, A_DAY))

    door, told = _contact(world, by, UUID(made["case_id"]))
    assert door == "self"
    assert told == {name: value for name, value in OWN.items() if name != "entry_door"}


def test_person_who_calls_the_hotline_herself_comes_through_it_with_her_own_contact(world: World) -> None:
    new = NewSignal(world.agencies["advocacy_prishtine"], {**CODED, "place": "by_phone"}, NOTICED, WAY)
    operator = world.actor("hotline.operator")
    signal_id = hotline.send_on(operator, logged_contact(world), new, Agreement(person_agrees=True))
    answers = signals.open_waiting(world.actor("advocate"), signal_id).answers

    case_id = take_up(world, signal_id, "advocate", **WAY)

    door, told = _contact(world, "advocate", case_id)
    assert (answers["safe_contact"], answers["contact_detail"]) == (WAY["safe_contact"], WAY["contact_detail"])
    assert (door, told) == ("hotline", WAY)
