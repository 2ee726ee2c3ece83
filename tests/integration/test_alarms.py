"""The location of a house is known: raised by anyone there, six residents moved, the new place kept from the house."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError

from app.errors import Conflict, Invalid, NotFound, Refusal, Unmet
from app.models.audit import AuditEntry, Notice
from app.models.house_period import PremisesAlarm, RelocationPlace
from app.models.premises import ShelterAddress
from app.queries.relocations import MoveRow
from app.services import (
    addresses,
    alarm_pages,
    alarms,
    house_periods,
    move_places,
    places,
)
from app.services.alarm_pages import AlarmPage
from app.services.house_periods import NewPeriod
from app.services.move_places import NewPlace
from app.services.viewing import view
from tests.factories.houses import CANARY, WHAT, Street
from tests.factories.placed import House, day
from tests.factories.world import A_DAY
from tests.security.relations import above

ADDRESS = "Rruga e Provës 7"
OTHERS = ("shelter_foreign", "shelter_men", "shelter_secure")


@pytest.fixture
def street(house: House) -> Street:
    """The NGO shelter's house, its address recorded."""
    addresses.write(house.world.actor("shelter.coordinator"), ADDRESS)
    return Street(house)


def _page(street: Street, alarm_id: UUID, by: str = "shelter.coordinator") -> AlarmPage:
    return view(street.actor(by), "test", alarm_pages.whole, alarm_id=alarm_id)


def _moves(street: Street, by: str = "advocate") -> tuple[MoveRow, ...]:
    return view(street.actor(by), "test", move_places.index).moves


def _drives(street: Street, by: str) -> tuple[MoveRow, ...]:
    return view(street.actor(by), "test", move_places.index).drives


def _sealed(street: Street) -> Any:
    with above(street.house.world).connect() as connection:
        return connection.execute(select(ShelterAddress.__table__)).one()


def _place(street: Street, driver: str | None = None, shelter: str = "shelter_men") -> NewPlace:
    driver_id = street.actor(driver).member_id if driver else None
    return NewPlace(street.house.world.agencies[shelter], f"{CANARY}, the side door", A_DAY, "one bag", driver_id)


@pytest.mark.parametrize("by", ["shelter.coordinator", "shelter.supervisor"])
def test_one_act_shuts_the_house_opens_a_plan_for_each_and_renews_the_key_of_the_address(
    street: Street, by: str
) -> None:
    street.filled(2)
    before = _sealed(street)

    alarm_id = street.sound(by)

    page, after = _page(street, alarm_id), _sealed(street)
    assert (page.account, page.planned, page.there, page.row.stands) == (WHAT, 2, 2, True)
    assert street.periods() == [("compromised", A_DAY, None)]
    assert [plan.is_secret for plan in street.plans()] == [True, True]
    assert (after.version, after.wrapped != before.wrapped, after.address != before.address) == (2, True, True)
    assert addresses.open_own(street.actor("shelter.coordinator")).address == ADDRESS
    assert street.house.places.notices_of("shelter.coordinator").count("premises:compromised") == 2


def test_the_old_key_opens_nothing_of_the_row_that_stands(street: Street) -> None:
    before = _sealed(street)
    street.sound()
    row, vault = _sealed(street), street.house.world.database.vault
    old = vault.unwrap(before.wrapped, row.premises_id, "shelter_address", row.agency_id)

    with pytest.raises(Exception, match=r"^.*$") as fault:
        vault.open(old, row.address, "shelter_address", "address", row.premises_id)
    assert type(fault.value).__name__ == "Tampered"


def test_it_takes_nobody_and_who_is_expected_is_told_of_at_once(street: Street) -> None:
    expected, other = street.house.places.client(), street.house.places.client(family_name="Tjetra")
    street.house.places.ask(expected)
    street.house.places.expect(expected)
    street.sound()

    assert street.house.places.holds(expected) == ["needs_place"]
    assert "premises:expected_elsewhere" in street.house.places.notices_of("advocate")
    ngo = street.house.world.agencies["shelter_ngo"]
    found = [one for one in places.suggestions(street.actor("advocate"), other) if one.shelter_id == ngo]
    assert [(one.free_beds, one.reasons_against) for one in found] == [(0, ("compromised",))]
    with pytest.raises(Unmet):
        street.house.places.admit(expected)


@pytest.mark.parametrize("by", ["advocate", "investigator", "men.coordinator", "administrator"])
def test_nobody_from_outside_raises_or_reads_an_alarm_of_the_house(street: Street, by: str) -> None:
    alarm_id = street.sound()

    with pytest.raises(NotFound):
        alarms.sound(street.actor(by), WHAT, premises_id=street.premises_id)
    with pytest.raises(NotFound):
        _page(street, alarm_id, by)


def test_an_alarm_without_a_word_or_a_second_one_is_refused(street: Street) -> None:
    with pytest.raises(Invalid):
        street.sound(account="  ")
    street.sound()
    with pytest.raises(Conflict, match="alarm_stands"):
        street.sound()


