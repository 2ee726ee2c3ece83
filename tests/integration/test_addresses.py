"""The address of a shelter: opened on purpose, for a person who is there or expected there, and told to the shelter."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from app.errors import Invalid, NotFound, Refusal
from app.models.audit import AuditEntry, Notice
from app.models.premises import AddressOpening, ShelterAddress
from app.security.actor import system_actor
from app.services import addresses, administration, stays
from app.services.viewing import view
from tests.factories.placed import GONE, House
from tests.factories.world import A_DAY
from tests.security.relations import above

ADDRESS = "Rruga e Provës 7\nthe second bell"
SECOND = "Rruga e Provës 8"


@pytest.fixture
def addressed(house: House) -> House:
    """A house whose address is recorded."""
    addresses.write(house.world.actor("shelter.coordinator"), ADDRESS)
    return house


def _open(house: House, case_id: UUID, by: str = "advocate", place: str = "shelter_ngo", purpose: str = "bring") -> str:
    return addresses.open_for(house.world.actor(by), case_id, house.places.house(place), purpose).address


def _rows(house: House, table: type, *conditions: object) -> int:
    with above(house.world).connect() as connection:
        return len(connection.execute(select(table.__table__).where(*conditions)).all())  # type: ignore[attr-defined]


def test_who_brings_a_person_opens_the_address_and_the_shelter_is_told_of_it(addressed: House) -> None:
    case_id = addressed.places.client()
    addressed.places.ask(case_id)
    addressed.places.expect(case_id)

    assert _open(addressed, case_id) == ADDRESS

    page = view(addressed.world.actor("shelter.coordinator"), "t", addresses.own)
    assert [(one.purpose, one.name_en) for one in page.openings] == [("bring", "Victim Advocacy Office, Prishtinë")]
    assert _rows(addressed, Notice, Notice.kind == "address:opened") == 1
    assert _rows(addressed, AuditEntry, AuditEntry.action == "address:opened") == 1


def test_each_opening_is_written_down_and_told_anew(addressed: House) -> None:
    case_id, _ = addressed.places.resident()

    assert [_open(addressed, case_id), _open(addressed, case_id, purpose="visit")] == [ADDRESS, ADDRESS]

    assert _rows(addressed, AddressOpening) == 2
    assert _rows(addressed, Notice, Notice.kind == "address:opened") == 2


def test_no_address_is_opened_of_a_place_where_the_person_is_not_expected(addressed: House) -> None:
    case_id = addressed.places.client()
    addressed.places.ask(case_id)

    with pytest.raises(NotFound):
        _open(addressed, case_id)
    assert _rows(addressed, AddressOpening) == 0


def test_no_address_is_opened_after_she_has_left(addressed: House) -> None:
    case_id, stay_id = addressed.places.resident()
    stays.take(addressed.world.actor("shelter.coordinator"), stay_id, "leave", GONE, A_DAY)

    with pytest.raises(NotFound):
        _open(addressed, case_id)


@pytest.mark.parametrize("by", ["advocate2", "advocate.prizren", "investigator", "administrator"])
def test_nobody_opens_it_to_whom_the_case_is_not_open(addressed: House, by: str) -> None:
    case_id, _ = addressed.places.resident()

    with pytest.raises(NotFound):
        _open(addressed, case_id, by=by)
    assert _rows(addressed, Notice, Notice.kind == "address:opened") == 0


@pytest.mark.parametrize("purpose", ["check", "curiosity", ""])
def test_no_address_is_opened_without_a_purpose(addressed: House, purpose: str) -> None:
    case_id, _ = addressed.places.resident()

    with pytest.raises(Invalid):
        _open(addressed, case_id, purpose=purpose)


def test_a_place_without_an_address_says_so_and_nothing_is_told(house: House) -> None:
    case_id, _ = house.places.resident()

    with pytest.raises(Refusal, match="no_address"):
        _open(house, case_id)
    assert _rows(house, Notice, Notice.kind == "address:opened") == 0


def test_a_new_address_destroys_what_was_recorded_before_with_its_key(addressed: House) -> None:
    before = _sealed(addressed)
    addresses.write(addressed.world.actor("shelter.coordinator"), "Another street 9")
    after = _sealed(addressed)

    case_id, _ = addressed.places.resident()
    assert _open(addressed, case_id) == "Another street 9"
    assert before.keys() == after.keys()
    assert not set(before.values()) & set(after.values())


def _sealed(house: House) -> dict[str, object]:
    with above(house.world).connect() as connection:
        row = connection.execute(select(ShelterAddress.__table__)).one()
    return {"address": row.address, "wrapped": row.wrapped, "version": row.version}


def test_the_house_reads_what_is_recorded_of_itself_and_that_is_written_down_too(addressed: House) -> None:
    assert addresses.open_own(addressed.world.actor("shelter.coordinator")).address == ADDRESS

    page = view(addressed.world.actor("shelter.coordinator"), "t", addresses.own)
    assert [one.purpose for one in page.openings] == ["check"]


def test_an_agency_that_is_no_shelter_has_no_address(house: House) -> None:
    advocate = house.world.actor("advocate")

    with pytest.raises(NotFound):
        addresses.write(advocate, ADDRESS)
    with pytest.raises(NotFound):
        addresses.open_own(advocate)
    assert view(advocate, "t", addresses.own).houses == ()


def test_a_place_that_there_is_not_is_told_as_one_that_is_not_hers(addressed: House) -> None:
    case_id, _ = addressed.places.resident()

    with pytest.raises(NotFound):
        addresses.open_for(addressed.world.actor("advocate"), case_id, uuid4(), "bring")


def test_no_system_actor_and_no_other_agency_reads_the_row(addressed: House) -> None:
    look: Callable[..., int] = lambda actor: _seen(addressed, actor)  # noqa: E731

    assert look(addressed.world.actor("shelter.coordinator")) == 1
    assert look(addressed.world.actor("advocate")) == 0
    assert look(system_actor("placement")) == 0
    assert look(addressed.world.actor("national.coordinator")) == 0


def _seen(house: House, actor: object) -> int:
    with house.world.database.read(actor) as work:  # type: ignore[arg-type]
        return len(work.session.execute(select(ShelterAddress)).all())


def _second_house(house: House) -> UUID:
    """Another house of the same shelter with one bed; its address is another too."""
    with house.world.database.write(house.world.actor("administrator")) as work:
        made = administration.add_house(work, house.world.agencies["shelter_ngo"], "House 2", (1,))
        work.audit("test:house")
        work.commit()
    addresses.write(house.world.actor("shelter.coordinator"), SECOND, premises_id=made)
    return made


def test_each_house_has_an_address_and_the_one_where_she_is_is_opened(addressed: House) -> None:
    second = _second_house(addressed)
    case_id, _ = addressed.places.resident()
    there = addresses.open_for(
        addressed.world.actor("advocate"), case_id, addressed.places.house("shelter_ngo"), "bring"
    )

    assert there.address == ADDRESS
    assert there.place.house == "House 1"
    with pytest.raises(NotFound):
        addresses.open_for(addressed.world.actor("advocate"), case_id, second, "bring")


def test_with_several_houses_it_is_asked_which_is_meant(addressed: House) -> None:
    second, coordinator = _second_house(addressed), addressed.world.actor("shelter.coordinator")

    with pytest.raises(Invalid):
        addresses.write(coordinator, "Somewhere 1")
    with pytest.raises(Invalid):
        addresses.open_own(coordinator)
    assert addresses.open_own(coordinator, second).address == SECOND


def test_a_house_of_another_shelter_is_none_of_hers(addressed: House) -> None:
    with pytest.raises(NotFound):
        addresses.write(addressed.world.actor("shelter.coordinator"), "x", None, addressed.places.house("shelter_men"))
    with pytest.raises(NotFound):
        addresses.open_own(addressed.world.actor("shelter.coordinator"), addressed.places.house("shelter_men"))
