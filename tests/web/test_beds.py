"""The board of beds and the pages of a stay, as the house sees them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

import pytest
from sqlalchemy import Engine, event, select

from app.models.audit import AuditEntry
from app.security.actor import system_actor
from tests.factories.placed import House, day
from tests.support.client import Visitor

SHELTER = "shelter.coordinator"
Enter = Callable[..., Visitor]


@pytest.fixture
def enter(house: House) -> Enter:
    """Sign in as a member, the shelter's coordinator unless said otherwise."""
    application = house.world.app()

    def signed_in(name: str = SHELTER) -> Visitor:
        found = Visitor(application)
        found.sign_in(name)
        return found

    return signed_in


def test_the_board_names_a_resident_as_she_is_in_the_house_and_by_no_other_name(house: House, enter: Enter) -> None:
    house.places.resident("1A", alias="Lule")

    page = enter().get("/beds")

    assert "Lule" in page.text
    assert "Dafina" not in page.text
    assert "5 free" in page.text
    assert "1 taken" in page.text


def test_the_board_shows_who_is_expected_and_leads_to_the_arrival(house: House, enter: Enter) -> None:
    case_id = house.places.client()
    house.places.ask(case_id)
    house.places.expect(case_id, "2B")

    page = enter().get("/beds")

    assert "1 held" in page.text
    assert f"/cases/{case_id}/steps/shelter/admit" in page.links.values()


def test_the_board_shows_offers_to_answer(house: House, enter: Enter) -> None:
    case_id = house.places.client()
    house.places.ask(case_id)

    page = enter().get("/beds")

    assert f"/referrals/{house.world.waiting(case_id, SHELTER)}" in page.links.values()


def test_an_emergency_stands_among_the_offers_with_the_bed_that_is_kept(house: House, enter: Enter) -> None:
    case_id = house.places.client()
    house.world.step("advocate", case_id, "shelter", "take_emergency_bed", bed=str(house.places.bed("2B")))

    page = enter().get("/beds")

    assert "Emergency bed Bed 2B, kept until" in page.text


def test_a_resident_who_should_have_left_is_shown_as_overdue(house: House, enter: Enter) -> None:
    house.places.resident("1A", expected_until="2014-03-10")
    house.clock.at(day(12))

    page = enter().get("/beds")

    assert "1 overdue to leave" in page.text


def test_the_board_of_a_day_ahead_shows_a_bed_free_again(house: House, enter: Enter) -> None:
    house.places.resident("1A", expected_until="2014-03-10")

    page = enter().get("/beds?day=2014-03-10")

    assert "6 free" in page.text
    assert "Beds on 10 Mar 2014" in page.heading


@pytest.mark.parametrize("address", ["/beds?day=nonsense", "/beds?on-day=31&on-month=2&on-year=2014"])
def test_a_damaged_day_shows_today(house: House, enter: Enter, address: str) -> None:
    assert enter().get(address).heading == "Beds tonight"


def test_the_board_of_another_shelter_does_not_show_her(house: House, enter: Enter) -> None:
    house.places.resident("1A", alias="Lule")

    assert "Lule" not in enter("secure.coordinator").get("/beds").text


def test_an_agency_without_beds_is_told_so_and_has_none_in_its_menu(house: House, enter: Enter) -> None:
    page = enter("police.supervisor").get("/beds")

    assert "Your agency has no beds." in page.text
    assert "Beds" not in page.links
    assert "Beds" in enter("shelter.supervisor").get("/beds").links


def test_a_look_at_the_board_is_written_down_with_the_cases_that_it_showed(house: House, enter: Enter) -> None:
    case_id, _ = house.places.resident("1A")

    enter().get("/beds")

    with house.world.database.read(system_actor("auditor")) as work:
        found = select(AuditEntry.detail).where(AuditEntry.action == "stay:board")
        assert [str(case_id) in detail for detail in work.session.execute(found).scalars()] == [True]


