"""Which records are one person: run as the linker, stored as pairs with evidence, reviewed, undone (decision 7)."""

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4, uuid5

from sqlalchemy import bindparam, insert, select, update

from app.errors import NotFound, Refusal
from app.matching.link import link
from app.matching.records import SURE, RecordView, ScoredPair
from app.models.case import CaseKey
from app.models.record import ClientRecord, LinkPair, RecordPerson
from app.security.actor import LINKER_DESK, Actor, system_actor
from app.security.vault import IDENTITY
from app.services import intake, unit_of_work
from app.services.unit_of_work import Work

STANDS = ("sure", "confirmed")
ANSWERED = {"confirmed": True, "refused": False, "undone": False}
PERSONS = UUID("5d7c2d5e-6f0b-4f3f-9a6e-0d4d4f1f2a11")


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
        linked = _relink(work)
        work.audit("link:run", records=linked.records, sure=linked.sure, doubtful=linked.doubtful)
        work.commit()
        return linked


def relink_if_new() -> Linked | None:
    """Run only where a record has not been looked at yet: for the clock job."""
    with unit_of_work.read(system_actor("linker")) as work:
        fresh = (
            select(ClientRecord.id)
            .outerjoin(RecordPerson, RecordPerson.record_id == ClientRecord.id)
            .where(RecordPerson.record_id.is_(None), ClientRecord.identity.is_not(None))
            .limit(1)
        )
        is_new = work.session.execute(fresh).first() is not None
    return relink() if is_new else None


def _relink(work: Work) -> Linked:
    views = _views(work)
    stored = {
        (str(row.record_a_id), str(row.record_b_id)): row for row in work.session.execute(select(LinkPair)).scalars()
    }
    answers = {pair: ANSWERED[row.state] for pair, row in stored.items() if row.state in ANSWERED}
    found = link(views, answers)
    _store_pairs(work, stored, found)
    people = _store_people(work, views, [pair for pair in found if pair.decision == SURE])
    sure = sum(pair.decision == SURE for pair in found)
    return Linked(len(views), sure, len(found) - sure, people)


def _views(work: Work) -> list[RecordView]:
    """All records with their identity, opened with the desk's own wraps."""
    rows = work.session.execute(
        select(
            ClientRecord.id,
            ClientRecord.case_id,
            ClientRecord.identity,
            ClientRecord.sex,
            ClientRecord.region,
            ClientRecord.form,
            ClientRecord.register_id,
            CaseKey.wrapped,
        )
        .join(CaseKey, CaseKey.case_id == ClientRecord.case_id)
        .where(CaseKey.holder_id == LINKER_DESK, CaseKey.kind == IDENTITY, ClientRecord.identity.is_not(None))
    )
    return [_view(work, row) for row in rows]


def _view(work: Work, row: Any) -> RecordView:
    key = work.vault.unwrap(row.wrapped, row.case_id, IDENTITY, LINKER_DESK)
    identity = work.vault.open(key, row.identity, "client_record", "identity", row.id)
    register = str(row.register_id or row.id)
    return intake.record_view(row.id, register, identity, {"sex": row.sex, "region": row.region, "form": row.form})


def _store_pairs(work: Work, stored: dict[tuple[str, str], LinkPair], found: list[ScoredPair]) -> None:
    listed = {_ordered(pair): pair for pair in found}
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
    for key, row in stored.items():
        if row.state in ANSWERED:
            continue
        pair = listed.get(key)
        state = pair.decision if pair else "lapsed"
        if (row.state, row.score) != (state, pair.score if pair else row.score):
            row.state, row.score = state, pair.score if pair else row.score
            row.agreement = json.dumps(pair.reasons) if pair else row.agreement
    work.session.flush()


def _ordered(pair: ScoredPair) -> tuple[str, str]:
    one, other = sorted((UUID(pair.left), UUID(pair.right)), key=lambda record: record.hex)
    return str(one), str(other)


def _store_people(work: Work, views: list[RecordView], sure: list[ScoredPair]) -> int:
    people = people_of([view.record_id for view in views], [(pair.left, pair.right) for pair in sure])
    known = {
        row.record_id: row.person_id
        for row in work.session.execute(select(RecordPerson.record_id, RecordPerson.person_id))
    }
    fresh = [{"record_id": record, "person_id": person} for record, person in people.items() if record not in known]
    moved = [
        {"key": record, "person": person}
        for record, person in people.items()
        if record in known and known[record] != person
    ]
    if fresh:
        work.session.execute(insert(RecordPerson), fresh)
    if moved:
        table = RecordPerson.__table__
        change = update(RecordPerson).where(table.c.record_id == bindparam("key")).values(person_id=bindparam("person"))
        work.session.connection().execute(change, moved)
    return len(set(people.values()))


