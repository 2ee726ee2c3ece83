"""Unusual reading is shown by member and day beside what is usual in the role, and names no case."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import count
from uuid import UUID, uuid4

import pytest
from sqlalchemy import insert

from app.clock import COUNTRY_ZONE, local_day, utc_now
from app.models.agency import MemberRole
from app.models.audit import AuditEntry
from app.services import unit_of_work
from app.services.audit import canonical
from app.services.unusual_reading import UnusualPage, unusual
from app.services.viewing import view
from app.vocabulary.unusual import ADDRESS, AT_NIGHT, FROM, MANY, RECOVERY, SOME, STOPPED, STRANGE
from tests.factories.reading import Readers
from tests.factories.world import World
from tests.security.relations import above
from tests.support.client import Visitor
from tests.support.page import Page

READER, SHE, COLLEAGUE, OTHER = "data.protection", "advocate", "advocate2", "advocate.prizren"
MORNING, NIGHT, EARLY = time(10), time(23, 30), time(5, 59)
CHAIN = 99
"""A chain of its own: what is laid down here is not chained."""


class Record:
    """A record of acts and looks that a test writes as it likes, in the days before this one."""

    def __init__(self, world: World) -> None:
        self.world, self.today, self.position = world, local_day(utc_now()), count(1)

    def days_ago(self, number: int) -> date:
        """A day."""
        return self.today - timedelta(days=number)

    def opens(self, name: str, ago: int, cases: list[UUID], at: time = MORNING) -> None:
        """A member opens cases."""
        self.writes(name, ago, [("case:opened_page", case_id) for case_id in cases], at)

    def usual_days(self, name: str, cases: int, days: int = 6) -> None:
        """A member opens so many cases of her own each day."""
        hers = _cases(cases)
        self.writes(name, days, [("case:advance", case_id) for case_id in hers])
        _ = [self.opens(name, ago, hers) for ago in range(1, days)]

    def writes(
        self, name: str, ago: int, told: list[tuple[str, UUID | None]], at: time = MORNING, detail: str = "{}"
    ) -> None:
        """Write entries, of nobody where the name is empty."""
        member = self.world.actor(name).member_id if name else None
        moment = datetime.combine(self.days_ago(ago), at, COUNTRY_ZONE)
        row = {"at": moment, "member_id": member, "agency_id": None, "detail": detail, "previous": "", "digest": ""}
        rows = [{**row, "action": action, "case_id": case_id, "chain": CHAIN} for action, case_id in told]
        with above(self.world).begin() as connection:
            connection.execute(insert(AuditEntry), [{**one, "position": next(self.position)} for one in rows])

    def shown(self, days: int = 7, page: int = 1) -> UnusualPage:
        """The page as its reader gets it."""
        unit_of_work.bind(self.world.database)
        return view(self.world.actor(READER), "audit:unusual_listed", unusual, days=days, page=page)

    def lines(self, days: int = 7) -> list[tuple[str, int, tuple[str, ...]]]:
        """Who, how many days ago, why."""
        return [(one.who.name, (self.today - one.day.on).days, one.day.reasons) for one in self.shown(days).rows]


def _cases(number: int) -> list[UUID]:
    return [uuid4() for _ in range(number)]


NAMES = {SHE: "Teuta Berani", COLLEAGUE: "Milica Jović", OTHER: "Arbër Kola"}


@pytest.fixture
def record(world: World) -> Record:
    """Two advocates of whom each opens four cases of her own a day."""
    made = Record(world)
    _ = [made.usual_days(name, 4) for name in (SHE, OTHER)]
    return made


def test_where_all_is_as_usual_nothing_is_shown(record: Record) -> None:
    assert record.lines() == []


def test_many_cases_are_shown_beside_what_is_usual(record: Record) -> None:
    hers = _cases(13)
    record.writes(COLLEAGUE, 6, [("case:advance", case_id) for case_id in hers])
    record.opens(COLLEAGUE, 2, [*hers, *hers])

    (line,) = record.shown().rows

    assert (line.who.name, line.day.on, line.day.reasons) == (NAMES[COLLEAGUE], record.days_ago(2), (MANY,))
    assert (line.day.cases.number, line.day.cases.usual, line.day.strange.number) == (13, 4.0, 0)


@pytest.mark.parametrize(("cases", "usual", "is_shown"), [(FROM - 1, 1, False), (FROM, 1, True), (12, 4, False)])
def test_many_is_ten_and_three_times_the_usual(world: World, cases: int, usual: int, is_shown: bool) -> None:
    record = Record(world)
    record.usual_days(SHE, usual)
    record.usual_days(OTHER, usual)
    hers = _cases(cases)
    record.writes(COLLEAGUE, 6, [("case:advance", case_id) for case_id in hers])
    record.opens(COLLEAGUE, 1, hers)

    assert record.lines() == ([(NAMES[COLLEAGUE], 1, (MANY,))] if is_shown else [])


def test_cases_at_night_are_shown_where_the_role_does_not_open_them_at_night(record: Record) -> None:
    hers, shelters = _cases(4), _cases(4)
    record.writes(COLLEAGUE, 6, [("case:advance", case_id) for case_id in hers])
    record.opens(COLLEAGUE, 3, hers[:2], NIGHT)
    record.opens(COLLEAGUE, 3, hers[2:], EARLY)
    record.writes("shelter.coordinator", 6, [("case:advance", case_id) for case_id in shelters])
    _ = [record.opens("shelter.coordinator", ago, shelters, NIGHT) for ago in range(1, 5)]

    (line,) = record.shown().rows

    assert (line.who.name, line.day.on, line.day.reasons) == (NAMES[COLLEAGUE], record.days_ago(3), (AT_NIGHT,))
    assert (line.day.at_night.number, line.day.at_night.usual) == (4, 0.0)


def test_cases_in_which_she_did_nothing_are_shown_and_those_of_her_own_work_are_not(record: Record) -> None:
    theirs, listed = _cases(SOME), _cases(SOME)
    record.writes(SHE, 5, [("case:advance", case_id) for case_id in theirs])
    record.writes(COLLEAGUE, 4, [("case:listed", case_id) for case_id in theirs])
    record.opens(COLLEAGUE, 4, theirs)
    record.writes(COLLEAGUE, 3, [("case:opened", case_id) for case_id in listed])
    record.opens(COLLEAGUE, 3, listed)

    assert record.lines() == [(NAMES[COLLEAGUE], 4, (STRANGE,))]


def test_an_act_of_long_ago_makes_her_no_colleague(record: Record) -> None:
    lately, long_ago = _cases(SOME), _cases(SOME)
    record.writes(COLLEAGUE, 80, [("case:advance", case_id) for case_id in lately])
    record.writes(COLLEAGUE, 100, [("case:advance", case_id) for case_id in long_ago])
    record.opens(COLLEAGUE, 2, lately)
    record.opens(COLLEAGUE, 1, long_ago)

    assert record.lines() == [(NAMES[COLLEAGUE], 1, (STRANGE,))]


def test_who_was_stopped_opened_an_address_or_used_a_recovery_code_is_shown(record: Record) -> None:
    hers = {name: record.world.actor(name).member_id for name in (SHE, OTHER)}
    record.writes(SHE, 3, [("reading:stopped", None)] * 2)
    record.writes(COLLEAGUE, 2, [("address:opened", _cases(1)[0])])
    record.writes("", 1, [("factor:recovery_used", None)], NIGHT, canonical({"member": hers[OTHER]}))

    lines = record.shown().rows

    assert [(one.who.name, one.day.reasons) for one in lines] == [
        (NAMES[OTHER], (RECOVERY,)),
        (NAMES[COLLEAGUE], (ADDRESS,)),
        (NAMES[SHE], (STOPPED,)),
    ]
    assert [(one.day.stopped, one.day.addresses.number, one.day.recovered) for one in lines] == [
        (0, 0, 1),
        (0, 1, 0),
        (2, 0, 0),
    ]


def test_what_was_before_the_days_that_are_asked_for_is_not_shown(record: Record) -> None:
    record.writes(SHE, 6, [("reading:stopped", None)])
    record.writes(SHE, 7, [("reading:stopped", None)])

    assert [ago for _, ago, _ in record.lines(7)] == [6]
    assert [ago for _, ago, _ in record.lines(30)] == [6, 7]


def test_of_several_roles_the_highest_usual_counts(record: Record) -> None:
    member = record.world.actor(COLLEAGUE).member_id
    with above(record.world).begin() as connection:
        connection.execute(insert(MemberRole).values(member_id=member, role="agency_supervisor"))
    hers = _cases(12)
    record.writes(COLLEAGUE, 6, [("case:advance", case_id) for case_id in hers])
    _ = [record.opens("advocacy.supervisor", ago, hers) for ago in range(1, 5)]
    record.opens(COLLEAGUE, 1, hers)

    assert [one for one in record.lines() if one[0] == NAMES[COLLEAGUE]] == []


def test_the_page_names_members_and_no_case_and_takes_as_many_statements_for_many_lines(
    record: Record, reader: Readers
) -> None:
    cases = _cases(13)
    record.opens(COLLEAGUE, 1, cases)
    visitor = reader(READER)
    visitor.get("/")
    page, few = _read(reader, visitor)
    _ = [record.writes(SHE, ago, [("reading:stopped", None)]) for ago in range(7)]
    _, many = _read(reader, visitor)

    assert f"{NAMES[COLLEAGUE]}, Victim Advocacy Office, Prishtinë, Victim advocate" in page.text
    assert "Many cases opened; Cases opened without an act of hers or his" in page.text
    assert [one for one in cases if str(one) in f"{page.text} {page.links}"] == []
    assert (few == many, few <= 20) == (True, True)


def _read(reader: Readers, visitor: Visitor) -> tuple[Page, int]:
    with reader.statements() as sent:
        page = visitor.get("/oversight/reading?days=7")
    return page, len(sent)


def test_lines_come_in_pages(record: Record, reader: Readers) -> None:
    _ = [record.writes(name, ago, [("reading:stopped", None)]) for ago in range(29) for name in (SHE, OTHER)]

    pages = [record.shown(30, number) for number in (1, 2)]

    assert [(len(one.rows), one.has_more) for one in pages] == [(50, True), (8, False)]
    assert "Next page" in reader(READER).get("/oversight/reading?days=30").links


@pytest.mark.parametrize("asked", ["x", "-1", "365", "٧"])
def test_days_that_nobody_offers_are_a_week(reader: Readers, asked: str) -> None:
    assert "Nothing unusual in this time." in reader(READER).get(f"/oversight/reading?days={asked}").text
