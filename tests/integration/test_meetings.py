"""Case meetings: any party calls one, each guest sees the cases that are hers and how many others there are."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from app.errors import Conflict, Invalid, NotFound
from app.models.audit import Notice
from app.models.meeting import MeetingCase, MeetingFollowUp
from app.services import meetings, work_page
from app.services.meetings import NewFollowUp, NewMeeting
from app.services.unit_of_work import Once
from app.services.viewing import view
from tests.factories.meeting import Meetings
from tests.factories.placed import Places
from tests.factories.world import World
from tests.security.relations import above

SOON = date(2099, 1, 1)


@pytest.fixture
def round_table(world: World) -> Meetings:
    return Meetings(world)


def _sheltered(world: World) -> UUID:
    case_id, _ = Places(world).resident()
    return case_id


def _agencies(round_table: Meetings, by: str, meeting_id: UUID) -> dict[UUID, str]:
    return {one.agency_id: one.basis for one in round_table.seen(by, meeting_id).invited}


def _told(world: World, by: str, kind: str) -> int:
    with world.database.read(world.actor(by)) as work:
        return len(work.session.execute(select(Notice.id).where(Notice.kind == kind)).all())


def test_a_party_calls_a_meeting_and_the_other_parties_are_invited_and_told(
    round_table: Meetings, world: World
) -> None:
    meeting_id = round_table.called("advocate", _sheltered(world), is_urgent=True)

    agencies = world.agencies
    assert _agencies(round_table, "shelter.coordinator", meeting_id) == {
        agencies["advocacy_prishtine"]: "called",
        agencies["shelter_ngo"]: "party",
    }
    assert _told(world, "shelter.coordinator", "meeting:called_urgently") == 1
    assert _told(world, "advocate", "meeting:called_urgently") == 0


def test_a_shelter_reads_only_what_is_hers_and_how_many_others_there_are(round_table: Meetings, world: World) -> None:
    hers, others = _sheltered(world), Places(world).client(family_name="Tjetër")

    meeting_id = round_table.called("advocate", hers, others)

    whole, part = (round_table.seen(name, meeting_id) for name in ("advocate", "shelter.coordinator"))
    assert {one.row.case_id for one in whole.entries} == {hers, others}
    assert [one.row.case_id for one in part.entries] == [hers]
    assert (whole.hidden, part.hidden) == (0, 1)


def test_a_guest_by_kind_sees_no_case_at_all(round_table: Meetings, world: World) -> None:
    meeting_id = round_table.called("advocate", _sheltered(world), kinds=("national_unit",))

    page = round_table.seen("national.coordinator", meeting_id)

    assert (page.entries, page.hidden) == ((), 1)


def test_a_regional_agency_is_invited_by_its_kind_only_where_it_serves_the_case(
    round_table: Meetings, world: World
) -> None:
    meeting_id = round_table.called("advocate", _sheltered(world), kinds=("social_work",))

    invited = _agencies(round_table, "advocate", meeting_id)

    assert world.agencies["social_work_prishtine"] in invited
    assert world.agencies["advocacy_prizren"] not in invited


STRANGERS = ("investigator", "advocate.prizren", "return.coordinator", "national.coordinator")


@pytest.mark.parametrize("name", STRANGERS)
def test_who_is_not_invited_finds_no_meeting(round_table: Meetings, world: World, name: str) -> None:
    meeting_id = round_table.called("advocate", _sheltered(world))

    with pytest.raises(NotFound):
        round_table.seen(name, meeting_id)
    assert view(world.actor(name), "meeting:listed", meetings.of_agency) == ()


def test_a_colleague_without_the_case_sees_that_there_is_one_and_not_which(round_table: Meetings, world: World) -> None:
    meeting_id = round_table.called("advocate", _sheltered(world))

    page = round_table.seen("advocate2", meeting_id)

    assert (page.entries, page.hidden) == ((), 1)


def test_a_case_that_is_not_open_to_her_cannot_be_put_on_an_agenda(round_table: Meetings, world: World) -> None:
    reference = round_table.reference(_sheltered(world), "advocate")

    with pytest.raises(Invalid) as refused:
        meetings.call(world.actor("advocate.prizren"), NewMeeting(SOON, "regular", "review", (reference,)))

    assert refused.value.fields == {"references": "no_such_case"}


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"references": ()}, {"references": "required"}),
        ({"references": tuple(f"KS-2014-{number:06}" for number in range(21))}, {"references": "too_many_cases"}),
        ({"references": ("KS-2014-NOBODY",)}, {"references": "no_such_case"}),
        ({"held_on": date(2000, 1, 1), "references": ("KS-2014-NOBODY",)}, {"held_on": "meeting_in_past"}),
    ],
)
def test_a_meeting_that_cannot_be_is_refused_at_its_field(
    world: World, given: dict[str, Any], fault: dict[str, str]
) -> None:
    new = NewMeeting(**{"held_on": SOON, "kind": "regular", "reason": "review", **given})

    with pytest.raises(Invalid) as refused:
        meetings.call(world.actor("advocate"), new)

    assert refused.value.fields == fault


def test_the_same_form_sent_twice_calls_one_meeting(round_table: Meetings, world: World) -> None:
    reference = round_table.reference(_sheltered(world), "advocate")
    new, once = NewMeeting(SOON, "regular", "review", (reference,)), Once("k" * 16, "d")

    first = meetings.call(world.actor("advocate"), new, once)

    assert meetings.call(world.actor("advocate"), new, once) == first
    assert len(view(world.actor("advocate"), "meeting:listed", meetings.of_agency)) == 1


def test_what_was_decided_is_read_by_the_cases_parties_and_lies_sealed(round_table: Meetings, world: World) -> None:
    meeting_id = round_table.called("advocate", _sheltered(world), kinds=("national_unit",))

    meetings.decide(world.actor("advocate"), round_table.entry("advocate", meeting_id), "A guard by night.")

    assert round_table.seen("shelter.coordinator", meeting_id).entries[0].decision == "A guard by night."
    with above(world).connect() as connection:
        stored = connection.execute(select(MeetingCase.__table__.c.decision)).scalar_one()
    assert b"guard" not in stored


def test_a_decision_is_recorded_once(round_table: Meetings, world: World) -> None:
    meeting_id = round_table.called("advocate", _sheltered(world))
    entry_id = round_table.entry("advocate", meeting_id)
    meetings.decide(world.actor("advocate"), entry_id, "A guard by night.")

    with pytest.raises(Conflict, match="decision_is_recorded"):
        meetings.decide(world.actor("shelter.coordinator"), entry_id, "No guard.")

    assert round_table.seen("advocate", meeting_id).entries[0].decision == "A guard by night."


def test_nothing_is_recorded_before_the_meetings_day(round_table: Meetings, world: World) -> None:
    meeting_id = round_table.called("advocate", _sheltered(world), on=SOON)
    advocate, entry_id = world.actor("advocate"), round_table.entry("advocate", meeting_id)

    with pytest.raises(Conflict, match="meeting_not_yet"):
        meetings.decide(advocate, entry_id, "Too early.")
    with pytest.raises(Conflict, match="meeting_not_yet"):
        meetings.record_attendance(advocate, meeting_id, [])


def test_who_came_is_recorded_by_agency_and_role(round_table: Meetings, world: World) -> None:
    meeting_id = round_table.called("advocate", _sheltered(world))
    shelter = world.agencies["shelter_ngo"]

    meetings.record_attendance(world.actor("advocate"), meeting_id, [(shelter, "shelter_coordinator")])

    came = {one.agency_id: (one.attended, one.attended_by) for one in round_table.seen("advocate", meeting_id).invited}
    assert came == {shelter: (True, "shelter_coordinator"), world.agencies["advocacy_prishtine"]: (False, None)}


def _work(world: World, by: str) -> list[date]:
    return [one.due_on for one in view(world.actor(by), "work:opened", work_page.page).follow_ups]


def test_what_an_agency_took_on_stands_in_its_work_until_it_is_done(round_table: Meetings, world: World) -> None:
    meeting_id = round_table.called("advocate", _sheltered(world))
    entry_id = round_table.entry("advocate", meeting_id)

    round_table.takes_on("advocate", entry_id, "shelter_ngo", "Change the lock.", SOON)

    task = round_table.seen("shelter.coordinator", meeting_id).entries[0].follow_ups[0]
    before = _work(world, "shelter.coordinator"), _work(world, "advocate")
    meetings.mark_done(world.actor("shelter.coordinator"), task.row.id)
    assert (task.task, task.is_own) == ("Change the lock.", True)
    assert before == ([SOON], [])
    assert _work(world, "shelter.coordinator") == []
    assert _told(world, "shelter.coordinator", "meeting:follow_up") == 1


def test_what_a_colleague_has_marked_done_stays_so(round_table: Meetings, world: World) -> None:
    meeting_id = round_table.called("advocate", _sheltered(world))
    round_table.takes_on("advocate", round_table.entry("advocate", meeting_id), "shelter_ngo", "Change the lock.", SOON)
    task = round_table.seen("advocate", meeting_id).entries[0].follow_ups[0].row
    coordinator = world.actor("shelter.coordinator")

    assert meetings.mark_done(coordinator, task.id) == meetings.mark_done(coordinator, task.id) == meeting_id


def test_only_the_agency_that_took_it_on_marks_it_done(round_table: Meetings, world: World) -> None:
    meeting_id = round_table.called("advocate", _sheltered(world))
    entry_id = round_table.entry("advocate", meeting_id)
    round_table.takes_on("advocate", entry_id, "shelter_ngo", "Change the lock.", SOON)
    task = round_table.seen("advocate", meeting_id).entries[0].follow_ups[0]

    with pytest.raises(NotFound):
        meetings.mark_done(world.actor("advocate"), task.row.id)
    with pytest.raises(NotFound):
        meetings.mark_done(world.actor("shelter.coordinator"), uuid4())


def test_an_agency_that_is_no_party_can_take_nothing_on(round_table: Meetings, world: World) -> None:
    meeting_id = round_table.called("advocate", _sheltered(world), kinds=("national_unit",))
    entry_id = round_table.entry("advocate", meeting_id)

    with pytest.raises(Invalid, match="unknown_choice"):
        round_table.takes_on("advocate", entry_id, "national_unit", "Ask abroad.", SOON)


@pytest.mark.parametrize("name", ["investigator", "advocate.prizren", "advocate2"])
def test_who_has_not_the_case_records_nothing_on_it(round_table: Meetings, world: World, name: str) -> None:
    entry_id = round_table.entry("advocate", round_table.called("advocate", _sheltered(world)))
    stranger, new = world.actor(name), NewFollowUp(world.agencies["shelter_ngo"], SOON, "Anything.")

    with pytest.raises(NotFound):
        meetings.decide(stranger, entry_id, "Anything.")
    with pytest.raises(NotFound):
        meetings.add_follow_up(stranger, entry_id, new)
    assert _follow_ups(world) == 0


def _follow_ups(world: World) -> int:
    with above(world).connect() as connection:
        return len(connection.execute(select(MeetingFollowUp.__table__.c.id)).all())


def test_with_consent_withdrawn_the_agenda_no_longer_shows_the_case(round_table: Meetings, world: World) -> None:
    case_id = _sheltered(world)
    meeting_id = round_table.called("advocate", case_id)
    meetings.decide(world.actor("advocate"), round_table.entry("advocate", meeting_id), "A guard by night.")

    world.step("advocate", case_id, "advocacy", "withdraw_consent", on=_yesterday(world), purposes=["shelter"])

    page = round_table.seen("shelter.coordinator", meeting_id)
    assert (page.entries, page.hidden) == ((), 1)


def _yesterday(world: World) -> date:
    with world.database.read(world.actor("advocate")) as work:
        return work.today - timedelta(days=1)