def people_of(records: list[str], pairs: list[tuple[str, str]]) -> dict[UUID, UUID]:
    """The person of each record: the groups that the pairs make, named after their first record."""
    parent = {record: record for record in records}

    def root(record: str) -> str:
        while parent[record] != record:
            parent[record] = parent[parent[record]]
            record = parent[record]
        return record

    for one, other in pairs:
        if one in parent and other in parent:
            first, second = sorted((root(one), root(other)))
            parent[second] = first
    members: defaultdict[str, list[str]] = defaultdict(list)
    for record in records:
        members[root(record)].append(record)
    return {UUID(record): uuid5(PERSONS, first) for first, group in members.items() for record in group}


@dataclass(frozen=True)
class Side:
    """What a reviewer is shown of one row of a doubtful pair, where the agreement alone is not enough."""

    given_name: str
    family_name: str
    born: str
    sex: str
    citizenships: tuple[str, ...]


def open_pair(actor: Actor, pair_id: UUID) -> tuple[Side, Side]:
    """Names, birth date or age, sex and citizenship of both rows; each opening is audited."""
    with unit_of_work.write(actor) as work:
        pair = _pair(work, pair_id)
        ids = (pair.record_a_id, pair.record_b_id)
        with work.as_system("linker"):
            views = {view.record_id: view for view in _views_of(work, ids)}
        work.audit("link:opened", pair=pair_id, records=[str(record) for record in ids])
        work.commit()
        sides = [_side(views[str(record)]) for record in ids]
        return sides[0], sides[1]


def _views_of(work: Work, ids: tuple[UUID, ...]) -> list[RecordView]:
    rows = work.session.execute(
        select(ClientRecord, CaseKey.wrapped)
        .join(CaseKey, CaseKey.case_id == ClientRecord.case_id)
        .where(CaseKey.holder_id == LINKER_DESK, CaseKey.kind == IDENTITY, ClientRecord.id.in_(ids))
    ).all()
    views = []
    for record, wrapped in rows:
        key = work.vault.unwrap(wrapped, record.case_id, IDENTITY, LINKER_DESK)
        identity = work.vault.open(key, record.identity or b"", "client_record", "identity", record.id)
        snapshot = {"sex": record.sex, "region": record.region, "form": record.form}
        views.append(intake.record_view(record.id, str(record.id), identity, snapshot))
    return views


def _side(view: RecordView) -> Side:
    born = view.birth_date.isoformat() if view.birth_date else str(view.birth_year or "")
    if not born and view.age is not None:
        born = f"{view.age} ({view.age_on.isoformat()})" if view.age_on else str(view.age)
    return Side(view.given_names, view.surname, born, view.sex, tuple(sorted(view.citizenships)))


def _pair(work: Work, pair_id: UUID) -> LinkPair:
    pair = work.session.get(LinkPair, pair_id)
    if pair is None:
        raise NotFound
    return pair


def decide(actor: Actor, pair_id: UUID, is_same: bool, reason: str) -> Linked:
    """A reviewer's answer to a doubtful pair; what follows from it is worked out at once."""
    return _answer(actor, pair_id, "confirmed" if is_same else "refused", reason, ("doubtful",))


def undo(actor: Actor, pair_id: UUID, reason: str) -> Linked:
    """Take a link back: it stays undone, whatever the linker finds later."""
    return _answer(actor, pair_id, "undone", reason, STANDS)


def _answer(actor: Actor, pair_id: UUID, state: str, reason: str, allowed: tuple[str, ...]) -> Linked:
    with unit_of_work.write(actor) as work:
        pair = _pair(work, pair_id)
        if pair.state not in allowed:
            raise Refusal("pair_already_answered")
        pair.state, pair.decided_at, pair.decided_by_id, pair.reason = state, work.now, actor.member_id, reason[:200]
        work.session.flush()
        with work.as_system("linker"):
            linked = _relink(work)
        work.audit("link:answered", pair=pair_id, state=state)
        work.commit()
        return linked
