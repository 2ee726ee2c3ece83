"""Keep apart: marks between a person and a place, or between two persons (decision 28). The reason is sealed.

Whoever places the person elsewhere learns from a mark that it is not possible there, and nothing else.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import insert, select, update

from app.errors import Invalid, NotFound
from app.models.case import Case
from app.models.help import KeepApart
from app.queries import directory
from app.queries.directory import ShelterRow
from app.queries.standing import Standing
from app.security.actor import Actor
from app.services import unit_of_work
from app.services.case_keys import unwrap_keys
from app.services.unit_of_work import Once, Work
from app.services.viewing import Looked
from app.services.workflow_runner import find_standing


@dataclass(frozen=True)
class Mark:
    """A mark on the case: the place or the other case it names, since when, and why."""

    id: UUID
    shelter: ShelterRow | None
    other_reference: str
    set_at: datetime
    reason: str


@dataclass(frozen=True)
class Marks:
    """The marks of a case and the shelters that a new one can name."""

    case_id: UUID
    reference: str
    marks: tuple[Mark, ...]
    shelters: tuple[ShelterRow, ...]


def of_case(work: Work, case_id: UUID) -> Looked[Marks]:
    """The live marks set on a case that is open to the actor; raises NotFound for any other."""
    known = find_standing(work, case_id)
    keys = unwrap_keys(work, case_id, known.identity_key, known.content_key)
    shelters = {row.shelter.agency_id: row for row in directory.shelters(work.session, work.actor)}
    rows = work.session.execute(
        select(KeepApart, Case.reference)
        .outerjoin(Case, Case.id == KeepApart.other_case_id)
        .where(KeepApart.case_id == case_id, KeepApart.lifted_at.is_(None))
        .order_by(KeepApart.set_at, KeepApart.id)
    )
    marks = []
    for mark, other in rows:
        reason = work.vault.open(keys.content, mark.reason, "keep_apart", "reason", mark.id) if mark.reason else ""
        place = shelters.get(mark.shelter_id) if mark.shelter_id else None
        marks.append(Mark(mark.id, place, other or "", mark.set_at, reason))
    return Looked(Marks(case_id, known.reference, tuple(marks), tuple(shelters.values())), case_id)


def keep_apart(
    actor: Actor,
    case_id: UUID,
    reason: str,
    shelter_id: UUID | None = None,
    other_reference: str | None = None,
    once: Once | None = None,
) -> None:
    """Keep a person from a shelter, or from the person of another case that is open to the actor.

    Raises NotFound for a case that is not open to her, Invalid where neither or both are named, the other case is not
    found, or the mark is there already.
    """
    with unit_of_work.write(actor) as work:
        mark_id = uuid4()
        if work.once(once, {"mark_id": str(mark_id)}) is not None:
            return
        known = find_standing(work, case_id)
        if (shelter_id is None) == (not other_reference):
            raise Invalid({"shelter": "one_of_two"})
        other_id = _other_case(work, known, other_reference) if other_reference else None
        _refuse_twice(work, case_id, shelter_id, other_id)
        keys = unwrap_keys(work, case_id, known.identity_key, known.content_key)
        row = {
            "id": mark_id,
            "case_id": case_id,
            "agency_id": actor.agency_id,
            "shelter_id": shelter_id,
            "other_case_id": other_id,
            "set_at": work.now,
            "reason": work.vault.seal(keys.content, reason, "keep_apart", "reason", mark_id),
        }
        work.session.execute(insert(KeepApart), [row])
        work.audit("keep_apart:set", case_id, mark=mark_id)
        work.commit()


def _other_case(work: Work, known: Standing, reference: str) -> UUID:
    """A case that is open to the actor: one that is not is never confirmed to be there."""
    wanted = reference.strip().upper()
    found = work.session.execute(select(Case.id).where(Case.reference == wanted)).scalar_one_or_none()
    if found is None or found == known.case_id:
        raise Invalid({"other_reference": "no_such_case"})
    return found


def _refuse_twice(work: Work, case_id: UUID, shelter_id: UUID | None, other_id: UUID | None) -> None:
    named = KeepApart.shelter_id == shelter_id if shelter_id else KeepApart.other_case_id == other_id
    there = select(KeepApart.id).where(KeepApart.case_id == case_id, KeepApart.lifted_at.is_(None), named)
    if work.session.execute(there.limit(1)).first():
        raise Invalid({"shelter" if shelter_id else "other_reference": "already_marked"})


def lift(actor: Actor, case_id: UUID, mark_id: UUID) -> None:
    """Take a mark off; the record keeps it. Raises NotFound for one that is not on a case that is open to her."""
    with unit_of_work.write(actor) as work:
        find_standing(work, case_id)
        changed = work.change(
            update(KeepApart)
            .where(KeepApart.id == mark_id, KeepApart.case_id == case_id, KeepApart.lifted_at.is_(None))
            .values(lifted_at=work.now)
        )
        if changed == 0:
            raise NotFound
        work.audit("keep_apart:lifted", case_id, mark=mark_id)
        work.commit()
