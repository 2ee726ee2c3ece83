"""Leaving at high risk: approvals are asked, told where they are missing, and stop nobody from leaving."""

from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.errors import Conflict, Invalid, NotFound
from app.services import leaving, stays
from app.services.viewing import view
from tests.factories.placed import GONE, House, day
from tests.factories.world import A_DAY
from tests.security.relations import above

SHELTER, SECURE = "shelter.coordinator", "secure.coordinator"


def _resident(house: House, level: str = "high") -> tuple[UUID, UUID]:
    """Somebody whose case came from the police and who is rated while she lives in the house."""
    world, places = house.world, house.places
    case_id = world.with_advocate()
    world.step("advocate", case_id, "advocacy", "record_arrival")
    consents = {"purposes": ["assistance", "shelter"], "given_by": "self", "language": "sq", "explained": True}
    world.step("advocate", case_id, "advocacy", "record_consent", **consents)
    world.step("advocate", case_id, "risk", "rate_provisionally", level="low", safety_questions=True)
    places.ask(case_id)
    places.expect(case_id)
    stay_id = places.admit(case_id)
    world.step("advocate", case_id, "risk", "rate_provisionally", level=level, safety_questions=True)
    return case_id, stay_id


def _page(house: House, stay_id: UUID) -> leaving.ExitPage:
    return view(house.world.actor(SHELTER), "t", leaving.page, stay_id=stay_id)


def _ask(house: House, stay_id: UUID) -> UUID:
    leaving.ask(house.world.actor(SHELTER), stay_id)
    return view(house.world.actor("investigator"), "t", leaving.asked_of)[0].id


def _answer(house: House, approval_id: UUID, *, approves: bool) -> None:
    reason = "no_known_threat" if approves else "threat_stands"
    leaving.answer(house.world.actor("investigator"), approval_id, approves, reason)


def test_an_adult_at_high_risk_leaves_without_any_approval_and_it_is_told(house: House) -> None:
    case_id, stay_id = _resident(house)

    stays.take(house.world.actor(SHELTER), stay_id, "leave", GONE)

    assert house.places.state(case_id) == "left"
    assert house.places.stays(case_id)[-1].left_on == day(3)
    assert "exit:unapproved" in house.places.notices_of("advocate")  # who leads the case
    assert "exit:unapproved" in house.places.notices_of("shelter.supervisor")
    assert leaving.offer_is_due(house.world.actor(SHELTER), stay_id)


RULE = {
    "sqlite": (
        "CREATE TRIGGER blocks BEFORE UPDATE ON stay WHEN NEW.left_on IS NOT NULL AND NOT EXISTS (SELECT 1 FROM"
        " exit_approval a WHERE a.stay_id = NEW.id AND a.is_approved) BEGIN SELECT RAISE(ABORT, 'not approved'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION blocks() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.left_on IS NOT NULL AND NOT"
        " EXISTS (SELECT 1 FROM exit_approval a WHERE a.stay_id = NEW.id AND a.is_approved) THEN RAISE"
        " check_violation USING MESSAGE = 'not approved'; END IF; RETURN NEW; END $$",
        "CREATE TRIGGER blocks BEFORE UPDATE ON stay FOR EACH ROW EXECUTE FUNCTION blocks()",
    ),
}


def _plant(house: House) -> None:
    with above(house.world).begin() as connection:
        for statement in RULE[connection.dialect.name]:
            connection.execute(text(statement))


def test_a_rule_that_blocks_would_be_found(house: House) -> None:
    case_id, stay_id = _resident(house)
    _plant(house)

    with pytest.raises(DBAPIError):
        stays.take(house.world.actor(SHELTER), stay_id, "leave", GONE)
    assert house.places.stays(case_id)[-1].left_on is None


def test_a_refused_approval_stops_nobody_either(house: House) -> None:
    case_id, stay_id = _resident(house)
    _answer(house, _ask(house, stay_id), approves=False)

    stays.take(house.world.actor(SHELTER), stay_id, "leave", GONE)

    assert house.places.state(case_id) == "left"
    assert "exit:unapproved" in house.places.notices_of("shelter.supervisor")


def test_nobody_is_told_where_the_risk_is_not_high(house: House) -> None:
    _, stay_id = _resident(house, "medium")

    stays.take(house.world.actor(SHELTER), stay_id, "leave", GONE)

    assert "exit:unapproved" not in house.places.notices_of("shelter.supervisor")
    assert not leaving.offer_is_due(house.world.actor(SHELTER), stay_id)


def test_the_police_are_asked_answer_once_and_the_house_is_told(house: House) -> None:
    _, stay_id = _resident(house)

    approval_id = _ask(house, stay_id)
    _answer(house, approval_id, approves=True)

    assert "exit:asked" in house.places.notices_of("investigator")
    assert "exit:answered" in house.places.notices_of(SHELTER)
    assert [(one.asked_kind, one.is_approved) for one in _page(house, stay_id).leaving.approvals] == [("police", True)]
    with pytest.raises(Conflict, match="exit_answered"):
        _answer(house, approval_id, approves=False)


