"""The board of 31 days of a house, and all places as numbers."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from app.models.agency import Agency
from app.models.placement import Room
from app.models.premises import Premises
from app.security.actor import system_actor
from app.services import unit_of_work
from app.services.places import free_counts
from tests.factories.houses import Street
from tests.factories.nights import Laid, beds_of, lay, void_bed
from tests.factories.placed import House, day
from tests.factories.reading import Readers
from tests.security.relations import above
from tests.support.full_house import fill_house
from tests.support.page import Element, Page

MOST = 20
NAMES = ("1A", "1B", "1C", "2A", "2B", "2C")


@pytest.fixture
def readers(house: House) -> Readers:
    """Members signed in at the house's world."""
    return Readers(house.world, house.world.app())


def row(page: Page, head: str) -> Element:
    """The row of a table that begins with these words."""
    return next(one for one in page.root.all("tr") if one.all("th")[0].text.startswith(head))


def cells(page: Page, head: str) -> list[str]:
    return [cell.text for cell in row(page, head).all("td")]


def test_a_resident_has_one_cell_over_her_nights(house: House, readers: Readers) -> None:
    house.places.resident("1A", alias="Lule", expected_until="2014-03-10")

    page = readers("shelter.coordinator").get("/beds/month?day=2014-03-01")

    runs = row(page, "1A").all("td")
    assert [run.text for run in runs] == [
        "free, 1 Mar to 2 Mar",
        "Lule, taken, 3 Mar to 9 Mar",
        "free, 10 Mar to 31 Mar",
    ]
    assert [run.attributes.get("colspan") for run in runs] == ["2", "7", "22"]


def test_the_nights_of_a_row_are_the_days_of_the_head(house: House, readers: Readers) -> None:
    house.places.resident("1A", expected_until="2014-03-10")

    page = readers("shelter.coordinator").get("/beds/month")

    widths = [int(run.attributes.get("colspan") or 1) for run in row(page, "1A").all("td")]
    assert sum(widths) == len(page.root.all("thead")[0].all("th")) - 1 == 31


def test_who_has_left_is_there_in_the_nights_that_she_slept(house: House, readers: Readers) -> None:
    case_id, stay_id = house.places.resident("1A", alias="Lule")
    house.clock.at(day(12))
    house.world.step("shelter.coordinator", case_id, "shelter", "leave", day(8), **_gone())

    page = readers("shelter.coordinator").get("/beds/month?day=2014-03-01")

    assert f"{house.places.reference(case_id)}, taken, 3 Mar to 7 Mar" in cells(page, "1A")
    assert "Lule" not in page.text
    assert f"/stays/{stay_id}" in page.links.values()


def _gone() -> dict[str, str]:
    return {"destination": "own_home", "departure_reason": "own_wish"}


def test_a_booking_is_shown_as_held_and_free_beds_are_counted(house: House, readers: Readers) -> None:
    case_id = house.places.client()
    house.places.ask(case_id)
    house.places.expect(case_id, "2B")

    page = readers("shelter.coordinator").get("/beds/month")

    assert cells(page, "2B")[0] == "held, 3 Mar to 5 Mar"
    assert cells(page, "Free")[:4] == ["5", "5", "5", "6"]


def test_a_bed_of_whom_the_reader_is_barred_from_is_not_free_on_any_day(house: House, readers: Readers) -> None:
    case_id, _ = house.places.resident("1A", alias="Lule", expected_until="2014-03-10")
    house.places.bar(case_id, "shelter.coordinator", "shelter.supervisor")

    page = readers("shelter.coordinator").get("/beds/month")

    assert cells(page, "1A")[0] == "out of use, 3 Mar to 9 Mar"
    assert "Lule" not in page.text


def test_the_board_of_31_days_is_the_house_s_own(house: House, readers: Readers) -> None:
    house.places.resident("1A", alias="Lule")

    assert "Lule" not in readers("secure.coordinator").get("/beds/month").text
    assert "Your agency has no beds." in readers("police.supervisor").get("/beds/month").text


def test_a_look_at_31_days_is_written_down_with_the_cases_that_it_showed(house: House, readers: Readers) -> None:
    case_id, _ = house.places.resident("1A")

    readers("shelter.coordinator").get("/beds/month")

    assert [str(case_id) in told for told in readers.entries("stay:board")] == [True]


@pytest.mark.parametrize("address", ["day=nonsense", "on-day=31&on-month=2&on-year=2014", "day=9999-12-31"])
def test_a_damaged_day_begins_today(readers: Readers, address: str) -> None:
    page = readers("shelter.coordinator").get(f"/beds/month?{address}")

    assert "3 Mar 2014 to 2 Apr 2014" in page.text


def test_31_days_take_as_many_statements_for_a_full_house_as_for_one_resident(house: House, readers: Readers) -> None:
    house.places.resident("1A")
    few = _statements(readers, "/beds/month")
    _ = [house.places.resident(name) for name in NAMES[1:]]

    assert _statements(readers, "/beds/month") == few <= MOST


def test_who_places_sees_the_free_beds_of_each_place_and_nobody_in_them(house: House, readers: Readers) -> None:
    case_id, _ = house.places.resident("1A", alias="Lule", expected_until="2014-03-06")

    page = readers("advocate").get("/free-places")

    assert cells(page, _name(house))[:5] == ["5", "5", "5", "6", "6"]
    assert [word for word in ("Lule", "1A", house.places.reference(case_id)) if word in page.text] == []


