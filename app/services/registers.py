"""Taking in an agency's register: draft, dry run, import under one transaction with a receipt (decisions 15 and 31)."""

import base64
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, insert, select

from app.cipher import digest, token
from app.errors import NotFound, Refusal
from app.models.register import RegisterDraft, RegisterImport, RegisterMapping, RegisterRow
from app.registers import guess, mapping, reader
from app.registers.faults import RegisterFault
from app.registers.mapping import RegisterMapping as Mapped
from app.registers.parse import ParsedRegister, parse
from app.registers.parse import RegisterRow as Row
from app.registers.reader import Table
from app.security.actor import Actor
from app.services import linking, unit_of_work
from app.services.imported_records import store_rows
from app.services.unit_of_work import Work

DRAFT_KEPT = timedelta(days=1)


@dataclass(frozen=True)
class DryRun:
    """What a file would become: the rows that can be taken in, and every fault by row and column."""

    draft_id: UUID
    mapping: Mapped
    table: Table
    parsed: ParsedRegister


@dataclass(frozen=True)
class Receipt:
    """What an import made; `was_there` tells that the same file had been taken in before and nothing changed."""

    import_id: UUID
    rows: int
    facts: dict[str, int]
    left_out: int
    already_there: int
    was_there: bool = False


def keep_draft(actor: Actor, content: bytes) -> UUID:
    """Keep an uploaded file sealed under the agency's key until it is taken in or a day has passed.

    Raises RegisterFault where the bytes are no table.
    """
    reader.read(content)
    with unit_of_work.write(actor) as work:
        work.change(delete(RegisterDraft).where(RegisterDraft.made_at < work.now - DRAFT_KEPT))
        draft_id = uuid4()
        text = base64.b64encode(content).decode()
        sealed = work.vault.seal(_draft_key(work), text, "register_draft", "content", draft_id)
        row = {"id": draft_id, "agency_id": actor.agency_id, "member_id": actor.member_id, "made_at": work.now}
        work.session.execute(insert(RegisterDraft), [{**row, "content": sealed}])
        work.audit("register:uploaded", draft=draft_id)
        work.commit()
        return draft_id


def _draft_key(work: Work) -> bytes:
    assert work.actor.agency_id is not None  # noqa: S101 - members have an agency
    return work.vault.keyring.named(f"drafts|{work.actor.agency_id}")


def _draft_content(work: Work, draft_id: UUID) -> bytes:
    draft = work.session.get(RegisterDraft, draft_id)
    if draft is None or draft.content is None or draft.agency_id != work.actor.agency_id:
        raise NotFound
    return base64.b64decode(work.vault.open(_draft_key(work), draft.content, "register_draft", "content", draft_id))


def dry_run(actor: Actor, draft_id: UUID, chosen: Mapped | None = None, year: int | None = None) -> DryRun:
    """Read the draft under a mapping (the best-fitting preset or a proposal where none is chosen); stores nothing.

    Raises RegisterFault where a required column is not in the file, NotFound for another agency's draft.
    """
    with unit_of_work.write(actor) as work:
        table = reader.read(_draft_content(work, draft_id))
        used = chosen or guess.best_preset(table) or guess.propose(table).mapping
        parsed = parse(used, table, today=work.today, year=year)
        work.audit("register:tried", draft=draft_id, rows=len(parsed.rows))
        work.commit()
        return DryRun(draft_id, used, table, parsed)


def import_draft(actor: Actor, draft_id: UUID, chosen: Mapped, year: int | None = None) -> Receipt:
    """Take the rows without errors in, all or none, and link them. The same file, or row, twice changes nothing."""
    with unit_of_work.write(actor) as work:
        content = _draft_content(work, draft_id)
        receipt = _import(work, content, chosen, year)
        work.change(delete(RegisterDraft).where(RegisterDraft.id == draft_id))
        work.audit("register:imported", import_id=receipt.import_id, rows=receipt.rows, again=receipt.was_there)
        work.commit()
    if not receipt.was_there:
        linking.relink()
    return receipt


