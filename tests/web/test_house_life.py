"""The pages of life in a house."""

from collections.abc import Callable

import pytest

from app.services import stays
from tests.factories.house import COORDINATOR
from tests.factories.placed import GONE, House, day
from tests.factories.world import A_DAY
from tests.support.client import Visitor

Enter = Callable[..., Visitor]


@pytest.fixture
def enter(house: House) -> Enter:
    """Sign in as a member, the shelter's coordinator unless said otherwise."""
    application = house.world.app()

    def signed_in(name: str = COORDINATOR) -> Visitor:
        found = Visitor(application)
        found.sign_in(name)
        return found

    return signed_in


def test_house_rules_are_written_given_and_printed(house: House, enter: Enter) -> None:
    _, stay_id = house.places.resident("1A", alias="Lule")
    coordinator = enter()
    coordinator.submit(
        coordinator.get("/house/texts/house_rules/new"), "Record", language="sqi", body="Nata e qetë.", is_new=True
    )

    due = coordinator.get("/house")
    given = coordinator.submit(
        coordinator.get(due.links["Lule"]), "Record", kind="house_rules", language="sqi", way="read", word="understood"
    )

    assert "Lule: House rules" in due.text
    assert "The person read it, in Albanian" in given.text
    assert "Everybody who lives here was given the texts in force." in coordinator.get("/house").text
    assert "Nata e qetë." in coordinator.get("/house/texts/house_rules/sqi").text
    coordinator.get("/house/texts/house_rules/ron", 404)


def test_belongings_appointments_and_services_are_kept_from_the_stay(house: House, enter: Enter) -> None:
    _, stay_id = house.places.resident("1A", alias="Lule")
    coordinator = enter()
    stay = coordinator.get(f"/stays/{stay_id}")

    refused = coordinator.submit(
        coordinator.get(stay.links["Belongings"]),
        "Record",
        422,
        kind="papers",
        description="A passport in a blue cover",
        at_own_wish=False,
    )
    kept = coordinator.submit(refused, "Record", at_own_wish=True)
    back = coordinator.submit(
        coordinator.get(next(url for url in kept.links.values() if "/belongings/" in url and "stays" not in url)),
        "Record",
        to="person",
    )
    planned = coordinator.submit(
        coordinator.get(stay.links["Appointments"]),
        "Record",
        kind="medical",
        held_on=day(5),
        begins_at="09:30",
        goes_along="staff",
        reached_by="shelter",
    )
    served = coordinator.submit(coordinator.get(stay.links["Services given here"]), "Record", services=["legal"])

    assert refused.errors == [
        "Does the person wish that it is kept? Papers stay with the person unless the person wishes that they are kept"
    ]
    assert "A passport in a blue cover" in kept.text
    assert "The person" in back.text
    assert "09:30" in planned.text
    assert "Legal advice and support" in served.text
    assert "Lule" in coordinator.get("/house").text


def test_the_supervisor_of_the_house_reads_the_day_and_an_office_has_none(house: House, enter: Enter) -> None:
    assert "The house today" in enter("shelter.supervisor").get("/house").text
    enter("advocate").get("/house", 403)


def test_of_a_resident_who_has_left_nothing_new_is_taken(house: House, enter: Enter) -> None:
    _, stay_id = house.places.resident()
    coordinator = enter()
    stays.take(house.world.actor(COORDINATOR), stay_id, "leave", GONE, A_DAY)

    page = coordinator.get(f"/stays/{stay_id}/belongings")

    assert "Take something into keeping" not in page.text
    coordinator.post(f"/stays/{stay_id}/belongings", {"kind": "money"}, 404)
