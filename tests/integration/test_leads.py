"""Who leads a case when agencies come and go: always one that is a party, on both databases."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import insert, select, update

from app.clock import utc_now
from app.models.agency import RequestKey
from app.models.case import Case, CaseKey
from app.security.actor import system_actor
from app.services import cases, party_ends, referral_ends, ticking
from app.services.cases import Opening
from tests.factories.placed import DIRECT, Places
from tests.factories.world import A_DAY, World
from tests.integration.test_corrected_answers import DECIDED
from tests.integration.test_party_ends import (
    AFTER,
    BEFORE,
    IN_2010,
    SHELTER,
    asked,
    asked_of_the_prosecution,
    handed_over,
    left_behind,
    of_case,
    row,
    told,
)
from tests.security.relations import above

CENTRE, OTHER_CENTRE = "social.worker", "social.worker.prizren"


def lead(world: World, case_id: UUID) -> UUID:
    """Who leads the case, as it lies in the database."""
    with above(world).connect() as connection:
        found: UUID = connection.execute(select(Case.__table__.c.lead_agency_id).where(Case.id == case_id)).scalar_one()
        return found


def lead_is(world: World, case_id: UUID, agency: str) -> None:
    """As it lay there before who takes over took the lead too."""
    with above(world).begin() as connection:
        gone = {"lead_agency_id": world.agencies[agency]}
        connection.execute(update(Case).where(Case.id == case_id).values(**gone))


def wraps(world: World, case_id: UUID, by: str) -> list[Any]:
    """The keys of a case that a member's agency holds, as they lie in the database."""
    key = CaseKey.__table__.c
    own = (key.case_id == case_id, key.holder_id == world.actor(by).agency_id)
    with above(world).connect() as connection:
        return list(connection.execute(select(key.kind, key.wrapped).where(*own).order_by(key.kind)).all())


def called_centre(world: World) -> UUID:
    """A child's case that the office in Prishtinë opened; the centre there is called."""
    centre = str(world.agencies["social_work_prishtine"])
    child = {"age_group": "child", "birth_date": "2000-02-03", "social_work_centre": centre, "urgency": "today"}
    purposes = {"purposes": ["assistance", "shelter", "reintegration"], "given_by": "guardian_with_assent"}
    opening = Opening("advocacy", "open_directly", {**DIRECT, **child, **purposes}, A_DAY)
    return UUID(cases.open_case(world.actor(BEFORE), opening)["case_id"])


def led_by_centre(world: World) -> UUID:
    """A child's case that the centre in Prishtinë leads."""
    case_id = called_centre(world)
    world.accept(CENTRE, case_id)
    return case_id


def ask_centre(world: World, case_id: UUID, centre: str) -> None:
    """The office asks a centre for help with her return into life."""
    wanted = {"social_work_centre": str(world.agencies[centre]), "needs": ["shelter"]}
    world.step(BEFORE, case_id, "reintegration", "ask_social_work", **wanted)


def test_the_centre_that_takes_over_from_the_one_that_leads_leads(world: World) -> None:
    case_id = led_by_centre(world)
    ask_centre(world, case_id, "social_work_prizren")
    before = lead(world, case_id)

    world.accept(OTHER_CENTRE, case_id)

    ended = Places(world).parties(case_id)[world.agencies["social_work_prishtine"]]
    assert before == world.agencies["social_work_prishtine"]
    assert lead(world, case_id) == world.agencies["social_work_prizren"]
    assert (ended, wraps(world, case_id, CENTRE)) == ("handed_over", [])


def test_the_office_that_takes_a_childs_case_over_leads_until_a_centre_does(world: World) -> None:
    case_id = called_centre(world)

    handed_over(world, case_id)
    meanwhile = lead(world, case_id)
    world.accept(CENTRE, case_id)

    assert meanwhile == world.agencies["advocacy_prizren"]
    assert lead(world, case_id) == world.agencies["social_work_prishtine"]
    assert told(world, AFTER, "referral:accepted")[-1] == {"track": "child"}


