"""A case that follows another one of the same person: what its first page takes over, and what goes along unasked."""

from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, select

from app.models.help import KeepApart
from app.models.record import LinkPair
from app.queries import case_file
from app.queries.standing import Standing
from app.security.fields import IDENTITY
from app.security.policy import classes_of
from app.services.case_keys import unwrap_keys
from app.services.step_page import age_group
from app.services.unit_of_work import Work
from app.services.viewing import Looked
from app.services.workflow_runner import find_standing

TAKEN_OVER = ("given_name", "family_name", "birth_date", "age")


def taken_over(work: Work, case_id: UUID) -> Looked[dict[str, Any]]:
    """The answers of a first page that the earlier case gives; raises NotFound where it is not open to the actor."""
    known = find_standing(work, case_id)
    told = {
        "sex": known.sex,
        "region": known.region,
        "language": known.language,
        "age_group": age_group(known),
    }
    if IDENTITY in classes_of(work.actor.roles):
        told |= _identity(work, known)
    return Looked({name: value for name, value in told.items() if value not in (None, "", "unknown")}, case_id)


def _identity(work: Work, known: Standing) -> dict[str, Any]:
    keys = unwrap_keys(work, known.case_id, known.identity_key, known.content_key)
    record = case_file.record(work.session, work.actor, known.case_id)
    told: dict[str, Any] = {}
    if known.identity:
        identity = work.vault.open(keys.identity, known.identity, "client_record", "identity", known.record_id)
        told |= {name: identity.get(name) for name in TAKEN_OVER} | {"citizenship": identity.get("citizenships")}
    if record and record.safe_contact:
        told |= work.vault.open(keys.identity, record.safe_contact, "client_record", "safe_contact", known.record_id)
    return told


def carry_over(work: Work, earlier: Standing, case_id: UUID) -> None:
    """Let what stands for the person whatever her case stand in the new one: from whom she is kept apart, who she is.

    Who opens the one case as following the other says that it is one person; a link reviewer can still undo it.
    """
    known = find_standing(work, case_id)
    _keep_apart(work, earlier, known)
    _confirm_link(work, earlier.record_id, known.record_id)


def _keep_apart(work: Work, earlier: Standing, known: Standing) -> None:
    """The marks of the earlier case and those that others have against it (decision 28)."""
    before = unwrap_keys(work, earlier.case_id, earlier.identity_key, earlier.content_key)
    keys = unwrap_keys(work, known.case_id, known.identity_key, known.content_key)
    marks = work.session.execute(
        select(KeepApart).where(KeepApart.case_id == earlier.case_id, KeepApart.lifted_at.is_(None))
    ).scalars()
    rows = []
    for mark in marks:
        mark_id = uuid4()
        opened = work.vault.open(before.content, mark.reason, "keep_apart", "reason", mark.id) if mark.reason else None
        reason = work.vault.seal(keys.content, opened, "keep_apart", "reason", mark_id) if opened else None
        rows.append(_mark(work, mark_id, known, mark.shelter_id, mark.other_case_id, reason))
    with work.as_system("placement"):
        others = select(KeepApart.case_id).where(
            KeepApart.other_case_id == earlier.case_id, KeepApart.lifted_at.is_(None)
        )
        against = sorted(set(work.session.execute(others).scalars()))
    rows += [_mark(work, uuid4(), known, None, other, None) for other in against if other != known.case_id]
    if rows:
        work.session.execute(insert(KeepApart), rows)


def _mark(
    work: Work, mark_id: UUID, known: Standing, shelter_id: UUID | None, other_id: UUID | None, reason: bytes | None
) -> dict[str, Any]:
    return {
        "id": mark_id,
        "case_id": known.case_id,
        "agency_id": work.actor.agency_id,
        "shelter_id": shelter_id,
        "other_case_id": other_id,
        "set_at": work.now,
        "reason": reason,
    }


def _confirm_link(work: Work, one: UUID, other: UUID) -> None:
    """The two records are one person, so that she is counted once; the linker takes it over on its next round."""
    first, second = sorted((one, other), key=lambda record: record.hex)
    row = {
        "id": uuid4(),
        "record_a_id": first,
        "record_b_id": second,
        "score": 0.0,
        "agreement": "[]",
        "state": "confirmed",
        "found_at": work.now,
        "decided_at": work.now,
        "decided_by_id": work.actor.member_id,
        "reason": None,
    }
    with work.as_system("linker"):
        work.session.execute(insert(LinkPair), [row])
