"""Pairs and people as the linker's runs leave them: written where they changed, and nothing else touched."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any
from uuid import UUID, uuid4, uuid5

from sqlalchemy import ColumnElement, bindparam, func, insert, or_, select, update

from app.matching.link import Linking
from app.matching.records import DOUBTFUL, SURE, ScoredPair
from app.matching.score import NOTHING
from app.matching.tokens import token
from app.models.record import LinkPair, LinkToken, RecordPerson
from app.services.unit_of_work import Work

ANSWERED = {"confirmed": True, "refused": False, "undone": False}
AT_ONCE = 500
PERSONS = UUID("5d7c2d5e-6f0b-4f3f-9a6e-0d4d4f1f2a11")

Pairs = dict[tuple[str, str], Any]
_pair, _people = LinkPair.__table__, RecordPerson.__table__


def stored(work: Work, *which: ColumnElement[bool]) -> Pairs:
    """The pairs that are kept, by the ids of their records in order."""
    columns = (
        LinkPair.id,
        LinkPair.record_a_id,
        LinkPair.record_b_id,
        LinkPair.state,
        LinkPair.score,
        LinkPair.agreement,
    )
    rows = work.session.execute(select(*columns).where(*which))
    return {(str(row.record_a_id), str(row.record_b_id)): row for row in rows}


def of(work: Work, record_ids: Collection[UUID], *which: ColumnElement[bool]) -> Pairs:
    """The pairs of which one record is among these."""
    found: Pairs = {}
    for some in batches(record_ids):
        found |= stored(work, or_(LinkPair.record_a_id.in_(some), LinkPair.record_b_id.in_(some)), *which)
    return found


def answers_of(pairs: Pairs) -> dict[tuple[str, str], bool]:
    """What reviewers decided of these."""
    return {key: ANSWERED[row.state] for key, row in pairs.items() if row.state in ANSWERED}


def store(work: Work, known: Pairs, found: Linking) -> None:
    """Write new pairs and score the known ones anew; what was answered keeps its answer, whatever it scores now."""
    listed = {_ordered(pair): pair for pair in (*found.near, *found.refused, *found.pairs)}
    fresh = [_row(work, key, pair) for key, pair in listed.items() if key not in known]
    if fresh:
        work.session.execute(insert(LinkPair), fresh)
    changed = [
        {"key": row.id, **{f"new_{name}": value for name, value in values.items()}}
        for key, row in known.items()
        if (values := _values(row, listed.get(key))) != _values_of(row)
    ]
    if changed:
        change = update(LinkPair).where(_pair.c.id == bindparam("key"))
        change = change.values({name: bindparam(f"new_{name}") for name in ("state", "score", "agreement")})
        work.session.connection().execute(change, changed)


def _row(work: Work, key: tuple[str, str], pair: ScoredPair) -> dict[str, Any]:
    return {
        "id": uuid4(),
        "record_a_id": UUID(key[0]),
        "record_b_id": UUID(key[1]),
        "score": pair.score,
        "agreement": json.dumps(pair.reasons),
        "state": _state(pair),
        "found_at": work.now,
    }


def _state(pair: ScoredPair) -> str:
    return pair.decision if pair.decision in (SURE, DOUBTFUL) else "lapsed"


def _values(row: Any, pair: ScoredPair | None) -> dict[str, Any]:
    """What a pair is from now on; of one that plays no part any more only the answer stands."""
    if pair is not None:
        state = row.state if row.state in ANSWERED else _state(pair)
        return {"state": state, "score": pair.score, "agreement": json.dumps(pair.reasons)}
    if row.state in ANSWERED:
        return _values_of(row)
    return {"state": "lapsed", "score": NOTHING, "agreement": row.agreement}


def _values_of(row: Any) -> dict[str, Any]:
    return {"state": row.state, "score": row.score, "agreement": row.agreement}


def _ordered(pair: ScoredPair) -> tuple[str, str]:
    one, other = sorted((UUID(pair.left), UUID(pair.right)), key=lambda record: record.hex)
    return str(one), str(other)


def store_people(work: Work, people: Mapping[UUID, UUID]) -> None:
    """Write which person each of these records is, where that changed, and since when."""
    known: dict[UUID, UUID] = {}
    for some in batches(people):
        rows = select(RecordPerson.record_id, RecordPerson.person_id).where(RecordPerson.record_id.in_(some))
        known |= {row.record_id: row.person_id for row in work.session.execute(rows)}
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
        change = update(RecordPerson).where(_people.c.record_id == bindparam("key"))
        change = change.values(person_id=bindparam("person"), since=bindparam("at"))
        work.session.connection().execute(change, moved)


def mark_kept(work: Work, record_ids: Collection[UUID]) -> None:
    """Write down that every pair of these records that plays a part is kept; what puts a record right takes it back."""
    known = kept_among(work, record_ids)
    fresh = [{"token": _mark(work), "record_id": record} for record in sorted(set(record_ids) - known)]
    if fresh:
        work.session.execute(insert(LinkToken), fresh)


def kept_among(work: Work, record_ids: Collection[UUID]) -> set[UUID]:
    """Of which of these records every pair that plays a part is kept."""
    kept: set[UUID] = set()
    for some in batches(record_ids):
        marked = select(LinkToken.record_id).where(LinkToken.token == _mark(work), LinkToken.record_id.in_(some))
        kept |= set(work.session.execute(marked).scalars())
    return kept


def number_kept(work: Work) -> int:
    """Among how many records the last run over all of them found what is kept."""
    return work.session.execute(select(func.count()).where(LinkToken.token == _mark(work))).scalar_one()


def _mark(work: Work) -> bytes:
    """A token that no name has: it stands beside those of a record, and goes with them."""
    return token(work.vault.keyring.link, "pairs:kept")


def batches(record_ids: Collection[UUID]) -> Iterator[list[UUID]]:
    """The records in lots that one statement takes."""
    ordered = sorted(record_ids)
    yield from (ordered[start : start + AT_ONCE] for start in range(0, len(ordered), AT_ONCE))


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
