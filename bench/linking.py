"""How well records are linked on invented registers, beside a plain rule; truth is read here and never by the linker.

python -m bench.linking FIRST LAST      figures of the seeds from FIRST to LAST
python -m bench.linking growth          time against the number of rows
"""

import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields

from app.matching import SURE, RecordView, ScoredPair, link
from app.matching.blocking import candidate_pairs
from app.matching.compare import prepare
from bench.given_registers import given_records, given_truth
from bench.plain_rule import plain_link
from bench.registers import generate, records_of

Linker = Callable[[Sequence[RecordView], Mapping[tuple[str, str], bool]], list[ScoredPair]]
Pair = tuple[str, str]


@dataclass
class Figures:
    """What came of one run; the reviewer of a benchmark answers by the truth."""

    true_pairs: int = 0
    false_links: int = 0
    unaided: int = 0
    reviewed: int = 0
    reviewed_yes: int = 0
    after_review: int = 0

    def add(self, other: "Figures") -> None:
        """Add another run's figures."""
        for item in fields(self):
            setattr(self, item.name, getattr(self, item.name) + getattr(other, item.name))


def measure(records: Sequence[RecordView], truth: Mapping[str, int], linker: Linker = link) -> Figures:
    """Link unaided, then with a reviewer who answers the pairs offered, best first, until none is left."""
    wanted = true_pairs(truth)
    answers: dict[Pair, bool] = {}
    found = linker(records, answers)
    unaided = _sure(found)
    figures = Figures(len(wanted), len(unaided - wanted), len(unaided & wanted))
    while asked := _to_ask(found, answers):
        answers.update({pair: pair in wanted for pair in asked})
        found = linker(records, answers)
    final = _sure(found)
    figures.reviewed = len(answers)
    figures.reviewed_yes = sum(answers.values())
    figures.after_review = len(final & wanted)
    figures.false_links = max(figures.false_links, len(final - wanted))
    return figures


def true_pairs(truth: Mapping[str, int]) -> set[Pair]:
    """Return all pairs of records of one person."""
    by_person: dict[int, list[str]] = {}
    for record_id in sorted(truth):
        by_person.setdefault(truth[record_id], []).append(record_id)
    return {(low, high) for ids in by_person.values() for at, high in enumerate(ids) for low in ids[:at]}


def _sure(found: Iterable[ScoredPair]) -> set[Pair]:
    return {pair.pair for pair in found if pair.decision == SURE}


def _to_ask(found: Iterable[ScoredPair], answers: Mapping[Pair, bool]) -> list[Pair]:
    # A reviewer's answer can settle the next pair of the same record, so each record is asked about once a round.
    asked: list[Pair] = []
    busy: set[str] = set()
    for pair in found:
        if pair.decision != SURE and pair.pair not in answers and not busy & set(pair.pair):
            asked.append(pair.pair)
            busy |= set(pair.pair)
    return asked


def run_seeds(seeds: Iterable[int], linker: Linker = link) -> list[tuple[int, Figures]]:
    """Return the figures of each seed."""
    results = []
    for seed in seeds:
        made = generate(seed)
        results.append((seed, measure(records_of(made), made.record_truth(), linker)))
    return results


def _line(name: str, figures: Figures) -> str:
    return " | ".join([f"{name:>10}", *(f"{getattr(figures, item.name):12}" for item in fields(figures))])


def _print_seeds(first: int, last: int) -> None:
    print(" | ".join([f"{'seed':>10}", *(f"{item.name:>12}" for item in fields(Figures))]))
    for name, linker in (("plain", plain_link), ("ours", link)):
        total = Figures()
        for seed, figures in run_seeds(range(first, last + 1), linker):
            total.add(figures)
            if last - first < 30:
                print(_line(f"{name} {seed}", figures))
        print(_line(name, total))


def _print_given(year: int) -> None:
    records, truth = given_records(year), given_truth(year)
    for name, linker in (("plain", plain_link), ("ours", link)):
        print(_line(f"{name} {year}", measure(records, truth, linker)))


def _print_growth() -> None:
    print("    rows |   seconds | a row, microseconds | pairs compared a row | sure pairs | false | true pairs")
    for people in (470, 4_700, 23_500):
        made = generate(7, people)
        records, wanted = records_of(made), true_pairs(made.record_truth())
        compared = sum(1 for _ in candidate_pairs([prepare(record) for record in records])) / len(records)
        started = time.process_time()
        sure = _sure(link(records))
        took = time.process_time() - started
        each = took / len(records) * 1e6
        false = len(sure - wanted)
        print(
            f"{len(records):8} | {took:9.2f} | {each:19.0f} | {compared:20.1f}"
            f" | {len(sure):10} | {false:5} | {len(wanted):10}"
        )


if __name__ == "__main__":
    if sys.argv[1] == "growth":
        _print_growth()
    elif sys.argv[1] == "given":
        _print_given(int(sys.argv[2]))
    else:
        _print_seeds(int(sys.argv[1]), int(sys.argv[2]))
