"""Every day and moment in the rows of an erased case: cut to the month, or kept for a reason that is written down."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Connection, Date, Table, select, text

from app.clock import local_day
from app.models.base import Base, UtcTime
from app.queries import limit_counts, tallies, unmet_needs
from app.security.actor import LINKER_DESK, system_actor
from app.security.predicates import CaseFacts, Row
from app.services import limit_page
from app.services.erased_days import STAYS
from app.services.viewing import view
from app.vocabulary.period import month
from tests.factories.erased import SHELTER, Closed, closed_case
from tests.factories.house import ordered
from tests.factories.placed import House
from tests.security.relations import BY_AGENCY, Laid, above

TABLES = Base.metadata.tables
DAY, MOMENT = date(2014, 3, 17), datetime(2014, 3, 17, 9, 30, tzinfo=UTC)
MARCH = date(2014, 3, 1)
END, LATER = datetime(2014, 3, 28, 9, tzinfo=UTC), datetime(2014, 6, 1, 9, tzinfo=UTC)
BY, NEXT = {"answered_by_id": LINKER_DESK}, date(2014, 3, 18)
ASKED_FOR: dict[str, dict[str, Any]] = {
    "appointment": {"outcome": "kept", "outcome_by_id": LINKER_DESK, "begins_at": "10:30"},
    "bed_hold": {"state": "held", "to_on": NEXT},
    "belonging": {"returned_by_id": LINKER_DESK, "returned_to": "herself"},
    "case_party": {"kind": "duty", "end_kind": "withdrawn"},
    "case_document": {"removed_by_id": LINKER_DESK, "content": None, "details": None},
    "complaint": {"made_to": "house", **BY},
    "emergency_opening": {"ends_at": datetime(2014, 3, 17, 12, tzinfo=UTC)},
    "exit_approval": {"is_approved": True, "reason": "x", **BY},
    "incident": {"number": 7, "closed_by_id": LINKER_DESK, "begins_at": "10:30"},
    "incident_step": {"outcome": "done", "done_by_id": LINKER_DESK},
    "legal_hold": {"lifted_by_id": LINKER_DESK},
    "meeting_case": {"decided_by_id": LINKER_DESK},
    "meeting_follow_up": {"done_by_id": LINKER_DESK},
    "movement_limit": {"lifted_by_id": LINKER_DESK, "number": 1, "ends_on": NEXT, "review_on": NEXT},
    "overstay": {"is_agreed": True},
    "person_request": {"answer": "granted", **BY},
    "referral": {"decision": "accepted"},
    "relocation": {"is_secret": False},
    "stay": {"destination": "own_home"},
    "stay_conflict": {"settlement": "x"},
    "transnational_packet": {"answer": "x", **BY},
}
"""What the constraints of a table ask for where each of its days is told."""
NOT_LAID = {"audit_entry", "edition_member", "erasure"}
"""Nobody changes what these hold: why, is written with what stays."""
GONE = {"link_pair.found_at", "link_pair.decided_at", "link_pair.changed_at"}


def _days(table: Table) -> list[Any]:
    return [column for column in table.columns if isinstance(column.type, Date | UtcTime)]


def _of_case() -> list[Table]:
    return [table for table in Base.metadata.sorted_tables if "case_id" in table.columns and _days(table)]


def _lay(closed: Closed, *rows: tuple[str, dict[str, Any]]) -> None:
    """Rows of the case, above all rules, as no service would write them."""
    agency = closed.house.world.agencies["shelter_ngo"]
    with above(closed.house.world).begin() as connection:
        off = "SET LOCAL session_replication_role = replica"
        connection.execute(text(off if closed.house.world.database.is_postgresql else "PRAGMA foreign_keys=OFF"))
        for name, given in rows:
            _write(connection, name, {"case_id": closed.case_id, "agency_id": agency} | given)


def _write(connection: Connection, name: str, told: dict[str, Any]) -> Any:
    """A row that points at rows there are, made where there are none; gives its key."""
    table, parent = TABLES[name], {"agency_id": told["agency_id"], "kind": "closed"}
    values = {key: value for key, value in (BY_AGENCY.get(name, {}) | told).items() if key in table.columns}
    for column in table.columns:
        known = values.get(column.name, None if column.nullable else LINKER_DESK)
        if column.foreign_keys and known == LINKER_DESK:
            target = next(iter(column.foreign_keys)).column
            there = connection.execute(select(target).limit(1)).scalar()
            values[column.name] = there or _write(connection, target.table.name, parent)
    row = Laid().add(name, CaseFacts(), Row(), **values)
    connection.execute(table.insert(), [row])
    return row.get("id")


def _whole(table: Table) -> tuple[str, dict[str, Any]]:
    """A row of a table that tells each of its days."""
    told = {column.name: MOMENT if isinstance(column.type, UtcTime) else DAY for column in _days(table)}
    return table.name, told | ASKED_FOR.get(table.name, {})


def _exact(closed: Closed, connection: Connection) -> set[str]:
    """The columns that tell a day of the case but the first of a month, and the second, where it makes a span."""
    return {
        f"{table.name}.{column.name}"
        for table in _of_case()
        for row in closed.rows(connection, table)
        for column in _days(table)
        if row[column.name] is not None and _day(row[column.name]).day > 2
    }


def _day(value: Any) -> date:
    return local_day(value) if isinstance(value, datetime) else value


def test_every_day_of_an_erased_case_is_cut_unless_its_reason_to_stay_is_written(
    closed: Closed, rows: Connection
) -> None:
    _lay(closed, *(_whole(table) for table in _of_case() if table.name not in NOT_LAID | {"client_record"}))
    laid = _exact(closed, rows)
    rows.rollback()

    closed.erase()

    every = {f"{table.name}.{column.name}" for table in _of_case() for column in _days(table)}
    assert laid >= every - {f"{name}.{one.name}" for name in NOT_LAID for one in TABLES[name].columns}
    assert _exact(closed, rows) - set(STAYS) == set()


def test_what_hangs_on_a_row_of_a_case_is_gone_or_stays_for_a_written_reason() -> None:
    of_case = {table.name for table in Base.metadata.sorted_tables if "case_id" in table.columns}
    hanging = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.sorted_tables
        if table.name not in of_case | {"cases"}
        if {key.column.table.name for key in table.foreign_keys} & of_case
        for column in _days(table)
    }

    assert hanging - set(STAYS) == GONE


def test_a_reason_to_stay_is_written_of_columns_that_there_are() -> None:
    assert [name for name in STAYS if name.split(".")[1] not in TABLES[name.split(".")[0]].columns] == []


def test_two_limits_of_a_kind_in_one_month_are_cut_and_count_as_before(closed: Closed, rows: Connection) -> None:
    member = closed.house.world.actor(SHELTER).member_id
    ends = [(day, day + 3, day + 2) for day in (4, 12, 20)]
    _lay(closed, *(_limit(member, number, *(date(2014, 3, one) for one in days)) for number, days in enumerate(ends)))
    before = _limits(closed)

    closed.erase()

    spans = {(one["from_on"], one["lifted_on"]) for one in closed.rows(rows, TABLES["movement_limit"])}
    assert (spans, _limits(closed)) == ({(MARCH, MARCH)}, before)
    assert [(one.orders, one.days, one.lifted) for one in before] == [(3, 9, 0)]


def _limit(member_id: UUID | None, number: int, first: date, ends: date, review: date) -> tuple[str, dict[str, Any]]:
    told = {"from_on": first, "ends_on": ends, "review_on": review, "days": 3, "kind": "x", "number": number + 1}
    return "movement_limit", told | {"ordered_by_id": member_id}


def _limits(closed: Closed) -> list[limit_counts.LimitCount]:
    with closed.house.world.database.read(system_actor("statistics")) as work:
        return limit_counts.of_year(work.session, work.actor, 2014)


CLOCKS = {
    "kept": {"due_at": MOMENT, "stopped_at": datetime(2014, 3, 16, 9, tzinfo=UTC)},
    "late": {"due_at": MOMENT, "stopped_at": datetime(2014, 3, 20, 9, tzinfo=UTC)},
    "late by a month": {"due_at": MOMENT, "stopped_at": datetime(2014, 4, 20, 9, tzinfo=UTC)},
    "exempt": {"due_at": MOMENT, "exempt_until": END, "stopped_at": datetime(2014, 3, 20, 9, tzinfo=UTC)},
    "in the first hour of April": {"due_at": LATER, "stopped_at": datetime(2014, 3, 31, 22, 30, tzinfo=UTC)},
}
"""Deadlines of which a month's numbers tell, by what became of them."""


