"""Children who live with a resident: in cots and nowhere else, and they go where she goes."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from app.errors import Conflict, Invalid, NotFound, Unmet
from app.models.companion import CompanionStay
from app.models.placement import Bed, Stay
from app.services import bed_board, companions, stays, voids
from app.services.viewing import view
from tests.factories.placed import GONE, House, day
from tests.factories.world import POINTER
from tests.security.relations import above

SHELTER, SECURE = "shelter.coordinator", "secure.coordinator"
CHILD = CompanionStay.__table__


def _cot(house: House, name: str = "Cot 1", shelter: str = "shelter_ngo", room: str = "1A") -> UUID:
    """A cot in the room of a bed."""
    with above(house.world).begin() as connection:
        beside = select(Bed.room_id).where(Bed.id == house.places.bed(room, shelter))
        row = {"id": uuid4(), "agency_id": house.world.agencies[shelter], "name": name, "is_cot": True}
        connection.execute(insert(Bed), [row | {"room_id": connection.execute(beside).scalar_one(), "is_active": True}])
    return row["id"]  # type: ignore[return-value]


def _add(house: House, stay_id: UUID, cot: UUID | None = None, age: str = "from_1_to_5") -> UUID:
    return UUID(companions.add(house.world.actor(SHELTER), stay_id, age, cot)["companion_id"])


def _children(house: House) -> list[tuple[UUID | None, date, date | None]]:
    with above(house.world).connect() as connection:
        found = select(CHILD.c.bed_id, CHILD.c.arrived_on, CHILD.c.left_on)
        return [tuple(row) for row in connection.execute(found.order_by(CHILD.c.left_on.is_(None), CHILD.c.arrived_on))]


def test_a_child_has_a_cot_and_the_board_counts_cots_apart_from_beds(house: House) -> None:
    cot = _cot(house)
    _, stay_id = house.places.resident("1A")

    _add(house, stay_id, cot)

    board = view(house.world.actor(SHELTER), "t", bed_board.board)
    assert board is not None
    assert (board.counts["taken"], board.cots["taken"], board.cots["free"]) == (1, 1, 0)
    shown = [one for _, beds in board.rooms for one in beds if one.bed.id == cot]
    assert [(one.standing, one.child_of and one.child_of.alias) for one in shown] == [("taken", "Ana")]


def test_a_cot_is_given_to_one_child_at_a_time(house: House) -> None:
    cot = _cot(house)
    _, stay_id = house.places.resident("1A")
    _add(house, stay_id, cot)

    with pytest.raises(Conflict, match="cot_taken"):
        _add(house, stay_id, cot)


def test_a_child_without_a_cot_is_recorded_too(house: House) -> None:
    _, stay_id = house.places.resident("1A")

    _add(house, stay_id)

    page = view(house.world.actor(SHELTER), "t", bed_board.one_stay, stay_id=stay_id)
    assert [one.bed_id for one in page.course.children] == [None]


def test_children_leave_with_the_resident(house: House) -> None:
    cot = _cot(house)
    case_id, stay_id = house.places.resident("1A")
    _add(house, stay_id, cot)

    house.world.step(SHELTER, case_id, "shelter", "leave", **GONE)

    assert _children(house) == [(cot, day(3), day(3))]


def test_a_child_can_leave_before_her_and_then_not_again(house: House) -> None:
    _, stay_id = house.places.resident("1A")
    child = _add(house, stay_id)
    house.clock.at(day(5))

    companions.leave(house.world.actor(SHELTER), child, day(4))

    assert _children(house) == [(None, day(3), day(4))]
    with pytest.raises(Conflict, match="child_has_left"):
        companions.leave(house.world.actor(SHELTER), child, day(5))


def test_a_child_keeps_its_cot_when_she_takes_another_bed_of_the_house(house: House) -> None:
    cot = _cot(house)
    _, stay_id = house.places.resident("1A")
    _add(house, stay_id, cot)
    house.clock.at(day(5))

    stays.move(house.world.actor(SHELTER), stay_id, house.places.bed("2A"))

    assert _children(house) == [(cot, day(3), day(5)), (cot, day(5), None)]


def test_a_child_gets_a_cot_where_she_is_transferred_to_and_sleeps_with_her_where_there_is_none(house: House) -> None:
    cot, there = _cot(house), _cot(house, shelter="shelter_secure")
    case_id, stay_id = house.places.resident("1A")
    _add(house, stay_id, cot)
    _add(house, stay_id, age="under_1")

    _transfer(house, case_id)

    assert [row[0] for row in _children(house) if row[2] is None] == [there, None]


def _transfer(house: House, case_id: UUID) -> None:
    shelter = str(house.world.agencies["shelter_secure"])
    house.world.step("advocate", case_id, "risk", "rate_provisionally", level="high", safety_questions=True)
    asked = {"transfer_kind": "emergency", "shelter": shelter, "reason": "The house was watched."}
    house.world.step("advocate", case_id, "shelter", "plan_transfer", **asked)
    house.world.step("advocate", case_id, "shelter", "ask_shelter", shelter=shelter, **POINTER)
    house.places.expect(case_id, "1A", SECURE)
    house.places.admit(case_id, "1A", SECURE)


def test_a_resident_is_admitted_and_moved_to_no_cot(house: House) -> None:
    _cot(house, "Cot 9")
    case_id = house.places.client()
    house.places.ask(case_id)
    house.places.expect(case_id, "1B")

    with pytest.raises(Unmet):
        house.places.admit(case_id, "Cot 9")
    house.places.admit(case_id, "1B")
    with pytest.raises(Invalid):
        stays.move(house.world.actor(SHELTER), house.places.open_stay(case_id).id, house.places.bed("Cot 9"))


def test_a_void_cot_is_given_to_no_child(house: House) -> None:
    cot = _cot(house)
    _, stay_id = house.places.resident("1A")
    voids.begin(house.world.actor(SHELTER), cot, "damaged", day(3))

    with pytest.raises(Conflict, match="cot_taken"):
        _add(house, stay_id, cot)


def test_a_cot_with_a_child_in_it_is_not_put_out_of_use(house: House) -> None:
    cot = _cot(house)
    _, stay_id = house.places.resident("1A")
    _add(house, stay_id, cot)

    with pytest.raises(Conflict, match="bed_in_use_then"):
        voids.begin(house.world.actor(SHELTER), cot, "damaged", day(3))


@pytest.mark.parametrize("on", [day(2), day(4)], ids=["before she came", "tomorrow"])
def test_a_child_comes_on_no_day_that_cannot_be(house: House, on: date) -> None:
    _, stay_id = house.places.resident("1A")

    with pytest.raises(Invalid):
        companions.add(house.world.actor(SHELTER), stay_id, "under_1", None, on)


def test_children_of_another_house_are_not_there(house: House) -> None:
    _, stay_id = house.places.resident("1A")
    child = _add(house, stay_id)

    with pytest.raises(NotFound):
        companions.add(house.world.actor(SECURE), stay_id, "under_1")
    with pytest.raises(NotFound):
        companions.leave(house.world.actor(SECURE), child)


DROPPED = {
    "resident_in_cot": ("resident_in_cot_update", "stay"),
    "companion_in_bed": ("companion_in_bed_insert", "companion_stay"),
}


def _break(house: House, engine: Engine, which: str, *, without: bool) -> None:
    """A resident in a cot or a child in a bed, past the services; or the same without what forbids it."""
    cot = _cot(house)
    case_id, stay_id = house.places.resident("1A")
    child = {"id": uuid4(), "case_id": case_id, "agency_id": house.world.agencies["shelter_ngo"], "stay_id": stay_id}
    author = {"recorded_by_id": house.world.actor(SHELTER).member_id, "recorded_at": house.clock.now}
    broken = {
        "resident_in_cot": update(Stay).where(Stay.id == stay_id).values(bed_id=cot),
        "companion_in_bed": insert(CompanionStay).values(
            **child, **author, bed_id=house.places.bed("2A"), age="under_1", arrived_on=day(3)
        ),
    }
    with engine.begin() as connection:
        name, table = DROPPED[which]
        on = f" ON {table}" if connection.dialect.name == "postgresql" else ""
        connection.execute(text(f"DROP TRIGGER {name}{on}" if without else "SELECT 1"))
        connection.execute(broken[which])


@pytest.mark.parametrize("which", DROPPED)
def test_the_database_keeps_residents_out_of_cots_and_children_out_of_beds(house: House, which: str) -> None:
    with pytest.raises(IntegrityError, match=which):
        _break(house, above(house.world), which, without=False)


@pytest.mark.parametrize("which", DROPPED)
def test_without_the_trigger_they_are_where_they_must_not_be(house: House, which: str) -> None:
    _break(house, above(house.world), which, without=True)


def test_the_database_gives_a_cot_to_one_child(house: House) -> None:
    cot = _cot(house)
    _, stay_id = house.places.resident("1A")
    _add(house, stay_id, cot)

    with above(house.world).connect() as connection:
        found = connection.execute(select(CHILD)).one()._mapping
    with above(house.world).begin() as connection, pytest.raises(IntegrityError, match="companion_one_a_cot"):
        connection.execute(insert(CHILD), [dict(found) | {"id": uuid4(), "arrived_on": day(9)}])


def test_a_bed_does_not_become_a_cot(house: House) -> None:
    with above(house.world).begin() as connection, pytest.raises(IntegrityError, match="bed_stays_what_it_is"):
        connection.execute(update(Bed).where(Bed.id == house.places.bed("1A")).values(is_cot=True))
