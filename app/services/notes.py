"""Notes on a case: a remark of one sensitivity class, sealed, read only by roles that see the class."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import insert

from app.errors import Forbidden, Invalid
from app.models.help import Note
from app.security.actor import Actor
from app.security.policy import classes_of
from app.services import unit_of_work
from app.services.case_keys import CaseKeys, unwrap_keys
from app.services.unit_of_work import Once, Work
from app.services.viewing import Looked
from app.services.workflow_runner import find_standing

NOTED = "NTMVJR"
"""The classes that a note can have, the most usual first. Identity goes to the record, never into a note."""


@dataclass(frozen=True)
class NewNote:
    """What is to be kept."""

    sensitivity: str
    text: str
    occurred_on: date


@dataclass(frozen=True)
class NotedCase:
    """The case that a note is for."""

    case_id: UUID
    reference: str


def noted_case(work: Work, *, case_id: UUID) -> Looked[NotedCase]:
    """The case of a note's page; raises NotFound where it is not open now: what was handed over takes no note."""
    return Looked(NotedCase(case_id, find_standing(work, case_id).reference), case_id)


def writable(actor: Actor) -> tuple[str, ...]:
    """The classes of which the actor may write notes: those that she reads."""
    classes = classes_of(actor.roles)
    return tuple(one for one in NOTED if one in classes)


def add_note(actor: Actor, case_id: UUID, new: NewNote, once: Once | None = None) -> dict[str, str]:
    """Keep a note on a case that is open to the actor.

    Raises NotFound for a case that is not, Forbidden for a class that her roles do not see, Invalid for a later day.
    """
    if new.sensitivity not in writable(actor):
        raise Forbidden("wrong_role")
    with unit_of_work.write(actor) as work:
        note_id = uuid4()
        made = {"case_id": str(case_id), "note_id": str(note_id)}
        known = find_standing(work, case_id)
        earlier = work.once(once, made)
        if earlier is not None:
            return earlier
        if new.occurred_on > work.today:
            raise Invalid({"occurred_on": "date_in_future"})
        keep_note(work, unwrap_keys(work, case_id, known.identity_key, known.content_key), note_id, new)
        work.commit()
        return made


def keep_note(work: Work, keys: CaseKeys, note_id: UUID, new: NewNote) -> None:
    """Keep a note under the keys of its case, in the caller's transaction."""
    row = {
        "id": note_id,
        "case_id": keys.case_id,
        "agency_id": work.actor.agency_id,
        "member_id": work.actor.member_id,
        "sensitivity": new.sensitivity,
        "occurred_on": new.occurred_on,
        "recorded_at": work.now,
        "text": work.vault.seal(keys.content, new.text, "note", "text", note_id),
    }
    work.session.execute(insert(Note), [row])
    work.audit("note:added", keys.case_id, note=note_id)