@pytest.mark.line(15)
def test_six_residents_are_told_of_moved_and_the_plan_is_done(street: Street) -> None:
    cases = street.filled(6)
    alarm_id = street.sound()
    page = _page(street, alarm_id)
    alarms.tell_agencies(street.actor("shelter.supervisor"), alarm_id, page.with_residents)
    assert "premises:warned" in street.house.places.notices_of("advocate")
    assert len(_moves(street)) == 6

    street.all_moved(cases[:4], "shelter_men", "men.coordinator")
    street.all_gone(cases[4:])

    done = _page(street, alarm_id)
    assert (done.planned, done.there, [one.is_there for one in done.residents]) == (6, 0, [False] * 6)
    assert _moves(street) == ()


def test_each_agency_is_told_once_by_a_notice_that_names_nobody(street: Street) -> None:
    street.filled(1)
    alarm_id = street.sound()
    police = street.house.world.agencies["police"]
    alarms.tell_agencies(street.actor("shelter.coordinator"), alarm_id, [police])
    alarms.tell_agencies(street.actor("shelter.supervisor"), alarm_id, [police])

    with above(street.house.world).connect() as connection:
        told = connection.execute(select(Notice.__table__).where(Notice.kind == "premises:warned")).all()
    found = view(street.actor("investigator"), "test", alarm_pages.warnings)
    assert [(row.agency_id, row.case_id, row.values) for row in told] == [(police, None, {})]
    assert [(one.name_en, one.over_at) for one in found] == [("NGO shelter", None)]
    assert view(street.actor("advocate"), "test", alarm_pages.warnings) == ()
    with pytest.raises(Invalid):
        alarms.tell_agencies(street.actor("shelter.coordinator"), alarm_id, [])


def test_who_had_opened_the_address_before_is_listed(street: Street) -> None:
    case_id = street.filled(1)[0]
    addresses.open_for(street.actor("advocate"), case_id, street.premises_id, "visit")
    street.house.clock.at(A_DAY, 12)

    page = _page(street, street.sound())

    assert [(one.purpose, one.name_en) for one in page.opened_before] == [
        ("visit", "Victim Advocacy Office, Prishtinë")
    ]


def test_the_destination_reaches_who_places_her_and_the_driver_alone(street: Street) -> None:
    street.filled(1)
    street.sound()
    move = _moves(street)[0]
    move_places.write(street.actor("advocate"), move.id, _place(street, driver="investigator2"))

    look = lambda by: view(street.actor(by), "test", move_places.whole, relocation_id=move.id)  # noqa: E731
    assert look("advocate").place["words"].startswith(CANARY)
    assert (look("investigator2").place["words"].startswith(CANARY), look("investigator2").is_driver) == (True, True)
    assert [one.reference for one in _drives(street, "investigator2")] == [None]
    assert (look("advocacy.supervisor").place, look("advocacy.supervisor").may_read) == ({}, False)
    with above(street.house.world).connect() as connection:
        entries = connection.execute(select(AuditEntry.detail)).scalars().all()
        notices = connection.execute(select(Notice.__table__)).all()
    assert CANARY not in str(entries) + str(notices)
    assert "move:drive" in street.house.places.notices_of("investigator2")


@pytest.mark.parametrize(
    "by", ["shelter.coordinator", "shelter.supervisor", "men.coordinator", "investigator", "social.worker"]
)
def test_the_row_of_the_destination_is_seen_by_nobody_else(street: Street, by: str) -> None:
    street.filled(1)
    street.sound()
    move_places.write(street.actor("advocate"), _moves(street)[0].id, _place(street, driver="investigator2"))
    seen = lambda name: len(_rows(street, name))  # noqa: E731

    assert (seen(by), seen("investigator2"), seen("advocate")) == (0, 1, 1)
    with pytest.raises(NotFound):
        view(street.actor(by), "test", move_places.whole, relocation_id=_moves(street)[0].id)


def _rows(street: Street, by: str) -> list[Any]:
    with street.house.world.database.read(street.actor(by)) as work:
        return list(work.session.execute(select(RelocationPlace)).scalars())


def test_the_driver_alone_opens_both_addresses_and_both_places_are_told(street: Street) -> None:
    case_id = street.filled(1)[0]
    addresses.write(street.actor("men.coordinator"), "Rruga e Dytë 9")
    street.sound()
    move = _moves(street)[0]
    move_places.write(street.actor("advocate"), move.id, _place(street, driver="investigator2"))
    with pytest.raises(Refusal, match="not_expected_yet"):
        move_places.open_address(street.actor("investigator2"), move.id, "to")
    street.on_the_way(case_id)

    driver = street.actor("investigator2")
    opened = [move_places.open_address(driver, move.id, end).address for end in ("from", "to")]

    assert opened == [ADDRESS, "Rruga e Dytë 9"]
    assert "address:opened" in street.house.places.notices_of("men.coordinator")
    with pytest.raises(NotFound):
        move_places.open_address(street.actor("investigator"), move.id, "to")
    with pytest.raises(NotFound):
        move_places.open_address(street.actor("advocate"), move.id, "to")