@pytest.mark.parametrize("as_of", [None, datetime(2014, 3, 31, 22, tzinfo=UTC), datetime(2014, 4, 30, 22, tzinfo=UTC)])
def test_deadlines_kept_and_missed_are_those_of_before(closed: Closed, as_of: datetime | None) -> None:
    known = {"known_since": MOMENT, "exempt_until": None}
    clocks = [("case_clock", known | told | {"name": name}) for name, told in CLOCKS.items()]
    _lay(closed, *clocks, *_changed())
    before = _deadlines(closed, as_of)

    closed.erase()

    assert before
    assert _deadlines(closed, as_of) == before


def _changed() -> list[tuple[str, dict[str, Any]]]:
    """A deadline that was pushed on three times, twice in one month: what it said before each time, and says now."""
    clock_id = uuid4()
    moments = [datetime(2014, *day, 9, tzinfo=UTC) for day in ((2, 20), (3, 5), (3, 10), (4, 15))]
    said = [
        {"clock_id": clock_id, "since": since, "until": until, "due_at": until, "stopped_at": None}
        for since, until in zip(moments, moments[1:], strict=False)
    ]
    now = {"id": clock_id, "name": "pushed on", "known_since": moments[-1], "due_at": LATER}
    return [("case_clock", now), *(("former_clock", one) for one in said)]


