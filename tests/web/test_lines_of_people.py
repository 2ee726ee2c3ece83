"""Rows about more than fifty people leave as a file when two agree: one asks, another decides; she has a day for it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import openpyxl
import pytest
from sqlalchemy import select

from app.models.audit import AuditEntry, Notice
from app.services import count_members
from app.services.unit_of_work import Parts
from tests.factories import facts
from tests.factories.nights import Laid, beds_of, lay
from tests.factories.world import KINDS, Template, World
from tests.security.relations import above
from tests.support.client import Visitor
from tests.support.page import Page
from tests.support.served import MovableClock

MARCH, APRIL = "month=3&year=2014", "month=4&year=2014"
YEAR = "month=&year=2014"
IDENTIFIED, ASSISTED = "metrics=identified", "metrics=assisted"
BOTH = f"{IDENTIFIED}&{ASSISTED}"
SUPERVISOR, COLLEAGUE, ADMIN = "police.supervisor", "statistics.supervisor", "administrator"
FILE = f"/counts/export.csv?{MARCH}&{IDENTIFIED}"
BOOK = f"/counts/export.xlsx?{MARCH}&{IDENTIFIED}"
HEADING, WAITS, ASK = "Rows about people as a file", "You asked on", "Ask another person"
AGREED = "Another person agreed: for a day you can take the rows that you asked for."


class Office:
    """Members at one application, and the clock that goes with them."""

    def __init__(self, world: World, clock: MovableClock) -> None:
        self.world, self.clock, self.app = world, clock, world.app()

    def __call__(self, name: str) -> Visitor:
        visitor = Visitor(self.app)
        visitor.sign_in(name)
        return visitor

    def people(self, number: int) -> None:
        facts.records(self.world, "investigator", number, ("identified", "assisted"))

    def told(self, kind: str) -> list[str]:
        with above(self.world).connect() as connection:
            return list(connection.execute(select(Notice.kind).where(Notice.kind.like(f"{kind}:%"))).scalars())

    def entries(self, action: str) -> list[dict[str, object]]:
        with above(self.world).connect() as connection:
            found = select(AuditEntry.detail).where(AuditEntry.action == action).order_by(AuditEntry.at)
            return [json.loads(one) for one in connection.execute(found).scalars()]

    def decides(self, by: str = ADMIN, button: str = "Approve") -> Page:
        visitor = self(by)
        page = visitor.get("/approvals")
        buttons = (one.text for form in page.forms for one in form.buttons)
        return visitor.submit(page, next(one for one in buttons if one.startswith(button)))


def _office(template: Template, make_world: Callable[..., World], **parts: bool) -> Office:
    clock = MovableClock(date(2026, 3, 2))
    return Office(make_world(template, Parts(clock=clock, **parts)), clock)  # type: ignore[arg-type]


@pytest.fixture(params=KINDS)
def office(request: pytest.FixtureRequest, make_world: Callable[..., World]) -> Office:
    return _office(request.getfixturevalue(f"{request.param}_template"), make_world)


def rows(visitor: Visitor, address: str = FILE) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(visitor.download(address).get_data().decode("utf-8-sig"))))


def sheet(visitor: Visitor, address: str, name: str) -> list[object]:
    book = openpyxl.load_workbook(io.BytesIO(visitor.download(address).data))
    return [row[0] for row in book[name].iter_rows(min_row=3, values_only=True)]


def test_rows_about_fifty_people_are_taken_by_one(office: Office) -> None:
    office.people(50)
    visitor = office(SUPERVISOR)

    page = visitor.get(f"/counts/lines?{MARCH}&{IDENTIFIED}")

    assert len(rows(visitor)) == 50
    assert len(sheet(visitor, BOOK, "People")) == 51
    assert page.heading == HEADING
    assert "you can take them without another person" in page.text


def test_rows_about_one_more_leave_when_another_person_agreed(office: Office) -> None:
    office.people(51)
    visitor = office(SUPERVISOR)

    refused = visitor.get(FILE)
    asked = visitor.submit(refused, "Ask another person")
    waiting = visitor.get(FILE)
    decided = office.decides()
    agreed = visitor.get(f"/counts/lines?{MARCH}&{IDENTIFIED}")

    assert (refused.heading, waiting.heading) == (HEADING, HEADING)
    assert "They are about 51 people." in refused.text
    assert WAITS in asked.text
    assert "Approved: it is done" in decided.text
    assert "You can take them until 3 Mar 2026" in agreed.text
    assert len(rows(visitor)) == 51
    assert len(sheet(visitor, BOOK, "People")) == 52


def test_who_decides_is_told_what_leaves_and_both_are_told_and_it_is_recorded(office: Office) -> None:
    office.people(51)
    visitor = office(SUPERVISOR)
    visitor.submit(visitor.get(FILE), "Ask another person")

    page = office(ADMIN).get("/approvals")
    office.decides()
    way = visitor.get("/notices").links[AGREED]
    rows(visitor)

    assert "A row for each counted fact leaves as a file: 1 Mar 2014 to 31 Mar 2014." in page.text
    assert "They are about 51 people." in page.text
    assert way == "/counts"
    assert set(office.told("lines")) == {"lines:approved", "lines:asked", "lines:done"}
    assert office.entries("count:exported")[-1]["approval"] == office.entries("approval:approved")[-1]["approval"]


def test_who_decides_is_told_what_else_chooses_among_the_rows(office: Office) -> None:
    office.people(51)
    office.clock.leap += timedelta(days=1)
    visitor = office(SUPERVISOR)
    visitor.submit(visitor.get(f"{FILE}&as_of-day=2&as_of-month=3&as_of-year=2026"), "Ask another person")
    visitor.submit(visitor.get(f"{FILE}&only=citizenship:XK"), "Ask another person")

    page = office(ADMIN).get("/approvals")

    assert "As it was known at the end of 2 Mar 2026." in page.text
    assert "Only people of this row: Citizenship: Kosovo." in page.text


def test_who_takes_them_in_parts_is_stopped_where_all_would_be_and_the_same_again_counts_once(office: Office) -> None:
    office.people(26)
    facts.records(office.world, "investigator", 25, ("identified",), on=date(2014, 4, 3))
    visitor, april = office(SUPERVISOR), f"/counts/export.csv?{APRIL}&{IDENTIFIED}"

    taken = [len(rows(visitor)), len(rows(visitor))]
    stopped = visitor.get(april)
    others = len(rows(office(COLLEAGUE), april))
    office.clock.leap += timedelta(days=1, seconds=1)

    assert (taken, others) == ([26, 26], 25)
    assert stopped.heading == HEADING
    assert "They are about 25 people. In the last day you took rows about 26 other people alone." in stopped.text
    assert len(rows(office(SUPERVISOR), april)) == 25


def test_a_workbook_of_more_people_is_made_without_their_rows_and_says_where_they_are_asked_for(office: Office) -> None:
    office.people(51)
    visitor = office(SUPERVISOR)

    (told,) = sheet(visitor, BOOK, "People")
    page = visitor.get(visitor.get(f"/counts?{MARCH}&{IDENTIFIED}").links[HEADING])

    assert str(told).startswith("Rows about more than fifty people")
    assert f"on the page “{HEADING}”" in str(told)
    assert page.form("Ask another person")
    assert len(sheet(visitor, BOOK, "Counts")) > 1


@pytest.mark.parametrize(
    "other",
    [f"{MARCH}&{ASSISTED}", f"{MARCH}&{IDENTIFIED}&only=sex:F", f"month=&year=2014&{IDENTIFIED}"],
    ids=["another count", "one row of it", "other days"],
)
def test_what_was_agreed_to_is_that_question_alone(office: Office, other: str) -> None:
    office.people(51)
    visitor = office(SUPERVISOR)
    visitor.submit(visitor.get(FILE), "Ask another person")
    office.decides()

    page = visitor.get(f"/counts/export.csv?{other}")

    assert page.heading == HEADING
    assert page.form("Ask another person")


def test_it_is_agreed_to_for_who_asked_alone(office: Office) -> None:
    office.people(51)
    visitor = office(SUPERVISOR)
    visitor.submit(visitor.get(FILE), "Ask another person")
    office.decides()

    assert office(COLLEAGUE).get(FILE).heading == HEADING


def test_it_is_agreed_to_for_a_day(office: Office) -> None:
    office.people(51)
    visitor = office(SUPERVISOR)
    visitor.submit(visitor.get(FILE), "Ask another person")
    office.decides()
    office.clock.leap += timedelta(days=1, seconds=1)

    assert office(SUPERVISOR).get(FILE).heading == HEADING


def test_what_was_refused_stays_and_may_be_asked_anew(office: Office) -> None:
    office.people(51)
    visitor = office(SUPERVISOR)
    visitor.submit(visitor.get(FILE), "Ask another person")
    office.decides(button="Refuse")

    page = visitor.get(FILE)

    assert page.heading == HEADING
    assert page.form("Ask another person")
    assert "lines:refused" in office.told("lines")


def test_who_asked_does_not_decide_and_asks_once(office: Office) -> None:
    office.people(51)
    visitor = office(SUPERVISOR)
    asking = visitor.get(FILE)
    visitor.submit(asking, "Ask another person")

    again = visitor.get("/approvals")
    twice = visitor.post(asking.path, {"idempotency_key": "another"}, status=422)

    assert "Somebody else decides on this." in again.text
    assert twice.errors == ["You asked for these rows already: somebody else decides."]


def test_five_questions_of_hers_wait_at_once_and_another_when_one_was_decided(office: Office) -> None:
    office.people(51)
    visitor = office(SUPERVISOR)
    *five, sixth = [f"{days}&{which}" for days in (MARCH, YEAR) for which in (IDENTIFIED, ASSISTED, BOTH)]
    asked = [visitor.submit(visitor.get(f"/counts/lines?{one}"), ASK) for one in five]

    refused = visitor.submit(visitor.get(f"/counts/lines?{sixth}"), ASK, status=422)
    office.decides(button="Refuse")
    again = visitor.submit(visitor.get(f"/counts/lines?{sixth}"), ASK)

    assert all(WAITS in page.text for page in asked)
    assert [error.partition(".")[0] for error in refused.errors] == ["Five of your requests wait for an answer already"]
    assert WAITS in again.text


def _pages(office: Office, number: int) -> list[int]:
    """What a statistics supervisor is answered who goes through the people behind a number, page by page."""
    office.people((number - 1) * count_members.PAGE + 1)
    visitor = office(COLLEAGUE)
    asked = [f"/counts/members?{MARCH}&metric=identified&page={page}" for page in range(1, number + 1)]
    return [visitor.client.get(one).status_code for one in asked]


def test_who_reads_them_page_by_page_is_stopped_and_reported(office: Office) -> None:
    assert _pages(office, 5) == [200, 200, 200, 200, 429]
    assert "reading:stopped" in office.told("reading")


@pytest.mark.parametrize("kind", KINDS)
def test_without_the_limits_of_reading_she_reads_all_pages(
    request: pytest.FixtureRequest, make_world: Callable[..., World], kind: str
) -> None:
    office = _office(request.getfixturevalue(f"{kind}_template"), make_world, reading_is_limited=False)

    assert _pages(office, 5) == [200] * 5


@pytest.mark.parametrize("kind", KINDS)
def test_without_the_second_person_they_would_leave_at_once(
    request: pytest.FixtureRequest, make_world: Callable[..., World], kind: str
) -> None:
    office = _office(request.getfixturevalue(f"{kind}_template"), make_world, two_take_lines=False)
    office.people(51)

    assert len(rows(office(SUPERVISOR))) == 51


def _stays(world: World, number: int) -> list[Laid]:
    bed = next(one for one in beds_of(world, "shelter_ngo") if not one.is_cot)
    made = [uuid4() for _ in range(number)]
    days = [date(2014, 1, 1) + timedelta(days=each) for each in range(number)]
    told = zip(made, days, strict=True)
    return [
        Laid(bed.agency_id, bed.id, bed.is_cot, one, one, on, on + timedelta(days=1), "own_home", id=uuid4())
        for one, on in told
    ]


def test_stays_of_more_than_fifty_people_leave_when_another_person_agreed(office: Office) -> None:
    lay(office.world, _stays(office.world, 51))
    visitor, address = office("shelter.coordinator"), "/occupancy/placements.csv?month=&year=2014"
    book = "/occupancy/workbook.xlsx?month=&year=2014"

    refused = visitor.get(visitor.get("/occupancy?month=&year=2014").links[HEADING])
    (told,) = sheet(visitor, book, "Placements")
    visitor.submit(refused, "Ask another person")
    page = office("shelter.supervisor").get("/approvals")
    office.decides("shelter.supervisor")
    way = visitor.get("/notices").links[AGREED]

    assert way == "/occupancy"
    assert refused.heading == HEADING
    assert str(told).startswith("Rows about more than fifty people")
    assert "A row for each stay leaves as a file: 1 Jan 2014 to 31 Dec 2014." in page.text
    assert len(rows(visitor, address)) == 51
    assert len(sheet(visitor, book, "Placements")) == 52


def test_stays_of_fifty_people_are_taken_by_one(office: Office) -> None:
    lay(office.world, _stays(office.world, 50))

    assert len(rows(office("shelter.coordinator"), "/occupancy/placements.csv?month=&year=2014")) == 50
