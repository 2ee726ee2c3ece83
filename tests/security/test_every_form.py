"""Every form gets rubbish, and every address: nothing falls over, nothing typed gets into an address, what needs
another look is said at its field with what was typed still there.

In the long form every form gets every body; in the suite each form gets a part of them, other ones on either database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NoReturn
from uuid import UUID

import pytest
from flask import redirect, request

from app.services.unit_of_work import Parts
from tests.factories.world import KINDS, Template, made_world
from tests.security import matrix, rubbish
from tests.security.crossing import Crossing
from tests.security.fuzzing import Fuzz, fuzzing
from tests.security.related import lay_related
from tests.support.promises import IS_LONG, scaled

pytestmark = pytest.mark.slow
EACH = scaled(12, 1)
SOME = 20
"""Routes that act on something of what they get, at least: so it gets past what a form asks for."""


def _one_for_each_role(cells: tuple[matrix.Cell, ...]) -> tuple[matrix.Cell, ...]:
    return tuple({(cell.route, cell.role): cell for cell in cells}.values())


NOT_ASKED = {"account.sign_out", "quick_exit.leave", "browser_reports.take"}
"""What ends the session of the browser, and what takes no form and answers whatever comes with nothing."""
OPEN = tuple(cell for cell in matrix.cells() if not (cell.is_refused or cell.is_barred))
LOOKS = tuple(cell for cell in OPEN if cell.is_look)
READ = LOOKS if IS_LONG else tuple(dict.fromkeys((*_one_for_each_role(LOOKS), *_one_for_each_role(LOOKS[::-1]))))
"""The pages whose forms are filled in: in the suite, of each route the first and the last relation of each role."""
ACTS = tuple(cell for cell in OPEN if not cell.is_look and cell.route not in NOT_ASKED)
UNDO = next(cell for cell in ACTS if cell.route == "links.undo")
NOTES = tuple(cell for cell in ACTS if cell.route == "cases.add_note")
LISTED = tuple(cell for cell in ACTS if cell.route in ("meetings.call", "operations.link_case"))
NAMING = tuple({(cell.route, cell.method): cell for cell in OPEN if cell.subject != "nothing"}.values())
WITHOUT_FORM = {
    "account.enter_code",
    "erasures.ask",
    "approvals.decide",
    "emergencies.close",
    "erasures.decide",
    "reading.let_on",
    "retention.ask",
    "retention.lift",
    "signed_in.end_others",
    "addresses.check",
    "addresses.open_for",
    "alarms.drop",
    "alarms.sign",
    "exits.ask",
    "meetings.done",
    "passkeys.remove",
    "people.activate",
    "placing.stop_waiting",
    "stay_acts.departure",
    "transnational.index",
    "counts.lines",
    "occupancy.lines",
}
"""Routes whose form stands on no page that the caseload of the matrix shows."""
REFUSED_BY_RULE = {
    "emergencies.open_case",
    "erasures.ask",
    "account.replace_password",
    "account.accept_invitation",
    "account.sign_in",
    "account.step_up",
    "passkeys.index",
    "caseload.cover",
    "caseload.release",
    "clocks.end_exemption",
    "clocks.exempt",
    "corrections.correct",
    "links.refuse",
    "links.undo",
    "meetings.call",
    "operations.link_case",
    "documents.add",
    "places.keep_apart",
    "proceedings.new",
    "referrals.give_back",
    "referrals.set_last_day",
    "registers.upload",
    "transnational.index",
    "drafts.take_over",
    "drafts.sign",
    "drafts.edit",
    "editions.new",
    "operations.new",
    "counts.lines",
    "occupancy.lines",
    "limits.order",
    "limits.review",
    "limits.lift",
    "house_life.texts_of",
    "house_life.give_back",
    "incidents.new",
    "addresses.open_for",
    "alarms.sign",
    "corrections.community",
    "exits.ask",
    "funding.add_part",
    "funding.move",
    "funding.new",
    "houses.open_again",
    "houses.resident",
    "houses.shut",
    "moves.address",
    "people.add_room",
    "people.house",
    "stay_acts.overstay",
    "stays.move",
    "voids.begin",
}
"""Routes where no body gets past what a service asks for: a password, a file, a colleague, a second person to sign, a
consent, a place that was found, a stay that is overdue, a case that is open, a text that is a procedure, a venue that
is registered, a file's or a case's code, a house that is chosen, two choices that differ, days or an hour that fit, a
key that signs, rows about more than fifty people, numbers that stood beside the form. All others act.
"""


ON_SQLITE = pytest.mark.parametrize("fuzz", ["sqlite"], indirect=True)
"""For controls: what is planted in a view is found or not whichever the database is."""


@pytest.fixture(scope="module", params=KINDS)
def fuzz(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fuzz]:
    template: Template = request.getfixturevalue(f"{request.param}_template")
    # Rubbish where a password is replaced counts as guessing, and whoever guesses signs in no more.
    unthrottled = Parts(tries_are_held_up=False)
    with made_world(template, tmp_path_factory.mktemp("forms"), unthrottled) as world:
        app = world.app()
        app.config["PROPAGATE_EXCEPTIONS"] = False
        with fuzzing(Crossing(app, lay_related(world)), turn=KINDS.index(request.param) * EACH // 2) as made:
            made.read_pages(READ)
            made.read_page(UNDO, made.crossing.address(UNDO).removesuffix("/undo"))
            yield made


def test_the_form_of_every_route_is_found(fuzz: Fuzz) -> None:
    found = {route for route, address in fuzz.forms if not address}

    assert {cell.route for cell in ACTS} - found == WITHOUT_FORM


def _falling_over(case_id: UUID) -> NoReturn:
    raise RuntimeError(str(case_id))


PLANTED = {
    "falls over": (_falling_over, "answers 500"),
    "sends on": (lambda case_id: redirect(f"/cases?name={request.form.get('text', '')}"), "stands in the address"),
    "leaves": (lambda case_id: redirect("//elsewhere.test"), "leads out of the site"),
    "says nothing": (lambda case_id: ("<!doctype html>", 422), "does not say what needs another look"),
    "forgets": (lambda case_id: ("<!doctype html><main></main>", 422), "has lost what was typed"),
}


@ON_SQLITE
@pytest.mark.parametrize(("view", "told"), PLANTED.values(), ids=PLANTED)
def test_a_view_that_does_what_it_must_not_is_found(
    fuzz: Fuzz, monkeypatch: pytest.MonkeyPatch, view: Callable[..., object], told: str
) -> None:
    monkeypatch.setitem(fuzz.crossing.app.view_functions, "cases.add_note", view)

    assert any(told in fault for fault in fuzz.faults_of_bodies(NOTES, rubbish.bodies()))


@ON_SQLITE
def test_a_route_that_acts_is_noted_and_one_that_refuses_is_not(fuzz: Fuzz, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(fuzz.crossing.app.view_functions, "meetings.call", lambda: redirect("/meetings"))

    with fuzzing(fuzz.crossing) as other:
        other.faults_of_bodies(LISTED, rubbish.bodies()[:1])

    assert other.taken == {"meetings.call"}


@pytest.mark.long
@pytest.mark.parametrize("fuzz", KINDS[scaled(1, 0) :], indirect=True)
def test_no_address_falls_over_whatever_it_asks_for(fuzz: Fuzz) -> None:
    assert fuzz.faults_of_queries(LOOKS, rubbish.queries()) == []


@pytest.mark.long
@pytest.mark.parametrize("fuzz", KINDS[: scaled(1, 2)], indirect=True)
def test_no_address_falls_over_whatever_stands_for_an_id(fuzz: Fuzz) -> None:
    assert fuzz.faults_of_ids(NAMING) == []


@pytest.mark.long
def test_no_form_falls_over_whatever_is_sent(fuzz: Fuzz, record_property: Callable[[str, object], None]) -> None:
    before, bodies = fuzz.sent, rubbish.bodies()

    assert fuzz.faults_of_bodies(ACTS, bodies, EACH) == []

    record_property("sent", fuzz.sent - before)
    assert fuzz.sent - before >= len({cell.route for cell in ACTS}) * (len(bodies) // EACH)
    assert len(fuzz.taken) > SOME
    assert not IS_LONG or {cell.route for cell in ACTS} - fuzz.taken <= REFUSED_BY_RULE