def _deadlines(closed: Closed, as_of: datetime | None) -> set[tuple[str, str, int, int]]:
    with closed.house.world.database.read(system_actor("statistics")) as work:
        asked = [tallies.Asked(month(2014, number), LATER, as_of) for number in (3, 4, 5)]
        found = [(at, one) for at, each in enumerate(asked) for one in tallies.clocks(work.session, work.actor, each)]
    return {(one.tally, one.kinds[0], one.number, at) for at, one in found}


def test_days_waited_for_a_place_are_those_of_before(closed: Closed, rows: Connection) -> None:
    asked = [(date(2014, 3, 9), "x"), (date(2014, 3, 12), "later")]
    met = {"met_on": date(2014, 3, 20), "ended_on": None, "voided_at": None}
    _lay(closed, *(("unmet_need", met | {"asked_on": day, "reason": reason}) for day, reason in asked))
    before = _waited(closed)

    closed.erase()

    assert before == _waited(closed) == [("x", 11)]
    assert min(one["asked_on"] for one in closed.rows(rows, TABLES["unmet_need"])) == MARCH


def _waited(closed: Closed) -> list[tuple[str, int]]:
    with closed.house.world.database.read(system_actor("statistics")) as work:
        found = unmet_needs.of_year(work.session, work.actor, 2014)
        return [(one.reason, one.days(work.today)) for one in found]


def test_who_was_a_party_twice_in_a_month_was_so_in_that_order(closed: Closed, rows: Connection) -> None:
    ids = [uuid4() for _ in range(3)]
    told = [
        {"id": one, "since": datetime(2014, 3, day, tzinfo=UTC), "ended_at": MOMENT, **ASKED_FOR["case_party"]}
        for one, day in zip(ids, (14, 9, 11), strict=True)
    ]
    _lay(closed, *(("case_party", one) for one in told))

    closed.erase()

    table = TABLES["case_party"]
    found = rows.execute(select(table.c.id).where(table.c.id.in_(ids)).order_by(table.c.since)).scalars()
    assert list(found) == [ids[1], ids[2], ids[0]]


def test_hours_and_what_a_place_had_to_offer_her_go_too(closed: Closed, rows: Connection) -> None:
    need = {"has_disability": "yes", "has_children": "yes", "children_under_3": 2}
    _lay(closed, _whole(TABLES["incident"]), _whole(TABLES["appointment"]), ("place_need", need))

    closed.erase()

    hours = {one["begins_at"] for name in ("incident", "appointment") for one in closed.rows(rows, TABLES[name])}
    needs = [
        (one["has_disability"], one["has_children"], one["children_under_3"])
        for one in closed.rows(rows, TABLES["place_need"])
    ]
    assert (hours, set(needs)) == ({None}, {("unknown", "unknown", 0)})


def test_a_case_that_was_moved_to_another_version_is_erased_and_its_move_tells_no_day(
    closed: Closed, rows: Connection
) -> None:
    pushed = {"clocks": [["consent", "moved", "2014-03-04", "2014-03-09"]], "tracks": []}
    _lay(closed, ("case_move", {"moved_on": DAY, "changes": pushed}))

    closed.erase()

    assert [(one["moved_on"], one["changes"]) for one in closed.rows(rows, TABLES["case_move"])] == [(MARCH, {})]


def test_her_old_house_reads_no_day_on_the_page_of_a_limit(house: House) -> None:
    case_id, stay_id = house.places.resident("1A")
    limit_id = ordered(house, stay_id)
    closed = closed_case(house, case_id)

    closed.erase()

    row = view(house.world.actor(SHELTER), "t", limit_page.one, limit_id=limit_id).limit.row
    days = {row.from_on, row.lifted_on, row.ends_on, row.review_on, local_day(row.recorded_at)}
    assert days == {MARCH, date(2014, 3, 2)}
