"""The pages of a case's clocks: the supervisor pauses, exempts, silences; what was missed stays in sight."""

import pytest

from app.clock import local_day, utc_now
from tests.factories.placed import House, day
from tests.factories.reading import Readers
from tests.factories.world import World
from tests.support.client import Visitor
from tests.support.page import Page

SUPERVISOR = "advocacy.supervisor"
WHY = "The person is in hospital."


def _path(case_id: object) -> str:
    return f"/cases/{case_id}/clocks"


@pytest.fixture
def at_house(house: House) -> Readers:
    """Readers at the application of a world whose clock is moved by hand."""
    application = house.world.app()
    return Readers(house.world, application)


def _led(visitor: Visitor, case_id: object, link: str) -> Page:
    return visitor.get(visitor.get(_path(case_id)).links[link])


def with_consent_due(house: House) -> object:
    """A case in which the advocate has arrived: consent is due a day later."""
    case_id = house.world.with_advocate()
    house.world.step("advocate", case_id, "advocacy", "record_arrival")
    return case_id


def test_a_clock_is_made_to_stand_still_and_to_run_on(house: House, at_house: Readers) -> None:
    case_id, supervisor = with_consent_due(house), at_house(SUPERVISOR)
    form = _led(supervisor, case_id, "Pause it Consent and needs")
    faults = supervisor.submit(form, "Pause it", status=422, reason="")

    shown = supervisor.submit(faults, "Pause it", reason=WHY)

    assert faults.errors == ["Why is it paused? Fill this in"]
    assert f"Drita Selmani: {WHY}" in shown.text
    assert "Paused since 3 Mar 2014" in at_house("advocate").get(f"/cases/{case_id}").text
    again = supervisor.submit(shown, "Resume it Consent and needs")
    assert "The deadline runs again." in again.text


def test_an_exemption_names_its_day_its_approver_and_its_reason(house: House, at_house: Readers) -> None:
    case_id, supervisor = with_consent_due(house), at_house(SUPERVISOR)
    form = _led(supervisor, case_id, "Exempt from it Consent and needs")
    who = str(house.world.actor(SUPERVISOR).member_id)
    faults = supervisor.submit(form, "Grant the exemption", status=422, until_on=day(1), approved_by=who, reason=WHY)

    shown = supervisor.submit(faults, "Grant the exemption", until_on=day(9))

    assert faults.errors == ["Until: The last day must be today or later"]
    assert "Exempt until 9 Mar 2014" in shown.text
    assert f"granted by Drita Selmani, approved by Drita Selmani: {WHY}" in shown.text
    ended = supervisor.submit(shown, "End the exemption Consent and needs")
    assert "The exemption has ended." in ended.text


def test_reminders_are_turned_off_and_on(house: House, at_house: Readers) -> None:
    case_id, supervisor = with_consent_due(house), at_house(SUPERVISOR)

    off = supervisor.submit(supervisor.get(_path(case_id)), "Turn reminders off Consent and needs")
    on = supervisor.submit(off, "Turn reminders on Consent and needs")

    assert "No reminders" in off.text
    assert "No reminders" not in on.text


def test_an_act_that_came_too_late_says_why_and_shows_the_list(house: House, at_house: Readers) -> None:
    case_id, supervisor = with_consent_due(house), at_house(SUPERVISOR)
    form = _led(supervisor, case_id, "Pause it Consent and needs")
    shown = supervisor.submit(form, "Pause it", reason=WHY)
    other = at_house(SUPERVISOR)
    supervisor.submit(shown, "Resume it Consent and needs")

    late = other.submit(other.get(_path(case_id)), "Turn reminders off Consent and needs")
    refused = supervisor.post(shown.form("Resume it Consent and needs").action, {"once": "another"}, 422)

    assert "No reminders" in late.text
    assert refused.errors == ["This deadline is running already."]


def test_a_missed_deadline_stays_on_the_case_with_by_how_much(house: House, at_house: Readers) -> None:
    case_id = with_consent_due(house)
    house.clock.at(day(6))
    consents = {"purposes": ["assistance"], "given_by": "self", "language": "sq", "explained": True}
    house.world.step("advocate", case_id, "advocacy", "record_consent", on=day(6), **consents)

    page = at_house("advocate").get(f"/cases/{case_id}")

    assert "Missed deadlines" in page.text
    assert "Missed by 2 days" in page.text
    assert "Missed by 2 days" in at_house(SUPERVISOR).get(_path(case_id)).text


def test_the_list_of_passed_deadlines_leads_to_the_clocks_of_the_case(reader: Readers, world: World) -> None:
    case_id = world.with_advocate()

    page = reader(SUPERVISOR).get("/caseload/overdue")

    assert _path(case_id) in page.links.values()


@pytest.mark.parametrize("name", ["advocate", "investigator", "administrator"])
def test_who_does_not_supervise_reaches_no_clock(reader: Readers, world: World, name: str) -> None:
    case_id = world.with_advocate()

    reader(name).get(_path(case_id), 403)


def test_today_is_a_day_on_which_an_exemption_can_end(reader: Readers, world: World) -> None:
    case_id, supervisor = world.with_advocate(), reader(SUPERVISOR)
    form = _led(supervisor, case_id, "Exempt from it Arrival of the advocate")
    who = str(world.actor(SUPERVISOR).member_id)

    shown = supervisor.submit(form, "Grant the exemption", until_on=local_day(utc_now()), approved_by=who, reason=WHY)

    assert "The exemption is granted." in shown.text


def test_it_is_asked_what_was_overdue_on_a_past_day(house: House, at_house: Readers) -> None:
    with_consent_due(house)
    house.clock.at(day(10))
    supervisor = at_house(SUPERVISOR)

    on_the_fifth = supervisor.get("/caseload/overdue?as_of-day=5&as_of-month=3&as_of-year=2014")
    before = supervisor.get("/caseload/overdue?as_of-day=2&as_of-month=3&as_of-year=2014")
    too_late = supervisor.get("/caseload/overdue?as_of-day=10&as_of-month=3&as_of-year=2014", 422)
    nonsense = supervisor.get("/caseload/overdue?as_of-day=x&as_of-month=3&as_of-year=2014&after=x", 422)

    assert "Overdue at the end of 5 Mar 2014" in on_the_fifth.text
    assert "Consent and needs" in on_the_fifth.text
    assert "No deadline had passed." in before.text
    assert too_late.errors == ["As it was at the end of: Choose a day in the past: today is not over"]
    assert nonsense.errors == ["As it was at the end of: Write the date in digits, such as 27 3 2007"]
    assert "Consent and needs" in supervisor.get("/caseload/overdue?after=x").text
