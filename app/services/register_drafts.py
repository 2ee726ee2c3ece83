"""A register between upload and import: kept sealed for a day, looked at, mapped, tried. Nothing of it counts yet."""

import base64
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import delete, insert, update

from app.errors import NotFound
from app.models.register import RegisterDraft
from app.registers import edit, mapping, reader
from app.registers.faults import Fault, RegisterFault
from app.registers.mapping import RegisterMapping as Mapped
from app.registers.mend import rows_to_mend
from app.registers.parse import ParsedRegister, parse
from app.registers.reader import Table
from app.security.actor import Actor
from app.services import register_mappings, unit_of_work
from app.services.unit_of_work import Once, Work

DRAFT_KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Column:
    """One column of the file: its heading, a few of its cells, and what it is taken to hold."""

    heading: str
    samples: tuple[str, ...]
    field: str


@dataclass(frozen=True)
class DraftPage:
    """A draft under the mapping that is proposed for it; `read_as` is that mapping's name, "" where none fits."""

    draft_id: UUID
    rows: int
    columns: tuple[Column, ...]
    choices: edit.Choices
    words: Mapping[str, Mapping[str, str]]
    year: int | None
    read_as: str
    known: Mapping[str, Mapped]


@dataclass(frozen=True)
class Trial:
    """What a file would become: the rows that can be taken in, and every fault by row and column."""

    mapping: Mapped
    table: Table
    parsed: ParsedRegister
    year: int | None

    @property
    def left_out(self) -> int:
        """How many rows have errors."""
        return len({fault.row for fault in self.parsed.errors})

    @property
    def months(self) -> dict[str, Counter[tuple[int, int]]]:
        """The facts by metric, and by year and month."""
        return facts_by_month(self.parsed)


def facts_by_month(parsed: ParsedRegister) -> dict[str, Counter[tuple[int, int]]]:
    """How many facts of each metric fall into each month; those without a day fall into none."""
    found: dict[str, Counter[tuple[int, int]]] = {}
    for row in parsed.rows:
        for fact in row.facts:
            if fact.occurred_on is not None:
                month = (fact.occurred_on.year, fact.occurred_on.month)
                found.setdefault(fact.metric, Counter())[month] += 1
    return found


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


@dataclass(frozen=True)
class Kept:
    """A draft as it lies there: its bytes, and the mapping and year that were chosen for it, if any."""

    content: bytes
    mapping: Mapped | None
    year: int | None


def kept_draft(work: Work, draft_id: UUID) -> Kept:
    """The draft of the actor's agency, opened; raises NotFound for any other."""
    draft = work.session.get(RegisterDraft, draft_id)
    if draft is None or draft.content is None or draft.agency_id != work.actor.agency_id:
        raise NotFound
    key = _draft_key(work)
    content = base64.b64decode(work.vault.open(key, draft.content, "register_draft", "content", draft_id))
    if draft.definition is None:
        return Kept(content, None, None)
    chosen = work.vault.open(key, base64.b64decode(draft.definition), "register_draft", "definition", draft_id)
    return Kept(content, mapping.from_dict(chosen["mapping"]), chosen["year"])


def open_draft(actor: Actor, draft_id: UUID, read_as: str = "") -> DraftPage:
    """The draft under the mapping named, the one chosen before, or the best fitting; its cells are shown, so audited.

    Raises NotFound for another agency's draft.
    """
    with unit_of_work.write(actor) as work:
        kept, known = kept_draft(work, draft_id), register_mappings.known_to(work)
        table = reader.read(kept.content)
        used = known.get(read_as) or kept.mapping or register_mappings.best_for(table, known)
        choices = edit.choices_of(used, table.headings)
        work.audit("register:previewed", draft=draft_id)
        work.commit()
        return DraftPage(
            draft_id=draft_id,
            rows=len(table.rows),
            columns=tuple(
                Column(heading, edit.samples(table, place), choices.fields[place])
                for place, heading in enumerate(table.headings)
            ),
            choices=choices,
            words=edit.words_to_explain(used, table, work.today) if used else {},
            year=kept.year or _likely_year(work, used, table),
            read_as=used.name if used else "",
            known=known,
        )


def _likely_year(work: Work, used: Mapped | None, table: Table) -> int | None:
    if used is None:
        return None
    try:
        return edit.likely_year(parse(used, table, today=work.today))
    except RegisterFault:
        return None


@dataclass(frozen=True)
class Settled:
    """What a person settled for a draft: the choices, the year, and a name to keep the mapping under, if any."""

    choices: edit.Choices
    year: int | None = None
    save_as: str = ""
    read_as: str = ""


def settle(actor: Actor, draft_id: UUID, settled: Settled, once: Once | None = None) -> None:
    """Keep the mapping with the draft, and under a name where one is given.

    Raises RegisterFault for choices that make no mapping, Refusal for a name that is taken.
    """
    with unit_of_work.write(actor) as work:
        if work.once(once, {"draft_id": str(draft_id)}) is not None:
            return
        kept, known = kept_draft(work, draft_id), register_mappings.known_to(work)
        table = reader.read(kept.content)
        base = known.get(settled.read_as) or kept.mapping or register_mappings.best_for(table, known)
        name = settled.save_as or (base.name if base else "")
        made = edit.mapping_of(settled.choices, table.headings, base, name)
        if settled.save_as:
            register_mappings.keep(work, made)
        # Sealed like the file: where a list has no headings, its first person stands in their place.
        chosen = {"mapping": made.to_dict(), "year": settled.year}
        sealed = work.vault.seal(_draft_key(work), chosen, "register_draft", "definition", draft_id)
        definition = base64.b64encode(sealed).decode()
        work.change(update(RegisterDraft).where(RegisterDraft.id == draft_id).values(definition=definition))
        work.audit("register:mapped", draft=draft_id)
        work.commit()


def dry_run(actor: Actor, draft_id: UUID) -> Trial:
    """Read the draft under the mapping settled for it, else the best fitting; stores nothing.

    Raises RegisterFault where a required column is not in the file, NotFound for another agency's draft.
    """
    with unit_of_work.write(actor) as work:
        tried = _try(work, kept_draft(work, draft_id))
        work.audit("register:tried", draft=draft_id, rows=len(tried.parsed.rows))
        work.commit()
        return tried


def try_content(actor: Actor, content: bytes, chosen: Mapped | None = None, year: int | None = None) -> Trial:
    """The same with a file that is no draft, for the command line. Raises RegisterFault."""
    with unit_of_work.write(actor) as work:
        tried = _try(work, Kept(content, chosen, year))
        work.audit("register:tried", rows=len(tried.parsed.rows))
        work.commit()
        return tried


def _try(work: Work, kept: Kept) -> Trial:
    table = reader.read(kept.content)
    used = settled_mapping(work, kept, table)
    return Trial(used, table, parse(used, table, today=work.today, year=kept.year), kept.year)


def settled_mapping(work: Work, kept: Kept, table: Table) -> Mapped:
    """The mapping of a draft, or the best fitting where none was settled; RegisterFault where none fits."""
    used = kept.mapping or register_mappings.best_for(table, register_mappings.known_to(work))
    if used is None:
        raise RegisterFault("column_missing", "")
    return used


def mend_file(actor: Actor, draft_id: UUID, heading: str, describe: Callable[[Fault], str]) -> bytes:
    """The rows that cannot be taken in, as a CSV with a column that says what is wrong. Raises as `dry_run`."""
    tried = dry_run(actor, draft_id)
    return rows_to_mend(tried.table, tried.parsed.faults, heading, describe)
