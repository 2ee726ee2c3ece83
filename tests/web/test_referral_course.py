"""The course of a referral on its page: each moment with who, and reporting, giving back, setting the last day."""

from app.clock import local_day, utc_now
from tests.factories.reading import Readers
from tests.factories.world import World


def accepted(world: World) -> tuple[object, str]:
    case_id = world.open_signal()
    referral_id = world.call_advocate(case_id)
    world.accept("advocate", case_id)
    return case_id, f"/referrals/{referral_id}/course"


def test_the_sender_sees_each_moment_and_who(reader: Readers, world: World) -> None:
    _, course = accepted(world)

    police = reader("investigator")
    page = police.get(course)

    assert course in police.get("/referrals").links.values()
    assert "Not reported back yet" in police.get("/referrals").text
    assert "Accepted" in page.text
    assert "Teuta Berani" in page.text


def test_reporting_back_closes_the_loop(reader: Readers, world: World) -> None:
    _, course = accepted(world)
    advocate, police = reader("advocate"), reader("investigator")
    faults = advocate.submit(advocate.get(course), "Report back", status=422)

    page = advocate.submit(faults, "Report back", feedback="done_as_asked")

    assert faults.errors == ["What came of it? Choose one"]
    assert "Reported back. The agency that sent it is told." in page.text
    assert "Done as asked" in police.get(course).text
    assert "What you asked for was answered back: Victim advocate. Done as asked." in police.get("/notices").text


def test_giving_back_leads_to_the_queue_and_the_case_is_the_senders(reader: Readers, world: World) -> None:
    case_id, course = accepted(world)
    advocate, police = reader("advocate"), reader("investigator")
    page = advocate.get(course)
    faults = advocate.submit(page, "Give it back", status=422, note="Ask Prizren.")

    after = advocate.submit(faults, "Give it back", reason="no_capacity")
    again = advocate.submit(faults, "Give it back", reason="no_capacity")

    assert faults.errors == ["Why is it given back? Choose one"]
    assert after.path == again.path == "/referrals"
    assert "Ask Prizren." in police.get(course).text
    assert "Call a victim advocate" in police.get(f"/cases/{case_id}").links
    advocate.get(course, 404)


def test_what_can_no_longer_be_given_back_says_why(reader: Readers, world: World) -> None:
    case_id, course = accepted(world)
    world.step("advocate", case_id, "advocacy", "record_arrival")  # type: ignore[arg-type]
    advocate = reader("advocate")

    page = advocate.submit(advocate.get(course), "Give it back", status=422, reason="no_capacity")

    assert page.errors == ["Too much has been done since to give it back. Refer or hand the case on instead."]


def test_the_sender_sets_the_last_day_of_waiting(reader: Readers, world: World) -> None:
    course = f"/referrals/{world.call_advocate(world.open_signal())}/course"
    police = reader("investigator")
    today = local_day(utc_now())
    faults = police.submit(
        police.get(course), "Set the last day", status=422, last_day=today.replace(year=today.year - 1)
    )

    page = police.submit(faults, "Set the last day", last_day=today)

    assert faults.errors == ["Wait for an answer until: The last day must be today or later"]
    assert "Waits until" in page.text


def test_a_referral_that_only_waits_has_no_course_for_its_receiver(reader: Readers, world: World) -> None:
    referral_id = world.call_advocate(world.open_signal())

    reader("advocate").get(f"/referrals/{referral_id}/course", 404)
