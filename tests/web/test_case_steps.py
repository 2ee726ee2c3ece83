"""Steps on the pages: sent twice, sent from an old page, refused, and how many statements lists take."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.clock import local_day, utc_now
from app.models.workflow import CaseEvent
from tests.factories.reading import Readers
from tests.factories.world import A_DAY, World
from tests.web.test_case_line import PRESUMPTION, SCREENING, SIGNAL, take


def test_a_step_sent_twice_is_taken_once_and_leads_to_the_same_page(reader: Readers, world: World) -> None:
    police = reader("investigator")
    case_id = world.open_signal()
    page = police.get(f"/cases/{case_id}/steps/identification/screen")
    form = page.form("Record")
    sent = [*form.as_it_stands(), ("private", "yes"), ("interpreter_offered", "yes"), ("in_danger", "no")]

    first = police.send(form, [*sent, ("needs_now", "shelter")])
    second = police.send(form, [*sent, ("needs_now", "shelter")])

    with world.database.read(world.actor("investigator")) as work:
        screened = work.session.execute(
            select(func.count()).select_from(CaseEvent).where(CaseEvent.action == "screen")
        ).scalar_one()
    assert screened == 1
    assert first.path == second.path == f"/cases/{case_id}"


def test_a_case_sent_twice_is_opened_once(reader: Readers) -> None:
    police = reader("investigator")
    page = police.get("/cases/new/identification/record_signal")

    first = police.submit(page, "Record a signal", **SIGNAL)
    second = police.submit(page, "Record a signal", **SIGNAL)

    assert first.path == second.path
    assert police.get("/cases").text.count("KS-") == 1


def test_an_old_page_shows_both_versions_and_loses_nothing_that_was_typed(reader: Readers, world: World) -> None:
    police, other = reader("investigator"), reader("advocate")
    case = f"/cases/{world.with_advocate()}"
    take(police, case, "identification/screen", **SCREENING)
    old = police.get(f"{case}/steps/identification/presume")
    take(other, case, "advocacy/record_arrival")

    stale = police.submit(old, "Record", 409, **PRESUMPTION)
    again = police.submit(stale, "Record it all the same")

    assert stale.heading == "The case has changed since you opened this page"
    assert "Victim advocate Call accepted With the person" in stale.text
    assert "Record the arrival (Teuta Berani, Victim Advocacy Office, Prishtinë" in stale.text
    assert "Signs of control." in stale.body
    assert "Presumed victim" in again.text


def test_a_damaged_version_counts_as_an_old_page(reader: Readers, world: World) -> None:
    police = reader("investigator")
    page = police.get(f"/cases/{world.open_signal()}/steps/identification/screen")

    stale = police.submit(page, "Record", 409, row_version="x", **SCREENING)

    assert stale.heading == "The case has changed since you opened this page"


def test_a_day_to_come_is_refused_at_its_field(reader: Readers, world: World) -> None:
    police = reader("investigator")
    page = police.get(f"/cases/{world.open_signal()}/steps/identification/screen")

    refused = police.submit(page, "Record", 422, occurred_on=local_day(utc_now()) + timedelta(days=2), **SCREENING)

    assert refused.errors == ["When did this happen? The date must be today or in the past"]


def test_a_question_that_only_a_child_needs_is_asked_for_at_its_field(reader: Readers) -> None:
    police = reader("investigator")
    page = police.get("/cases/new/identification/record_signal")

    refused = police.submit(page, "Record a signal", 422, **SIGNAL | {"age_group": "child"})

    assert refused.errors == ["Centre for social work: Answer this question"]


@pytest.mark.parametrize(
    "place",
    [
        pytest.param("no_such_track/screen", id="no such track"),
        pytest.param("identification/no_such_step", id="no such step"),
        pytest.param("case/open", id="a step that only another act takes"),
    ],
)
def test_a_step_that_the_procedure_does_not_have_is_not_there(reader: Readers, world: World, place: str) -> None:
    police = reader("investigator")

    assert police.get(f"/cases/{world.open_signal()}/steps/{place}", 404).status == 404


def test_a_step_from_elsewhere_in_the_line_is_refused_with_its_reason(reader: Readers, world: World) -> None:
    police = reader("investigator")

    page = take(police, f"/cases/{world.open_signal()}", "identification/presume", "Record", 422, **PRESUMPTION)

    assert page.errors == ["The case stands elsewhere now: this step is not open any more."]


def test_a_step_of_another_role_is_refused_with_its_reason(reader: Readers, world: World) -> None:
    advocate = reader("advocate")

    page = take(advocate, f"/cases/{world.with_advocate()}", "identification/screen", "Record", 403, **SCREENING)

    assert page.errors == ["This step is taken by another role."]


def test_shelters_are_offered_with_what_speaks_for_and_against_them(reader: Readers, world: World) -> None:
    case_id = world.with_advocate()
    world.step("advocate", case_id, "risk", "rate_provisionally", level="low", safety_questions=True)
    advocate = reader("advocate")

    page = advocate.get(f"/cases/{case_id}/steps/shelter/propose_place")

    assert "NGO shelter: fits (for women from here whose risk is not high); 6 free beds" in page.text
    assert "Child shelter (HHC): does not fit (takes children only); 6 free beds" in page.text


def test_the_list_goes_from_page_to_page_by_its_last_row(reader: Readers, world: World) -> None:
    police = reader("investigator")
    _ = [world.open_signal(on=A_DAY + timedelta(days=number % 3)) for number in range(30)]

    first = police.get("/cases")
    second = police.get(first.links["Next page"])

    cases = [url for page in (first, second) for words, url in page.links.items() if words.startswith("KS-")]
    assert [len(cases), len(set(cases))] == [30, 30]
    assert "Next page" not in second.links


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        pytest.param("state=open", True, id="open ones"),
        pytest.param("state=closed", False, id="closed ones"),
        pytest.param("stage=identification", True, id="of a stage"),
        pytest.param("stage=shelter", False, id="of another stage"),
        pytest.param("only=mine", True, id="her own"),
        pytest.param("only=overdue", True, id="with an overdue clock"),
        pytest.param("after=2014-03-03~" + "0" * 32, False, id="after the last row"),
        pytest.param("after=x&state=y&stage=z", True, id="damaged filters are left out"),
    ],
)
def test_the_list_is_narrowed_by_its_address(reader: Readers, world: World, asked: str, shown: bool) -> None:
    world.open_signal()

    page = reader("investigator").get(f"/cases?{asked}")

    assert ("KS-2014" in page.text) is shown
