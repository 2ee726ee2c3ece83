"""Stays of linked records that share a night: each house checks its own days and learns of nothing else."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert, select, update

from app.errors import Invalid, NotFound
from app.models.placement import Stay
from app.models.record import ClientRecord, RecordPerson
from app.models.stay_life import StayConflict
from app.services import bed_board, overlaps, stay_acts, stays, ticking
from app.services.viewing import view
from tests.factories.placed import GONE, House, day
from tests.security.relations import above

SHELTER, SECURE = "shelter.coordinator", "secure.coordinator"
EARLIER = datetime(2014, 1, 1, tzinfo=UTC)
CONFLICT = StayConflict.__table__


def _two(house: House) -> tuple[tuple[UUID, UUID], tuple[UUID, UUID]]:
    """One in each of two houses, by different records, and nobody has linked them yet."""
    places, first = house.places, house.places.resident("1A")
    case_id = places.client(given_name="Someone", family_name="Else", birth_date="1970-01-01")
    places.ask(case_id, "shelter_secure")
    places.expect(case_id, "1A", SECURE)
    return first, (case_id, places.admit(case_id, "1A", SECURE))


def _link(house: House, *cases: UUID) -> None:
    """As the reviewers' desk does: the records are one person."""
    person = uuid4()
    with above(house.world).begin() as connection:
        record = ClientRecord.__table__
        ids = connection.execute(select(record.c.id).where(record.c.case_id.in_(cases))).scalars().all()
        known = set(connection.execute(select(RecordPerson.record_id)).scalars())
        fresh = [{"record_id": one, "person_id": person, "since": EARLIER} for one in ids if one not in known]
        connection.execute(update(RecordPerson).where(RecordPerson.record_id.in_(ids)).values(person_id=person))
        connection.execute(insert(RecordPerson), fresh) if fresh else None


def _part(house: House) -> None:
    """The link is taken back."""
    with above(house.world).begin() as connection:
        for record_id in connection.execute(select(RecordPerson.record_id)).scalars().all():
            own = update(RecordPerson).where(RecordPerson.record_id == record_id)
            connection.execute(own.values(person_id=uuid4()))


def _raised(house: House) -> list[tuple[UUID, str | None]]:
    with above(house.world).connect() as connection:
        found = select(CONFLICT.c.agency_id, CONFLICT.c.settlement).order_by(CONFLICT.c.found_at)
        return sorted((row.agency_id, row.settlement) for row in connection.execute(found))


def _both(house: House, settlement: str | None = None) -> list[tuple[UUID, str | None]]:
    return sorted((house.world.agencies[key], settlement) for key in ("shelter_ngo", "shelter_secure"))


def test_when_records_are_linked_both_houses_are_asked_to_check_their_days(house: House) -> None:
    (first, stay_id), (second, _) = _two(house)
    _link(house, first, second)

    assert overlaps.find_all() == 2

    assert _raised(house) == _both(house)
    assert "stay:check_days" in house.places.notices_of(SHELTER)
    assert "stay:check_days" in house.places.notices_of(SECURE)
    board = view(house.world.actor(SHELTER), "t", bed_board.board)
    assert board is not None
    assert [one.stay_id for one in board.to_check] == [stay_id]


def test_the_clock_job_finds_it_and_tells_it_once(house: House) -> None:
    (first, _), (second, _) = _two(house)
    _link(house, first, second)
    overlaps.find_all()

    ticking.tick()
    overlaps.find_all()

    assert house.places.notices_of(SHELTER).count("stay:check_days") == 1


def test_it_is_found_when_a_stay_is_written(house: House) -> None:
    places, (first, _) = house.places, house.places.resident("1A")
    case_id = places.client(given_name="Someone", family_name="Else", birth_date="1970-01-01")
    _link(house, first, case_id)
    places.ask(case_id, "shelter_secure")
    places.expect(case_id, "1A", SECURE)

    places.admit(case_id, "1A", SECURE)

    assert _raised(house) == _both(house)


def test_stays_that_follow_each_other_are_no_conflict(house: House) -> None:
    (first, _), (second, _) = _two(house)
    house.world.step(SHELTER, first, "shelter", "leave", **GONE)
    _link(house, first, second)

    assert overlaps.find_all() == 0


def test_records_that_nobody_has_linked_are_no_conflict(house: House) -> None:
    _two(house)

    assert overlaps.find_all() == 0


def test_no_party_but_the_house_learns_of_it_and_no_house_of_the_other(house: House) -> None:
    (first, _), (second, _) = _two(house)
    _link(house, first, second)
    overlaps.find_all()

    assert (_seen(house, "advocate"), _seen(house, SHELTER), _seen(house, "men.coordinator")) == (0, 1, 0)
    assert "stay:check_days" not in house.places.notices_of("advocate")


def _seen(house: House, by: str) -> int:
    with house.world.database.read(house.world.actor(by)) as work:
        return len(work.session.execute(select(StayConflict)).all())


def test_a_house_says_that_its_days_are_right_and_is_not_asked_again(house: House) -> None:
    (first, stay_id), (second, _) = _two(house)
    _link(house, first, second)
    overlaps.find_all()

    stay_acts.settle_days(house.world.actor(SHELTER), stay_id, "checked")
    overlaps.find_all()

    assert {row[1] for row in _raised(house)} == {"checked", None}
    with pytest.raises(NotFound):
        stay_acts.settle_days(house.world.actor(SHELTER), stay_id, "checked")


def test_a_day_put_right_settles_it_for_both(house: House) -> None:
    (first, stay_id), (second, _) = _two(house)
    house.clock.at(day(9))
    stays.take(house.world.actor(SHELTER), stay_id, "leave", GONE, day(8))
    _link(house, first, second)
    overlaps.find_all()

    stay_acts.correct_departure(house.world.actor(SHELTER), stay_id, day(3))

    assert _raised(house) == _both(house, "gone")


def test_a_day_put_right_that_still_overlaps_stays_to_be_checked(house: House) -> None:
    (first, stay_id), (second, _) = _two(house)
    house.clock.at(day(9))
    stays.take(house.world.actor(SHELTER), stay_id, "leave", GONE, day(8))
    _link(house, first, second)
    overlaps.find_all()

    stay_acts.correct_departure(house.world.actor(SHELTER), stay_id, day(5))

    assert _raised(house) == _both(house)


def test_a_link_that_is_taken_back_leaves_nothing_to_check(house: House) -> None:
    (first, _), (second, _) = _two(house)
    _link(house, first, second)
    overlaps.find_all()

    _part(house)
    overlaps.find_all()

    assert _raised(house) == _both(house, "gone")


@pytest.mark.parametrize("settlement", ["gone", "nonsense"])
def test_no_house_gives_an_answer_that_there_is_not(house: House, settlement: str) -> None:
    (first, stay_id), (second, _) = _two(house)
    _link(house, first, second)
    overlaps.find_all()

    with pytest.raises(Invalid):
        stay_acts.settle_days(house.world.actor(SHELTER), stay_id, settlement)


def test_both_stays_stand_and_so_does_the_link(house: House) -> None:
    (first, _), (second, _) = _two(house)
    _link(house, first, second)
    overlaps.find_all()

    with above(house.world).connect() as connection:
        people = connection.execute(select(RecordPerson.person_id).distinct()).scalars().all()
        open_stays = connection.execute(select(Stay.id).where(Stay.left_on.is_(None))).scalars().all()
    assert (len(people), len(open_stays)) == (1, 2)
