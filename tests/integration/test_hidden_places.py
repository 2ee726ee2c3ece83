"""While an alarm stands, the new place of a resident is kept from the house that she leaves: in the case, in its steps,
in meetings; each with its control.
"""

from dataclasses import replace
from uuid import UUID

import pytest

from app.errors import Refusal
from app.services import addresses, case_page, hidden_places, meetings
from app.services.hidden_places import Hidden
from app.services.viewing import view
from tests.factories.houses import CANARY, Street
from tests.factories.meeting import Meetings
from tests.factories.placed import House, day


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
