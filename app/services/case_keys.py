"""The keys of a case: made at opening, wrapped for each holder, taken over on acceptance, deleted with the grant."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select, text
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from app.errors import NotFound
from app.models.case import CaseKey
from app.models.workflow import PacketKey, Referral
from app.security.actor import LINKER_DESK
from app.security.vault import CONTENT, IDENTITY
from app.services.unit_of_work import Work


@dataclass(frozen=True)
class CaseKeys:
    """The two keys of one case, unwrapped; lives no longer than the unit of work."""

    case_id: UUID
    identity: bytes
    content: bytes


def keep_keys(work: Work, keys: CaseKeys) -> None:
    """Wrap the keys of a new case for its agency, and the identity key for the linker's desk (decision 34)."""
    holder = work.actor.agency_id
    assert holder is not None  # noqa: S101 - only members open cases
    rows = [(holder, IDENTITY, keys.identity), (holder, CONTENT, keys.content), (LINKER_DESK, IDENTITY, keys.identity)]
    work.session.execute(insert(CaseKey), _wraps(work, keys.case_id, rows))


def share_keys(work: Work, keys: CaseKeys, holder_id: UUID) -> None:
    """Wrap both keys for another holder; what it holds already stays as it is."""
    rows = [(holder_id, IDENTITY, keys.identity), (holder_id, CONTENT, keys.content)]
    add = (pg_insert if work.is_postgresql else sqlite_insert)(CaseKey).on_conflict_do_nothing()
    work.session.connection().execute(add, _wraps(work, keys.case_id, rows))


def _wraps(work: Work, case_id: UUID, rows: list[tuple[UUID, str, bytes]]) -> list[dict[str, Any]]:
    return [
        {"case_id": case_id, "holder_id": holder, "kind": kind, "wrapped": work.vault.wrap(key, case_id, kind, holder)}
        for holder, kind, key in rows
    ]


def unwrap_keys(work: Work, case_id: UUID, identity: bytes | None, content: bytes | None) -> CaseKeys:
    """Unwrap what the standing query brought along; raises NotFound where the agency holds no key."""
    holder = work.actor.agency_id
    if identity is None or content is None or holder is None:
        raise NotFound
    return CaseKeys(
        case_id,
        work.vault.unwrap(identity, case_id, IDENTITY, holder),
        work.vault.unwrap(content, case_id, CONTENT, holder),
    )


def open_keys(work: Work, case_id: UUID) -> CaseKeys:
    """The keys of a case that is open to the actor; raises NotFound where the agency holds none."""
    rows = work.session.execute(
        select(CaseKey.kind, CaseKey.wrapped).where(
            CaseKey.case_id == case_id, CaseKey.holder_id == work.actor.agency_id
        )
    )
    wrapped = {row.kind: row.wrapped for row in rows}
    return unwrap_keys(work, case_id, wrapped.get(IDENTITY), wrapped.get(CONTENT))


def take_over_keys(work: Work, referral: Referral) -> CaseKeys:
    """On acceptance: unwrap the sender's keys and wrap them for the receiver. The database checks the referral."""
    if work.is_postgresql:
        found = work.session.connection().execute(
            text("SELECT kind, wrapped FROM grantor_keys(:case_id, :referral_id)"),
            {"case_id": referral.case_id, "referral_id": referral.id},
        )
    else:
        table = CaseKey.__table__
        found = work.session.connection().execute(
            select(table.c.kind, table.c.wrapped).where(
                table.c.case_id == referral.case_id, table.c.holder_id == referral.from_agency_id
            )
        )
    sender = referral.from_agency_id
    plain = {row.kind: work.vault.unwrap(row.wrapped, referral.case_id, row.kind, sender) for row in found}
    if set(plain) != {IDENTITY, CONTENT}:
        raise NotFound
    return CaseKeys(referral.case_id, plain[IDENTITY], plain[CONTENT])


def drop_keys(work: Work, case_id: UUID, holder_id: UUID) -> None:
    """Delete a holder's wraps: from the commit on it opens nothing more (decision 34).

    Through the holder's own standing, for no other agency sees them: do it before the holder's party ends.
    """
    with work.answering_for(holder_id):
        work.change(delete(CaseKey).where(CaseKey.case_id == case_id, CaseKey.holder_id == holder_id))


def drop_packet(work: Work, referral: Referral) -> None:
    """Destroy the key of a referral's packet for sender and receiver: what was sent along opens for nobody any more.

    Through the standing of each, and while the referral is still in sight.
    """
    for holder_id in (referral.to_agency_id, referral.from_agency_id):
        with work.answering_for(holder_id):
            own = (PacketKey.referral_id == referral.id, PacketKey.agency_id == holder_id)
            work.change(delete(PacketKey).where(*own))
