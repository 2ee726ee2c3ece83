"""What was overdue on a past day, on both databases: by what had been recorded at its end, and by nothing later."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from app.errors import Invalid
from app.queries.overdue_on import PAGE
from app.services import clock_acts, corrections, overdue_page
from app.services.overdue_page import PastList
from app.services.workflow_runner import find_standing
from tests.factories.placed import House, day
from tests.integration.test_clock_acts import SUPERVISOR, WHY, clock_of, exemption, with_consent_due

CONSENTS = {"purposes": ["assistance"], "given_by": "self", "language": "sq", "explained": True}


def asked(house: House, on: date, by: str = SUPERVISOR, after: UUID | None = None) -> PastList:
    with house.world.database.read(house.world.actor(by)) as work:
        return overdue_page.on_day(work, on, after).found


def was_consent_overdue(house: House, *days: int) -> list[bool]:
    return ["consent" in [one.row.name for one in asked(house, day(number)).rows] for number in days]


def test_a_clock_was_overdue_from_its_day_until_it_was_stopped(house: House) -> None:
    case_id = with_consent_due(house)
    house.clock.at(day(6))
    house.world.step("advocate", case_id, "advocacy", "record_consent", on=day(6), **CONSENTS)
    house.clock.at(day(10))

    assert was_consent_overdue(house, 3, 4, 5, 6, 7) == [False, True, True, False, False]


def test_a_stop_that_was_recorded_late_did_not_count_before(house: House) -> None:
    case_id = with_consent_due(house)
    house.clock.at(day(8))
    house.world.step("advocate", case_id, "advocacy", "record_consent", on=day(4), **CONSENTS)
    house.clock.at(day(10))

    assert was_consent_overdue(house, 5, 7, 8) == [True, True, False]


def test_a_clock_that_stood_still_was_not_overdue(house: House) -> None:
    clock = clock_of(house.world, with_consent_due(house), "consent")
    house.clock.at(day(3), 12)
    clock_acts.pause(house.world.actor(SUPERVISOR), clock.id, WHY)
    house.clock.at(day(6), 12)
    clock_acts.resume(house.world.actor(SUPERVISOR), clock.id)
    house.clock.at(day(10))

    assert was_consent_overdue(house, 4, 5, 6, 7, 8) == [False, False, False, True, True]
    found = next(one for one in asked(house, day(8)).rows if one.row.name == "consent")
    assert found.due_at == clock.due_at + timedelta(days=3)


def test_what_was_exempt_on_the_day_was_not_overdue(house: House) -> None:
    clock = clock_of(house.world, with_consent_due(house), "consent")
    house.clock.at(day(6))
    clock_acts.exempt(house.world.actor(SUPERVISOR), clock.id, exemption(house.world, 8))
    house.clock.at(day(12))

    assert was_consent_overdue(house, 5, 6, 8, 9) == [True, False, False, True]


def test_a_clock_that_was_taken_back_later_was_overdue_until_then(house: House) -> None:
    case_id = house.world.with_advocate()
    made = house.world.step("advocate", case_id, "advocacy", "record_arrival")
    house.clock.at(day(7))
    with house.world.database.read(house.world.actor("advocate")) as work:
        version = find_standing(work, case_id).row_version
    corrections.take_back(house.world.actor("advocate"), case_id, UUID(made["event_id"]), "Not yet.", version)
    house.clock.at(day(10))

    assert was_consent_overdue(house, 6, 7) == [True, False]


@pytest.mark.parametrize("number", [3, 4])
def test_a_day_that_is_not_over_is_not_asked_for(house: House, number: int) -> None:
    with pytest.raises(Invalid):
        asked(house, day(number))


def test_an_agency_that_was_no_party_yet_answers_for_nothing(house: House) -> None:
    with_consent_due(house)
    house.clock.at(day(10))

    assert asked(house, day(5), by="social.supervisor").rows == ()
    assert asked(house, day(2)).rows == ()


def test_a_long_list_goes_on_where_its_page_ended(house: House) -> None:
    cases = [with_consent_due(house) for _ in range(PAGE + 2)]
    house.clock.at(day(10))

    first = asked(house, day(5))
    second = asked(house, day(5), after=UUID(first.next_page))

    assert len(first.rows) == PAGE
    assert second.next_page == ""
    names = [(one.row.case_id, one.row.name) for one in (*first.rows, *second.rows)]
    assert len(names) == len(set(names))
    assert {case_id for case_id, name in names if name == "consent"} == set(cases)
