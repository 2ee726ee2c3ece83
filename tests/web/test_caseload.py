"""Pages of the caseload: the supervisor's, of her agency alone, and no name of anybody who is helped on them."""

import pytest
from flask import Flask

from tests.factories.world import World
from tests.support.client import Visitor


@pytest.fixture
def supervisor(app: Flask) -> Visitor:
    visitor = Visitor(app)
    visitor.sign_in("advocacy.supervisor")
    return visitor


def _reader(app: Flask, sign_in: str) -> Visitor:
    visitor = Visitor(app)
    visitor.sign_in(sign_in)
    return visitor


def _team(case_id: object) -> str:
    return f"/caseload/cases/{case_id}"


def test_the_caseload_leads_to_members_unassigned_cases_and_deadlines(world: World, supervisor: Visitor) -> None:
    world.with_advocate()

    page = supervisor.get("/caseload")

    hers = supervisor.get(page.links["Teuta Berani"])
    assert "KS-2014-" in hers.text
    assert "KS-2014-" in supervisor.get("/caseload/overdue").text
    assert "KS-2014-" not in supervisor.get("/caseload/unassigned").text
    assert "Provë" not in page.text + hers.text


def test_a_case_that_nobody_works_on_is_assigned_from_its_page(world: World, supervisor: Visitor, app: Flask) -> None:
    case_id = world.with_advocate()
    supervisor.submit(supervisor.get(_team(case_id)), "Take off the case Teuta Berani")
    assert "KS-2014-" in supervisor.get("/caseload/unassigned").text

    member = str(world.actor("advocate2").member_id)
    shown = supervisor.submit(supervisor.get(_team(case_id)), "Put on the case", member=member)

    assert "Milica Jović since" in shown.text
    colleague = _reader(app, "advocate2")
    assert "A case was assigned to you." in colleague.get("/notices").text
    assert colleague.get(f"/cases/{case_id}").heading.startswith("KS-2014-")


def test_all_cases_of_a_colleague_change_hands(world: World, supervisor: Visitor) -> None:
    world.with_advocate()
    world.with_advocate()
    hers = f"/caseload/members/{world.actor('advocate').member_id}"

    member = str(world.actor("advocate2").member_id)
    shown = supervisor.submit(supervisor.get(hers), "Hand over all", member=member)

    assert "2 cases changed hands." in shown.text
    assert "No open case." in shown.text


def test_a_bar_is_set_with_a_reason_and_lifted_and_the_barred_colleague_sees_nothing(
    world: World, supervisor: Visitor, app: Flask
) -> None:
    case_id = world.with_advocate()
    colleague = _reader(app, "advocate")
    assert colleague.get(f"/cases/{case_id}").heading.startswith("KS-2014-")
    member = str(world.actor("advocate").member_id)

    page = supervisor.get(_team(case_id))
    refused = supervisor.submit(page, "Bar from the case", status=422, barred=member, reason="")
    assert refused.errors == ["Why: Fill this in"]
    shown = supervisor.submit(refused, "Bar from the case", barred=member, reason="A relative of the accused.")

    assert "A relative of the accused." in shown.text
    colleague.get(f"/cases/{case_id}", 404)
    assert "KS-2014-" not in colleague.get("/cases").text + colleague.get("/").text
    lifted = supervisor.submit(shown, "Lift the bar Teuta Berani")
    assert "A relative of the accused." not in lifted.text


def test_who_is_barred_cannot_be_put_on_the_case(world: World, supervisor: Visitor) -> None:
    case_id = world.with_advocate()
    member = str(world.actor("advocate2").member_id)
    page = supervisor.submit(supervisor.get(_team(case_id)), "Bar from the case", barred=member, reason="Related.")

    shown = supervisor.submit(page, "Put on the case", status=422, member=member)

    assert shown.errors == ["Who: This colleague must not see this case"]


def test_a_cover_is_set_and_ended(world: World, supervisor: Visitor, app: Flask) -> None:
    case_id = world.with_advocate()
    who, by = (str(world.actor(name).member_id) for name in ("advocate", "advocate2"))
    form = supervisor.get("/caseload/cover")
    faults = supervisor.submit(form, "Set the cover", status=422, member=who, covered_by=who)
    assert "Who stands in: Choose another colleague" in faults.errors or "Until: Enter a date" in faults.errors
    today = {name: value for name, value in form.form("Set the cover").as_it_stands() if name.startswith("from_on")}
    until = {name.replace("from_on", "to_on"): value for name, value in today.items()}

    shown = supervisor.submit(faults, "Set the cover", member=who, covered_by=by, **until)
    colleague = _reader(app, "advocate2")
    assert colleague.get(f"/cases/{case_id}").heading.startswith("KS-2014-")
    supervisor.submit(shown, "End the cover Teuta Berani")

    colleague.get(f"/cases/{case_id}", 404)


@pytest.mark.parametrize(
    "reader", ["advocate", "investigator", "administrator", "statistics.supervisor", "national.coordinator"]
)
def test_nobody_but_an_agency_supervisor_opens_the_caseload(world: World, app: Flask, reader: str) -> None:
    case_id = world.with_advocate()
    visitor = _reader(app, reader)

    visitor.get("/caseload", 403)
    visitor.get("/caseload/overdue", 403)
    visitor.get(_team(case_id), 403)


def test_a_supervisor_finds_no_case_and_no_member_of_another_agency(world: World, app: Flask) -> None:
    case_id = world.with_advocate()
    other = _reader(app, "social.supervisor")

    other.get(_team(case_id), 404)
    other.get(f"/caseload/members/{world.actor('advocate').member_id}", 404)
    assert "KS-" not in other.get("/caseload").text
