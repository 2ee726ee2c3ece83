"""A place that was asked for and not found is kept with whom it was for, until she is admitted; and is counted once."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from app.errors import Invalid, NotFound, Unmet
from app.models.count import CountFact
from app.models.help import UnmetNeed
from app.models.intake import PlaceNeed
from app.queries.unmet_needs import NeedRow
from app.services import places, placing_page, unmet_needs
from app.services.placing_page import Needs, PlacesPage
from app.services.unmet_needs import Tally
from app.services.viewing import view
from tests.factories.placed import House, day
from tests.factories.world import A_DAY
from tests.integration.test_statement_counts import listened
from tests.security.relations import above

DISABLED = Needs(has_disability="yes", has_children="no")
WITH_BABY = Needs(has_disability="no", has_children="yes", children_under_3=1, wishes="Near the school.")


def suggested(house: House, case_id: UUID, shelter: str) -> places.Suggestion:
    """One shelter as it is suggested to the advocate today."""
    found = places.suggestions(house.world.actor("advocate"), case_id)
    return next(one for one in found if one.shelter_id == house.world.agencies[shelter])


def page_of(house: House, case_id: UUID, on: date | None = None) -> PlacesPage:
    """The page of places as the advocate opens it."""
    return view(house.world.actor("advocate"), "places:listed", placing_page.shown, case_id=case_id, on=on)


def needs(house: House, case_id: UUID) -> list[UnmetNeed]:
    """What is kept of a case, as it lies in the database."""
    with house.world.database.read(house.world.actor("advocate")) as work:
        found = select(UnmetNeed).where(UnmetNeed.case_id == case_id).order_by(UnmetNeed.recorded_at)
        return list(work.session.execute(found).scalars())


def told(house: House, case_id: UUID, needs: Needs, by: str = "advocate") -> None:
    """Tell what a place must offer."""
    placing_page.record(house.world.actor(by), case_id, needs)


def nothing_fits(house: House, case_id: UUID, reason: str = "disability", by: str = "advocate") -> None:
    """Keep that no place was found."""
    unmet_needs.record_nothing_fits(house.world.actor(by), case_id, reason)


def facts(house: House) -> int:
    """How many facts of unmet need there are for counting."""
    with above(house.world).connect() as connection:
        asked = select(func.count()).select_from(CountFact).where(CountFact.metric == "unmet_need")
        return connection.execute(asked).scalar_one()


@pytest.mark.line(16)
def test_a_disabled_man_waits_until_a_place_takes_him_and_the_days_are_kept(house: House) -> None:
    world, shelter_id = house.world, house.world.agencies["shelter_men"]
    case_id = house.places.client(sex="M")
    told(house, case_id, DISABLED)
    with above(world).begin() as connection:
        connection.execute(text("UPDATE shelter_intake SET takes_disability = false"))
    nothing_fits(house, case_id)
    before = page_of(house, case_id)
    with pytest.raises(Unmet):
        house.places.ask(case_id, "shelter_men")

    house.clock.at(day(20))
    with above(world).begin() as connection:
        connection.execute(text("UPDATE shelter_intake SET takes_disability = true WHERE takes_men AND min_age > 17"))
    after = page_of(house, case_id)
    world.step("advocate", case_id, "shelter", "propose_place", day(20), shelter=str(shelter_id))
    asked = {"shelter": str(shelter_id), "region": "prishtine", "sex": "M", "age_group": "adult", "urgency": "today"}
    world.step("advocate", case_id, "shelter", "ask_shelter", day(20), **asked, language="sq")
    bed = str(house.places.bed("1A", "shelter_men"))
    world.accept("men.coordinator", case_id, day(20), bed=bed, expected_on=day(20).isoformat())
    house.places.admit(case_id, by="men.coordinator", on=day(20))

    (need,) = needs(house, case_id)
    assert (before.fits, before.likely_reason, after.fits) == (False, "disability", True)
    assert (need.sex, need.disability, need.children, need.reason) == ("M", "yes", 0, "disability")
    assert (need.asked_on, need.met_on) == (A_DAY, day(20))
    assert page_of(house, case_id).waits is None


@pytest.mark.parametrize(
    ("needs", "shelter", "reasons"),
    [
        (DISABLED, "shelter_ngo", ("no_disability",)),
        (DISABLED, "shelter_men", ()),
        (WITH_BABY, "shelter_ngo", ()),
        (WITH_BABY, "shelter_men", ("no_accompanied",)),
        (Needs(), "shelter_men", ()),
    ],
)
def test_disability_and_children_decide_which_place_fits(
    house: House, needs: Needs, shelter: str, reasons: tuple[str, ...]
) -> None:
    case_id = house.places.client()
    told(house, case_id, needs)

    assert suggested(house, case_id, shelter).reasons_against == reasons


def test_what_is_not_known_yet_is_to_be_asked_and_cots_are_counted(house: House) -> None:
    case_id = house.places.client()
    before = suggested(house, case_id, "shelter_ngo_second")
    told(house, case_id, WITH_BABY)

    assert before.to_check == ("ask_disability",)
    assert suggested(house, case_id, "shelter_ngo_second").to_check == ("few_cots",)


def test_the_latest_word_counts_and_her_wishes_are_sealed(house: House) -> None:
    case_id = house.places.client()
    told(house, case_id, DISABLED)
    house.clock.at(A_DAY, 11)
    told(house, case_id, WITH_BABY)

    assert page_of(house, case_id).needs == WITH_BABY
    with above(house.world).connect() as connection:
        kept = connection.execute(select(PlaceNeed.__table__.c.wishes)).scalars().all()
    assert b"school" not in b"".join(one for one in kept if one)


@pytest.mark.parametrize(
    ("needs", "field"),
    [
        (Needs(has_children="yes"), "has_children: children_counted"),
        (Needs(has_children="no", children_under_3=1), "has_children: children_counted"),
        (Needs(has_disability="perhaps"), "has_disability: unknown_choice"),
    ],
)
def test_what_does_not_agree_is_refused(house: House, needs: Needs, field: str) -> None:
    case_id = house.places.client()

    with pytest.raises(Invalid, match=field):
        told(house, case_id, needs)


@pytest.mark.parametrize("act", [told, nothing_fits])
def test_nothing_is_told_of_a_case_that_is_not_hers(house: House, act: Any) -> None:
    case_id = house.places.client()
    what = {"needs": DISABLED} if act is told else {}

    with pytest.raises(NotFound):
        act(house, case_id, **what, by="advocate.prizren")


def test_that_nothing_fits_is_kept_and_counted_once(house: House) -> None:
    case_id = house.places.client()

    nothing_fits(house, case_id)
    nothing_fits(house, case_id, "no_bed")

    assert [one.reason for one in needs(house, case_id)] == ["disability"]
    assert facts(house) == 1


def test_a_shelters_no_is_kept_beside_it_and_both_end_with_the_admission(house: House) -> None:
    case_id = house.places.client()
    told(house, case_id, WITH_BABY)
    nothing_fits(house, case_id, "no_bed")
    house.places.ask(case_id)
    house.places.decline(case_id, "shelter.coordinator")
    waits = page_of(house, case_id).waits
    house.places.ask(case_id)
    house.places.expect(case_id)
    house.places.admit(case_id)

    found = needs(house, case_id)
    assert waits is not None
    assert (waits.asked_on, waits.times, waits.children) == (A_DAY, 2, 1)
    assert [(one.source, one.met_on) for one in found] == [("placer", A_DAY), ("shelter", A_DAY)]


def test_nobody_waits_any_longer_where_nobody_looks(house: House) -> None:
    case_id = house.places.client()
    nothing_fits(house, case_id)

    unmet_needs.stop_waiting(house.world.actor("advocate"), case_id)

    assert page_of(house, case_id).waits is None
    assert [(one.met_on, one.ended_on) for one in needs(house, case_id)] == [(None, A_DAY)]


def test_who_waits_longest_stands_first_and_other_agencies_see_none(house: House) -> None:
    later, first = house.places.client(), house.places.client()
    nothing_fits(house, first)
    house.clock.at(day(5))
    nothing_fits(house, later)

    mine = view(house.world.actor("advocate"), "unmet_need:listed", unmet_needs.waiting, page=1)
    theirs = view(house.world.actor("advocate.prizren"), "unmet_need:listed", unmet_needs.waiting, page=1)

    assert [one.case_id for one in mine] == [first, later]
    assert theirs == []


def test_what_one_person_was_refused_is_one_need_of_the_year(house: House) -> None:
    case_id = house.places.client()
    nothing_fits(house, case_id)
    house.clock.at(A_DAY, 11)
    house.places.ask(case_id)
    house.places.decline(case_id, "shelter.coordinator")
    house.clock.at(day(13))

    counted = unmet_needs.of_year(house.world.actor("statistics.supervisor"), 2014)

    assert counted.all == Tally(1, 10, 10)
    assert dict(counted.tables)["reason"] == (("disability", Tally(1, 10, 10)),)


@pytest.mark.parametrize("by", ["national.coordinator", "advocacy.supervisor"])
def test_small_numbers_are_hidden_from_all_but_the_statistics_supervisor(house: House, by: str) -> None:
    nothing_fits(house, house.places.client())

    counted = unmet_needs.of_year(house.world.actor(by), 2014)

    assert (counted.all, counted.hides) == (Tally(None, None, None), True)


def test_a_small_number_takes_another_of_its_table_with_it() -> None:
    def row(sex: str) -> NeedRow:
        return NeedRow(sex, "18-20", "no", "no_bed", A_DAY, day(5), None)

    rows = [*[row("F")] * 9, *[row("M")] * 6, row("X")]

    shown = dict(unmet_needs.tabulated(rows, 2014, day(9), hides=True).tables)["sex"]
    open_ = dict(unmet_needs.tabulated(rows, 2014, day(9), hides=False).tables)["sex"]

    assert [(code, tally.number) for code, tally in shown] == [("F", 9), ("M", None), ("X", None)]
    assert [tally.number for _, tally in open_] == [9, 6, 1]


def test_on_a_day_to_come_the_bed_of_who_leaves_by_then_is_free(house: House) -> None:
    house.places.resident("1A", expected_until="2014-03-10")
    case_id = house.places.client()

    page = page_of(house, case_id, day(12))

    ngo = next(one for one in page.suggestions if one.shelter_id == house.world.agencies["shelter_ngo"])
    assert (ngo.free_beds, ngo.free_then) == (5, 6)


def _kept_twice(house: House, case_id: UUID, dropped: str) -> int:
    """How often it lies in the database that nothing fits, written past the services."""
    with house.world.database.read(house.world.actor("advocate")) as work:
        own = work.session.execute(select(UnmetNeed).where(UnmetNeed.case_id == case_id)).scalar_one()
    row = {column.name: getattr(own, column.name) for column in UnmetNeed.__table__.columns} | {"id": uuid4()}
    with above(house.world).connect() as connection:
        connection.execute(text(dropped))
        connection.execute(UnmetNeed.__table__.insert(), [row])
        found = select(func.count()).select_from(UnmetNeed).where(UnmetNeed.case_id == case_id)
        return connection.execute(found).scalar_one()


def test_the_database_lets_no_second_one_in(house: House) -> None:
    case_id = house.places.client()
    nothing_fits(house, case_id)

    with pytest.raises(IntegrityError, match="unmet_need"):
        _kept_twice(house, case_id, "SELECT 1")


def test_without_its_index_the_database_lets_a_second_one_in(house: House) -> None:
    case_id = house.places.client()
    nothing_fits(house, case_id)

    assert _kept_twice(house, case_id, "DROP INDEX uq_unmet_need_nothing_fits") == 2


def test_the_page_of_places_asks_the_database_as_often_for_many_beds_as_for_few(house: House) -> None:
    case_id = house.places.client()
    with listened(house.world) as few:
        page_of(house, case_id)
    house.places.resident("1A")
    house.places.resident("1B")
    with listened(house.world) as many:
        page_of(house, case_id)

    assert len(many) == len(few)