def test_the_page_of_a_stay_shows_the_safety_minimum(house: House, enter: Enter) -> None:
    _, stay_id = house.places.resident("1A", alias="Lule", alerts="Fears men in uniform", allergies="Penicillin")

    page = enter().get(f"/stays/{stay_id}")

    assert ("Fears men in uniform" in page.text, "Penicillin" in page.text) == (True, True)


def test_a_stay_is_extended_on_its_page(house: House, enter: Enter) -> None:
    case_id, stay_id = house.places.resident("1A")
    house_staff = enter()

    page = house_staff.get(f"/stays/{stay_id}/extend")
    house_staff.submit(page, "Record", expected_until=day(30), reason="Not ready.")

    assert house.places.open_stay(case_id).expected_until == day(30)


def test_a_move_offers_free_beds_and_changes_of_place(house: House, enter: Enter) -> None:
    case_id, stay_id = house.places.resident("1A")
    house.places.resident("2A", alias="Besa")
    house_staff = enter()

    page = house_staff.get(f"/stays/{stay_id}/move")
    after = house_staff.submit(page, "Move", bed=str(house.places.bed("2A")))

    assert "changes places with Besa" in page.text
    assert "bed 2A" in after.text
    assert house.places.open_stay(case_id).bed_id == house.places.bed("2A")


def test_a_departure_without_consent_is_recorded_on_the_page_of_the_stay(house: House, enter: Enter) -> None:
    case_id, stay_id = house.places.resident("1A", alias="Lule")
    house.world.step("advocate", case_id, "advocacy", "withdraw_consent", purposes=["shelter"])
    house_staff = enter()

    page = house_staff.get(f"/stays/{stay_id}/leave")
    board = house_staff.submit(page, "Record", destination="own_home", departure_reason="own_wish")

    assert "Lule" not in board.text
    assert house.places.state(case_id) == "left"
    house_staff.get(f"/cases/{case_id}", status=404)


def test_a_departure_before_the_arrival_is_explained_at_its_date(house: House, enter: Enter) -> None:
    _, stay_id = house.places.resident("1A")
    house_staff = enter()

    page = house_staff.get(f"/stays/{stay_id}/leave")
    shown = house_staff.submit(
        page, "Record", 422, destination="own_home", departure_reason="own_wish", occurred_on=day(2)
    )

    assert "The date must not be before the arrival" in " ".join(shown.errors)


@pytest.mark.parametrize("path", ["", "/leave", "/extend", "/move"])
def test_a_stay_of_another_shelter_is_not_there(house: House, enter: Enter, path: str) -> None:
    _, stay_id = house.places.resident("1A")

    enter("secure.coordinator").get(f"/stays/{stay_id}{path}", status=404)


def test_a_supervisor_looks_and_does_not_act(house: House, enter: Enter) -> None:
    _, stay_id = house.places.resident("1A", alias="Lule")
    supervisor = enter("shelter.supervisor")

    assert "Lule" in supervisor.get("/beds").text
    assert "Record the departure" not in supervisor.get(f"/stays/{stay_id}").text
    supervisor.get(f"/stays/{stay_id}/leave", status=403)


def test_the_board_takes_as_many_statements_for_six_residents_as_for_one(house: House, enter: Enter) -> None:
    house.places.resident("1A")
    house_staff = enter()
    house_staff.get("/beds")
    for_one = _statements(house_staff)

    _fill(house, "1B", "1C", "2A", "2B", "2C")

    assert _statements(house_staff) == for_one


def _fill(house: House, *beds: str) -> list[UUID]:
    return [house.places.resident(bed)[0] for bed in beds]


def _statements(house_staff: Visitor) -> int:
    """How many statements one look at the board takes."""
    counted: list[str] = []
    engine = house_staff.client.application.extensions["database"].engine
    with counting(engine, counted):
        house_staff.get("/beds")
    return len(counted)


@contextmanager
def counting(engine: Engine, counted: list[str]) -> Iterator[None]:
    """Write down each statement that is sent."""

    def note(_connection: object, _cursor: object, statement: str, *_given: object) -> None:
        counted.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield
    event.remove(engine, "before_cursor_execute", note)


