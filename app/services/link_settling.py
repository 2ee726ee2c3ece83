"""What follows from a reviewer's answer, worked out among the few records that it can touch (app/matching/again.py)."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import or_, select

from app.matching.again import Touched, link_again
from app.matching.records import SURE
from app.matching.score import Limits, shipped_weights
from app.models.record import ClientRecord, LinkPair, RecordPerson
from app.services import link_pairs, overlaps
from app.services.linking import WITH_KEYS, one_run_at_a_time, relink_within, view_of
from app.services.unit_of_work import Work

MOST = 300
"""So many records are worked out apart from the rest; where an answer touches more, all are compared anew."""


def settle(work: Work, record_ids: Collection[UUID]) -> int:
    """Write what an answer about these records changes, as a run over all would; gives how many were looked at.

    All are compared anew where what such a run found is not kept of every record that is touched. The work must be
    the linker's.
    """
    one_run_at_a_time(work)
    limits = shipped_weights().limits(link_pairs.number_kept(work))
    core = _core(work, record_ids, limits)
    touched = _touched(work, core) if len(core) <= MOST else None
    if touched is None:
        return relink_within(work).records
    pairs = link_pairs.of(work, core)
    found = link_again(touched, link_pairs.answers_of(pairs), limits)
    link_pairs.store(work, pairs, found)
    sure = [(pair.left, pair.right) for pair in found.pairs if pair.decision == SURE]
    link_pairs.store_people(work, link_pairs.people_of(sorted(touched.core), sure))
    overlaps.find_among(work, core)
    return len(touched.records)


def _core(work: Work, record_ids: Collection[UUID], limits: Limits) -> set[UUID]:
    """All records that a chain of pairs joins to these, or could join, or keeps apart from them."""
    tied = or_(LinkPair.state.in_(("sure", *link_pairs.ANSWERED)), LinkPair.score >= limits.sure)
    core, fresh = set(record_ids), set(record_ids)
    while fresh and len(core) <= MOST:
        fresh = {UUID(end) for pair in link_pairs.of(work, fresh, tied) for end in pair} - core
        core |= fresh
    return core


def _touched(work: Work, core: set[UUID]) -> Touched | None:
    """The core with those that its pairs lead to and their groups; None where not everything of them is kept."""
    pairs = link_pairs.of(work, core)
    near = core | {UUID(end) for pair in pairs for end in pair}
    theirs = select(RecordPerson.person_id).where(RecordPerson.record_id.in_(near)).scalar_subquery()
    groups = select(RecordPerson.record_id, RecordPerson.person_id).where(RecordPerson.person_id.in_(theirs))
    people = {row.record_id: row.person_id for row in work.session.execute(groups)}
    rows = work.session.execute(WITH_KEYS.where(ClientRecord.id.in_([*near, *people]))).all()
    views = {row.id: view_of(work, row) for row in rows}
    # A group that holds a record that was erased is held together by links that no pair tells of.
    if views.keys() != near | people.keys() or link_pairs.kept_among(work, views.keys()) != views.keys():
        return None
    return Touched(
        records=list(views.values()),
        core=frozenset(str(record) for record in core),
        people={str(record): person for record, person in people.items()},
        scores={key: row.score for key, row in pairs.items()},
    )
