"""Houses that are suspended or closed: they take nobody, ask where residents go, and move nobody by a date."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError

from app.errors import Conflict, Invalid, NotFound, Refusal, Unmet
from app.models.house_period import PremisesPeriod
from app.services import bed_board, house_pages, house_periods, placement_facts, places, relocations, stays
from app.services.house_periods import NewPeriod
from app.services.relocations import Plan
from app.services.viewing import view
from tests.factories.houses import Street
from tests.factories.placed import House, day
from tests.factories.world import A_DAY
from tests.security.relations import above

WEEK = timedelta(7)


@pytest.fixture
def street(house: House) -> Street:
    """The NGO shelter's house."""
    return Street(house)


def _suggested(street: Street, case_id: UUID) -> tuple[int, tuple[str, ...]]:
    found = places.suggestions(street.actor("advocate"), case_id)
    ngo = street.house.world.agencies["shelter_ngo"]
    return next((one.free_beds, one.reasons_against) for one in found if one.shelter_id == ngo)


@pytest.mark.parametrize("kind", ["suspended", "closed"])
def test_a_house_that_takes_nobody_is_proposed_to_nobody_and_says_why(street: Street, kind: str) -> None:
    case_id = street.house.places.client()
    before = _suggested(street, case_id)
    street.shut(kind)

    assert before == (6, ())
    assert _suggested(street, case_id) == (0, (kind,))
    with pytest.raises(Unmet) as refusal:
        street.house.places.ask(case_id)
    assert ("place_fits", False) in refusal.value.guards


def test_no_bed_of_it_is_kept_or_entered_not_even_by_the_house_itself(street: Street) -> None:
    asked, expected = street.house.places.client(), street.house.places.client(family_name="Tjetra")
    street.house.places.ask(asked)
    street.house.places.ask(expected)
    street.house.places.expect(expected, "1A")
    street.shut("suspended")

    with pytest.raises(Unmet) as kept:
        street.house.places.expect(asked, "1B")
    with pytest.raises(Unmet) as entered:
        street.house.places.admit(expected, "1A")
    assert kept.value.guards == entered.value.guards == [("bed_is_free", False)]


