"""Movement limits: only as orders, with reason, author, end and review; they end by themselves, and are told."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text, update

from app.errors import Conflict, Invalid, NotFound
from app.models.audit import AuditEntry, Notice
from app.models.house_life import LimitReview, MovementLimit
from app.models.record import ClientRecord
from app.services import limit_counts, limit_page, limits, stays, ticking
from app.services.limit_page import Limit
from app.services.unit_of_work import Once
from app.services.viewing import view
from tests.factories.house import COORDINATOR, REASON, new_limit, ordered, rows_of
from tests.factories.placed import GONE, House, day
from tests.factories.world import A_DAY
from tests.security.relations import above


def _of(house: House, stay_id: Any, by: str = COORDINATOR) -> tuple[Limit, ...]:
    return view(house.world.actor(by), "t", limit_page.of_stay, stay_id=stay_id).limits


def _of_case(house: House, case_id: Any, by: str = "advocate") -> tuple[Limit, ...]:
    return view(house.world.actor(by), "t", limit_page.of_case, case_id=case_id).limits


def _make_child(house: House, case_id: Any) -> None:
    with above(house.world).begin() as connection:
        record = ClientRecord.__table__
        connection.execute(update(record).where(record.c.case_id == case_id).values(is_child=True))


@pytest.mark.line(14)
def test_an_order_keeps_reason_author_end_review_and_what_the_person_says(house: House) -> None:
    _, stay_id = house.places.resident()

    ordered(house, stay_id)

    one = _of(house, stay_id)[0]
    assert (one.standing, one.reason, one.own_words) == ("stands", REASON, "I want to see my sister.")
    assert (one.row.ordered_by, one.row.ends_on, one.row.review_on) == ("Blerina Shatri", day(10), day(6))
    assert (one.row.own_word, one.row.told_in, one.row.told_way, one.row.number) == (
        "does_not",
        "sqi",
        "interpreter",
        1,
    )


REFUSED: dict[str, dict[str, Any]] = {
    "no end": {"ends_on": None},
    "an end beyond what the country allows": {"ends_on": day(11)},
    "an end before it begins": {"ends_on": day(3)},
    "no reason": {"reason": " "},
    "a beginning to come": {"from_on": day(4), "ends_on": day(9)},
    "a beginning before she came": {"from_on": day(2), "ends_on": day(8)},
    "a review after the days allowed": {"review_on": day(7)},
    "a review on its first day": {"review_on": day(3)},
}


def _refusal(house: House, stay_id: Any, **told: Any) -> dict[str, str]:
    """Which field an order is refused at, and why."""
    with pytest.raises(Invalid) as refused:
        ordered(house, stay_id, **told)
    return refused.value.fields


def test_an_order_is_refused_at_its_field(house: House) -> None:
    _, stay_id = house.places.resident()

    refused = {what: _refusal(house, stay_id, **told) for what, told in REFUSED.items()}

    assert refused == {
        "no end": {"ends_on": "limit_needs_end"},
        "an end beyond what the country allows": {"ends_on": "limit_too_long"},
        "an end before it begins": {"ends_on": "limit_ends_before"},
        "no reason": {"reason": "required"},
        "a beginning to come": {"from_on": "date_in_future"},
        "a beginning before she came": {"from_on": "before_arrival"},
        "a review after the days allowed": {"review_on": "limit_review_late"},
        "a review on its first day": {"review_on": "limit_review_late"},
    }
    assert rows_of(house, MovementLimit) == []


def test_what_began_days_ago_is_not_made_an_order_afterwards(house: House) -> None:
    _, stay_id = house.places.resident()
    house.clock.at(day(6))

    with pytest.raises(Invalid) as refused:
        ordered(house, stay_id, from_on=day(4), ends_on=day(9))

    assert refused.value.fields == {"from_on": "limit_written_late"}


def test_an_order_ends_by_itself(house: House) -> None:
    _, stay_id = house.places.resident()
    ordered(house, stay_id)

    house.clock.at(day(9))
    before = _of(house, stay_id)[0].standing
    house.clock.at(day(10))

    assert (before, _of(house, stay_id)[0].standing) == ("stands", "over")


def test_a_new_order_says_how_many_came_before_and_needs_a_new_reason(house: House) -> None:
    _, stay_id = house.places.resident()
    ordered(house, stay_id)
    house.clock.at(day(10))
    asked = view(house.world.actor(COORDINATOR), "t", limit_page.asked, stay_id=stay_id)

    with pytest.raises(Invalid) as refused:
        ordered(house, stay_id, reason=REASON.upper() + "  ", from_on=day(10), ends_on=day(12))
    ordered(house, stay_id, reason="They came again.", from_on=day(10), ends_on=day(12))

    assert (asked.before.orders, asked.before.days) == (1, 7)
    assert refused.value.fields == {"reason": "limit_same_reason"}
    assert [one.row.number for one in _of(house, stay_id)] == [2, 1]


def test_no_second_order_of_a_kind_stands_beside_the_first(house: House) -> None:
    _, stay_id = house.places.resident()
    ordered(house, stay_id)

    with pytest.raises(Conflict, match="limit_stands"):
        ordered(house, stay_id, reason="Another one.")
    ordered(house, stay_id, reason="Another one.", kind="certain_hours")

    assert len(rows_of(house, MovementLimit)) == 2


def test_without_the_databases_word_a_second_order_of_a_kind_would_stand(house: House) -> None:
    _, stay_id = house.places.resident()
    ordered(house, stay_id)
    dropped = {
        "sqlite": "DROP TRIGGER movement_limit_one_of_a_kind_insert",
        "postgresql": "ALTER TABLE movement_limit DROP CONSTRAINT movement_limit_one_of_a_kind",
    }
    with above(house.world).begin() as connection:
        connection.execute(text(dropped[connection.dialect.name]))

    ordered(house, stay_id, reason="Another one.")

    assert len(rows_of(house, MovementLimit)) == 2


def test_who_leads_the_case_is_told_without_a_name_and_reads_the_order(house: House) -> None:
    case_id, stay_id = house.places.resident()

    ordered(house, stay_id)

    told = rows_of(house, Notice, Notice.kind == "limit:ordered")
    assert [(one.agency_id, one.case_id) for one in told] == [(house.world.agencies["advocacy_prishtine"], case_id)]
    assert told[0].values == {"limit_kind": "accompanied"}
    one = _of_case(house, case_id)[0]
    assert (one.reason, one.own_words, one.row.name_en) == (REASON, "I want to see my sister.", "NGO shelter")


def test_of_a_childs_order_the_social_worker_must_be_told(house: House) -> None:
    case_id, stay_id = house.places.resident()
    _make_child(house, case_id)

    with pytest.raises(Invalid) as refused:
        ordered(house, stay_id)
    with pytest.raises(Invalid) as later:
        ordered(house, stay_id, social_worker_told_on=day(4))
    ordered(house, stay_id, social_worker_told_on=day(3))

    assert refused.value.fields == {"social_worker_told_on": "limit_social_worker"}
    assert later.value.fields == {"social_worker_told_on": "date_in_future"}


def test_a_review_upholds_it_and_another_lifts_it(house: House) -> None:
    _, stay_id = house.places.resident()
    limit_id = ordered(house, stay_id)
    house.clock.at(day(6))

    due = _of(house, stay_id)[0]
    limits.review(house.world.actor(COORDINATOR), limit_id, "upheld", "They were seen again.")
    upheld = _of(house, stay_id)[0]
    house.clock.at(day(8))
    limits.review(house.world.actor("shelter.supervisor"), limit_id, "lifted", "They are in custody.")

    lifted = _of(house, stay_id)[0]
    assert (due.is_review_due, upheld.is_review_due, upheld.standing) == (True, False, "stands")
    assert (lifted.standing, lifted.lift_reason, lifted.row.days) == ("lifted", "They are in custody.", 5)
    assert [(one.row.outcome, one.note) for one in lifted.reviews] == [
        ("upheld", "They were seen again."),
        ("lifted", "They are in custody."),
    ]
    assert len(rows_of(house, LimitReview)) == 2


def test_an_order_is_lifted_before_its_end_and_a_begun_day_counts(house: House) -> None:
    case_id, stay_id = house.places.resident()
    limit_id = ordered(house, stay_id)

    limits.lift(house.world.actor(COORDINATOR), limit_id, "It was a mistake.")

    one = _of_case(house, case_id)[0]
    assert (one.standing, one.lift_reason, one.row.lifted_by, one.row.days) == (
        "lifted",
        "It was a mistake.",
        "Blerina Shatri",
        1,
    )
    assert len(rows_of(house, Notice, Notice.kind == "limit:lifted")) == 1


def test_what_is_over_is_neither_reviewed_nor_lifted(house: House) -> None:
    _, stay_id = house.places.resident()
    limit_id = ordered(house, stay_id)
    house.clock.at(day(10))

    with pytest.raises(Conflict, match="limit_is_over"):
        limits.review(house.world.actor(COORDINATOR), limit_id, "upheld", "Why.")
    with pytest.raises(Conflict, match="limit_is_over"):
        limits.lift(house.world.actor(COORDINATOR), limit_id, "Why.")


def test_an_order_ends_when_she_leaves_and_counts_the_days_that_it_held(house: House) -> None:
    case_id, stay_id = house.places.resident()
    ordered(house, stay_id)
    house.clock.at(day(5))

    stays.take(house.world.actor(COORDINATOR), stay_id, "leave", GONE, day(5))

    one = _of_case(house, case_id)[0]
    assert (one.standing, one.row.lifted_on, one.row.days) == ("left", day(5), 2)


def test_after_she_has_left_the_house_reads_its_words_no_more_and_who_leads_the_case_does(house: House) -> None:
    case_id, stay_id = house.places.resident()
    ordered(house, stay_id)

    stays.take(house.world.actor(COORDINATOR), stay_id, "leave", GONE, A_DAY)

    assert (_of(house, stay_id)[0].reason, _of(house, stay_id)[0].is_sealed) == (None, True)
    assert _of_case(house, case_id)[0].reason == REASON


def test_where_consent_is_withdrawn_the_house_writes_under_the_stays_key_and_no_other_agency_opens_it(
    house: House,
) -> None:
    case_id, stay_id = house.places.resident()
    house.world.step("advocate", case_id, "advocacy", "withdraw_consent", purposes=["shelter"])

    ordered(house, stay_id)
    moved = stays.move(house.world.actor(COORDINATOR), stay_id, house.places.bed("2A"))

    own, lead = _of(house, UUID(moved["stay_id"]))[0], _of_case(house, case_id)[0]
    assert (own.reason, own.row.sealed_under) == (REASON, "stay")
    assert (lead.reason, lead.is_sealed, lead.row.kind) == (None, True, "accompanied")


def test_nobody_orders_for_a_stay_that_is_not_of_her_house(house: House) -> None:
    _, stay_id = house.places.resident()

    with pytest.raises(NotFound):
        ordered(house, stay_id, by="men.coordinator")
    with pytest.raises(NotFound):
        ordered(house, stay_id, by="advocate")


def test_who_is_barred_from_the_case_neither_orders_nor_reads(house: House) -> None:
    case_id, stay_id = house.places.resident()
    limit_id = ordered(house, stay_id)
    house.places.bar(case_id, COORDINATOR, "shelter.supervisor")

    with pytest.raises(NotFound):
        ordered(house, stay_id, reason="Another one.", kind="stays_in")
    with pytest.raises(NotFound):
        view(house.world.actor(COORDINATOR), "t", limit_page.one, limit_id=limit_id)


def test_a_form_sent_twice_orders_once(house: House) -> None:
    _, stay_id = house.places.resident()
    once = Once("key", "digest")

    first = limits.order(house.world.actor(COORDINATOR), stay_id, new_limit(), once)
    second = limits.order(house.world.actor(COORDINATOR), stay_id, new_limit(), once)

    assert first == second
    assert len(rows_of(house, MovementLimit)) == 1


def test_of_a_review_that_is_due_the_house_is_told_once(house: House) -> None:
    _, stay_id = house.places.resident()
    ordered(house, stay_id)
    ticking.tick()
    early = rows_of(house, Notice, Notice.kind == "limit:review_due")
    house.clock.at(day(6))

    ticking.tick()
    ticking.tick()

    told = rows_of(house, Notice, Notice.kind == "limit:review_due")
    assert early == []
    assert sorted(one.role for one in told) == ["agency_supervisor", "shelter_coordinator"]
    assert len(rows_of(house, AuditEntry, AuditEntry.action == "clock:ticked")) == 1


def _orders(house: House, number: int) -> None:
    """So many orders, in turn of three kinds, to which every other time the person agreed."""
    _, stay_id = house.places.resident()
    kinds, words = ("accompanied", "stays_in", "certain_hours"), ("agrees", "does_not")
    for one in range(number):
        limit_id = ordered(
            house, stay_id, kind=kinds[one % 3], own_word=words[one % 2], reason=f"Reason {one}.", ends_on=day(5)
        )
        limits.lift(house.world.actor(COORDINATOR), limit_id, "Over.")


@pytest.mark.line(14)
def test_orders_are_counted_by_house_and_kind_with_days_and_what_was_said(house: House) -> None:
    _orders(house, 3)

    own = limit_counts.of_year(house.world.actor("shelter.supervisor"))
    national = limit_counts.of_year(house.world.actor("statistics.supervisor"))
    elsewhere = limit_counts.of_year(replace(house.world.actor("shelter.supervisor"), agency_id=None))

    assert own.all.figures == [3, 2, 1, 0, 3, 3]
    assert [(one.of.name_en, one.orders) for one in national.houses] == [("NGO shelter", 3)]
    assert [(one.of, one.orders) for one in national.kinds] == [
        ("stays_in", 1),
        ("accompanied", 1),
        ("certain_hours", 1),
    ]
    assert limit_counts.of_year(house.world.actor("statistics.supervisor"), 2013).all.orders == 0
    assert elsewhere.all.orders == 0


def test_the_national_coordinator_sees_no_house_and_no_small_number(house: House) -> None:
    _orders(house, 3)
    few = limit_counts.of_year(house.world.actor("national.coordinator"))
    _orders_more(house, 15)
    many = limit_counts.of_year(house.world.actor("national.coordinator"))

    assert (few.houses, few.all.coarse, few.all.days) == ((), [None, None, None, 0], None)
    assert many.all.orders == 18
    assert all(number is None or number >= 5 or number == 0 for one in many.kinds for number in one.coarse)


def _orders_more(house: House, number: int) -> None:
    stay = next(one.stay_id for one in rows_of(house, MovementLimit))
    for one in range(number):
        kind = ("accompanied", "stays_in")[one % 2]
        limit_id = ordered(house, stay, kind=kind, own_word="agrees", reason=f"More {one}.", ends_on=day(5))
        limits.lift(house.world.actor(COORDINATOR), limit_id, "Over.")


def test_an_order_shows_nothing_of_its_words_where_it_is_written_down(house: House) -> None:
    _, stay_id = house.places.resident()
    ordered(house, stay_id, ends_on=A_DAY + timedelta(2))

    row = rows_of(house, MovementLimit)[0]
    assert REASON.encode() not in row.reason
    assert REASON not in repr(_of(house, stay_id)[0].row)
