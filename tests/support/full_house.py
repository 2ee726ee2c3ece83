"""A house made large: many beds, in each a resident now and one before her, all with their sealed safety minimum."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, Engine, insert, select, text

from app.cipher import new_key
from app.models.agency import Agency
from app.models.base import Base
from app.models.case import Case, CaseParty
from app.models.placement import Room
from app.models.record import ClientRecord
from app.security.vault import Vault

A_ROOM = 4
SAFETY = {"alias": "Resident", "alerts": "Fears men in uniform", "allergies": "None", "children_present": "None"}
Rows = dict[str, list[dict[str, Any]]]


def fill_house(above: Engine, vault: Vault, shelter: str, beds: int, today: date, staff_id: UUID | None) -> None:
    """Write so many beds into a shelter with two stays in each, past every rule; cases that there are lend their names.

    The shelter is a party to them by duty, and the member at work on them.
    """
    with above.begin() as connection:
        is_postgresql = connection.dialect.name == "postgresql"
        connection.execute(
            text("SET session_replication_role = replica" if is_postgresql else "PRAGMA foreign_keys=OFF")
        )
        agency_id = connection.execute(select(Agency.id).where(Agency.key == shelter)).scalar_one()
        cases = _cases(connection, 2 * beds)
        rows = _rooms(connection, agency_id, beds)
        named = [row["id"] for row in rows["bed"]]
        for number, (case_id, record_id) in enumerate(cases):
            is_gone = number >= beds
            days = (
                (today - timedelta(days=20), today - timedelta(days=8))
                if is_gone
                else (today - timedelta(days=8), None)
            )
            _add_stay(rows, vault, agency_id, (case_id, record_id, named[number % beds]), days)
            _add_standing(rows, agency_id, case_id, today, staff_id)
        for table, made in rows.items():
            connection.execute(insert(Base.metadata.tables[table]), made)


def _cases(connection: Connection, number: int) -> list[tuple[UUID, UUID]]:
    """Cases with their records; where there are too few, some that are not there at all."""
    found = connection.execute(
        select(Case.id, ClientRecord.id)
        .join(ClientRecord, ClientRecord.case_id == Case.id)
        .where(~select(CaseParty.id).where(CaseParty.case_id == Case.id, CaseParty.agency_kind == "shelter").exists())
        .order_by(Case.id)
        .limit(number)
    )
    there = [(row[0], row[1]) for row in found]
    return there + [(uuid4(), uuid4()) for _ in range(number - len(there))]


def _rooms(connection: Connection, agency_id: UUID, beds: int) -> Rows:
    house = connection.execute(select(Room.premises_id).where(Room.agency_id == agency_id).limit(1)).scalar_one()
    shared = {"agency_id": agency_id}
    rooms = [{"id": uuid4(), "premises_id": house, "name": f"L{one:02}", **shared} for one in range(-(-beds // A_ROOM))]
    made = [
        {"id": uuid4(), "room_id": rooms[one // A_ROOM]["id"], "name": f"L{one:03}", "is_cot": False, "is_active": True}
        for one in range(beds)
    ]
    return {"room": rooms, "bed": [row | shared for row in made], "stay": [], "stay_key": [], "case_party": []}


def _add_stay(
    rows: Rows, vault: Vault, agency_id: UUID, whose: tuple[UUID, UUID, UUID], days: tuple[date, date | None]
) -> None:
    stay_id, key, (arrived_on, left_on) = uuid4(), new_key(), days
    case_id, record_id, bed_id = whose
    row = {"id": stay_id, "agency_id": agency_id, "case_id": case_id, "record_id": record_id, "bed_id": bed_id}
    told = {"arrived_on": arrived_on, "left_on": left_on, "destination": "own_home" if left_on else None}
    sealed = vault.seal(key, SAFETY, "stay", "safety", stay_id)
    rows["stay"].append(row | told | {"recorded_at": _noon(arrived_on), "safety": sealed})
    if left_on is None:
        wrapped = vault.wrap(key, stay_id, "stay", agency_id)
        rows["stay_key"].append({"stay_id": stay_id, "agency_id": agency_id, "wrapped": wrapped})


def _add_standing(rows: Rows, agency_id: UUID, case_id: UUID, today: date, staff_id: UUID | None) -> None:
    shared = {"case_id": case_id, "agency_id": agency_id, "since": _noon(today)}
    place = {"case_state": "open", "stage": "shelter", "opened_on": today}
    of_party = {"agency_kind": "shelter", "kind": "duty", "basis": "referral"}
    rows["case_party"].append({"id": uuid4(), **shared, **of_party, **place})
    if staff_id is not None:
        rows.setdefault("case_staff", []).append({"id": uuid4(), **shared, "member_id": staff_id})


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
