"""The pages of incidents and complaints."""

from collections.abc import Callable

import pytest

from tests.factories.house import COORDINATOR
from tests.factories.placed import House
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


def test_an_incident_is_written_down_and_its_steps_taken(house: House, enter: Enter) -> None:
    case_id, stay_id = house.places.resident("1A", alias="Lule")
    coordinator = enter()
    form = coordinator.get("/incidents/new")

    shown = coordinator.submit(form, "Record", kind="threat", resident=str(stay_id), account="A car waited outside.")
    step = coordinator.get(shown.links["Agree whether the police are told"])
    refused = coordinator.submit(step, "Record", 422, outcome="done")
    taken = coordinator.submit(refused, "Record", outcome="done", basis="consent")
    early = coordinator.submit(
        coordinator.get(taken.links["Close the incident"]), "Close the incident", 422, conclusion="Over."
    )

    assert "A car waited outside." in shown.text
    assert refused.errors == [
        "On which basis is somebody told? Without one of these nobody outside is told:"
        " choose one, or say why it is not done"
    ]
    assert "The person agrees" in taken.text
    assert early.errors == ["A first step is neither done nor said why not. Settle it first."]
    assert "A car waited outside." in enter("advocate").get(f"/cases/{case_id}/house").text
    assert "No. 1" in coordinator.get("/incidents").text
    assert "Go through the safety plan with the person" in coordinator.get("/house").text


def test_an_incident_that_makes_the_location_known_leads_to_the_alarm(house: House, enter: Enter) -> None:
    coordinator = enter()
    known, other = (
        coordinator.submit(coordinator.get("/incidents/new"), "Record", kind=kind, account="Seen at the gate.")
        for kind in ("location_compromised", "threat")
    )

    assert known.links["The location is known to somebody dangerous"] == "/alarm"
    assert "The location is known to somebody dangerous" not in other.links


def test_a_complaint_goes_past_the_shelter_and_is_answered_by_the_supervisor(house: House, enter: Enter) -> None:
    _, stay_id = house.places.resident()
    coordinator, supervisor = enter(), enter("advocacy.supervisor")
    form = coordinator.get(f"/stays/{stay_id}/complaint")
    coordinator.submit(form, "Pass it on", made_to="past", kind="privacy", told="My post was opened.", nameless=False)

    page = supervisor.get(next(url for url in supervisor.get("/complaints").links.values() if "/complaints/" in url))
    answered = supervisor.submit(page, "Record the answer", answer="The rule was changed.")

    assert "My post was opened." in page.text
    assert "The rule was changed." in answered.text
    assert "No complaint waits for you." in coordinator.get("/complaints").text
    assert "A complaint of a resident waits for an answer." in supervisor.get("/notices").text
