"""Proceedings, non-punishment and the goals of a plan, as those who take part in them read them."""

from uuid import UUID

import pytest

from tests.factories.reading import Readers
from tests.factories.world import POINTER, World

CHARGE = {"law_article": "cck_171", "accused": 2}
LESSER = {"law_article": "other", "is_downgrade": "yes", "reason": "Only the crossing of the border is charged."}
HEARING = {"hearing_on": "2014-05-05", "person_attends": "no"}
VERDICT = {"verdict": "convicted", "law_article": "other", "sentence_months": 18}


def on_trial(world: World) -> UUID:
    """A case whose charge was made lesser before the trial, with the prosecution as a party."""
    case_id = world.with_advocate()
    purposes = {"purposes": ["assistance", "testimony"], "given_by": "self", "language": "sqi", "explained": True}
    world.step("advocate", case_id, "advocacy", "record_consent", **purposes)
    asked = {"prosecution": str(world.agencies["prosecution"]), "urgency": POINTER["urgency"]}
    world.step("advocate", case_id, "justice", "refer_to_prosecution", **asked)
    world.accept("prosecutor", case_id)
    world.step("prosecutor", case_id, "justice", "open_investigation", number="P 12/14", official_suspected="no")
    world.step("prosecutor", case_id, "justice", "indict", **CHARGE)
    world.step("prosecutor", case_id, "justice", "amend_charge", **LESSER)
    world.step("prosecutor", case_id, "justice", "begin_trial", **HEARING)
    return case_id


@pytest.mark.line(21)
def test_a_charge_that_was_made_lesser_keeps_the_one_before_it(reader: Readers, world: World) -> None:
    case_id = on_trial(world)
    prosecutor = reader("prosecutor")

    case = prosecutor.get(f"/cases/{case_id}")
    first, now = (prosecutor.get(case.links[step]) for step in ("Record the indictment", "Amend the charge"))

    assert "CCK 171 Trafficking in persons" in first.text
    assert "A lesser charge than before Yes" in now.text
    assert "Another article" in now.text


def test_the_defence_of_the_proceedings_is_not_read_by_the_advocate_as_the_police_write_it(
    reader: Readers, world: World
) -> None:
    case_id = on_trial(world)
    advocate = reader("advocate")

    page = advocate.get(advocate.get(f"/cases/{case_id}").links["Open the investigation"])

    assert "P 12/14" not in page.body
    assert "Number Not open to your role" in page.text


@pytest.mark.line(22)
def test_the_written_judgment_has_a_clock_until_its_day_is_recorded(reader: Readers, world: World) -> None:
    case_id = on_trial(world)
    world.step("prosecutor", case_id, "justice", "give_verdict", **VERDICT)
    waits = reader("prosecutor").get(f"/cases/{case_id}").text

    world.step("prosecutor", case_id, "justice", "record_judgment", judgment_written_on="2014-03-03")
    written = reader("prosecutor").get(f"/cases/{case_id}").text

    assert "Written judgment" in waits
    assert "Convicted, not yet final" in written
    assert "Written judgment, due" not in written


@pytest.mark.line(19)
def test_an_offence_that_followed_from_being_trafficked_is_put_to_the_prosecutor(reader: Readers, world: World) -> None:
    case_id = world.with_advocate()
    because = {"offence_kind": "false_documents", "link": "They were given to her for the journey."}
    world.step("advocate", case_id, "non_punishment", "flag_offence", **because)
    notice = {"grounds": "She could not refuse them.", "sent_on": "2014-03-03"}
    world.step("advocate", case_id, "non_punishment", "notify_prosecutor", **notice)
    waits = reader("advocate").get(f"/cases/{case_id}").text

    world.step("advocate", case_id, "non_punishment", "do_not_pursue", reason="The prosecutor wrote so.")
    settled = reader("advocate").get(f"/cases/{case_id}").text

    assert "Answer on non-punishment" in waits
    assert "Prosecutor notified" in waits
    assert "Not pursued" in settled


@pytest.mark.line(31)
def test_a_goal_says_what_came_of_it_and_whether_under_the_incentive(reader: Readers, world: World) -> None:
    case_id = world.with_advocate()
    plan = {"goals": ["job", "school"], "steps": "A course first.", "review_on": "2014-06-03", "person_signed": True}
    world.step("advocate", case_id, "reintegration", "sign_plan", **plan)
    world.step("advocate", case_id, "reintegration", "record_goal", goal="job", outcome="reached", tax_incentive="no")
    advocate = reader("advocate")

    page = advocate.get(advocate.get(f"/cases/{case_id}").links["Record what came of a goal"])

    assert "Goal Work" in page.text
    assert "Outcome Reached" in page.text
    assert "under the tax incentive No" in page.text
