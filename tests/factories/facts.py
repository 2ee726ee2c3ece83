"""Facts for counting, written as the agencies themselves would: records of their own, facts of their own, links."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select, update

from app.models.count import CountFact
from app.models.record import ClientRecord, LinkPair, RecordPerson
from app.security.actor import system_actor
from app.services import cases, unit_of_work
from tests.factories.world import World

FACT = {
    "sex": "F",
    "age_band": "24-26",
    "is_child": False,
    "citizenship": "XK",
    "region": "prishtine",
    "form": "sexual_exploitation",
    "scope": "internal",
    "community": "kosovo_albanian",
    "entry_door": "police_raid",
}
ON = date(2014, 3, 3)


def record(
    world: World, by: str, metrics: Mapping[str, date] | Iterable[str] = ("identified",), on: date = ON, **values: Any
) -> UUID:
    """A record of a member's agency with one fact for each metric; `metrics` may give each its own day."""
    days = dict(metrics) if isinstance(metrics, Mapping) else dict.fromkeys(metrics, on)
    unit_of_work.bind(world.database)
    with world.database.write(world.actor(by)) as work:
        case_id, record_id = uuid4(), uuid4()
        keys = cases.open_row(work, case_id, min(days.values(), default=on), "imported", "import", {})
        cases.store_record(work, keys, record_id, {}, min(days.values(), default=on))
        facts = [_fact(work, case_id, record_id, metric, day, values) for metric, day in days.items()]
        if facts:
            work.session.execute(insert(CountFact), facts)
        work.audit("test:fact", case_id)
        work.commit()
    return record_id


def _fact(
    work: unit_of_work.Work, case_id: UUID, record_id: UUID, metric: str, day: date, values: dict[str, Any]
) -> dict[str, Any]:
    return {
        "id": uuid4(),
        "case_id": case_id,
        "agency_id": work.actor.agency_id,
        "record_id": record_id,
        "event_id": None,
        "metric": metric,
        "occurred_on": day,
        "recorded_at": work.now,
        "weight": 1,
        **FACT,
        **values,
    }


def add(world: World, by: str, record_id: UUID, metric: str, on: date) -> None:
    """One more fact of a record."""
    with world.database.write(world.actor(by)) as work:
        write(work, record_id, metric, on)
        work.audit("test:fact", None)
        work.commit()


def write(work: unit_of_work.Work, record_id: UUID, metric: str, on: date) -> None:
    """The same within a transaction."""
    case_id = work.session.execute(select(ClientRecord.case_id).where(ClientRecord.id == record_id)).scalar_one()
    work.session.execute(insert(CountFact), [_fact(work, case_id, record_id, metric, on, {})])


def records(world: World, by: str, number: int, metrics: Iterable[str] = ("identified",), **values: Any) -> list[UUID]:
    """Several records alike."""
    return [record(world, by, tuple(metrics), **values) for _ in range(number)]


def take_back(world: World, by: str, record_id: UUID, metric: str) -> None:
    """The twin of weight -1 of every fact of the record under a metric."""
    table = CountFact.__table__
    unit_of_work.bind(world.database)
    with world.database.write(world.actor(by)) as work:
        found = work.session.connection().execute(
            table.select().where(table.c.record_id == record_id, table.c.metric == metric, table.c.weight == 1)
        )
        twins = [dict(row) | {"id": uuid4(), "weight": -1, "recorded_at": work.now} for row in found.mappings()]
        work.session.execute(insert(CountFact), twins)
        work.audit("test:taken_back", None)
        work.commit()


def one_person(world: World, *record_ids: UUID) -> UUID:
    """Link records: from now on they are one person."""
    person_id = uuid4()
    with world.database.write(system_actor("linker")) as work:
        _take_for(work, dict.fromkeys(record_ids, person_id))
        work.audit("test:linked", None)
        work.commit()
    return person_id


def _take_for(work: unit_of_work.Work, people: Mapping[UUID, UUID]) -> None:
    known = set(work.session.execute(select(RecordPerson.record_id)).scalars())
    rows = [{"record_id": record, "person_id": person, "since": work.now} for record, person in people.items()]
    fresh = [row for row in rows if row["record_id"] not in known]
    if fresh:
        work.session.execute(insert(RecordPerson), fresh)
    for row in (row for row in rows if row["record_id"] in known):
        work.session.execute(update(RecordPerson).where(RecordPerson.record_id == row["record_id"]).values(**row))


def apart(world: World, *record_ids: UUID) -> None:
    """Undo links: each record is a person of its own again."""
    with world.database.write(system_actor("linker")) as work:
        _take_for(work, {record_id: record_id for record_id in record_ids})
        work.audit("test:unlinked", None)
        work.commit()


def doubt(world: World, one: UUID, other: UUID) -> None:
    """A pair that waits for the reviewer."""
    low, high = sorted((one, other), key=lambda found: found.hex)
    with world.database.write(system_actor("linker")) as work:
        pair = {"id": uuid4(), "record_a_id": low, "record_b_id": high, "score": 1.0, "agreement": "{}"}
        work.session.execute(insert(LinkPair), [pair | {"state": "doubtful", "found_at": work.now}])
        work.audit("test:doubted", None)
        work.commit()
