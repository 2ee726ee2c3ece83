"""Life in a house: texts and who was given them, belongings, appointments, services."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import update

from app.errors import Conflict, Invalid, NotFound, Refusal
from app.models.help import ServiceGiven
from app.models.house_life import Acknowledgement, Appointment, Belonging
from app.models.record import ClientRecord
from app.services import appointments, belongings, house_day, house_services, house_texts, stays
from app.services.appointments import NewAppointment
from app.services.belongings import NewBelonging
from app.services.house_texts import NewAcknowledgement
from app.services.viewing import view
from tests.factories.house import COORDINATOR, rows_of
from tests.factories.placed import GONE, House, day
from tests.factories.world import A_DAY
from tests.security.relations import above


def _write(house: House, body: str = "Quiet at night.", language: str = "sqi", is_new: bool = True) -> UUID:
    return house_texts.write(house.world.actor(COORDINATOR), "house_rules", language, body, is_new)


def _acknowledge(house: House, stay_id: UUID, **told: Any) -> UUID:
    asked = {"kind": "house_rules", "language": "sqi", "way": "read_aloud", "word": "understood", "occurred_on": A_DAY}
    return house_texts.acknowledge(house.world.actor(COORDINATOR), stay_id, NewAcknowledgement(**(asked | told)))


def _today(house: House) -> house_day.HouseDay:
    return view(house.world.actor(COORDINATOR), "t", house_day.today)


def test_a_text_is_given_anew_when_it_changes_and_not_when_it_is_translated(house: House) -> None:
    _, stay_id = house.places.resident("1A", alias="Lule")
    _write(house)
    before = [one.resident.alias for one in _today(house).due]
    _acknowledge(house, stay_id)
    given = _today(house).due
    _write(house, "Noć je tiha.", "srp", is_new=False)
    translated = _today(house).due
    _write(house, "Quiet at night and in the morning.")

    again = _today(house).due[0].due_texts[0]
    assert (before, given, translated) == (["Lule"], (), ())
    assert (again.text.version, again.last.version if again.last else None) == (2, 1)


def test_a_text_is_given_in_a_language_that_it_is_written_in_or_through_an_interpreter(house: House) -> None:
    _, stay_id = house.places.resident()
    with pytest.raises(Invalid) as nothing:
        _acknowledge(house, stay_id)
    _write(house)
    with pytest.raises(Invalid) as refused:
        _acknowledge(house, stay_id, language="ron")

    _acknowledge(house, stay_id, language="ron", way="interpreter")

    assert nothing.value.fields == {"kind": "no_text_in_force"}
    assert refused.value.fields == {"language": "text_lacks_language"}
    row = rows_of(house, Acknowledgement)[0]
    assert (row.language, row.way, row.version, row.word) == ("ron", "interpreter", 1, "understood")


def test_a_version_has_each_language_once_and_only_a_shelter_writes(house: House) -> None:
    _write(house)

    with pytest.raises(Invalid) as refused:
        _write(house, "The same.", is_new=False)
    with pytest.raises(NotFound):
        house_texts.write(house.world.actor("advocate"), "house_rules", "sqi", "Ours.", True)

    assert refused.value.fields == {"language": "text_has_language"}


def _keep(house: House, stay_id: UUID, **told: Any) -> UUID:
    asked = {"kind": "money", "description": "120 euros", "occurred_on": A_DAY, "at_own_wish": True}
    return belongings.take_in(house.world.actor(COORDINATOR), stay_id, NewBelonging(**(asked | told)))


def test_papers_are_kept_at_her_wish_alone_and_what_is_kept_is_given_back_once(house: House) -> None:
    _, stay_id = house.places.resident()
    with pytest.raises(Invalid) as refused:
        _keep(house, stay_id, kind="papers", at_own_wish=False)
    kept = _keep(house, stay_id)
    actor = house.world.actor(COORDINATOR)

    shown = view(actor, "t", belongings.of_stay, stay_id=stay_id).kept[0]
    belongings.give_back(actor, kept, "person", A_DAY)
    with pytest.raises(Conflict, match="given_back_already"):
        belongings.give_back(actor, kept, "person", A_DAY)

    assert refused.value.fields == {"at_own_wish": "papers_at_own_wish"}
    assert shown.description == "120 euros"
    assert rows_of(house, Belonging)[0].returned_to == "person"


def test_what_was_left_behind_is_given_back_after_she_left(house: House) -> None:
    _, stay_id = house.places.resident()
    kept = _keep(house, stay_id)
    actor = house.world.actor(COORDINATOR)
    stays.take(actor, stay_id, "leave", GONE, A_DAY)

    shown = view(actor, "t", belongings.one, belonging_id=kept)
    belongings.give_back(actor, kept, "advocate", A_DAY)

    assert (shown.description, shown.row.kind) == (None, "money")
    assert rows_of(house, Belonging)[0].returned_to == "advocate"


def _plan(house: House, stay_id: UUID, **told: Any) -> UUID:
    asked = {"kind": "school", "held_on": day(5), "goes_along": "staff", "reached_by": "shelter", "begins_at": "09:30"}
    asked |= {"note": "The third room."}
    return appointments.plan(house.world.actor(COORDINATOR), stay_id, NewAppointment(**(asked | told)))


def test_an_appointment_comes_is_kept_and_is_gone_from_the_day(house: House) -> None:
    _, stay_id = house.places.resident()
    planned = _plan(house, stay_id)
    _plan(house, stay_id, held_on=A_DAY + timedelta(30))
    actor = house.world.actor(COORDINATOR)

    coming = _today(house).coming
    with pytest.raises(Invalid) as refused:
        appointments.settle(actor, planned, "kept")
    house.clock.at(day(6))
    passed = _today(house)
    appointments.settle(actor, planned, "missed")

    assert [(one.meeting.row.kind, one.meeting.note) for one in coming] == [("school", "The third room.")]
    assert refused.value.fields == {"outcome": "appointment_to_come"}
    assert (len(passed.unsettled), passed.coming) == (1, ())
    assert _today(house).unsettled == ()
    assert sorted(str(one.outcome) for one in rows_of(house, Appointment)) == ["None", "missed"]


def test_nobody_is_reached_by_a_safe_contact_that_the_case_has_not(house: House) -> None:
    case_id, stay_id = house.places.resident()
    record = ClientRecord.__table__
    with above(house.world).begin() as connection:
        connection.execute(update(record).where(record.c.case_id == case_id).values(has_safe_contact=False))

    with pytest.raises(Invalid) as refused:
        _plan(house, stay_id, reached_by="safe_contact")

    assert refused.value.fields == {"reached_by": "no_safe_contact"}


def test_services_given_in_the_house_are_the_shelters_own_and_end_with_consent(house: House) -> None:
    case_id, stay_id = house.places.resident()
    actor = house.world.actor(COORDINATOR)

    house_services.record(actor, stay_id, ["psychological", "food_clothing"], A_DAY)
    shown = view(actor, "t", house_services.of_stay, stay_id=stay_id).given
    house.world.step("advocate", case_id, "advocacy", "withdraw_consent", purposes=["shelter"])
    with pytest.raises(Refusal, match="shelter_is_no_party"):
        house_services.record(actor, stay_id, ["psychological"], A_DAY)

    own = [row for row in rows_of(house, ServiceGiven) if row.agency_id == actor.agency_id]
    assert sorted(one.service for one in shown) == ["food_clothing", "psychological"]
    assert len(own) == 2


def test_another_house_finds_nothing_of_it(house: House) -> None:
    _, stay_id = house.places.resident()
    kept, planned = _keep(house, stay_id), _plan(house, stay_id)
    other = house.world.actor("men.coordinator")

    with pytest.raises(NotFound):
        view(other, "t", belongings.one, belonging_id=kept)
    with pytest.raises(NotFound):
        view(other, "t", appointments.one, appointment_id=planned)
    assert view(other, "t", house_day.today).living == ()
