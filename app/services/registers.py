"""Taking a register in: rows, facts and links under one transaction, with a receipt (decisions 15 and 31)."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from app.cipher import digest, token
from app.errors import Conflict, NotFound
from app.models.register import RegisterDraft, RegisterImport, RegisterRow
from app.registers import reader
from app.registers.mapping import RegisterMapping as Mapped
from app.registers.parse import ParsedRegister, parse
from app.registers.parse import RegisterRow as Row
from app.security.actor import Actor
from app.services import linking, register_drafts, unit_of_work
from app.services.imported_records import store_rows
from app.services.unit_of_work import Once, Work


@dataclass(frozen=True)
class Receipt:
    """What an import made; `was_there` tells that the same file had been taken in before and nothing changed."""

    import_id: UUID
    rows: int
    facts: dict[str, int]
    left_out: int
    already_there: int
    made_at: datetime
    mapping_name: str
    was_there: bool = False


@dataclass(frozen=True)
class _Asked:
    """What is to be taken in: the bytes, how to read them, and of which year they are."""

    content: bytes
    mapping: Mapped
    year: int | None
    import_id: UUID


def import_draft(actor: Actor, draft_id: UUID, once: Once | None = None) -> Receipt:
    """Take the rows without errors in, all or none, and link them. The same file, or row, twice changes nothing.

    The mapping is the one settled for the draft, else the best fitting. Raises RegisterFault, NotFound, Conflict.
    """
    import_id = uuid4()
    with unit_of_work.write(actor) as work:
        earlier = work.once(once, {"import_id": str(import_id)})
        if earlier is not None:
            return _found(work, UUID(earlier["import_id"]), was_there=True)
        kept = register_drafts.kept_draft(work, draft_id)
        used = register_drafts.settled_mapping(work, kept, reader.read(kept.content))
        receipt = _take_in(work, _Asked(kept.content, used, kept.year, import_id))
        work.change(delete(RegisterDraft).where(RegisterDraft.id == draft_id))
        work.commit()
    if not receipt.was_there:
        linking.relink_if_small()
    return receipt


def import_file(
    actor: Actor,
    content: bytes,
    chosen: Mapped | None = None,
    year: int | None = None,
    *,
    relinks: bool = True,
) -> Receipt:
    """The same in one act, for the command line; who takes in several links once, after them.

    Raises RegisterFault, Conflict.
    """
    with unit_of_work.write(actor) as work:
        kept = register_drafts.Kept(content, chosen, year)
        used = register_drafts.settled_mapping(work, kept, reader.read(content))
        receipt = _take_in(work, _Asked(content, used, year, uuid4()))
        work.commit()
    if relinks and not receipt.was_there:
        linking.relink()
    return receipt


def _take_in(work: Work, asked: _Asked) -> Receipt:
    made = _made_of(work, asked.content)
    if made is not None:
        work.audit("register:imported", import_id=made.id, rows=made.rows, again=True)
        return _receipt(made, was_there=True)
    parsed = parse(asked.mapping, reader.read(asked.content), today=work.today, year=asked.year)
    fresh = _not_there_yet(work, parsed)
    made = RegisterImport(
        id=asked.import_id,
        agency_id=work.actor.agency_id,
        file_digest=digest(asked.content),
        mapping_name=asked.mapping.name,
        made_by_id=work.actor.member_id,
        made_at=work.now,
        rows=len(fresh),
        receipt=json.dumps(_summary(parsed, fresh)),
    )
    try:
        work.session.add(made)
        work.session.flush()
        store_rows(work, made.id, fresh)
    except IntegrityError:
        # The same file or row came in by another hand a moment ago.
        raise Conflict("register_came_in_twice") from None
    work.audit("register:imported", import_id=made.id, rows=made.rows, again=False)
    return _receipt(made)


def _summary(parsed: ParsedRegister, fresh: list[tuple[Row, bytes]]) -> Mapping[str, object]:
    return {
        "facts": dict(Counter(fact.metric for row, _ in fresh for fact in row.facts if fact.occurred_on)),
        "left_out": len({fault.row for fault in parsed.errors}),
        "already_there": len(parsed.rows) - len(fresh),
    }


def _made_of(work: Work, content: bytes) -> RegisterImport | None:
    return work.session.execute(
        select(RegisterImport).where(
            RegisterImport.agency_id == work.actor.agency_id, RegisterImport.file_digest == digest(content)
        )
    ).scalar_one_or_none()


def _not_there_yet(work: Work, parsed: ParsedRegister) -> list[tuple[Row, bytes]]:
    assert work.actor.agency_id is not None  # noqa: S101 - members have an agency
    keyring, agency_id = work.vault.keyring, work.actor.agency_id
    marked = [(row, token(keyring.search(agency_id), row.fingerprint)) for row in parsed.rows]
    known = set(
        work.session.execute(
            select(RegisterRow.fingerprint).where(RegisterRow.agency_id == work.actor.agency_id)
        ).scalars()
    )
    every = keyring.fingerprints(agency_id)
    return [(row, mark) for row, mark in marked if not any(token(key, row.fingerprint) in known for key in every)]


def _receipt(made: RegisterImport, *, was_there: bool = False) -> Receipt:
    summary = json.loads(made.receipt)
    return Receipt(
        import_id=made.id,
        rows=made.rows,
        facts=summary["facts"],
        left_out=summary["left_out"],
        already_there=summary["already_there"],
        made_at=made.made_at,
        mapping_name=made.mapping_name,
        was_there=was_there,
    )


def _found(work: Work, import_id: UUID, *, was_there: bool = False) -> Receipt:
    made = work.session.get(RegisterImport, import_id)
    if made is None or made.agency_id != work.actor.agency_id:
        raise NotFound
    return _receipt(made, was_there=was_there)


def find_receipt(actor: Actor, import_id: UUID) -> Receipt:
    """The receipt of an import of the actor's agency; raises NotFound for any other."""
    with unit_of_work.read(actor) as work:
        return _found(work, import_id)


def receipt_of_file(actor: Actor, content: bytes) -> Receipt | None:
    """The receipt of a file that the agency has taken in already; None for a new one."""
    with unit_of_work.read(actor) as work:
        made = _made_of(work, content)
        return _receipt(made, was_there=True) if made else None


def receipts(actor: Actor, page: int = 1, rows: int = 25) -> list[Receipt]:
    """The agency's imports, newest first, one page and one more to tell that there are more."""
    with unit_of_work.read(actor) as work:
        found = work.session.execute(
            select(RegisterImport)
            .where(RegisterImport.agency_id == actor.agency_id)
            .order_by(RegisterImport.made_at.desc(), RegisterImport.id)
            .limit(rows + 1)
            .offset((page - 1) * rows)
        ).scalars()
        return [_receipt(made) for made in found]
