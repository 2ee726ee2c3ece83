"""Which records are one person: run as the linker, stored as pairs with evidence. Reviewers' answers: link_answers."""

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4, uuid5

from sqlalchemy import bindparam, func, insert, select, text, update

from app.matching.link import Linking, link_all
from app.matching.records import SURE, RecordView, ScoredPair
from app.models.case import CaseKey
from app.models.record import ClientRecord, KeptLink, LinkPair, RecordPerson
from app.security.actor import LINKER_DESK, system_actor
from app.security.vault import IDENTITY
from app.services import intake, overlaps, unit_of_work
from app.services.unit_of_work import Work

ANSWERED = {"confirmed": True, "refused": False, "undone": False}
AT_ONCE = 2000
LOCK = 0x6C696E6B  # any number that nothing else locks
Answers = dict[tuple[str, str], bool]
PERSONS = UUID("5d7c2d5e-6f0b-4f3f-9a6e-0d4d4f1f2a11")

WITH_KEYS = (
    select(
        ClientRecord.id,
        ClientRecord.case_id,
        ClientRecord.identity,
        ClientRecord.sex,
        ClientRecord.region,
        ClientRecord.form,
        ClientRecord.scope,
        ClientRecord.snapshot_on,
        ClientRecord.register_id,
        CaseKey.wrapped,
    )
    .join(CaseKey, CaseKey.case_id == ClientRecord.case_id)
    .where(CaseKey.holder_id == LINKER_DESK, CaseKey.kind == IDENTITY, ClientRecord.identity.is_not(None))
)
"""All records with the wraps of the linker's desk."""


@dataclass(frozen=True)
class Linked:
    """What a run found."""

    records: int
    sure: int
    doubtful: int
    people: int


def relink() -> Linked:
    """Compare all records anew, keeping what reviewers decided, and write pairs and people that changed."""
    with unit_of_work.write(system_actor("linker")) as work:
        linked = relink_within(work)
        work.audit("link:run", records=linked.records, sure=linked.sure, doubtful=linked.doubtful)
        work.commit()
        return linked


def relink_if_small() -> Linked | None:
    """Run where that takes no longer than a page may; where there is more, the clock job does it within minutes."""
    with unit_of_work.read(system_actor("linker")) as work:
        records = work.session.execute(select(func.count()).select_from(ClientRecord)).scalar_one()
    return relink() if records <= AT_ONCE else None


def relink_if_new() -> Linked | None:
    """Run only where a record has not been looked at yet: for the clock job."""
    with unit_of_work.read(system_actor("linker")) as work:
        known = RecordPerson.record_id == ClientRecord.id
        fresh = WITH_KEYS.outerjoin(RecordPerson, known).where(RecordPerson.record_id.is_(None))
        is_new = work.session.execute(fresh.with_only_columns(ClientRecord.id).limit(1)).first() is not None
    return relink() if is_new else None


def relink_within(work: Work) -> Linked:
    """The same within the caller's transaction; the work must be the linker's."""
    _one_run_at_a_time(work)
    views = _views(work)
    stored = {
        (str(row.record_a_id), str(row.record_b_id)): row for row in work.session.execute(select(LinkPair)).scalars()
    }
    answers = {pair: ANSWERED[row.state] for pair, row in stored.items() if row.state in ANSWERED}
    found = link_all(views, answers)
    _store_pairs(work, stored, found)
    sure = [pair for pair in found.pairs if pair.decision == SURE]
    people = _store_people(work, views, sure, answers)
    overlaps.find(work)
    return Linked(len(views), len(sure), len(found.pairs) - len(sure), people)


def _one_run_at_a_time(work: Work) -> None:
    """Two runs at once would each write the people that the other does not see; SQLite has one writer anyway."""
    if work.is_postgresql:
        work.session.connection().execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})


def _views(work: Work) -> list[RecordView]:
    """All records with their identity, opened with the desk's own wraps."""
    return [view_of(work, row) for row in work.session.execute(WITH_KEYS)]