def test_a_false_alarm_is_stood_down_by_two_and_by_no_one_alone(street: Street) -> None:
    street.filled(2)
    alarm_id = street.sound()
    alarms.tell_agencies(street.actor("shelter.coordinator"), alarm_id, [street.house.world.agencies["police"]])
    first, second = street.actor("shelter.coordinator"), street.actor("shelter.supervisor")
    with pytest.raises(Conflict, match="no_draft"):
        alarms.sign_stand_down(first, alarm_id)
    alarms.draft_stand_down(first, alarm_id, "false_alarm", "They were from the meter service")

    with pytest.raises(Refusal, match="second_person"):
        alarms.sign_stand_down(first, alarm_id)
    assert street.periods() == [("compromised", A_DAY, None)]
    alarms.sign_stand_down(second, alarm_id)

    page = _page(street, alarm_id)
    assert street.periods() == [("compromised", A_DAY, A_DAY)]
    assert (page.row.stands, page.down_note) == (False, "They were from the meter service")
    assert [plan.cancelled_at is not None for plan in street.plans()] == [True, True]
    assert "premises:warning_over" in street.house.places.notices_of("investigator")
    street.house.places.resident("2A")


def test_the_database_itself_refuses_the_signature_of_the_one_who_drafted(street: Street) -> None:
    alarm_id = street.sound()
    actor = street.actor("shelter.coordinator")
    alarms.draft_stand_down(actor, alarm_id, "false_alarm", "Nothing")
    signed = update(PremisesAlarm.__table__).values(signed_by_id=actor.member_id, signed_at=street.house.clock.now)

    with pytest.raises(DBAPIError, match="stood_down_by_two"), above(street.house.world).begin() as connection:
        connection.execute(signed)


@pytest.mark.parametrize(("reason", "note"), [("whim", "Nothing"), ("false_alarm", " ")])
def test_it_is_not_stood_down_without_a_reason(street: Street, reason: str, note: str) -> None:
    alarm_id = street.sound()

    with pytest.raises(Invalid):
        alarms.draft_stand_down(street.actor("shelter.coordinator"), alarm_id, reason, note)


def test_a_draft_that_is_not_signed_leaves_the_alarm_as_it_is(street: Street) -> None:
    alarm_id = street.sound()
    alarms.draft_stand_down(street.actor("shelter.coordinator"), alarm_id, "false_alarm", "Nothing")
    alarms.drop_draft(street.actor("shelter.supervisor"), alarm_id)

    with pytest.raises(Conflict, match="no_draft"):
        alarms.sign_stand_down(street.actor("shelter.supervisor"), alarm_id)


def test_what_was_announced_before_stands_again_after_a_false_alarm(street: Street) -> None:
    street.filled(1)
    closing = street.shut("closed", day(20))
    alarm_id = street.sound()
    assert street.periods() == [("compromised", A_DAY, None), ("closed", day(20), day(20))]
    street.house.clock.at(day(5))
    alarms.draft_stand_down(street.actor("shelter.coordinator"), alarm_id, "false_alarm", "Nothing")
    alarms.sign_stand_down(street.actor("shelter.supervisor"), alarm_id)

    assert street.periods() == [("compromised", A_DAY, day(5)), ("closed", day(20), None)]
    assert street.leaving(closing).there == 1


def test_an_alarm_takes_the_place_of_a_period_that_runs_and_gives_it_back(street: Street) -> None:
    street.shut("suspended", A_DAY, day(20))
    street.house.clock.at(day(5))
    alarm_id = street.sound()
    street.house.clock.at(day(7))
    alarms.draft_stand_down(street.actor("shelter.coordinator"), alarm_id, "false_alarm", "Nothing")
    alarms.sign_stand_down(street.actor("shelter.supervisor"), alarm_id)

    assert street.periods() == [
        ("suspended", A_DAY, day(5)),
        ("compromised", day(5), day(7)),
        ("suspended", day(7), day(20)),
    ]


def test_nothing_is_set_over_an_alarm(street: Street) -> None:
    street.sound()

    with pytest.raises(Conflict, match="shut_already"):
        house_periods.set_period(
            street.actor("shelter.coordinator"), street.premises_id, NewPeriod("closed", "threats", day(9))
        )


def test_who_is_barred_from_a_case_has_the_person_counted_and_not_shown(street: Street) -> None:
    cases = street.filled(2)
    street.house.places.bar(cases[0], "shelter.coordinator", "shelter.supervisor")

    page = _page(street, street.sound("shelter.coordinator"))

    assert (page.planned, page.there, [one.row.case_id for one in page.residents]) == (2, 2, [cases[1]])


def test_a_plan_after_an_alarm_holds_no_place_in_the_clear(street: Street) -> None:
    street.filled(1)
    street.sound()

    with pytest.raises(DBAPIError, match="secret_says_no_place"), above(street.house.world).begin() as connection:
        connection.execute(text("UPDATE relocation SET destination = 'own_home'"))
