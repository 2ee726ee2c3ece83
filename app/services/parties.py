"""Who is a party: written through the database's own functions on PostgreSQL, and by the same rules on SQLite."""

import json
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select, text, update
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from app.errors import NotFound
from app.models.agency import Agency
from app.models.case import Case, CaseParty, CaseStaff
from app.models.workflow import Referral
from app.security.row_rules import PENDING
from app.services.unit_of_work import Work


def open_case_row(work: Work, case: dict[str, Any], basis: str) -> None:
    """Write a case with its first party and first member of staff; the agency is the actor's, whatever the row says."""
    if work.is_postgresql:
        body = json.dumps(case, default=_plain)
        work.session.connection().execute(
            text("SELECT open_case(cast(:body AS jsonb), :party, :staff, :basis)"),
            {"body": body, "party": uuid4(), "staff": uuid4(), "basis": basis},
        )
        return
    agency_id, kind = work.actor.agency_id, work.actor.agency_kind
    own = {"opened_by_agency_id": agency_id, "lead_agency_id": agency_id, "origin": kind}
    work.session.execute(insert(Case), [{**case, **own}])
    party = {
        "case_id": case["id"],
        "agency_id": agency_id,
        "agency_kind": kind,
        "kind": "duty",
        "basis": basis,
        "since": case["recorded_at"],
        "case_state": case["status"],
        "stage": "",
        "opened_on": case["opened_on"],
    }
    work.session.execute(insert(CaseParty), [{"id": uuid4(), **party}])
    if work.actor.member_id is not None:
        _assign(work, case["id"], case["recorded_at"])


def _plain(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)


def _assign(work: Work, case_id: UUID, since: datetime) -> None:
    row = {"case_id": case_id, "agency_id": work.actor.agency_id, "member_id": work.actor.member_id, "since": since}
    add = sqlite_insert(CaseStaff).values(id=uuid4(), **row)
    work.session.connection().execute(add.on_conflict_do_nothing())


def join_by_referral(work: Work, referral: Referral, kind: str, basis: str) -> None:
    """Make the actor's agency a party by a referral that waits for it; raises NotFound for any other."""
    if referral.to_agency_id != work.actor.agency_id or referral.state not in PENDING:
        raise NotFound
    _add(work, referral.case_id, referral.to_agency_id, kind, basis, referral.id)


def join_by_care_decision(work: Work, case_id: UUID, agency_id: UUID) -> None:
    """Make a shelter a party by duty on a social worker's emergency care decision (decision 35)."""
    _add(work, case_id, agency_id, "duty", "care_decision", None)


def _add(work: Work, case_id: UUID, agency_id: UUID, kind: str, basis: str, referral_id: UUID | None) -> None:
    if work.is_postgresql:
        work.session.connection().execute(
            text("SELECT add_party(:id, :case_id, :agency_id, :kind, :basis, :referral_id, :staff_id, :at)"),
            {
                "id": uuid4(),
                "case_id": case_id,
                "agency_id": agency_id,
                "kind": kind,
                "basis": basis,
                "referral_id": referral_id,
                "staff_id": uuid4(),
                "at": work.now,
            },
        )
        return
    party, cases = CaseParty.__table__, Case.__table__
    connection = work.session.connection()
    known = connection.execute(
        select(party.c.case_state, party.c.stage, cases.c.opened_on)
        .join(cases, cases.c.id == party.c.case_id)
        .where(party.c.case_id == case_id)
        .order_by(party.c.ended_at.is_(None).desc())
        .limit(1)
    ).one()
    agency_kind = connection.execute(
        select(Agency.__table__.c.kind).where(Agency.__table__.c.id == agency_id)
    ).scalar_one()
    row = {"case_id": case_id, "agency_id": agency_id, "agency_kind": agency_kind, "kind": kind, "basis": basis}
    add = sqlite_insert(CaseParty).values(id=uuid4(), since=work.now, **row, **known._mapping)
    connection.execute(add.on_conflict_do_nothing())
    if agency_id == work.actor.agency_id:
        _assign(work, case_id, work.now)


def end_party(work: Work, case_id: UUID, agency_id: UUID, end_kind: str) -> None:
    """End an agency's standing in a case: handed_over, withdrawn or closed."""
    if work.is_postgresql:
        work.session.connection().execute(
            text("SELECT end_party(:case_id, :agency_id, :end_kind, :at)"),
            {"case_id": case_id, "agency_id": agency_id, "end_kind": end_kind, "at": work.now},
        )
        return
    work.change(
        update(CaseParty)
        .where(CaseParty.case_id == case_id, CaseParty.agency_id == agency_id, CaseParty.ended_at.is_(None))
        .values(ended_at=work.now, end_kind=end_kind)
    )