def test_an_arrival_is_recorded_from_the_board(house: House, enter: Enter) -> None:
    case_id = house.places.client()
    house.places.ask(case_id)
    house.places.expect(case_id, "2B")
    house_staff = enter()

    page = house_staff.get(house_staff.get("/beds").links[f"Has arrived ({house.places.reference(case_id)})"])
    house_staff.submit(
        page,
        "Record",
        bed=str(house.places.bed("2B")),
        alias="Lule",
        house_rules=True,
        rights_leaflet=True,
        expected_until=day(20),
    )

    assert "Lule" in house_staff.get("/beds").text


def test_a_person_who_does_not_come_leaves_the_house_a_pointer(house: House, enter: Enter) -> None:
    case_id = house.places.client()
    house.places.ask(case_id)
    house.places.expect(case_id, "2B")
    house_staff = enter()

    page = house_staff.get(f"/cases/{case_id}/steps/shelter/not_arrived")
    after = house_staff.submit(page, "Record", reason="Did not come.")

    assert house.places.reference(case_id) in after.text
    assert "Dafina" not in after.text


def test_a_past_day_shows_who_was_there_then_and_who_came_and_went(house: House, enter: Enter) -> None:
    case_id, _ = house.places.resident("1A", alias="Lule")
    house.clock.at(day(12))
    house.world.step(SHELTER, case_id, "shelter", "leave", day(8), destination="own_home", departure_reason="own_wish")
    staff, reference = enter(), house.places.reference(case_id)

    came, there, gone = (staff.get(f"/beds?day=2014-03-0{number}") for number in (3, 5, 8))

    assert f"{reference} Has arrived Bed 1A" in came.text
    assert ("1 taken" in there.text, reference in there.text, "Nobody arrived on this day." in there.text) == (
        True,
    ) * 3
    assert ("6 free" in gone.text, f"{reference} Has left Bed 1A" in gone.text) == (True, True)
    assert [page.text for page in (came, there, gone) if "Lule" in page.text or "To answer" in page.text] == []


def test_who_changes_her_bed_has_not_arrived_that_day(house: House, enter: Enter) -> None:
    _, stay_id = house.places.resident("1A", alias="Lule")
    house.clock.at(day(5))
    staff = enter()

    staff.submit(staff.get(f"/stays/{stay_id}/move"), "Move", bed=str(house.places.bed("2A")))

    assert "Nobody is expected." in staff.get("/beds").text


def test_who_leaves_today_or_should_have_left_leaves_with_one_tap(house: House, enter: Enter) -> None:
    _, stay_id = house.places.resident("1A", alias="Lule", expected_until="2014-03-10")
    house.clock.at(day(10))

    links = enter().get("/beds").links

    assert links["Leaves now (Lule)"] == f"/stays/{stay_id}/leave"
    assert links["Stays longer (Lule)"] == f"/stays/{stay_id}/extend"


def test_who_leaves_within_two_weeks_is_told_of(house: House, enter: Enter) -> None:
    house.places.resident("1A", alias="Lule", expected_until="2014-03-10")

    assert "1 leaves later in these two weeks" in enter().get("/beds").text


def test_a_bed_of_whom_the_reader_is_barred_from_is_not_free_tomorrow_either(house: House, enter: Enter) -> None:
    case_id, _ = house.places.resident("1A", alias="Lule", expected_until="2014-03-20")
    house.places.bar(case_id, SHELTER, "shelter.supervisor")

    page = enter().get("/beds?day=2014-03-04")

    assert ("5 free" in page.text, "1 out of use" in page.text, "Lule" in page.text) == (True, True, False)


def test_each_day_of_the_nights_leads_to_its_board(house: House, enter: Enter) -> None:
    page = enter().get("/beds")

    assert {f"/beds?day=2014-03-{number:02}" for number in range(3, 17)} <= set(page.links.values())
    assert page.links["31 days"] == "/beds/month?day=2014-03-03"
