"""Incidents with their first steps, and complaints: who is told, who reads, and who never does."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import update

from app.cipher import Tampered
from app.errors import Conflict, Invalid, NotFound
from app.models.audit import Notice
from app.models.house_trouble import Complaint, Incident, IncidentStep
from app.models.record import ClientRecord
from app.services import complaints, incident_page, incidents, limit_page, stays, ticking
from app.services.complaints import NewComplaint
from app.services.incidents import NewIncident
from app.services.unit_of_work import Parts
from app.services.viewing import view
from tests.factories.house import COORDINATOR, rows_of
from tests.factories.placed import GONE, House, Places, day
from tests.factories.world import A_DAY, Template, made_world
from tests.security.relations import above
from workflows import houses

ACCOUNT = "A car waited outside twice."


def _report(house: House, kind: str = "threat", stay_id: UUID | None = None) -> UUID:
    new = NewIncident(kind, A_DAY, ACCOUNT, "21:30", stay_id)
    return UUID(incidents.report(house.world.actor(COORDINATOR), new)["incident_id"])


def _page(house: House, incident_id: UUID, by: str = COORDINATOR) -> incident_page.IncidentPage:
    return view(house.world.actor(by), "t", incident_page.one, incident_id=incident_id)


def _settle(house: House, incident_id: UUID) -> None:
    for step in _page(house, incident_id).steps:
        if step.row.outcome is None:
            incidents.take(house.world.actor(COORDINATOR), step.row.id, "not_done", None, "Not needed.")


def test_every_kind_of_incident_has_first_steps_in_the_countrys_file() -> None:
    assert set(houses.of("xk").incidents) == {
        "threat",
        "missing_person",
        "self_harm",
        "location_compromised",
        "data_breach",
    }


def test_an_incident_with_a_resident_is_told_to_who_leads_the_case_and_asks_for_a_new_rating(house: House) -> None:
    case_id, stay_id = house.places.resident()

    incident_id = _report(house, stay_id=stay_id)

    page = _page(house, incident_id)
    lead = view(house.world.actor("advocate"), "t", limit_page.of_case, case_id=case_id).incidents[0]
    told = rows_of(house, Notice, Notice.agency_id == house.world.agencies["advocacy_prishtine"])
    assert (page.account, lead.account) == (ACCOUNT, ACCOUNT)
    assert [one.row.name for one in page.steps][:3] == ["bring_to_safety", "tell_lead", "tell_police"]
    kinds = {one.kind for one in told if one.kind.startswith("incident")}
    assert kinds == {"incident:resident", "incident:rate_again"}


def test_without_a_resident_the_steps_that_concern_one_are_left_out_and_the_guardian_is_a_childs(house: House) -> None:
    case_id, stay_id = house.places.resident()
    alone = [one.row.name for one in _page(house, _report(house, "missing_person")).steps]
    adult = [one.row.name for one in _page(house, _report(house, "missing_person", stay_id)).steps]
    record = ClientRecord.__table__
    with above(house.world).begin() as connection:
        connection.execute(update(record).where(record.c.case_id == case_id).values(is_child=True))
    child = [one.row.name for one in _page(house, _report(house, "missing_person", stay_id)).steps]

    assert ("tell_lead" in alone, "tell_guardian" in alone) == (False, False)
    assert ("tell_lead" in adult, "tell_guardian" in adult) == (True, False)
    assert "tell_guardian" in child


def test_the_police_are_told_on_a_basis_and_an_undone_step_says_why(house: House) -> None:
    page = _page(house, _report(house))
    police = next(one.row.id for one in page.steps if one.row.name == "tell_police")
    actor = house.world.actor(COORDINATOR)

    with pytest.raises(Invalid) as baseless:
        incidents.take(actor, police, "done", None, None)
    with pytest.raises(Invalid) as silent:
        incidents.take(actor, police, "not_done", None, " ")
    incidents.take(actor, police, "done", "life_at_risk", "At half past nine.")
    with pytest.raises(Conflict, match="step_is_taken"):
        incidents.take(actor, police, "done", "consent", None)

    assert baseless.value.fields == {"basis": "basis_needed"}
    assert silent.value.fields == {"note": "say_why_not"}
    taken = rows_of(house, IncidentStep, IncidentStep.id == police)[0]
    assert (taken.outcome, taken.basis) == ("done", "life_at_risk")


def test_an_incident_is_closed_once_each_step_is_settled(house: House) -> None:
    incident_id = _report(house)
    actor = house.world.actor(COORDINATOR)
    with pytest.raises(Conflict, match="incident_steps_open"):
        incidents.close(actor, incident_id, "Over.")
    _settle(house, incident_id)

    incidents.close(actor, incident_id, "Over.")

    assert _page(house, incident_id).conclusion == "Over."


def test_an_overdue_step_is_told_to_the_coordinator_then_to_the_supervisor_each_once(house: House) -> None:
    _report(house, "data_breach")
    house.clock.at(day(3), 12)

    ticking.tick()
    first = [one.role for one in rows_of(house, Notice, Notice.kind == "incident:late")]
    ticking.tick()
    ticking.tick()

    told = sorted(one.role for one in rows_of(house, Notice, Notice.kind == "incident:late"))
    assert first == ["shelter_coordinator"]
    assert told == ["agency_supervisor", "shelter_coordinator"]


def test_closed_and_she_gone_the_shelter_opens_it_no_more_and_who_leads_the_case_does(house: House) -> None:
    case_id, stay_id = house.places.resident()
    incident_id = _report(house, stay_id=stay_id)
    actor = house.world.actor(COORDINATOR)
    stays.take(actor, stay_id, "leave", GONE, A_DAY)
    ticking.tick()
    open_still = _page(house, incident_id).account
    _settle(house, incident_id)
    incidents.close(actor, incident_id, "She is with her aunt.")

    ticking.tick()

    lead = view(house.world.actor("advocate"), "t", limit_page.of_case, case_id=case_id).incidents[0]
    assert (open_still, _page(house, incident_id).account) == (ACCOUNT, None)
    assert (lead.account, lead.conclusion) == (ACCOUNT, "She is with her aunt.")
    assert rows_of(house, Incident)[0].wrapped is None


def _complain(house: House, stay_id: UUID, made_to: str = "past", **told: Any) -> UUID:
    new = NewComplaint(made_to, "staff", "My post was opened.", **told)
    return complaints.make(house.world.actor(COORDINATOR), stay_id, new)


def _read(house: House, complaint_id: UUID, by: str) -> complaints.Opened:
    return view(house.world.actor(by), "t", complaints.one, complaint_id=complaint_id)


def test_a_complaint_past_the_shelter_opens_to_the_supervisor_of_who_leads_the_case_alone(house: House) -> None:
    case_id, stay_id = house.places.resident()
    made = _complain(house, stay_id)

    with pytest.raises(NotFound):
        _read(house, made, COORDINATOR)
    with pytest.raises(NotFound):
        _read(house, made, "shelter.supervisor")
    with pytest.raises(NotFound):
        _read(house, made, "advocate")
    opened = _read(house, made, "advocacy.supervisor")
    complaints.answer(house.world.actor("advocacy.supervisor"), made, "The rule was changed.", A_DAY)

    assert (opened.told, opened.row.case_id) == ("My post was opened.", case_id)
    assert _read(house, made, "advocacy.supervisor").answer == "The rule was changed."


def test_who_is_complained_of_never_reads_it_even_where_it_is_made_to_the_shelter(house: House) -> None:
    _, stay_id = house.places.resident()
    about = house.world.actor(COORDINATOR).member_id
    made = _complain(house, stay_id, "house", about_member_id=about)
    open_one = _complain(house, stay_id, "house")

    with pytest.raises(NotFound):
        _read(house, made, COORDINATOR)
    assert [one.id for one in view(house.world.actor(COORDINATOR), "t", complaints.received)] == [open_one]
    assert _read(house, made, "shelter.supervisor").told == "My post was opened."


def test_the_key_of_a_complaint_opens_to_its_receiver_alone(house: House) -> None:
    _, stay_id = house.places.resident()
    _complain(house, stay_id)
    row, vault = rows_of(house, Complaint)[0], house.world.database.vault

    assert vault.unwrap(row.wrapped, row.id, "complaint", house.world.agencies["advocacy_prishtine"])
    with pytest.raises(Tampered):
        vault.unwrap(row.wrapped, row.id, "complaint", house.world.agencies["shelter_ngo"])


def test_with_the_scope_off_the_shelter_would_find_that_there_is_one(sqlite_template: Template, tmp_path: Path) -> None:
    with made_world(sqlite_template, tmp_path, Parts(scope_is_on=False)) as world:
        places = Places(world)
        case_id, stay_id = places.resident()
        new = NewComplaint("house", "staff", "My post was opened.", about_member_id=world.actor(COORDINATOR).member_id)
        made = complaints.make(world.actor(COORDINATOR), stay_id, new)

        found = view(world.actor(COORDINATOR), "t", complaints.received)

    assert [(one.id, one.case_id) for one in found] == [(made, case_id)]


def test_a_nameless_complaint_leads_to_no_case_and_a_late_one_is_told_once(house: House) -> None:
    _, stay_id = house.places.resident()
    made = _complain(house, stay_id, is_nameless=True)
    due = rows_of(house, Complaint)[0]
    house.clock.at(day(28))

    ticking.tick()
    ticking.tick()

    assert due.case_id is None
    assert _read(house, made, "advocacy.supervisor").is_late
    assert len(rows_of(house, Notice, Notice.kind == "complaint:late")) == 1
