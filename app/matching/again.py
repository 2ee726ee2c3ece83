"""What follows from an answer, among the records that it can touch: as a run over all, at the cost of a few."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.matching.compare import prepare
from app.matching.link import Linker, Linking, in_order
from app.matching.records import RecordView, ScoredPair
from app.matching.score import KnownScores, Limits, shipped_weights


@dataclass(frozen=True, slots=True)
class Touched:
    """The records that an answer can touch, and what a run over all records has found of them.

    `scores` are those of every pair of which one record is in the core. The core are the records that can come into
    one group, or are kept apart, through any chain of pairs; `people` are the groups of the others, which stay.
    """

    records: Sequence[RecordView]
    core: frozenset[str]
    people: Mapping[str, object]
    scores: Mapping[tuple[str, str], float]


def link_again(touched: Touched, answers: Mapping[tuple[str, str], bool], limits: Limits) -> Linking:
    """Return the pairs with a record of the core, as `link_all` would over all records within the same limits."""
    ordered = in_order(touched.records)
    places = {record.record_id: place for place, record in enumerate(ordered)}
    candidates = sorted((places[one], places[other]) for one, other in touched.scores)
    linker = Linker(
        [prepare(record) for record in ordered], KnownScores(touched.scores, limits), candidates, shipped_weights()
    )
    linker.enter(answers)
    linker.join_known(_groups(touched, places))
    linker.join_sure()
    found = linker.found()
    return Linking(*(_with(touched.core, pairs) for pairs in (found.pairs, found.refused, found.near)))


def _groups(touched: Touched, places: Mapping[str, int]) -> list[list[int]]:
    groups: defaultdict[object, list[int]] = defaultdict(list)
    for record_id, person in touched.people.items():
        if record_id not in touched.core:
            groups[person].append(places[record_id])
    return list(groups.values())


def _with(core: frozenset[str], pairs: Sequence[ScoredPair]) -> list[ScoredPair]:
    return [pair for pair in pairs if pair.left in core or pair.right in core]
