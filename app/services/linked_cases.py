"""A case that follows another one of the same person: what the new first page can take over from the earlier record."""

from typing import Any
from uuid import UUID

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
