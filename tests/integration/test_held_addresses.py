"""One account that opens address after address is stopped at the number that is written down, and reported."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import Connection, func, select, text

from app.errors import Stopped
from app.models.audit import AuditEntry, Notice
from app.models.placement import Bed, Room
from app.models.premises import AddressOpening
from app.security.actor import system_actor
from app.security.reading_limits import DAY, MostHouses, most_houses_of
from app.services import addresses, administration, held_addresses, held_reading, move_places, unit_of_work
from app.services.move_places import NewPlace
from app.services.viewing import view
from app.vocabulary.role import Role
from tests.factories.houses import Street
from tests.factories.placed import House
from tests.factories.world import A_DAY
from tests.security.relations import above
from tests.support.client import Visitor

PER_DAY, PER_WEEK = 4, 6
OFFICE = "advocacy.supervisor"


@dataclass
class Prowler:
    """An advocate who invents a case for each house and holds an emergency bed there."""

    house: House
    cases: dict[UUID, UUID] = field(default_factory=dict)

    @property
    def today(self) -> date:
        """The day on the moved clock."""
        return self.house.clock.now.date()

    def builds(self, number: int) -> list[UUID]:
        """So many more houses of one shelter, with a bed and an address each."""
        return [self._house(f"House {10 + one}") for one in range(number)]

    def _house(self, name: str) -> UUID:
        world = self.house.world
        with world.database.write(world.actor("administrator")) as work:
            made = administration.add_house(work, world.agencies["shelter_ngo"], name, (1,))
            work.audit("test:house")
            work.commit()
        addresses.write(world.actor("shelter.coordinator"), f"Rruga e Provës, {name}", premises_id=made)
        return made

    def _expected_at(self, premises_id: UUID) -> UUID:
        """A case with a bed held in the house; the shelter has answered nothing."""
        if premises_id not in self.cases:
            with self.house.world.database.read(system_actor("placement")) as work:
                found = select(Bed.id).join(Room, Room.id == Bed.room_id).where(Room.premises_id == premises_id)
                bed = work.session.execute(found).scalars().first()
            case_id = self.house.places.client()
            self.house.world.step("advocate", case_id, "shelter", "take_emergency_bed", self.today, bed=str(bed))
            self.cases[premises_id] = case_id
        return self.cases[premises_id]

    def prepares(self, houses: list[UUID]) -> None:
        """The cases for which she can ask."""
        self.cases |= {one: self._expected_at(one) for one in houses}

    def opens(self, premises_id: UUID) -> bool:
        """Open the address of a house; whether it was shown."""
        case_id, advocate = self._expected_at(premises_id), self.house.world.actor("advocate")
        try:
            addresses.open_for(advocate, case_id, premises_id, "bring")
        except Stopped:
            return False
        return True

    def goes_round(self, houses: list[UUID]) -> list[bool]:
        """Open one after another."""
        return [self.opens(one) for one in houses]

    def told(self, kind: str) -> list[tuple[UUID, str | None, object]]:
        """Who was told, by agency and role, and in which words beside those of the kind."""
        with above(self.house.world).connect() as connection:
            rows = connection.execute(select(Notice.__table__).where(Notice.kind == kind)).all()
        return sorted(((row.agency_id, row.role, row.values) for row in rows), key=str)

    def rows(self, table: type, *conditions: object) -> int:
        """How many rows lie in the database."""
        with above(self.house.world).connect() as connection:
            asked = select(func.count()).select_from(table.__table__).where(*conditions)  # type: ignore[attr-defined]
            return int(connection.execute(asked).scalar_one())


@pytest.fixture
def prowler(house: House) -> Prowler:
    return Prowler(house)


def test_who_opens_house_after_house_is_stopped_at_the_number_that_is_written_down(prowler: Prowler) -> None:
    houses = prowler.builds(PER_DAY + 2)

    shown = prowler.goes_round(houses)

    agencies = prowler.house.world.agencies
    assert shown == [True] * PER_DAY + [False] * 2
    assert prowler.rows(AddressOpening) == PER_DAY
    assert prowler.rows(AuditEntry, AuditEntry.action == "reading:stopped") == 2
    assert prowler.told("reading:addresses_stopped") == sorted(
        [(agencies["advocacy_prishtine"], "agency_supervisor", {}), (agencies["administration"], "administrator", {})],
        key=str,
    )
    assert prowler.told("reading:addresses_known") == sorted(
        [(agencies["shelter_ngo"], role, {}) for role in ("agency_supervisor", "shelter_coordinator")], key=str
    )
    assert prowler.told("reading:stopped") == []


def test_without_the_limit_she_goes_from_house_to_house(prowler: Prowler) -> None:
    database = prowler.house.world.database
    database.parts = replace(database.parts, reading_is_limited=False)

    assert all(prowler.goes_round(prowler.builds(PER_WEEK + 2)))


def test_a_house_whose_address_she_opened_stays_open_to_her(prowler: Prowler) -> None:
    houses = prowler.builds(PER_DAY + 1)
    prowler.goes_round(houses)

    assert prowler.goes_round(houses) == [True] * PER_DAY + [False]


def test_the_next_day_she_opens_more_and_no_more_than_in_a_week(prowler: Prowler) -> None:
    houses = prowler.builds(PER_WEEK + 1)
    first = prowler.goes_round(houses[:PER_DAY])
    prowler.house.clock.now += DAY

    assert first == [True] * PER_DAY
    assert prowler.goes_round(houses[PER_DAY:]) == [True] * (PER_WEEK - PER_DAY) + [False]


def test_after_a_week_she_opens_others(prowler: Prowler) -> None:
    houses = prowler.builds(PER_DAY + 1)
    prowler.goes_round(houses)
    prowler.house.clock.now += timedelta(days=7)
    prowler.cases.clear()

    assert prowler.opens(houses[-1])


def test_her_supervisor_lets_her_on_also_when_days_have_passed_and_she_herself_does_not(prowler: Prowler) -> None:
    houses, world = prowler.builds(PER_DAY + 1), prowler.house.world
    prowler.goes_round(houses)
    hers = world.actor("advocate").member_id
    assert hers is not None
    prowler.house.clock.now += timedelta(hours=1)

    by_herself = held_reading.let_on(world.actor("advocate"), hers)
    still = prowler.opens(houses[-1])
    prowler.house.clock.now += timedelta(minutes=1)
    held = [one.member_id for one in held_reading.held(world.actor(OFFICE))]
    done = held_reading.let_on(world.actor(OFFICE), hers)
    prowler.house.clock.now += timedelta(minutes=1)

    assert (by_herself, still, held, done) == (False, False, [hers], True)
    assert held_reading.held(world.actor(OFFICE)) == []
    assert prowler.opens(houses[-1])


def test_who_was_stopped_from_addresses_is_listed_for_the_week_for_which_it_counts(prowler: Prowler) -> None:
    prowler.goes_round(prowler.builds(PER_DAY + 1))
    world = prowler.house.world

    prowler.house.clock.now += timedelta(days=6)
    within = len(held_reading.held(world.actor(OFFICE)))
    prowler.house.clock.now += timedelta(days=1)

    assert (within, held_reading.held(world.actor(OFFICE))) == (1, [])


def test_who_was_stopped_from_addresses_and_then_from_cases_is_told_of_twice(prowler: Prowler) -> None:
    prowler.goes_round(prowler.builds(PER_DAY + 1))

    held_reading.report(prowler.house.world.actor("advocate"))
    held_reading.report(prowler.house.world.actor("advocate"))

    assert len(prowler.told("reading:stopped")) == 2
    assert len(prowler.told("reading:addresses_stopped")) == 2


def test_what_a_house_checks_of_its_own_is_not_counted(prowler: Prowler, monkeypatch: pytest.MonkeyPatch) -> None:
    coordinator = prowler.house.world.actor("shelter.coordinator")
    monkeypatch.setattr(held_addresses, "most_houses_of", lambda _: MostHouses(0, 0))

    shown = [addresses.open_own(coordinator, one).address for one in prowler.builds(2)]

    assert len(shown) == 2


def _at_once(prowler: Prowler, houses: list[UUID]) -> list[bool]:
    """What becomes of two forms that come at once: both begin before either is done, for another holds her row."""

    def ask(premises_id: UUID) -> bool:
        unit_of_work.bind(prowler.house.world.database)
        return prowler.opens(premises_id)

    hers = text("SELECT id FROM member WHERE id = :id FOR UPDATE")
    with ThreadPoolExecutor(len(houses)) as pool, above(prowler.house.world).connect() as other:
        other.execute(hers, {"id": prowler.house.world.actor("advocate").member_id})
        asked = [pool.submit(ask, one) for one in houses]
        _until_they_wait(other, len(houses))
        other.commit()
        return sorted(one.result(timeout=60) for one in asked)


def _until_they_wait(connection: Connection, number: int) -> None:
    until = time.monotonic() + 30
    while connection.execute(text("SELECT count(*) FROM pg_locks WHERE NOT granted")).scalar_one() < number:
        assert time.monotonic() < until
        time.sleep(0.05)


@pytest.mark.parametrize("house", ["postgresql"], indirect=True)
def test_of_two_forms_that_come_at_once_the_second_counts_the_first(
    prowler: Prowler, monkeypatch: pytest.MonkeyPatch
) -> None:
    houses = prowler.builds(2)
    prowler.prepares(houses)
    monkeypatch.setattr(held_addresses, "most_houses_of", lambda _: MostHouses(1, 1))

    assert _at_once(prowler, houses) == [False, True]


@pytest.mark.parametrize("house", ["postgresql"], indirect=True)
def test_without_waiting_for_each_other_both_would_be_shown(prowler: Prowler, monkeypatch: pytest.MonkeyPatch) -> None:
    houses = prowler.builds(2)
    prowler.prepares(houses)
    monkeypatch.setattr(held_addresses, "most_houses_of", lambda _: MostHouses(1, 1))
    monkeypatch.setattr(held_addresses, "_one_at_a_time", lambda _: None)

    assert _at_once(prowler, houses) == [True, True]


def _drives(street: Street, end: str) -> bool:
    driver, moves = street.actor("investigator2"), view(street.actor("investigator2"), "test", move_places.index)
    try:
        move_places.open_address(driver, moves.drives[0].id, end)
    except Stopped:
        return False
    return True


def _is_to_be_driven(house: House) -> Street:
    """Somebody who is expected elsewhere after an alarm, and who drives her."""
    street = Street(house)
    addresses.write(street.actor("shelter.coordinator"), "Rruga e Provës 7")
    addresses.write(street.actor("men.coordinator"), "Rruga e Provës 8")
    case_id = street.filled(1)[0]
    street.sound()
    move = view(street.actor("advocate"), "test", move_places.index).moves[0]
    place = NewPlace(house.world.agencies["shelter_men"], "", A_DAY, "", street.actor("investigator2").member_id)
    move_places.write(street.actor("advocate"), move.id, place)
    street.on_the_way(case_id)
    return street


def test_a_driver_opens_both_ends_and_is_stopped_as_the_others_are(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    street = _is_to_be_driven(house)
    monkeypatch.setattr(held_addresses, "most_houses_of", lambda _: MostHouses(1, 1))

    shown = [_drives(street, end) for end in ("from", "to", "from")]
    monkeypatch.undo()

    assert shown == [True, False, True]
    assert _drives(street, "to")


@pytest.mark.parametrize(
    ("roles", "most"),
    [
        ((), MostHouses(4, 6)),
        ((Role.ADVOCATE,), MostHouses(4, 6)),
        ((Role.SOCIAL_WORKER, Role.AGENCY_SUPERVISOR), MostHouses(4, 6)),
        ((Role.INVESTIGATOR,), MostHouses(6, 10)),
        ((Role.ADVOCATE, Role.SHELTER_COORDINATOR), MostHouses(6, 10)),
    ],
)
def test_each_role_has_its_number_and_of_several_the_highest_counts(roles: tuple[Role, ...], most: MostHouses) -> None:
    assert most_houses_of(roles) == most


def test_the_page_says_so_in_words_and_those_who_are_told_find_where_to_look(prowler: Prowler) -> None:
    houses = prowler.builds(PER_DAY + 1)
    prowler.goes_round(houses)
    app = prowler.house.world.app()
    advocate, supervisor, coordinator = Visitor(app), Visitor(app), Visitor(app)
    advocate.sign_in("advocate")
    supervisor.sign_in(OFFICE)
    coordinator.sign_in("shelter.coordinator")

    form = advocate.get(f"/cases/{prowler.cases[houses[-1]]}/address")
    refused = advocate.submit(form, "Open the address", 422, place=str(houses[-1]), purpose="bring")

    assert "You have opened the addresses of more houses than usual" in refused.text
    assert "Rruga e Provës" not in refused.text
    assert "A colleague has opened the addresses of many houses" in supervisor.get("/notices").text
    assert "Teuta Berani" in supervisor.get("/reading").text
    assert "opened those of many others and was stopped" in coordinator.get("/notices").text