def test_who_waits_for_an_answer_is_not_asked_again(house: House) -> None:
    _, stay_id = _resident(house)
    _ask(house, stay_id)

    with pytest.raises(Conflict, match="nobody_to_ask"):
        leaving.ask(house.world.actor(SHELTER), stay_id)


def test_the_police_are_not_told_of_a_case_that_did_not_come_from_them(house: House) -> None:
    _, stay_id = house.places.resident("1A")

    with pytest.raises(Conflict, match="nobody_to_ask"):
        leaving.ask(house.world.actor(SHELTER), stay_id)
    assert "exit:asked" not in house.places.notices_of("investigator")


def test_her_wish_to_leave_without_approval_is_shown_and_told_to_supervisor_and_lead(house: House) -> None:
    _, stay_id = _resident(house)

    leaving.record_wish(house.world.actor(SHELTER), stay_id, "leave", "I want to be with my sister.")

    page = _page(house, stay_id)
    assert (page.leaving.is_in_conflict, page.words) == (True, "I want to be with my sister.")
    assert "exit:conflict" in house.places.notices_of("shelter.supervisor")
    assert "exit:conflict" in house.places.notices_of("advocate")  # who leads the case


def test_a_wish_to_stay_is_no_conflict(house: House) -> None:
    _, stay_id = _resident(house)

    leaving.record_wish(house.world.actor(SHELTER), stay_id, "stay")

    assert not _page(house, stay_id).leaving.is_in_conflict
    assert "exit:conflict" not in house.places.notices_of("shelter.supervisor")


def test_a_refusal_against_her_wish_is_told_again(house: House) -> None:
    _, stay_id = _resident(house)
    leaving.record_wish(house.world.actor(SHELTER), stay_id, "leave")

    _answer(house, _ask(house, stay_id), approves=False)

    assert house.places.notices_of("shelter.supervisor").count("exit:conflict") == 2


def test_a_house_without_consent_still_records_her_wish(house: House) -> None:
    case_id, stay_id = _resident(house)
    house.world.step("advocate", case_id, "advocacy", "withdraw_consent", purposes=["shelter"])

    leaving.record_wish(house.world.actor(SHELTER), stay_id, "leave", "Now.")

    assert "exit:conflict" in house.places.notices_of("shelter.supervisor")
    assert _page(house, stay_id).words == ""


def test_a_safety_plan_offered_after_she_has_left_is_kept(house: House) -> None:
    _, stay_id = _resident(house)
    stays.take(house.world.actor(SHELTER), stay_id, "leave", GONE)

    leaving.record_offer(house.world.actor(SHELTER), stay_id, "declined")

    offer = _page(house, stay_id).leaving.offer
    assert offer is not None
    assert offer.answer == "declined"
    assert not leaving.offer_is_due(house.world.actor(SHELTER), stay_id)


def test_what_is_no_answer_is_refused_at_its_field(house: House) -> None:
    _, stay_id = _resident(house)
    approval_id, police, coordinator = (
        _ask(house, stay_id),
        house.world.actor("investigator"),
        house.world.actor(SHELTER),
    )
    tomorrow = A_DAY.replace(day=4)

    refused = [
        lambda: leaving.answer(police, approval_id, None, "other"),
        lambda: leaving.answer(police, approval_id, True, "nonsense"),
        lambda: leaving.answer(police, approval_id, True, "other", tomorrow),
        lambda: leaving.record_wish(coordinator, stay_id, "nonsense"),
        lambda: leaving.record_wish(coordinator, stay_id, "leave", "", tomorrow),
        lambda: leaving.record_offer(coordinator, stay_id, "nonsense"),
        lambda: leaving.record_offer(coordinator, stay_id, "accepted", tomorrow),
    ]

    assert [_fields(act) for act in refused] == [
        {"is_approved"},
        {"reason"},
        {"answered_on"},
        {"wish"},
        {"said_on"},
        {"answer"},
        {"offered_on"},
    ]


def _fields(act: object) -> set[str]:
    with pytest.raises(Invalid) as refusal:
        act()  # type: ignore[operator]
    return set(refusal.value.fields)


def test_another_house_and_a_colleague_without_the_case_find_nothing(house: House) -> None:
    _, stay_id = _resident(house)
    approval_id = _ask(house, stay_id)

    with pytest.raises(NotFound):
        view(house.world.actor(SECURE), "t", leaving.page, stay_id=stay_id)
    with pytest.raises(NotFound):
        leaving.answer(house.world.actor("investigator2"), approval_id, True, "other")
    assert view(house.world.actor("investigator2"), "t", leaving.asked_of) == []