def test_with_the_question_of_the_house_left_out_the_bed_would_be_entered(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = street.house.places.client()
    street.house.places.ask(expected)
    street.house.places.expect(expected, "1A")
    street.shut("suspended")
    monkeypatch.setattr(placement_facts, "house_is_open", lambda *_: True)

    street.house.places.admit(expected, "1A")

    assert street.house.places.state(expected) == "admitted"


def test_no_booking_reaches_into_days_on_which_it_is_shut(street: Street) -> None:
    case_id = street.house.places.client()
    street.house.places.ask(case_id)
    street.shut("closed", day(10))

    with pytest.raises(Unmet):
        street.house.places.expect(case_id, "1A", expected_on=day(9).isoformat())
    street.house.places.expect(case_id, "1A", expected_on=day(6).isoformat())
    assert street.house.places.holds(case_id) == ["held"]


def test_bookings_that_reach_into_it_need_another_place_and_both_sides_are_told(street: Street) -> None:
    case_id = street.house.places.client()
    street.house.places.ask(case_id)
    street.house.places.expect(case_id, "1A", expected_on=day(9).isoformat())

    street.shut("closed", day(10))

    assert street.house.places.holds(case_id) == ["needs_place"]
    assert "bed:needs_place" in street.house.places.notices_of("shelter.coordinator")
    assert "premises:expected_elsewhere" in street.house.places.notices_of("advocate")


def test_a_closure_with_residents_asks_where_each_goes_and_who_places_them_is_told(street: Street) -> None:
    cases = street.filled(2)
    period = street.shut("closed", day(10))
    coordinator = street.actor("shelter.coordinator")
    page = street.leaving(period)

    first = next(one for one in page.residents if one.row.case_id == cases[0])
    relocations.plan(coordinator, first.row.id, Plan("own_home", day(9)))

    after = street.leaving(period)
    assert (page.planned, page.there, [one.is_planned for one in page.residents]) == (2, 2, [False, False])
    assert sorted(one.is_planned for one in after.residents) == [False, True]
    assert street.house.places.notices_of("advocate").count("premises:closing") == 2


def test_the_plan_is_done_by_itself_when_she_has_left(street: Street) -> None:
    cases = street.filled(2)
    period = street.shut("closed", day(10))

    street.gone(cases[0])

    page = street.leaving(period)
    assert (page.planned, page.there) == (2, 1)
    assert [one.is_there for one in page.residents] == [True, False]


def test_who_is_still_there_on_the_day_is_overdue_to_leave_and_stays_recorded(street: Street) -> None:
    case_id = street.filled(1)[0]
    period = street.shut("closed", day(10))
    street.house.clock.at(day(10))

    page, board = street.leaving(period), view(street.actor("shelter.coordinator"), "test", bed_board.board)

    assert (page.is_due, page.there) == (True, 1)
    assert board is not None
    assert (board.counts["overdue"], board.counts["shut"], board.counts["free"]) == (1, 5, 0)
    assert street.house.places.open_stay(case_id).left_on is None


def test_a_suspended_house_keeps_its_residents(street: Street) -> None:
    street.filled(1)
    street.shut("suspended")

    board = view(street.actor("shelter.coordinator"), "test", bed_board.board)

    assert board is not None
    assert (board.counts["taken"], board.shut) == (1, "suspended")
    assert street.plans() == []


def test_residents_change_beds_within_a_house_that_takes_nobody(street: Street) -> None:
    case_id = street.filled(1)[0]
    street.shut("suspended")
    before = street.house.places.open_stay(case_id)

    stays.move(street.actor("shelter.coordinator"), before.id, street.house.places.bed("1B"))

    assert street.house.places.open_stay(case_id).bed_id == street.house.places.bed("1B")


def test_it_opens_again_on_its_day_or_when_somebody_says_so(street: Street) -> None:
    case_id = street.house.places.client()
    period = street.shut("suspended", A_DAY, day(5))
    street.house.clock.at(day(5))
    by_itself = _suggested(street, case_id)
    later = street.shut("closed", day(20))
    house_periods.end_period(street.actor("shelter.supervisor"), later)

    assert by_itself == (6, ())
    assert street.periods() == [("suspended", A_DAY, day(5)), ("closed", day(20), day(20))]
    with pytest.raises(Conflict, match="shut_is_over"):
        house_periods.end_period(street.actor("shelter.coordinator"), period)


def test_opening_again_cancels_the_plans_to_leave(street: Street) -> None:
    street.filled(1)
    period = street.shut("closed", day(10))

    house_periods.end_period(street.actor("shelter.coordinator"), period)

    assert [plan.cancelled_at is not None for plan in street.plans()] == [True]


def test_one_period_at_a_time(street: Street) -> None:
    street.shut("suspended", A_DAY, day(10))

    with pytest.raises(Conflict, match="shut_already"):
        street.shut("closed", day(9))
    street.shut("closed", day(10))


def _bare(street: Street, from_on: object) -> None:
    row = {"id": uuid4(), "agency_id": street.house.world.agencies["shelter_ngo"], "premises_id": street.premises_id}
    row |= {"kind": "closed", "reason": "other", "residents_leave": False, "recorded_at": street.house.clock.now}
    with above(street.house.world).begin() as connection:
        connection.execute(insert(PremisesPeriod.__table__).values(**row, from_on=from_on))


def test_the_database_itself_refuses_two_periods_on_one_day(street: Street) -> None:
    street.shut("suspended", A_DAY, day(10))

    with pytest.raises(DBAPIError, match="premises_period_one_at_a_time"):
        _bare(street, day(9))
    _bare(street, day(10))


def test_without_the_constraint_two_periods_would_stand_on_one_day(street: Street) -> None:
    street.shut("suspended", A_DAY, day(10))
    name = "premises_period_one_at_a_time"
    dropped = {
        "postgresql": f"ALTER TABLE premises_period DROP CONSTRAINT {name}",
        "sqlite": f"DROP TRIGGER {name}_insert",
    }
    with above(street.house.world).begin() as connection:
        connection.execute(text(dropped[connection.dialect.name]))

    _bare(street, day(9))

    assert len(street.periods()) == 2


@pytest.mark.parametrize("by", ["advocate", "men.coordinator", "investigator"])
def test_nobody_shuts_a_house_that_is_not_hers_but_an_administrator(street: Street, by: str) -> None:
    new = NewPeriod("closed", "no_money", A_DAY)

    with pytest.raises(NotFound):
        house_periods.set_period(street.actor(by), street.premises_id, new)
    house_periods.set_period(street.actor("administrator"), street.premises_id, new)
    assert [kind for kind, _, _ in street.periods()] == ["closed"]


@pytest.mark.parametrize(
    ("new", "field"),
    [
        (NewPeriod("compromised", "threats", A_DAY), "kind"),
        (NewPeriod("closed", "whim", A_DAY), "reason"),
        (NewPeriod("closed", "threats", A_DAY - WEEK), "from_on"),
        (NewPeriod("closed", "threats", A_DAY, A_DAY), "to_on"),
    ],
    ids=["kind", "reason", "past", "no day"],
)
def test_what_cannot_be_is_refused_at_its_field(street: Street, new: NewPeriod, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        house_periods.set_period(street.actor("shelter.coordinator"), street.premises_id, new)
    assert list(refusal.value.fields) == [field]


def test_the_history_shows_what_it_was_with_the_days_between_and_the_note_to_the_house_alone(street: Street) -> None:
    look: Callable[..., house_pages.HousePage] = lambda by, **more: view(  # noqa: E731
        street.actor(by), "test", house_pages.whole, premises_id=street.premises_id, **more
    )
    past = NewPeriod("closed", "no_money", day(1) - WEEK * 52, day(1) - WEEK * 50, "The donor stopped")
    house_periods.record_past(street.actor("shelter.coordinator"), street.premises_id, past)
    street.shut("suspended", note="Lice")

    page, seen = look("shelter.supervisor"), look("administrator", as_administrator=True)

    assert [one.period.kind if one.period else "open" for one in page.lines] == ["suspended", "open", "closed"]
    assert [one.note for one in page.lines] == ["Lice", "", "The donor stopped"]
    assert [one.note for one in seen.lines] == ["", "", ""]
    with pytest.raises(NotFound):
        look("men.coordinator")


def test_an_alarm_is_not_ended_as_a_period(street: Street) -> None:
    street.sound()
    with street.house.world.database.read(street.actor("shelter.coordinator")) as work:
        period_id = work.session.execute(select(PremisesPeriod.id)).scalar_one()

    with pytest.raises(Refusal, match="stand_down_first"):
        house_periods.end_period(street.actor("shelter.coordinator"), period_id)
