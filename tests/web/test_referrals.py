"""Referrals on the pages: the queue tells no name, and each answer is given once."""

from uuid import uuid4

from app.clock import local_day, utc_now
from tests.factories.placed import Places
from tests.factories.reading import Readers
from tests.factories.world import World
from tests.web.test_case_line import take


def test_the_queue_shows_the_pointer_and_nothing_of_the_person(reader: Readers, world: World) -> None:
    world.call_advocate(world.open_signal())

    page = reader("advocate").get("/referrals")

    assert "Victim advocate" in page.links or "Victim advocate" in page.text
    assert "Today" in page.text
    assert "Female, adult" in page.text
    assert "Arta" not in page.body
    assert "KS-2014" not in page.body


def test_colleagues_see_who_has_taken_a_referral_on(reader: Readers, world: World) -> None:
    referral = f"/referrals/{world.call_advocate(world.open_signal())}"
    advocate = reader("advocate")

    advocate.submit(advocate.get(referral), "I take this on")

    assert "Taken on by Teuta Berani" in reader("advocate2").get(referral).text


def test_the_sender_sees_that_it_was_seen(reader: Readers, world: World) -> None:
    referral = world.call_advocate(world.open_signal())
    police = reader("investigator")
    assert "Not yet" in police.get("/referrals").text

    reader("advocate").get(f"/referrals/{referral}")

    assert "Not yet" not in police.get("/referrals").text


def test_declining_tells_the_sender_why_and_sets_the_track_back(reader: Readers, world: World) -> None:
    case_id = world.open_signal()
    referral = world.call_advocate(case_id)
    advocate, police = reader("advocate"), reader("investigator")
    page = advocate.get(f"/referrals/{referral}/decline")

    after = advocate.submit(page, "Decline the call", decline_reason="wrong_region")
    again = advocate.submit(page, "Decline the call", decline_reason="wrong_region")

    assert after.path == again.path == "/referrals"
    assert "Nothing waits for your agency's answer." in after.text
    assert "Your referral was not accepted: Victim advocate." in police.get("/notices").text
    assert "Call a victim advocate" in police.get(f"/cases/{case_id}").links


def test_a_declined_or_foreign_referral_is_not_there(reader: Readers, world: World) -> None:
    referral = world.call_advocate(world.open_signal())
    other = reader("advocate.prizren")

    assert other.get(f"/referrals/{referral}", 404).main.text == other.get(f"/referrals/{uuid4()}", 404).main.text


def test_accepting_twice_leads_to_the_same_case(reader: Readers, world: World) -> None:
    referral = world.call_advocate(world.open_signal())
    advocate = reader("advocate")
    page = advocate.get(f"/referrals/{referral}")

    first = advocate.submit(page, "Accept the call")
    second = advocate.submit(page, "Accept the call")

    assert first.path == second.path
    assert first.path.startswith("/cases/")


def test_a_call_that_was_withdrawn_waits_nowhere(reader: Readers, world: World) -> None:
    case_id = world.open_signal()
    referral = world.call_advocate(case_id)
    police, advocate = reader("investigator"), reader("advocate")
    page = advocate.get(f"/referrals/{referral}")

    take(police, f"/cases/{case_id}", "advocacy/withdraw_call", reason="The wrong office.")

    assert "Nothing waits for your agency's answer." in advocate.get("/referrals").text
    assert advocate.submit(page, "Accept the call", 404).status == 404


def test_a_party_cannot_answer_in_the_place_of_the_receiver(reader: Readers, world: World) -> None:
    case_id = world.with_advocate()
    advocate = reader("advocate")
    asked = advocate.get(f"/cases/{case_id}/steps/advocacy/hand_over")
    office = str(world.agencies["advocacy_prizren"])
    page = advocate.submit(asked, "Record", office=office, language="sqi", urgency="today")

    refused = take(advocate, f"/cases/{case_id}", "advocacy/accept_call", "Record", 422)

    assert f"/cases/{case_id}/steps/advocacy/accept_call" not in page.links.values()
    assert refused.errors == ["A referral waits for its answer: this step is taken by answering it."]


def test_a_shelter_accepts_with_one_of_its_own_beds(reader: Readers, world: World) -> None:
    places = Places(world)
    case_id = places.client()
    places.ask(case_id)
    shelter = reader("shelter.coordinator")
    page = shelter.get(f"/referrals/{world.waiting(case_id, 'shelter.coordinator')}")

    beds = page.form("Accept").offered("bed") or set()
    accepted = shelter.submit(page, "Accept", bed=str(places.bed("1B")), expected_on=local_day(utc_now()))

    assert len(beds) == 6
    assert "Expected at the shelter" in accepted.text


def test_the_number_of_who_is_on_duty_stands_on_the_case_while_the_call_waits(reader: Readers, world: World) -> None:
    case_id = world.open_signal()
    world.call_advocate(case_id)

    page = reader("investigator").get(f"/cases/{case_id}")

    assert "On duty: Teuta Berani, +383 00 000 000" in page.text
    assert "Log an attempt to call" in page.links


def test_my_work_begins_with_what_can_wait_least(reader: Readers, world: World) -> None:
    world.call_advocate(world.open_signal())
    world.with_advocate(given_name="Besa")
    advocate = reader("advocate")

    page = advocate.get("/")

    order = ["Log a case", "Waiting for your answer 1", "Deadlines of your cases", "My cases", "Notices"]
    assert sorted(order, key=page.text.index) == order
    assert "Besa Provë" in page.text


def test_what_was_sent_is_taken_back_by_its_step_where_the_track_moves(reader: Readers, world: World) -> None:
    case_id = world.open_signal()
    world.call_advocate(case_id)
    police = reader("investigator")

    page = police.get("/referrals")

    assert f"/cases/{case_id}/steps/advocacy/withdraw_call" in page.links.values()


def test_what_was_sent_is_taken_back_at_once_where_no_state_changes(reader: Readers, world: World) -> None:
    case_id = world.with_advocate()
    office = str(world.agencies["advocacy_prizren"])
    pointed = {"region": "prizren", "sex": "F", "age_group": "adult", "language": "sqi", "urgency": "today"}
    world.step("advocate", case_id, "advocacy", "hand_over", office=office, **pointed)
    advocate, other = reader("advocate"), reader("advocate.prizren")
    page = advocate.get("/referrals")
    button = next(one.text for form in page.forms for one in form.buttons if one.text.startswith("Take back"))

    after = advocate.submit(page, button)
    again = advocate.submit(page, button)

    assert "Nothing that you sent waits for an answer." in after.text
    assert again.path == after.path
    assert "Nothing waits for your agency's answer." in other.get("/referrals").text
    assert "A referral that waited for your answer was taken back: Victim advocate." in other.get("/notices").text


def test_a_referral_of_another_agency_cannot_be_taken_back(reader: Readers, world: World) -> None:
    referral = world.call_advocate(world.open_signal())

    assert reader("advocate").post(f"/referrals/{referral}/withdraw", {}, 404).status == 404
