"""Calls for proposals: recorded by the statistics supervisor, read by houses, with the places left out."""

from __future__ import annotations

from datetime import date

import pytest

from app.errors import Invalid, NotFound
from app.services import proposals
from app.services.proposals import CallPage
from tests.factories.funding import called, payer
from tests.factories.reading import Readers
from tests.factories.world import A_DAY, World

SUPERVISOR, HOUSE = "statistics.supervisor", "shelter.coordinator"
DAYS = {
    "opens_on": date(2013, 11, 1),
    "closes_on": date(2013, 11, 30),
    "from_on": date(2014, 1, 1),
    "to_on": date(2014, 12, 31),
}


def _says(world: World, house: str, groups: tuple[str, ...], on: date = date(2013, 1, 1)) -> None:
    proposals.say_groups(world.actor(SUPERVISOR), world.agencies[house], on, groups)


def _page(world: World) -> CallPage:
    return proposals.page_of(world.actor(HOUSE), called(world))


def test_a_call_names_whom_it_leaves_out_and_of_whom_it_is_not_known(world: World) -> None:
    _says(world, "shelter_ngo", ("trafficking", "domestic_violence"))
    _says(world, "shelter_foreign", ("trafficking",))

    page = _page(world)

    assert [one.name_en for one in page.may_apply] == ["NGO shelter"]
    assert [one.name_en for one in page.left_out] == ["Shelter for foreign victims (PVPT)"]
    assert "High-risk facility" in [one.name_en for one in page.unknown]


def test_whom_a_place_assisted_on_the_first_day_to_apply_counts(world: World) -> None:
    _says(world, "shelter_ngo", ("trafficking",))
    _says(world, "shelter_ngo", ("domestic_violence",), on=date(2013, 11, 2))

    assert [one.name_en for one in _page(world).left_out] == ["NGO shelter"]


def test_what_was_said_last_of_a_day_holds(world: World) -> None:
    _says(world, "shelter_ngo", ("trafficking",))
    _says(world, "shelter_ngo", ("domestic_violence",))

    assert [one.name_en for one in _page(world).may_apply] == ["NGO shelter"]


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        ({"closes_on": date(2013, 10, 1)}, {"closes_on": "ends_before_start"}),
        ({"to_on": date(2013, 10, 1)}, {"to_on": "ends_before_start"}),
        ({"open_to": ()}, {"open_to": "unknown_choice"}),
        ({"open_to": ("thieves",)}, {"open_to": "unknown_choice"}),
        ({"payer_id": A_DAY}, {"payer": "unknown_choice"}),
    ],
)
def test_a_call_that_cannot_be_is_refused_at_its_field(
    world: World, told: dict[str, object], fault: dict[str, str]
) -> None:
    with pytest.raises(Invalid) as refused:
        called(world, **told)

    assert refused.value.fields == fault


def test_a_house_says_whom_it_assists_itself_and_of_no_other(world: World) -> None:
    own, other = world.agencies["shelter_ngo"], world.agencies["shelter_men"]
    proposals.say_groups(world.actor(HOUSE), own, A_DAY, ("children",))

    with pytest.raises(NotFound):
        proposals.say_groups(world.actor(HOUSE), other, A_DAY, ("children",))
    with pytest.raises(NotFound):
        proposals.say_groups(world.actor(SUPERVISOR), world.agencies["police"], A_DAY, ("children",))
    with pytest.raises(Invalid):
        proposals.say_groups(world.actor(HOUSE), own, A_DAY, ())


def test_a_call_is_recorded_and_read_on_its_page(reader: Readers, world: World) -> None:
    chosen = str(payer(world))
    _says(world, "shelter_foreign", ("trafficking",))
    visitor = reader(SUPERVISOR)
    page = visitor.get("/calls-for-proposals/new")

    after = visitor.submit(
        page, "Record the call", payer=chosen, open_to=["domestic_violence"], source="Notice", **DAYS
    )

    assert after.heading == "Call for proposals: Ministry of the test"
    assert "Shelter for foreign victims (PVPT): Trafficked persons" in after.text
    assert "No place may apply." in after.text
    assert "Ministry of the test" in reader(HOUSE).get("/calls-for-proposals/").text


def test_damaged_call_comes_back_with_the_fault_at_its_field(reader: Readers, world: World) -> None:
    chosen = str(payer(world))
    visitor = reader(SUPERVISOR)

    after = visitor.submit(
        visitor.get("/calls-for-proposals/new"), "Record the call", 422, payer=chosen, source="Notice", **DAYS
    )

    assert "Open to places that assist: Choose at least one" in after.errors


def test_a_house_is_offered_its_own_place_alone(reader: Readers, world: World) -> None:
    visitor = reader(HOUSE)
    own, other = world.agencies["shelter_ngo"], world.agencies["shelter_men"]

    after = visitor.submit(
        visitor.get(f"/calls-for-proposals/places/{own}"), "Record", groups=["children", "trafficking"], from_on=A_DAY
    )

    assert "Trafficked persons, Children without safe care" in after.text
    assert [href for href in after.links.values() if "/places/" in href] == [f"/calls-for-proposals/places/{own}"]
    visitor.get(f"/calls-for-proposals/places/{other}", 404)
    visitor.get("/calls-for-proposals/new", 403)
