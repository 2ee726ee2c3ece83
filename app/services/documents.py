"""Documents on a case: taken in by what they hold, sealed under its content key, handed out to who may read them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, update

from app.cipher import Tampered, digest
from app.documents.faults import Refused
from app.documents.names import tidy_name
from app.documents.taking_in import Taken, take_in
from app.errors import Conflict, Forbidden, Invalid, NotFound
from app.models.document import CaseDocument
from app.queries import documents as documents_query
from app.queries.documents import DocumentRow
from app.security.actor import Actor
from app.security.fields import is_open
from app.security.policy import classes_of
from app.services import unit_of_work
from app.services.case_keys import CaseKeys, unwrap_keys
from app.services.hidden_places import hidden
from app.services.unit_of_work import Once, Work
from app.services.viewing import Looked
from app.services.workflow_runner import find_standing
from app.vocabulary.document import CLASS_OF

TABLE = "case_document"


@dataclass(frozen=True)
class NewDocument:
    """What is to be put on a case: the bytes as they came, what they were called, what they are."""

    content: bytes
    name: str
    kind: str
    about: str = ""


@dataclass(frozen=True)
class Listed:
    """One document of the list; without name, kind and words where the reader's roles do not see its class."""

    id: UUID
    row: DocumentRow
    recorded_at: datetime
    is_removed: bool
    is_open: bool
    is_own: bool
    name: str = ""
    about: str = ""


@dataclass(frozen=True)
class Shelf:
    """The documents of one case."""

    case_id: UUID
    reference: str
    documents: tuple[Listed, ...]


@dataclass(frozen=True)
class HandedOut:
    """A document with its bytes."""

    name: str
    format: str
    content: bytes


def kinds_for(actor: Actor) -> tuple[str, ...]:
    """The kinds that the actor may put on a case: those whose class she reads."""
    classes = classes_of(actor.roles)
    return tuple(kind for kind, sensitivity in CLASS_OF.items() if sensitivity in classes)


def shelf(work: Work, case_id: UUID) -> Looked[Shelf]:
    """The documents of a case that is open to the actor; raises NotFound where it is not."""
    known, keys = _open(work, case_id)
    rows = hidden(work, case_id).without(documents_query.of_case(work.session, work.actor, case_id))
    found = tuple(_listed(work, keys, row) for row in rows)
    return Looked(Shelf(case_id, known.reference, found), case_id)


def hand_out(work: Work, case_id: UUID, document_id: UUID) -> Looked[HandedOut]:
    """One document; raises NotFound where the case is not open to the actor or her roles do not see its class."""
    _, keys = _open(work, case_id)
    row = _readable(work, case_id, document_id)
    sealed = documents_query.content(work.session, work.actor, row.id)
    if sealed is None:
        raise NotFound
    details = _details(work, keys, row)
    content = work.vault.open_bytes(keys.content, sealed, TABLE, "content", row.id)
    if digest(content) != details["digest"]:
        raise Tampered
    return Looked(HandedOut(details["name"], row.format, content), case_id, detail={"document": row.id})


def own(work: Work, case_id: UUID, document_id: UUID) -> Looked[Listed]:
    """One that the actor, or whom she stands in for, put on the case; raises NotFound for any other."""
    _, keys = _open(work, case_id)
    row = _readable(work, case_id, document_id)
    if row.member_id not in work.actor.stands_for:
        raise NotFound
    return Looked(_listed(work, keys, row), case_id, detail={"document": row.id})


def add(actor: Actor, case_id: UUID, new: NewDocument, largest: int, once: Once | None = None) -> dict[str, str]:
    """Put a document on a case that is open to the actor.

    Raises NotFound for a case that is not, Forbidden for a kind whose class her roles do not see, Invalid where the
    file is none that is taken.
    """
    if new.kind not in kinds_for(actor):
        raise Forbidden("wrong_role")
    taken = _taken(new.content, largest)
    with unit_of_work.write(actor) as work:
        document_id = uuid4()
        made = {"case_id": str(case_id), "document_id": str(document_id)}
        _, keys = _open(work, case_id)
        earlier = work.once(once, made)
        if earlier is not None:
            return earlier
        details = {"name": tidy_name(new.name, taken.format), "about": new.about, "digest": digest(taken.content)}
        row: dict[str, Any] = {"id": document_id, "case_id": case_id, "agency_id": actor.agency_id}
        row["member_id"] = actor.member_id
        row |= {"kind": new.kind, "sensitivity": CLASS_OF[new.kind], "format": taken.format}
        row |= {"size": len(taken.content), "recorded_at": work.now}
        row["content"] = work.vault.seal_bytes(keys.content, taken.content, TABLE, "content", document_id)
        row["details"] = work.vault.seal(keys.content, details, TABLE, "details", document_id)
        work.session.execute(insert(CaseDocument), [row])
        work.audit("document:added", case_id, document=document_id, kind=new.kind)
        work.commit()
        return made


def remove(actor: Actor, case_id: UUID, document_id: UUID, once: Once | None = None) -> None:
    """Take a document off a case: its bytes, name and words are gone, who put it there and who took it off stays.

    Raises NotFound where it is not one of the actor's own on a case that is open to her, Conflict("document_removed")
    where it was taken off a moment ago.
    """
    with unit_of_work.write(actor) as work:
        if work.once(once, {}) is not None:
            return
        own(work, case_id, document_id)
        gone = {"content": None, "details": None, "removed_at": work.now, "removed_by_id": actor.member_id}
        standing = (CaseDocument.id == document_id, CaseDocument.removed_at.is_(None))
        if work.change(update(CaseDocument).where(*standing).values(gone)) == 0:
            raise Conflict("document_removed")
        work.audit("document:removed", case_id, document=document_id)
        work.commit()


def _taken(content: bytes, largest: int) -> Taken:
    """What is kept of a file; a control of the tests keeps it unseen."""
    if not unit_of_work.current().parts.files_are_checked:
        return Taken("text", content)
    try:
        return take_in(content, largest)
    except Refused as refused:
        raise Invalid({"document": refused.key}) from None


def _open(work: Work, case_id: UUID) -> tuple[Any, CaseKeys]:
    known = find_standing(work, case_id)
    return known, unwrap_keys(work, case_id, known.identity_key, known.content_key)


def _readable(work: Work, case_id: UUID, document_id: UUID) -> DocumentRow:
    row = documents_query.one(work.session, work.actor, case_id, document_id)
    if row is None or not _is_open(work, row) or row.agency_id in hidden(work, case_id).shelters:
        raise NotFound
    return row


def _is_open(work: Work, row: DocumentRow) -> bool:
    return is_open(row.sensitivity, classes_of(work.actor.roles), is_own=row.member_id in work.actor.stands_for)


def _details(work: Work, keys: CaseKeys, row: DocumentRow) -> dict[str, str]:
    if row.details is None:
        raise NotFound
    told: dict[str, str] = work.vault.open(keys.content, row.details, TABLE, "details", row.id)
    return told


def _listed(work: Work, keys: CaseKeys, row: DocumentRow) -> Listed:
    shown, own_ = _is_open(work, row), row.member_id in work.actor.stands_for
    told = _details(work, keys, row) if shown and row.details else {"name": "", "about": ""}
    return Listed(row.id, row, row.recorded_at, row.removed_at is not None, shown, own_, told["name"], told["about"])