def view_of(work: Work, row: Any) -> RecordView:
    """A row of WITH_KEYS as the linker looks at it; the work must be the linker's."""
    key = work.vault.unwrap(row.wrapped, row.case_id, IDENTITY, LINKER_DESK)
    identity = work.vault.open(key, row.identity, "client_record", "identity", row.id)
    snapshot = {"sex": row.sex, "region": row.region, "form": row.form, "scope": row.scope}
    if row.register_id is None:
        return intake.record_view(row.id, str(row.id), identity, snapshot, row.snapshot_on)
    # A row of a register may give no day at all; its snapshot is then that of the day it was taken in.
    seen_on = date.fromisoformat(identity["seen_on"]) if "seen_on" in identity else None
    return intake.record_view(row.id, str(row.register_id), identity, snapshot, seen_on)


def _store_pairs(work: Work, stored: dict[tuple[str, str], LinkPair], found: Linking) -> None:
    """Write new pairs and score the known ones anew; what was answered keeps its answer, whatever it scores now."""
    listed = {_ordered(pair): pair for pair in found.pairs}
    fresh = [
        {
            "id": uuid4(),
            "record_a_id": UUID(key[0]),
            "record_b_id": UUID(key[1]),
            "score": pair.score,
            "agreement": json.dumps(pair.reasons),
            "state": pair.decision,
            "found_at": work.now,
        }
        for key, pair in listed.items()
        if key not in stored
    ]
    if fresh:
        work.session.execute(insert(LinkPair), fresh)
    listed |= {_ordered(pair): pair for pair in found.refused}
    for key, row in stored.items():
        pair = listed.get(key)
        if pair is not None:
            row.score, row.agreement = pair.score, json.dumps(pair.reasons)
        if row.state not in ANSWERED:
            row.state = pair.decision if pair else "lapsed"
    work.session.flush()


def _ordered(pair: ScoredPair) -> tuple[str, str]:
    one, other = sorted((UUID(pair.left), UUID(pair.right)), key=lambda record: record.hex)
    return str(one), str(other)


def _store_people(work: Work, views: list[RecordView], sure: list[ScoredPair], answers: Answers) -> int:
    people = _people(work, views, sure, answers)
    known = {
        row.record_id: row.person_id
        for row in work.session.execute(select(RecordPerson.record_id, RecordPerson.person_id))
    }
    fresh = [
        {"record_id": record, "person_id": person, "since": work.now}
        for record, person in people.items()
        if record not in known
    ]
    moved = [
        {"key": record, "person": person, "at": work.now}
        for record, person in people.items()
        if record in known and known[record] != person
    ]
    if fresh:
        work.session.execute(insert(RecordPerson), fresh)
    if moved:
        table = RecordPerson.__table__
        change = update(RecordPerson).where(table.c.record_id == bindparam("key"))
        change = change.values(person_id=bindparam("person"), since=bindparam("at"))
        work.session.connection().execute(change, moved)
    return len(set(people.values()))


def _people(work: Work, views: list[RecordView], sure: list[ScoredPair], answers: Answers) -> dict[UUID, UUID]:
    """The person of each record. One that was erased stays who she was: its links stand without their evidence."""
    links = work.session.execute(select(KeptLink.record_a_id, KeptLink.record_b_id))
    kept = sorted((str(one), str(other)) for one, other in links)
    records = {view.record_id for view in views}.union(*kept)
    apart = [pair for pair, is_one in answers.items() if not is_one]
    return people_of(sorted(records), [(pair.left, pair.right) for pair in sure], kept, apart)


def people_of(
    records: list[str],
    pairs: list[tuple[str, str]],
    kept: list[tuple[str, str]] | None = None,
    apart: list[tuple[str, str]] | None = None,
) -> dict[UUID, UUID]:
    """The person of each record: the groups that the pairs make, named after their first record.

    Links that were kept of records that are erased come last, the first of them first, and none that would bring
    together what a reviewer keeps apart.
    """
    parent = {record: record for record in records}

    def root(record: str) -> str:
        while parent[record] != record:
            parent[record] = parent[parent[record]]
            record = parent[record]
        return record

    def join(one: str, other: str) -> None:
        first, second = sorted((root(one), root(other)))
        parent[second] = first

    for one, other in pairs:
        if one in parent and other in parent:
            join(one, other)
    held = [(one, other) for one, other in apart or () if one in parent and other in parent]
    for one, other in kept or ():
        joined = {root(one), root(other)}
        if not any({root(left), root(right)} == joined for left, right in held):
            join(one, other)
    members: defaultdict[str, list[str]] = defaultdict(list)
    for record in records:
        members[root(record)].append(record)
    return {UUID(record): uuid5(PERSONS, first) for first, group in members.items() for record in group}
