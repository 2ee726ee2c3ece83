"""What a row of a register becomes: a case with record and facts, sealed, one party, no run (decision 15)."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert

from app.matching.tokens import link_texts, possible_birth_years, search_texts, token
from app.models.case import CaseKey
from app.models.count import CountFact
from app.models.record import ClientRecord, LinkToken, SearchToken
from app.models.register import RegisterRow as RegisterRowTable
from app.registers.parse import RegisterRow
from app.security.actor import LINKER_DESK
from app.security.vault import CONTENT, IDENTITY, fresh_case_keys
from app.services import intake, parties
from app.services.cases import new_reference
from app.services.snapshot import NOTHING_STATED
from app.services.unit_of_work import Work

BATCH = 500
Rows = dict[Any, list[dict[str, Any]]]


def store_rows(work: Work, import_id: UUID, rows: list[tuple[RegisterRow, bytes]]) -> None:
    """Store the rows of one import, in batches, within the caller's transaction."""
    for start in range(0, len(rows), BATCH):
        collected: Rows = {
            table: [] for table in (CaseKey, ClientRecord, SearchToken, LinkToken, RegisterRowTable, CountFact)
        }
        for row, fingerprint in rows[start : start + BATCH]:
            _collect(work, import_id, row, fingerprint, collected)
        for table, values in collected.items():
            if values:
                work.session.execute(insert(table), values)


def _collect(work: Work, import_id: UUID, row: RegisterRow, fingerprint: bytes, collected: Rows) -> None:
    case_id, record_id = uuid4(), uuid4()
    keys = fresh_case_keys()
    first = row.seen_on or work.today
    parties.open_case_row(work, _case(work, case_id, row, first), "import")
    identity, snapshot = identity_of(row), snapshot_of(row, first)
    collected[CaseKey] += _wraps(work, case_id, keys)
    collected[ClientRecord].append(
        {
            "id": record_id,
            "case_id": case_id,
            "agency_id": work.actor.agency_id,
            "identity": work.vault.seal(keys[IDENTITY], identity, "client_record", "identity", record_id),
            "safe_contact": None,
            "has_safe_contact": False,
            "age_in_doubt": False,
            "language": "unknown",
            "snapshot_on": first,
            "register_id": import_id,
            "row_version": 1,
            **snapshot,
        }
    )
    collected[RegisterRowTable].append(
        {
            "id": record_id,
            "case_id": case_id,
            "agency_id": work.actor.agency_id,
            "import_id": import_id,
            "record_id": record_id,
            "number": row.row,
            "fingerprint": fingerprint,
            "source": work.vault.seal(keys[IDENTITY], dict(row.cells), "register_row", "source", record_id),
        }
    )
    _collect_tokens(work, record_id, identity, snapshot, collected)
    collected[CountFact] += _facts(work, case_id, record_id, row, snapshot)


def _case(work: Work, case_id: UUID, row: RegisterRow, opened_on: date) -> dict[str, Any]:
    return {
        "id": case_id,
        "reference": new_reference(opened_on.year),
        "opened_on": opened_on,
        "recorded_at": work.now,
        "status": "imported",
        "closed_on": None,
        "entry_door": row.door or "unknown",
        "previous_case_id": None,
    }


def _wraps(work: Work, case_id: UUID, keys: dict[str, bytes]) -> list[dict[str, Any]]:
    own = work.actor.agency_id
    assert own is not None  # noqa: S101 - members have an agency
    holders = ((own, IDENTITY), (own, CONTENT), (LINKER_DESK, IDENTITY))
    return [
        {
            "case_id": case_id,
            "holder_id": holder,
            "kind": kind,
            "wrapped": work.vault.wrap(keys[kind], case_id, kind, holder),
        }
        for holder, kind in holders
    ]


def identity_of(row: RegisterRow) -> dict[str, Any]:
    """The identity as the row gives it; names stay as they were written."""
    given = {
        "given_name": row.given_names,
        "family_name": row.surname,
        "other_names": row.other_names,
        "birth_date": row.birth_date.isoformat() if row.birth_date else None,
        "birth_year": row.birth_year,
        "age": row.age,
        "age_on": row.age_on.isoformat() if row.age_on else None,
        "citizenships": list(row.citizenships),
        "community": row.community,
        "seen_on": row.seen_on.isoformat() if row.seen_on else None,
    }
    return {name: value for name, value in given.items() if value not in (None, "", [])}


def snapshot_of(row: RegisterRow, on: date) -> dict[str, Any]:
    """The coarse dimensions on the day of the first fact."""
    dimensions = intake.snapshot_of(
        {
            "sex": row.sex,
            "region": row.region,
            "citizenship": list(row.citizenships),
            "form": row.form,
            "scope": row.scope,
        },
        identity_of(row),
        on,
    )
    told: dict[str, Any] = {**NOTHING_STATED, **dimensions, **row.story}
    return told if row.is_child is None else told | {"is_child": row.is_child}


def _collect_tokens(
    work: Work, record_id: UUID, identity: dict[str, Any], snapshot: dict[str, Any], collected: Rows
) -> None:
    agency_id = work.actor.agency_id
    assert agency_id is not None  # noqa: S101 - members have an agency
    view = intake.record_view(record_id, "", identity, snapshot)
    search_key, link_key = work.vault.keyring.search(agency_id), work.vault.keyring.link
    texts = search_texts(view.given_names, view.surname, birth_years=possible_birth_years(view))
    collected[SearchToken] += [
        {"agency_id": agency_id, "token": token(search_key, one), "record_id": record_id} for one in sorted(texts)
    ]
    collected[LinkToken] += [
        {"token": token(link_key, one), "record_id": record_id} for one in sorted(link_texts(view))
    ]


def _facts(
    work: Work, case_id: UUID, record_id: UUID, row: RegisterRow, snapshot: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    for fact in row.facts:
        if fact.occurred_on is not None:
            yield {
                "id": uuid4(),
                "case_id": case_id,
                "agency_id": work.actor.agency_id,
                "record_id": record_id,
                "event_id": None,
                "metric": fact.metric,
                "occurred_on": fact.occurred_on,
                "recorded_at": work.now,
                "weight": 1,
                "entry_door": row.door or "unknown",
                "community": row.community or "not_asked",
                **snapshot,
            }
