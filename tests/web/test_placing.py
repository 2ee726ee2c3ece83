"""Looking for a place on its pages: what it must offer, every shelter with its reasons, and what was not found."""

from collections.abc import Callable

import pytest

from tests.factories.placed import House, day
from tests.support.client import Visitor

Enter = Callable[..., Visitor]


@pytest.fixture
def enter(house: House) -> Enter:
    """Sign in as a member."""
    application = house.world.app()

    def signed_in(name: str) -> Visitor:
        found = Visitor(application)
        found.sign_in(name)
        return found

    return signed_in


def test_a_disabled_man_finds_nothing_and_then_the_place_that_takes_him(house: House, enter: Enter) -> None:
    case_id = house.places.client(sex="M")
    supervisor, advocate = enter("men.supervisor"), enter("advocate")
    intake = f"/shelters/{house.world.agencies['shelter_men']}/intake/new"
    everyone = ["women", "men", "domestic", "foreign"]
    supervisor.submit(supervisor.get(intake), "Save", takes=everyone, min_age=18)

    form = advocate.get(f"/cases/{case_id}/places/needs")
    nothing = advocate.submit(form, "Save", has_disability="yes", has_children="no")
    kept = advocate.submit(nothing, "Keep that nothing fits")
    supervisor.submit(supervisor.get(intake), "Save", takes=[*everyone, "disability"], min_age=18)
    found = advocate.get(f"/cases/{case_id}/places")
    step = advocate.get(found.links["Propose Facility for men and disabled people"])
    proposed = advocate.submit(step, "Record")

    assert "not fit for a disability" in nothing.text
    assert "Propose Facility for men and disabled people" not in nothing.links
    assert "Waiting since 3 Mar 2014" in kept.text
    assert "fit for a disability" in found.text
    assert house.places.state(case_id) == "proposed"
    assert proposed.path == f"/cases/{case_id}"


def test_every_place_is_shown_on_the_day_that_is_asked(house: House, enter: Enter) -> None:
    house.places.resident("1A", expected_until="2014-03-10")
    case_id, advocate = house.places.client(), enter("advocate")

    page = advocate.submit(advocate.get(f"/cases/{case_id}/places"), "Show", on=day(12))

    assert "Free beds on 12 Mar 2014" in page.text
    assert page.text.count("Does not fit") == 8
    assert "Child shelter (HHC)" in page.text


def test_a_place_that_she_is_kept_from_is_not_suitable_and_nothing_more(house: House, enter: Enter) -> None:
    case_id, advocate = house.places.client(), enter("advocate")
    mark = advocate.get(f"/cases/{case_id}/keep-apart")
    advocate.submit(
        mark, "Keep apart", shelter=str(house.world.agencies["shelter_ngo"]), reason="A cousin works there."
    )

    page = advocate.get(f"/cases/{case_id}/places")

    assert "Does not fit not suitable" in page.text
    assert "cousin" not in page.text


def test_what_does_not_agree_is_said_at_its_field(house: House, enter: Enter) -> None:
    case_id, advocate = house.places.client(), enter("advocate")

    form = advocate.get(f"/cases/{case_id}/places/needs")
    refused = advocate.submit(form, "Save", 422, has_disability="no", has_children="yes", wishes="Near a school.")

    assert refused.errors == ["Do children come with the person? Say yes and how many of which age, or no"]
    assert ("wishes", "Near a school.") in [
        (name, value.strip()) for name, value in refused.form("Save").as_it_stands()
    ]


def test_what_the_assessment_of_needs_tells_is_filled_in(house: House, enter: Enter) -> None:
    case_id = house.places.client(needs=["shelter", "disability_support"])

    form = enter("advocate").get(f"/cases/{case_id}/places/needs").form("Save")

    assert ("has_disability", "yes") in form.as_it_stands()


def test_who_waits_is_listed_until_nobody_looks_any_longer(house: House, enter: Enter) -> None:
    case_id, advocate = house.places.client(), enter("advocate")
    page = advocate.get(f"/cases/{case_id}/places")
    kept = advocate.submit(page, "Keep that nothing fits", reason="no_bed")
    listed = advocate.get("/places/waiting")

    advocate.submit(kept, "No place is looked for any longer")

    assert house.places.reference(case_id) in listed.text
    assert "Nobody in your cases waits for a place." in advocate.get("/places/waiting").text


def test_the_needs_of_a_year_hide_small_numbers_from_the_coordinator(house: House, enter: Enter) -> None:
    case_id, advocate = house.places.client(), enter("advocate")
    advocate.submit(advocate.get(f"/cases/{case_id}/places"), "Keep that nothing fits", reason="no_bed")

    whole = enter("statistics.supervisor").get("/places/unmet")
    hidden = enter("national.coordinator").get("/places/unmet")

    assert "No free bed 100" in whole.text
    assert "not shown" in hidden.text
    assert "No unmet need is kept for this year." in enter("statistics.supervisor").get("/places/unmet?year=2013").text


def test_a_shelter_has_no_page_of_places_and_another_office_finds_none(house: House, enter: Enter) -> None:
    case_id, _ = house.places.resident()

    enter("shelter.coordinator").get(f"/cases/{case_id}/places", 403)
    enter("advocate.prizren").get(f"/cases/{case_id}/places", 404)


def test_the_case_leads_to_its_places(house: House, enter: Enter) -> None:
    case_id = house.places.client()

    assert f"/cases/{case_id}/places" in enter("advocate").get(f"/cases/{case_id}").links.values()