def _name(house: House) -> str:
    """The name of the house in English."""
    with house.world.database.read(system_actor("placement")) as work:
        found = select(Agency.name_en).where(Agency.id == house.world.agencies["shelter_ngo"])
        return str(work.session.execute(found).scalar_one())


def test_tonight_s_numbers_are_those_that_a_suggestion_shows(house: House, readers: Readers) -> None:
    house.places.resident("1A")
    case_id = house.places.client()
    house.places.ask(case_id)
    house.places.expect(case_id, "2B")
    unit_of_work.bind(house.world.database)
    with unit_of_work.read(house.world.actor("advocate")) as work:
        expected = free_counts(work)[house.world.agencies["shelter_ngo"]]

    assert cells(readers("advocate").get("/free-places"), _name(house))[0] == str(expected)


def test_a_void_bed_is_free_for_nobody_until_it_is_back(house: House, readers: Readers) -> None:
    bed = next(one for one in beds_of(house.world, "shelter_ngo") if one.name == "1A")
    void_bed(house.world, bed, day(1), day(5))

    others, own = (readers(name).get("/free-places") for name in ("advocate", "shelter.coordinator"))

    assert cells(others, _name(house))[:3] == ["5", "5", "6"]
    assert cells(own, "Out of use")[:3] == ["1", "1", "0"]


def test_a_place_of_several_houses_is_shown_to_its_own_staff_house_by_house(house: House, readers: Readers) -> None:
    _second_house(house, "2A")

    own, others = (readers(name).get("/free-places") for name in ("shelter.coordinator", "advocate"))

    captions = [caption.text for caption in own.root.all("caption")]
    assert captions == ["House 1", "House Two", "All houses together"]
    assert [one.all("td")[0].text for one in own.root.all("tr") if one.all("th")[0].text == "Free"] == ["3", "3", "6"]
    assert "House Two" not in others.text


def _second_house(house: House, bed: str) -> None:
    """Move the room of a bed into another house of the shelter."""
    room_id = next(one for one in beds_of(house.world, "shelter_ngo") if one.name == bed).room_id
    with house.world.database.write(system_actor("setup")) as work:
        other = Premises(id=uuid4(), agency_id=house.world.agencies["shelter_ngo"], name="House Two")
        work.session.add(other)
        work.session.flush()
        work.change(update(Room).where(Room.id == room_id).values(premises_id=other.id))
        work.audit("test:house")
        work.commit()


def test_who_should_have_left_still_has_the_bed_on_every_day(house: House, readers: Readers) -> None:
    house.places.resident("1A", expected_until="2014-03-10")
    house.clock.at(day(12))

    assert set(cells(readers("advocate").get("/free-places"), _name(house))) == {"5"}


def test_a_place_that_takes_nobody_offers_no_bed(house: House, readers: Readers) -> None:
    Street(house).shut("suspended")

    page = readers("advocate").get("/free-places")

    assert set(cells(page, _name(house))) == {"\N{EN DASH}takes nobody"}


def test_a_house_sees_its_own_beds_and_the_statistics_sums_alone(house: House, readers: Readers) -> None:
    lay(house.world, [_stay(house, "1A"), _stay(house, None, "shelter_secure")])

    own, sums = (readers(name).get("/free-places") for name in ("shelter.supervisor", "statistics.supervisor"))

    assert (cells(own, "Taken")[0], cells(own, "Free")[0]) == ("1", "5")
    assert cells(sums, "Taken")[0] == "2"
    assert [_name(house) in page.text for page in (own, sums)] == [True, False]


def _stay(house: House, bed: str | None, shelter: str = "shelter_ngo") -> Laid:
    beds = [one for one in beds_of(house.world, shelter) if not one.is_cot]
    found = next(one for one in beds if bed in (None, one.name))
    record = uuid4()
    return Laid(found.agency_id, found.id, False, record, record, date(2014, 3, 1), id=uuid4())


def test_all_places_take_as_many_statements_for_many_stays_as_for_none(house: House, readers: Readers) -> None:
    few = _statements(readers, "/free-places")
    lay(house.world, [_stay(house, name) for name in NAMES])

    assert _statements(readers, "/free-places") == few <= MOST


def test_200_beds_over_31_days_take_as_many_statements_as_six(house: House, readers: Readers) -> None:
    staff = readers("shelter.coordinator")
    few = _statements(readers, "/beds/month")
    engine = above(house.world)
    fill_house(engine, house.world.database.vault, "shelter_ngo", 200, date(2014, 3, 3), None)
    engine.dispose()

    page = staff.get("/beds/month?day=2014-02-10")
    assert _statements(readers, "/beds/month") == few <= MOST
    assert len([one for one in page.root.all("th") if one.text.startswith("L")]) == 200
    assert cells(page, "L000") == [
        "free, 10 Feb",
        "A resident, taken, 11 Feb to 22 Feb",
        "Resident, taken, 23 Feb to 12 Mar",
    ]


def test_a_board_that_asks_once_a_bed_is_seen(house: House, readers: Readers) -> None:
    """The control: looking at each stay by itself is heard by the same count."""
    stays = [house.places.resident(name)[1] for name in NAMES[:3]]
    staff = readers("shelter.coordinator")
    few = _statements(readers, "/beds/month")

    with readers.statements() as sent:
        _ = [staff.get(f"/stays/{stay_id}") for stay_id in stays]

    assert len(sent) > few


def _statements(readers: Readers, path: str) -> int:
    """How many statements a look takes, the second time."""
    staff = readers("shelter.coordinator")
    staff.get(path)
    with readers.statements() as sent:
        staff.get(path)
    return len(sent)
