"""What is recorded of a person, for herself: a paper that she can read, without what would endanger her or another.

A paper may be found by those whom she fled. So no shelter stands on it by name, no worker, no number at which she is
reached, and nothing that was written about others; what is left out is named, with the reason.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from app.queries import case_file, moves, timeline
from app.queries.case_file import ConsentRow, PartyRow, ServiceRow
from app.queries.standing import Standing
from app.security.fields import IDENTITY, Relation, readable
from app.security.policy import classes_of
from app.services import procedures
from app.services.case_keys import unwrap_keys
from app.services.case_versions import version_at
from app.services.person_requests import led
from app.services.unit_of_work import Work
from app.services.viewing import Looked
from workflows.definition import Label

SHELTER = "shelter"
WITHHELD = (
    ("shelters", "endangers"),
    ("contact", "endangers"),
    ("workers", "of_others"),
    ("accused", "of_others"),
    ("answers", "of_others"),
    ("notes", "of_others"),
    ("linked", "of_others"),
    ("investigation", "proceedings"),
)
"""What never stands on the paper, and the reason: codes of the lists person_packet_part and person_request_reason."""


@dataclass(frozen=True)
class Told:
    """A step of her case: which, on which day, by which agency; a shelter is named for what it is and no more."""

    label: Label
    track_label: Label
    on: date
    agency: Any


@dataclass(frozen=True)
class Packet:
    """All that stands on the paper."""

    case_id: UUID
    reference: str
    made_on: date
    agency: Any
    identity: dict[str, Any]
    person: Standing
    has_contact: bool
    steps: tuple[Told, ...]
    consents: tuple[ConsentRow, ...]
    services: tuple[ServiceRow, ...]
    received: tuple[PartyRow, ...]
    withheld: tuple[tuple[str, str], ...]


def shown(work: Work, case_id: UUID, form: str) -> Looked[Packet]:
    """The paper, for the agency that leads the case. Raises NotFound for any other, and for who may not see names."""
    known = led(work, case_id)
    keys = unwrap_keys(work, case_id, known.identity_key, known.content_key)
    identity: dict[str, Any] = {}
    if known.identity and IDENTITY in readable(classes_of(work.actor.roles), Relation.PARTY):
        identity = work.vault.open(keys.identity, known.identity, "client_record", "identity", known.record_id)
    received = tuple(case_file.parties(work.session, work.actor, case_id))
    packet = Packet(
        case_id,
        known.reference,
        work.today,
        next(one for one in received if one.agency_id == work.actor.agency_id),
        identity,
        known,
        known.has_safe_contact,
        tuple(_steps(work, known, {one.agency_id for one in received if one.agency_kind == SHELTER})),
        tuple(case_file.consents(work.session, work.actor, case_id)),
        tuple(case_file.services(work.session, work.actor, case_id)),
        received,
        WITHHELD,
    )
    return Looked(packet, case_id, detail={"form": form})


def _steps(work: Work, known: Standing, shelters: set[UUID]) -> list[Told]:
    """The steps that stand, oldest first."""
    moved = moves.moves(work.session, work.actor, known.case_id)
    told = []
    for event in reversed(timeline.events(work.session, work.actor, known.case_id)):
        if event.voided_at is None:
            version = version_at(known, moved, event.position)
            label = procedures.transition_label(version, event.track, event.action, event.from_state)
            by = None if event.agency_id in shelters else event
            told.append(Told(label, procedures.track_label(version, event.track), event.occurred_on, by))
    return told
