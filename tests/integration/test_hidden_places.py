"""While an alarm stands, the new place of a resident is kept from the house that she leaves: in the case, in its steps,
in meetings, in movement limits and incidents; each with its control.
"""

from dataclasses import replace
from uuid import UUID

import pytest

from app.errors import Refusal
from app.services import addresses, case_page, hidden_places, incident_page, incidents, limit_page, meetings
from app.services.hidden_places import Hidden
from app.services.incidents import NewIncident
from app.services.viewing import view
from tests.factories.house import ordered
from tests.factories.houses import CANARY, Street
from tests.factories.meeting import Meetings
from tests.factories.placed import House, day
from tests.factories.reading import Readers
from tests.factories.world import A_DAY

MEN = "Facility for men and disabled people"


@pytest.fixture
def street(house: House) -> Street:
    """The NGO shelter's house, its address recorded."""
    addresses.write(house.world.actor("shelter.coordinator"), "Rruga e Provës 7")
    return Street(house)


def test_the_house_does_not_say_itself_where_she_goes(street: Street) -> None:
    case_id = street.filled(1)[0]
    street.sound()
    men = str(street.house.world.agencies["shelter_men"])

    with pytest.raises(Refusal, match="placer_writes"):
        street.house.world.step(
            "shelter.coordinator", case_id, "shelter", "plan_transfer", shelter=men, reason="x", transfer_kind="planned"
        )


def _seen_of_case(street: Street, case_id: UUID, by: str) -> str:
    """All that a case page and the pages of its steps tell a reader."""
    actor = street.actor(by)
    page = view(actor, "test", case_page.whole, case_id=case_id)
    events = [view(actor, "test", case_page.one_event, case_id=case_id, event_id=one.id) for one in page.entries]
    return repr(replace(page, person=None)) + repr(events)


@pytest.mark.parametrize("by", ["shelter.coordinator", "shelter.supervisor"])
def test_the_old_house_reads_the_new_place_nowhere_while_the_alarm_stands(street: Street, by: str) -> None:
    case_id = street.filled(1)[0]
    street.sound()
    street.on_the_way(case_id)
    men = str(street.house.world.agencies["shelter_men"])

    seen = _seen_of_case(street, case_id, by)

    assert (CANARY in seen, "Facility for men" in seen, men in seen, "Agron" in seen) == (False,) * 4
    assert "Facility for men" in _seen_of_case(street, case_id, "advocate")