def import_file(actor: Actor, content: bytes, chosen: Mapped | None = None, year: int | None = None) -> Receipt:
    """The same in one act, for the command line. Raises RegisterFault."""
    with unit_of_work.write(actor) as work:
        used = chosen or guess.best_preset(reader.read(content)) or guess.propose(reader.read(content)).mapping
        receipt = _import(work, content, used, year)
        work.audit("register:imported", import_id=receipt.import_id, rows=receipt.rows, again=receipt.was_there)
        work.commit()
    if not receipt.was_there:
        linking.relink()
    return receipt


def _import(work: Work, content: bytes, chosen: Mapped, year: int | None) -> Receipt:
    file_digest = digest(content)
    earlier = work.session.execute(
        select(RegisterImport).where(
            RegisterImport.agency_id == work.actor.agency_id, RegisterImport.file_digest == file_digest
        )
    ).scalar_one_or_none()
    if earlier is not None:
        return _receipt(earlier, was_there=True)
    parsed = parse(chosen, reader.read(content), today=work.today, year=year)
    fresh = _not_there_yet(work, parsed)
    facts: Counter[str] = Counter(fact.metric for row, _ in fresh for fact in row.facts if fact.occurred_on)
    summary = {
        "facts": dict(facts),
        "left_out": len({fault.row for fault in parsed.errors}),
        "already_there": len(parsed.rows) - len(fresh),
    }
    made = RegisterImport(
        id=uuid4(),
        agency_id=work.actor.agency_id,
        file_digest=file_digest,
        mapping_name=chosen.name,
        made_by_id=work.actor.member_id,
        made_at=work.now,
        rows=len(fresh),
        receipt=json.dumps(summary),
    )
    work.session.add(made)
    work.session.flush()
    store_rows(work, made.id, fresh)
    return _receipt(made)


def _not_there_yet(work: Work, parsed: ParsedRegister) -> list[tuple[Row, bytes]]:
    assert work.actor.agency_id is not None  # noqa: S101 - members have an agency
    key = work.vault.keyring.search(work.actor.agency_id)
    marked = [(row, token(key, row.fingerprint)) for row in parsed.rows]
    known = set(
        work.session.execute(
            select(RegisterRow.fingerprint).where(RegisterRow.agency_id == work.actor.agency_id)
        ).scalars()
    )
    return [(row, mark) for row, mark in marked if mark not in known]


def _receipt(made: RegisterImport, *, was_there: bool = False) -> Receipt:
    summary = json.loads(made.receipt)
    return Receipt(
        made.id, made.rows, summary["facts"], summary["left_out"], summary["already_there"], was_there=was_there
    )


def find_receipt(actor: Actor, import_id: UUID) -> Receipt:
    """The receipt of an import of the actor's agency; raises NotFound for any other."""
    with unit_of_work.read(actor) as work:
        made = work.session.get(RegisterImport, import_id)
        if made is None or made.agency_id != actor.agency_id:
            raise NotFound
        return _receipt(made)


def save_mapping(actor: Actor, name: str, stored: Mapping[str, Any]) -> None:
    """Keep a mapping for the next year's file. Raises RegisterFault for one that cannot be, Refusal for a taken name."""
    checked = mapping.from_dict({**stored, "name": name})
    with unit_of_work.write(actor) as work:
        taken = select(RegisterMapping.id).where(
            RegisterMapping.agency_id == actor.agency_id, RegisterMapping.name == name
        )
        if work.session.execute(taken).first():
            raise Refusal("mapping_name_taken")
        row = {"id": uuid4(), "agency_id": actor.agency_id, "name": name, "saved_at": work.now}
        work.session.execute(insert(RegisterMapping), [{**row, "definition": json.dumps(checked.to_dict())}])
        work.audit("register:mapping_saved")
        work.commit()


def mappings(actor: Actor) -> dict[str, Mapped]:
    """The presets, and the agency's own mappings, by name."""
    with unit_of_work.read(actor) as work:
        rows = work.session.execute(
            select(RegisterMapping.name, RegisterMapping.definition).where(RegisterMapping.agency_id == actor.agency_id)
        ).all()
    own = {row.name: mapping.from_dict(json.loads(row.definition)) for row in rows}
    return {name: mapping.preset(name) for name in mapping.preset_names()} | own


__all__ = [
    "DryRun",
    "Receipt",
    "RegisterFault",
    "dry_run",
    "find_receipt",
    "import_draft",
    "import_file",
    "keep_draft",
    "mappings",
    "save_mapping",
]