def test_the_office_that_takes_over_from_one_that_does_not_lead_leaves_the_lead_where_it_is(world: World) -> None:
    case_id = led_by_centre(world)

    handed_over(world, case_id)

    assert lead(world, case_id) == world.agencies["social_work_prishtine"]


def test_an_heir_who_is_no_party_inherits_nothing(world: World) -> None:
    case_id, referral_id = asked(Places(world))
    office, stranger = world.agencies["advocacy_prishtine"], world.agencies["social_work_prizren"]

    with world.database.write(world.actor(BEFORE)) as work:
        party_ends.end_standing(work, case_id, office, "handed_over", stranger)
        work.commit()

    found = row(world, referral_id)
    assert (found.state, found.from_agency_id) == ("withdrawn", office)
    assert told(world, SHELTER, "referral:withdrawn") == [{"track": "shelter"}]
    assert told(world, OTHER_CENTRE, "referral:passed_on") == []


def test_the_police_leave_the_case_to_who_assists_where_its_lead_has_left(world: World) -> None:
    case_id = asked_of_the_prosecution(world)
    lead_is(world, case_id, "advocacy_prizren")

    world.step("investigator", case_id, "identification", "identify", IN_2010, **DECIDED)
    world.accept("prosecutor", case_id, IN_2010)

    assert lead(world, case_id) == world.agencies["advocacy_prishtine"]
    assert told(world, BEFORE, "referral:accepted") == [{"track": "justice"}]
    assert told(world, AFTER, "referral:passed_on") == []


def test_the_clock_ends_what_was_left_behind_where_who_leads_has_left_too(world: World) -> None:
    places = Places(world)
    case_id, referral_id = asked(places)
    left_behind(world, case_id, referral_id)
    lead_is(world, case_id, "advocacy_prishtine")

    ticking.tick()
    ticking.tick()

    assert row(world, referral_id).state == "expired"
    assert of_case(world, AFTER, case_id, "referral:expired") == 1
    assert told(world, BEFORE, "referral:expired") == []
    assert told(world, SHELTER, "referral:withdrawn") == [{"track": "shelter"}]
    assert places.state(case_id, AFTER) == "no_room"


def test_where_who_leads_is_there_no_other_party_ends_what_was_left_behind(world: World) -> None:
    case_id, referral_id = asked(Places(world))
    left_behind(world, case_id, referral_id)
    lead_is(world, case_id, "advocacy_prizren")
    shelter, police = world.agencies["shelter_ngo"], world.agencies["police"]

    with world.database.write(system_actor("tick", shelter)) as work:
        by_shelter = referral_ends.end_left_behind(work, shelter, [referral_id])
    with world.database.write(system_actor("tick", police)) as work:
        by_police = referral_ends.end_left_behind(work, police, [referral_id])

    assert (by_shelter, by_police) == (0, 0)


def test_what_the_clock_stumbles_over_in_such_a_case_stops_nothing_else_of_its_round(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id, referral_id = asked(Places(world))
    left_behind(world, case_id, referral_id)
    old = {"key": "old", "digest": "of a form", "at": utc_now() - timedelta(days=3)}
    with above(world).begin() as connection:
        connection.execute(insert(RequestKey), [{"member_id": world.actor(BEFORE).member_id, **old}])
    monkeypatch.setattr(referral_ends, "end_left_behind", _stumbles)

    with pytest.raises(RuntimeError, match="stumbled"):
        ticking.tick()

    with above(world).connect() as connection:
        assert connection.execute(select(RequestKey.__table__.c.key)).all() == []


def _stumbles(*_asked: object) -> int:
    raise RuntimeError("stumbled")


def test_a_centre_that_has_the_case_already_accepts_what_else_it_is_asked_for(world: World) -> None:
    case_id = led_by_centre(world)
    ask_centre(world, case_id, "social_work_prishtine")
    held, referral_id = wraps(world, case_id, CENTRE), world.waiting(case_id, CENTRE)

    world.accept(CENTRE, case_id)

    assert row(world, referral_id).state == "accepted"
    assert [one.kind for one in held] == ["content", "identity"]
    assert wraps(world, case_id, CENTRE) == held
    assert lead(world, case_id) == world.agencies["social_work_prishtine"]
