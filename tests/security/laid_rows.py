"""Rows of a case that the matrix lays by hand: a notice, a clock, a meeting's agenda, a packet for another country."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, insert

from app.cipher import digest
from app.clock import utc_now
from app.models.audit import Notice
from app.models.document import CaseDocument
from app.models.leaving import ExitApproval
from app.models.meeting import Meeting, MeetingAgency, MeetingCase, MeetingFollowUp
from app.models.person_request import PersonRequest
from app.models.transnational import TransnationalPacket
from app.models.workflow import CaseClock, ClockSilence
from app.security.actor import Actor
from app.services.case_keys import CaseKeys
from tests.factories.world import A_DAY, World

OPENER, OPENER_AGENCY = "advocate.prizren", "advocacy_prizren"


def row_of_case(case_id: UUID, agency_id: UUID) -> dict[str, Any]:
    return {"id": uuid.uuid4(), "case_id": case_id, "agency_id": agency_id}


def notice(connection: Connection, case_id: UUID, agency: UUID) -> UUID:
    row = row_of_case(case_id, agency) | {"kind": "case:moved", "values": {}, "created_at": utc_now()}
    connection.execute(insert(Notice), [row])
    return row["id"]  # type: ignore[no-any-return]


def clock(connection: Connection, named: dict[str, Any], agency: UUID) -> UUID:
    row = row_of_case(named["case_id"], agency) | {
        "name": "consent",
        "calendar": "",
        "started_by_id": named["event_id"],
    }
    row |= {"started_at": utc_now(), "due_at": utc_now() + timedelta(days=1)}
    still = row | {"id": uuid.uuid4(), "name": "review", "paused_at": utc_now(), "exempt_until": row["due_at"]}
    connection.execute(insert(CaseClock), [row | {"paused_at": None, "exempt_until": None}, still])
    silence = row_of_case(named["case_id"], agency) | {"name": "review", "set_at": utc_now()}
    silence["set_by_id"] = named["member_id"]
    connection.execute(insert(ClockSilence), [silence])
    return row["id"]  # type: ignore[no-any-return]


def asked(connection: Connection, named: dict[str, Any], agency: UUID) -> UUID:
    """A request of the person that waits for its answer."""
    row = row_of_case(named["case_id"], agency) | {"kind": "access", "asked_by": "person", "received_on": A_DAY}
    row |= {"due_on": A_DAY, "recorded_by_id": named["member_id"], "recorded_at": utc_now()}
    connection.execute(insert(PersonRequest), [row])
    return row["id"]  # type: ignore[no-any-return]


def meeting(connection: Connection, world: World, guests: list[UUID]) -> UUID:
    """A meeting that the opener called."""
    caller = world.agencies[OPENER_AGENCY]
    row = {"id": uuid.uuid4(), "agency_id": caller, "called_by_id": world.actor(OPENER).member_id}
    row |= {"called_at": utc_now(), "held_on": A_DAY, "kind": "regular", "reason": "review", "is_urgent": False}
    connection.execute(insert(Meeting), [row | {"entries": 1}])
    rows = [{"meeting_id": row["id"], "agency_id": guest, "basis": "invited"} for guest in guests]
    connection.execute(insert(MeetingAgency), rows)
    return row["id"]  # type: ignore[return-value]


def agenda(connection: Connection, world: World, case_id: UUID, agency: UUID) -> dict[str, Any]:
    """The case on the agenda of a meeting to which the agency is invited, and what it took on there."""
    entry = row_of_case(case_id, world.agencies[OPENER_AGENCY])
    entry |= {"meeting_id": meeting(connection, world, [agency]), "position": 1}
    connection.execute(insert(MeetingCase), [entry])
    task = row_of_case(case_id, world.agencies[OPENER_AGENCY])
    task |= {"entry_id": entry["id"], "responsible_agency_id": agency, "due_on": A_DAY, "recorded_at": utc_now()}
    connection.execute(insert(MeetingFollowUp), [task])
    return {"entry_id": entry["id"], "follow_up_id": task["id"]}


def approval(connection: Connection, named: dict[str, Any], asked: UUID, member_id: UUID | None) -> UUID:
    """An approval that an agency was asked for and has not answered."""
    row = row_of_case(named["case_id"], asked) | {"stay_id": named["stay_id"], "asked_agency_id": asked}
    row |= {"asked_kind": "police", "asked_by_id": member_id, "asked_at": utc_now()}
    connection.execute(insert(ExitApproval), [row])
    return row["id"]  # type: ignore[no-any-return]


def packet(connection: Connection, case_id: UUID, agency: UUID, member_id: UUID | None) -> UUID:
    row = row_of_case(case_id, agency) | {"member_id": member_id, "made_at": utc_now(), "country": "AL", "shares": []}
    connection.execute(insert(TransnationalPacket), [row | {"answer_due_on": A_DAY}])
    return row["id"]  # type: ignore[no-any-return]


def document(connection: Connection, world: World, case_id: UUID, by: Actor, agency: UUID, keys: CaseKeys) -> UUID:
    """A document that who plays the role put on the case."""
    vault, row = world.database.vault, row_of_case(case_id, agency) | {"member_id": by.member_id}
    row |= {"kind": "signed_form", "sensitivity": "N", "format": "text", "size": 5, "recorded_at": utc_now()}
    told = {"name": "form.txt", "about": "", "digest": digest(b"hello")}
    row["details"] = vault.seal(keys.content, told, "case_document", "details", row["id"])
    row["content"] = vault.seal_bytes(keys.content, b"hello", "case_document", "content", row["id"])
    connection.execute(insert(CaseDocument), [row])
    return row["id"]  # type: ignore[no-any-return]
