"""Pages of case meetings: called from a case, read by each guest as far as her own cases go, decided, followed up."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from tests.factories.meeting import Meetings
from tests.factories.placed import Places
from tests.factories.reading import Readers
from tests.factories.world import World

CALL = "Call the meeting"
WHY = {"reason": "new_danger", "is_urgent": True}
OTHER = "A case of another agency or of colleagues"
SOON = date(2099, 1, 1)


def _sheltered(world: World) -> UUID:
    case_id, _ = Places(world).resident()
    return case_id


def test_an_advocate_calls_a_meeting_from_the_case_and_the_shelter_is_told(reader: Readers, world: World) -> None:
    case_id = _sheltered(world)
    advocate, shelter = reader("advocate"), reader("shelter.coordinator")
    case = advocate.get(f"/cases/{case_id}")

    called = advocate.submit(advocate.get(case.links["Call a meeting on this case"]), CALL, begins_at="10:30", **WHY)

    told = shelter.get("/notices")
    assert case.heading in called.text
    assert "You are invited to an urgent case meeting: A new danger." in told.text
    assert "10:30" in shelter.get("/meetings").text
    assert "Dafina" not in called.body + told.body


def test_each_guest_reads_only_her_own_cases(reader: Readers, world: World) -> None:
    hers, others = _sheltered(world), Places(world).client(family_name="Tjetër")
    meeting_id = Meetings(world).called("advocate", hers, others, kinds=("national_unit",))
    codes = [Meetings(world).reference(one, "advocate") for one in (hers, others)]
    address = f"/meetings/{meeting_id}"

    whole, part, none = (
        reader(one).get(address) for one in ("advocate", "shelter.coordinator", "national.coordinator")
    )

    assert [code in whole.text for code in codes] == [True, True]
    assert [code in part.text for code in codes] == [True, False]
    assert [code in none.text for code in codes] == [False, False]
    assert [page.text.count(OTHER) for page in (whole, part, none)] == [0, 1, 2]


def test_who_is_not_invited_finds_no_meeting(reader: Readers, world: World) -> None:
    meeting_id = Meetings(world).called("advocate", _sheltered(world))
    stranger = reader("investigator")

    hers = stranger.get(f"/meetings/{meeting_id}", 404)
    nobodys = stranger.get(f"/meetings/{uuid4()}", 404)

    assert hers.main.text == nobodys.main.text
    assert "No meeting was called." in stranger.get("/meetings").text


def test_a_case_that_is_not_hers_is_never_confirmed(reader: Readers, world: World) -> None:
    reference = Meetings(world).reference(_sheltered(world), "advocate")
    stranger = reader("advocate.prizren")

    answers = [
        stranger.submit(stranger.get("/meetings/new"), CALL, 422, references=code, **WHY).errors
        for code in (reference, "KS-2014-NOBODY")
    ]

    assert answers[0] == answers[1]
    assert answers[0] == ["Cases: There is no such case among those that are open to you"]


def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(reader: Readers, world: World) -> None:
    reference = Meetings(world).reference(_sheltered(world), "advocate")
    advocate = reader("advocate")

    page = advocate.submit(advocate.get("/meetings/new"), CALL, 422, references=reference, begins_at="25:99")

    assert "Time: Enter a time such as 10:30" in page.errors
    assert "Why it is called: Choose one" in page.errors
    assert reference in page.body
    assert "25:99" in page.body


def test_a_day_that_is_over_is_refused_at_its_field(reader: Readers, world: World) -> None:
    reference = Meetings(world).reference(_sheltered(world), "advocate")
    advocate = reader("advocate")
    asked = {"references": reference, "held_on": date(2000, 1, 1), **WHY}

    page = advocate.submit(advocate.get("/meetings/new"), CALL, 422, **asked)

    assert page.errors == ["Day: The day must be today or later"]


@pytest.mark.parametrize(("named", "status"), [(str(UUID(int=7)), 404), ("rubbish", 200)])
def test_the_address_of_a_call_confirms_no_case(reader: Readers, named: str, status: int) -> None:
    page = reader("advocate").get(f"/meetings/new?case={named}", status)

    assert "KS-" not in page.main.text.replace("KS-2014-K4T9M2XB", "")


def test_what_was_decided_and_who_came_are_recorded_and_read_by_the_other_party(reader: Readers, world: World) -> None:
    meeting_id = Meetings(world).called("advocate", _sheltered(world))
    advocate, shelter = reader("advocate"), reader("shelter.coordinator")
    page = advocate.get(f"/meetings/{meeting_id}")
    code = Meetings(world).seen("advocate", meeting_id).entries[0].row.reference

    advocate.submit(advocate.get(page.links[f"Record what was decided ({code})"]), "Record", decision="A guard.")
    came = {str(world.agencies["shelter_ngo"]): "shelter_coordinator"}
    advocate.submit(advocate.get(page.links["Record who came"]), "Record", **came)

    read = shelter.get(f"/meetings/{meeting_id}")
    assert "A guard." in read.text
    assert "Shelter coordinator" in read.text
    assert "Nobody came" in read.text


def test_a_second_decision_is_refused_and_the_first_stays(reader: Readers, world: World) -> None:
    round_table = Meetings(world)
    entry_id = round_table.entry("advocate", round_table.called("advocate", _sheltered(world)))
    advocate = reader("advocate")
    page = advocate.get(f"/meetings/entries/{entry_id}")
    advocate.submit(page, "Record", decision="A guard.")
    again = advocate.get(f"/meetings/entries/{entry_id}")

    refused = advocate.submit(again, "Record", 409, decision="No guard.")

    assert refused.errors == ["A decision is recorded already and stays. Add what is to be done instead."]
    assert "No guard." in refused.body
    assert "Recorded: A guard." in refused.text


def test_what_the_shelter_took_on_stands_on_its_work_until_it_is_done(reader: Readers, world: World) -> None:
    round_table, case_id = Meetings(world), _sheltered(world)
    entry_id = round_table.entry("advocate", round_table.called("advocate", case_id))
    advocate, shelter = reader("advocate"), reader("shelter.coordinator")
    asked = {"agency": str(world.agencies["shelter_ngo"]), "task": "Change the lock.", "due_on": SOON}
    advocate.submit(advocate.get(f"/meetings/entries/{entry_id}/follow-up"), "Record", **asked)
    work = shelter.get("/")
    code = round_table.reference(case_id, "advocate")

    link = next(name for name in work.links if name.startswith(f"{code}: meeting of"))
    meeting = shelter.get(work.links[link])
    done = shelter.submit(meeting, f"Mark as done ({code})")

    assert "Change the lock." in meeting.text
    assert "Done" in done.text
    assert link not in shelter.get("/").links
    assert link not in advocate.get("/").links


def test_each_look_at_an_agenda_names_the_cases_that_were_shown(reader: Readers, world: World) -> None:
    case_id = _sheltered(world)
    meeting_id = Meetings(world).called("advocate", case_id)

    reader("shelter.coordinator").get(f"/meetings/{meeting_id}")

    assert reader.entries("meeting:opened") == [f'{{"cases":["{case_id}"],"meeting":"{meeting_id}"}}']


def test_the_statements_of_a_meetings_page_do_not_grow_with_its_cases(reader: Readers, world: World) -> None:
    places, round_table = Places(world), Meetings(world)
    cases = [places.client(family_name=f"Provë {number}") for number in range(4)]
    small, large = round_table.called("advocate", cases[0]), round_table.called("advocate", *cases)
    advocate = reader("advocate")
    advocate.get(f"/meetings/{small}")

    with reader.statements() as of_one:
        advocate.get(f"/meetings/{small}")
    with reader.statements() as of_four:
        advocate.get(f"/meetings/{large}")

    assert len(of_four) == len(of_one)