def test_without_the_mask_the_old_house_would_read_it(street: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    case_id = street.filled(1)[0]
    street.sound()
    street.on_the_way(case_id)
    monkeypatch.setattr(case_page, "hidden", lambda *_: Hidden())

    assert "Facility for men" in _seen_of_case(street, case_id, "shelter.coordinator")
    assert hidden_places.hidden is not case_page.hidden


def _seen_of_a_meeting(street: Street, by: str) -> str:
    """What a reader is told of a meeting on a case whose new place is invited and has taken something on."""
    case_id = street.filled(1)[0]
    street.sound()
    street.on_the_way(case_id)
    held = Meetings(street.house.world)
    meeting_id = held.called("advocate", case_id)
    held.takes_on("advocate", held.entry("advocate", meeting_id), "shelter_men", f"{CANARY} makes up a room", day(9))
    return repr(held.seen(by, meeting_id))


def test_a_meeting_does_not_tell_the_old_house_of_the_new_place(street: Street) -> None:
    seen = _seen_of_a_meeting(street, "shelter.coordinator")

    assert (CANARY in seen, "Facility for men" in seen) == (False, False)
    assert "advocacy" in seen


def test_a_meeting_tells_who_places_her(street: Street) -> None:
    seen = _seen_of_a_meeting(street, "advocate")

    assert (CANARY in seen, "Facility for men" in seen) == (True, True)


def test_without_the_mask_a_meeting_would_tell_the_old_house(street: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meetings, "hidden", lambda *_: Hidden())

    seen = _seen_of_a_meeting(street, "shelter.coordinator")

    assert (CANARY in seen, "Facility for men" in seen) == (True, True)


def _called_by_the_new_place(street: Street) -> UUID:
    """A meeting that the new place calls on somebody who is there already; the old house, being invited, still is."""
    case_id = street.filled(1)[0]
    held = Meetings(street.house.world)
    street.sound()
    street.on_the_way(case_id)
    return held.called("men.coordinator", case_id)


def _callers(street: Street, by: str, meeting_id: UUID) -> list[str | None]:
    """Who called a meeting, as its page and the list of meetings tell a reader."""
    listed = view(street.actor(by), "test", meetings.of_agency)
    return [Meetings(street.house.world).seen(by, meeting_id).row.name_en, *(one.name_en for one in listed)]


def test_a_meeting_does_not_tell_the_old_house_that_the_new_place_called_it(street: Street) -> None:
    meeting_id = _called_by_the_new_place(street)

    assert _callers(street, "shelter.coordinator", meeting_id) == [None, None]
    assert _callers(street, "advocate", meeting_id) == [MEN] * 2
    assert _callers(street, "men.coordinator", meeting_id) == [MEN] * 2


def test_the_pages_say_that_who_called_is_not_shown(street: Street) -> None:
    meeting_id = _called_by_the_new_place(street)
    house = Readers(street.house.world, street.house.world.app())("shelter.coordinator")

    pages = [house.get(address).text for address in ("/meetings", f"/meetings/{meeting_id}")]

    assert [("Not shown while an alarm stands" in words, MEN in words) for words in pages] == [(True, False)] * 2


def test_without_the_mask_a_meeting_would_tell_who_called_it(street: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    meeting_id = _called_by_the_new_place(street)
    monkeypatch.setattr(meetings, "hidden_from_guest", lambda *_: Hidden())

    assert _callers(street, "shelter.coordinator", meeting_id) == [MEN] * 2


def test_once_she_has_left_the_old_house_is_still_not_told_who_called_and_who_comes(street: Street) -> None:
    meeting_id = _called_by_the_new_place(street)
    case_id = Meetings(street.house.world).seen("advocate", meeting_id).entries[0].row.case_id

    street.house.places.admit(case_id, "1A", by="men.coordinator")

    page = Meetings(street.house.world).seen("shelter.coordinator", meeting_id)
    assert (page.entries, page.hidden) == ((), 1)
    assert "Facility for men" not in repr(page)
    assert _callers(street, "shelter.coordinator", meeting_id) == [None, None]


def test_the_old_house_does_not_say_of_a_guest_it_is_not_shown_whether_it_came(street: Street) -> None:
    meeting_id = _called_by_the_new_place(street)
    men = street.house.world.agencies["shelter_men"]

    meetings.record_attendance(street.actor("shelter.coordinator"), meeting_id, [(men, "shelter_coordinator")])

    came = {one.agency_id: one.attended for one in Meetings(street.house.world).seen("advocate", meeting_id).invited}
    assert came.pop(men) is None
    assert set(came.values()) == {False}


def _goes_back(street: Street) -> UUID:
    """She has lived in the place where she is to go now: it limited her there, and wrote an incident down."""
    world, places = street.house.world, street.house.places
    case_id = places.client()
    places.ask(case_id, "shelter_men")
    places.expect(case_id, by="men.coordinator")
    stay_id = places.admit(case_id, by="men.coordinator")
    ordered(street.house, stay_id, by="men.coordinator")
    incidents.report(world.actor("men.coordinator"), NewIncident("threat", A_DAY, f"{CANARY} rang.", stay_id=stay_id))
    street.moved(case_id, "shelter_ngo", "1A", "shelter.coordinator")
    return case_id


def _of_life_there(street: Street, case_id: UUID, by: str) -> tuple[list[UUID], list[UUID], bool]:
    """Whose limits and whose incidents a reader is told of, and whether she reads what happened."""
    page = view(street.actor(by), "test", limit_page.of_case, case_id=case_id)
    limits, told = ([one.row.agency_id for one in rows] for rows in (page.limits, page.incidents))
    return limits, told, CANARY in repr(page)


def test_the_old_house_reads_no_limit_and_no_incident_of_the_new_place_while_the_alarm_stands(street: Street) -> None:
    case_id, men = _goes_back(street), street.house.world.agencies["shelter_men"]
    before = _of_life_there(street, case_id, "shelter.coordinator")

    street.sound()

    assert before == ([men], [men], True)
    assert _of_life_there(street, case_id, "shelter.coordinator") == ([], [], False)
    assert _of_life_there(street, case_id, "advocate") == ([men], [men], True)


def test_without_the_mask_the_old_house_would_read_its_limits(street: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    case_id, men = _goes_back(street), street.house.world.agencies["shelter_men"]
    street.sound()
    monkeypatch.setattr(limit_page, "hidden", lambda *_: Hidden())

    assert _of_life_there(street, case_id, "shelter.coordinator") == ([men], [], False)


def test_without_the_mask_the_old_house_would_read_its_incidents(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_id, men = _goes_back(street), street.house.world.agencies["shelter_men"]
    street.sound()
    monkeypatch.setattr(incident_page, "hidden", lambda *_: Hidden())

    assert _of_life_there(street, case_id, "shelter.coordinator") == ([], [men], True)
