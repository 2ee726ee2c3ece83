"""From records to scored pairs: which are surely one person, which a reviewer must look at. Nothing is stored."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.matching.blocking import candidate_pairs
from app.matching.clusters import Clusters, answered
from app.matching.compare import Prepared, prepare
from app.matching.records import APART, DOUBTFUL, NEAR, SURE, RecordView, ScoredPair
from app.matching.score import Judgement, KnownScores, Scorer, Weights, shipped_weights

THROUGH_ANOTHER = "link:through_another_record"
BY_ANSWER = "link:reviewer_answered"


@dataclass(frozen=True, slots=True)
class Linking:
    """What one run says: the pairs that are one person or may be, those kept apart, and what else played a part."""

    pairs: list[ScoredPair]
    refused: list[ScoredPair]
    near: list[ScoredPair]


def link(
    records: Sequence[RecordView],
    answers: Mapping[tuple[str, str], bool] | None = None,
    weights: Weights | None = None,
) -> list[ScoredPair]:
    """Return the pairs of records that are one person, surely or perhaps, best first; the rest is not listed.

    Sure pairs are closed: if A is B and B is C, then A and C are listed too. `answers` are what reviewers decided, by
    `ScoredPair.pair`: True stands as a sure link, False keeps the two apart for ever, also by way of a third record.
    The order of the records does not matter. ValueError if two records share an id.
    """
    return link_all(records, answers, weights).pairs


def link_all(
    records: Sequence[RecordView],
    answers: Mapping[tuple[str, str], bool] | None = None,
    weights: Weights | None = None,
) -> Linking:
    """Return the same, with the pairs that were refused and those that are near enough to matter to others.

    Raises as `link`.
    """
    ordered = in_order(records)
    weights = weights or shipped_weights()
    prepared = [prepare(record) for record in ordered]
    linker = Linker(prepared, Scorer(prepared, weights), candidate_pairs(prepared), weights)
    linker.enter(answers or {})
    linker.join_sure()
    return linker.found()


def in_order(records: Sequence[RecordView]) -> list[RecordView]:
    """Return the records by their ids. ValueError if two share one."""
    ordered = sorted(records, key=lambda record: record.record_id)
    if any(one.record_id == other.record_id for one, other in zip(ordered, ordered[1:], strict=False)):
        raise ValueError("two records share an id")
    return ordered


class Linker:
    """One run over one set of records, known by their places in the order of their ids."""

    def __init__(
        self,
        prepared: Sequence[Prepared],
        scorer: Scorer | KnownScores,
        candidates: Iterable[tuple[int, int]],
        weights: Weights,
    ) -> None:
        self._prepared = prepared
        self._records = [each.record for each in prepared]
        self._weights = weights
        self._scorer = scorer
        self._limits = scorer.limits
        self._clusters = Clusters([record.register for record in self._records])
        self._answered: set[tuple[int, int]] = set()
        self._refused: set[tuple[int, int]] = set()
        self._judged: dict[tuple[int, int], Judgement] = {}
        self._partners: defaultdict[int, list[int]] = defaultdict(list)
        for pair in candidates:
            judgement = scorer.judge(prepared[pair[0]], prepared[pair[1]])
            if judgement.score > self._limits.least:
                self._judged[pair] = judgement
                self._partners[pair[0]].append(pair[1])
                self._partners[pair[1]].append(pair[0])

    def enter(self, answers: Mapping[tuple[str, str], bool]) -> None:
        """Take over what reviewers decided, before anything is concluded."""
        places = {record.record_id: place for place, record in enumerate(self._records)}
        self._answered = answered(self._clusters, answers, places)
        kept_apart = (pair for pair, is_one in answers.items() if not is_one and set(pair) <= places.keys())
        self._refused = {_in_order(places[one], places[other]) for one, other in kept_apart}

    def join_sure(self) -> None:
        """Join what is surely one person, the best pairs first."""
        for pair, judgement in sorted(self._judged.items(), key=lambda item: (-item[1].score, item[0])):
            if judgement.is_sure and self._may_join(*pair) and not self._is_rivalled(pair, judgement):
                self._clusters.join(*pair)

    def join_known(self, groups: Iterable[Sequence[int]]) -> None:
        """Join records that another run has found to be one person."""
        for first, *others in groups:
            for other in others:
                self._clusters.join(first, other)

    def found(self) -> Linking:
        """Return what was concluded, best first."""
        sure, doubtful = set(self._clusters.pairs()), self._doubtful()
        pairs = [*(self._scored(pair, SURE) for pair in sure), *(self._scored(pair, DOUBTFUL) for pair in doubtful)]
        near = self._judged.keys() - sure - self._refused - set(doubtful)
        return Linking(
            sorted(pairs, key=lambda pair: (pair.decision != SURE, -pair.score, pair.left, pair.right)),
            [self._scored(pair, APART) for pair in sorted(self._refused)],
            [self._scored(pair, NEAR) for pair in sorted(near)],
        )

    def _doubtful(self) -> list[tuple[int, int]]:
        """Return, for two groups that may be one person, the best pair between them: one answer settles all."""
        best: dict[tuple[int, int], tuple[int, int]] = {}
        for pair, judgement in sorted(self._judged.items(), key=lambda item: (-item[1].score, item[0])):
            one, other = self._clusters.group(pair[0]), self._clusters.group(pair[1])
            if one != other and self._is_worth_a_look(pair, judgement):
                best.setdefault((min(one, other), max(one, other)), pair)
        return list(best.values())

    def _is_worth_a_look(self, pair: tuple[int, int], judgement: Judgement) -> bool:
        if judgement.score < self._limits.doubtful or self._clusters.are_set_apart(*pair):
            return False
        if not self._clusters.share_a_register(*pair):
            in_spite = judgement.strong_birth or judgement.score >= self._limits.in_spite
            return in_spite or not self._contradicted(*pair)
        same = self._records[pair[0]].register == self._records[pair[1]].register
        return same and judgement.score >= self._weights.same_register and judgement.strong_birth

    def _may_join(self, one: int, other: int) -> bool:
        clusters = self._clusters
        if clusters.together(one, other) or clusters.are_set_apart(one, other):
            return False
        return not clusters.share_a_register(one, other) and not self._contradicted(one, other)

    def _contradicted(self, one: int, other: int) -> bool:
        return any(self._judge(pair).contradicts for pair in self._clusters.across(one, other))

    def _is_rivalled(self, pair: tuple[int, int], judgement: Judgement) -> bool:
        """Say whether a third record fits one of the two nearly as well and excludes the other."""
        needed = judgement.score - self._limits.margin
        for one, other in (pair, pair[::-1]):
            for rival in self._partners[one]:
                if rival == other or self._clusters.together(rival, other) or self._clusters.together(rival, one):
                    continue
                if self._judge(_in_order(one, rival)).score > needed and self._excludes(rival, other):
                    return True
        return False

    def _excludes(self, rival: int, other: int) -> bool:
        if self._records[rival].register == self._records[other].register:
            return True
        return self._clusters.are_set_apart(rival, other) or self._judge(_in_order(rival, other)).contradicts

    def _judge(self, pair: tuple[int, int]) -> Judgement:
        known = self._judged.get(pair)
        return known or self._scorer.judge(self._prepared[pair[0]], self._prepared[pair[1]])

    def _scored(self, pair: tuple[int, int], decision: str) -> ScoredPair:
        judgement = self._judge(pair)
        reasons = judgement.agreement.reasons()
        if pair in self._answered:
            reasons = (*reasons, BY_ANSWER)
        elif decision == SURE and not judgement.is_sure:
            reasons = (*reasons, THROUGH_ANOTHER)
        left, right = self._records[pair[0]].record_id, self._records[pair[1]].record_id
        return ScoredPair(left, right, judgement.score, decision, reasons)


def _in_order(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)
