"""A case opened in an emergency, on the pages: said on each of them, read and not changed, over at its hour."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from app.models.case import Case
from app.services.unit_of_work import Parts
from tests.factories.world import KINDS, Template, World
from tests.security.relations import above
from tests.support.client import Visitor
from tests.support.page import Page
from tests.support.served import MovableClock

REASON = "She rings from the bus station and her advocate is abroad."
BANNER = "A case is open to you in an emergency until"
IN_THREE_HOURS = timedelta(hours=3, seconds=1)


class Night:
    """A colleague at her screen, a case that is not hers, and the clock."""

    def __init__(self, template: Template, make_world: Callable[..., World], *, is_held: bool = True) -> None:
        self.clock = MovableClock(date(2026, 3, 2))
        parts = Parts(clock=self.clock, step_up=frozenset(), emergencies_are_held=is_held)
        self.world = make_world(template, parts)
        self.case_id = self.world.with_advocate()
        self.app = self.world.app()
        self.visitor = self.as_("advocate2")

    def as_(self, name: str) -> Visitor:
        """Somebody signed in."""
        visitor = Visitor(self.app)
        visitor.sign_in(name)
        return visitor

    @property
    def address(self) -> str:
        """The page of the case."""
        return f"/cases/{self.case_id}"

    def opens(self, reason: str = REASON, status: int = 200) -> Page:
        """Fill in the form that is found from the list of cases."""
        with above(self.world).connect() as connection:
            reference = connection.execute(select(Case.reference).where(Case.id == self.case_id)).scalar_one()
        form = self.visitor.get(self.visitor.get("/cases").links["Open a case in an emergency"])
        return self.visitor.submit(form, "Open the case", status=status, reference=reference.lower(), reason=reason)


@pytest.fixture(params=KINDS)
def night(request: pytest.FixtureRequest, make_world: Callable[..., World]) -> Night:
    return Night(request.getfixturevalue(f"{request.param}_template"), make_world)


def test_the_case_opens_to_be_read_and_every_page_says_so(night: Night) -> None:
    night.visitor.get(night.address, 404)

    shown = night.opens()

    assert shown.path == night.address
    assert BANNER in shown.root.text
    assert BANNER in night.visitor.get("/").root.text
    assert REASON in shown.text


@pytest.mark.promise("T8.4")
def test_nothing_is_changed_until_it_is_closed(night: Night) -> None:
    page = night.opens()
    note = night.visitor.get(f"{night.address}/notes")

    refused = night.visitor.submit(note, "Keep the note", status=409, text="Changed.")
    closed = night.visitor.submit(page, "Close it now")

    assert "until you close it, you only read" in refused.text
    assert BANNER not in closed.root.text
    night.visitor.get(night.address, 404)


@pytest.mark.promise("T8.4")
def test_at_its_hour_the_next_request_finds_it_closed_whatever_the_clock_job_does(night: Night) -> None:
    night.opens()
    night.clock.leap += IN_THREE_HOURS

    after = night.as_("advocate2")

    assert BANNER not in after.get("/").root.text
    after.get(night.address, 404)


@pytest.mark.promise("T8.4")
def test_where_emergencies_do_not_end_she_would_go_on_and_change_what_she_likes(
    sqlite_template: Template, make_world: Callable[..., World]
) -> None:
    night = Night(sqlite_template, make_world, is_held=False)
    night.opens()
    night.clock.leap += IN_THREE_HOURS
    visitor = night.as_("advocate2")

    kept = visitor.submit(visitor.get(f"{night.address}/notes"), "Keep the note", text="Changed.")

    assert "Changed." in kept.text


def test_the_parties_read_on_the_case_and_among_their_notices_that_it_was_opened(night: Night) -> None:
    night.opens()

    for_police, office = night.as_("investigator"), night.as_("advocacy.supervisor")

    assert "Opened in an emergency, by somebody who does not work on it" in for_police.get(night.address).text
    assert "A case was opened in an emergency by somebody" in office.get("/notices").text
    assert "A case was opened in an emergency in one" in night.as_("national.coordinator").get("/notices").text


def test_a_reason_that_says_nothing_and_a_code_that_is_not_there_stand_at_their_fields(night: Night) -> None:
    short = night.opens(reason="Urgent.", status=422)
    nothing = night.visitor.submit(short, "Open the case", status=422, reference="KS-0", reason=REASON)

    assert short.errors == ["Why can it not wait? Use at least 20 characters"]
    assert nothing.errors == ["Code of the case: Your agency has no open case with this code, or it is not open to you"]
    assert isinstance(night.case_id, UUID)


def test_nothing_that_is_not_open_is_closed(night: Night) -> None:
    answer = night.visitor.post("/emergency/close", {}, 200)

    assert "no case is open to you in an emergency" in answer.text
