"""How well records are linked on invented registers, beside a plain rule; truth is read here and never by the linker.

python -m bench.linking FIRST LAST         figures of the seeds from FIRST to LAST, three registers of one year each
python -m bench.linking wide FIRST LAST    the same with five registers of 2,000 rows
python -m bench.linking growth             time and memory against the number of rows

In all of them the reviewer answers by truth.
"""

import gc
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from app.matching import SURE, RecordView, ScoredPair, link
from app.matching.blocking import candidate_pairs
from app.matching.compare import prepare
from bench.given_registers import given_records, given_truth
from bench.plain_rule import plain_link
from bench.registers import generate, generate_wide, records_of

Linker = Callable[[Sequence[RecordView], Mapping[tuple[str, str], bool]], list[ScoredPair]]
Pair = tuple[str, str]
GROWTH_SEED = 7
BETWEEN_LINKS = 250
"""Of so many rows one pair is answered before all is linked again."""
REVIEWED = 0.03
"""Of how many rows, at most, a reviewer of a wide register answers a pair."""


@dataclass
class Figures:
    """What came of one run; the reviewer of a benchmark answers by the truth."""

    true_pairs: int = 0
    false_links: int = 0
    unaided: int = 0
    reviewed: int = 0
    rows_seen: int = 0
    reviewed_yes: int = 0
    after_review: int = 0

    @property
    def precision(self) -> float:
        """The share of true ones among the links made unaided; every false link of the whole run counts against it."""
        return self.unaided / max(self.unaided + self.false_links, 1)

    def add(self, other: "Figures") -> None:
        """Add another run's figures."""
        for item in fields(self):
            setattr(self, item.name, getattr(self, item.name) + getattr(other, item.name))


def measure(
    records: Sequence[RecordView], truth: Mapping[str, int], linker: Linker = link, most: int | None = None
) -> Figures:
    """Link unaided, then with a reviewer who answers the pairs offered, best first, until none is left or `most`.

    After every few answers all is linked again, as it is on the page: an answer settles what hangs on it, and the
    pairs that are asked last are the least likely ones.
    """
    wanted = true_pairs(truth)
    answers: dict[Pair, bool] = {}
    found = linker(records, answers)
    unaided = _sure(found)
    figures = Figures(len(wanted), len(unaided - wanted), len(unaided & wanted))
    at_once = max(len(records) // BETWEEN_LINKS, 1)
    while asked := _to_ask(found, answers)[: at_once if most is None else min(at_once, most - len(answers))]:
        answers.update({pair: pair in wanted for pair in asked})
        found = linker(records, answers)
    final = _sure(found)
    figures.reviewed = len(answers)
    figures.rows_seen = len({record_id for pair in answers for record_id in pair})
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


def _print_wide(first: int, last: int) -> None:
    print("seed | rows | true pairs | precision | recall unaided | pairs asked | rows in them | recall after")
    for seed in range(first, last + 1):
        made = generate_wide(seed)
        records = records_of(made)
        figures = measure(records, made.record_truth(), most=int(len(records) * REVIEWED))
        print(
            f"{seed} | {len(records)} | {figures.true_pairs} | {figures.precision:.4f}"
            f" | {figures.unaided / figures.true_pairs:.4f} | {figures.reviewed / len(records):.2%}"
            f" | {figures.rows_seen / len(records):.2%} | {figures.after_review / figures.true_pairs:.4f}",
            flush=True,
        )


def _print_growth() -> None:
    print("rows | seconds | microseconds a row | MB | pairs compared a row | precision | recall unaided")
    for rows in (200, 2_000, 20_000):
        made = generate_wide(GROWTH_SEED, rows=rows)
        records, wanted = records_of(made), true_pairs(made.record_truth())
        before = _forget_peak()
        started = time.process_time()
        sure = _sure(link(records))
        took = time.process_time() - started
        memory = _peak() - before
        compared = sum(1 for _ in candidate_pairs([prepare(record) for record in records])) / len(records)
        print(
            f"{len(records)} | {took:.2f} | {took / len(records) * 1e6:.0f} | {memory:.0f} | {compared:.1f}"
            f" | {len(sure & wanted) / len(sure):.4f} | {len(sure & wanted) / len(wanted):.4f}",
            flush=True,
        )


def _forget_peak() -> float:
    """Begin to measure the peak of this process's memory anew (Linux alone); gives what is in use now, in MB."""
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return _peak()


def _peak() -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


if __name__ == "__main__":
    if sys.argv[1] == "growth":
        _print_growth()
    elif sys.argv[1] == "wide":
        _print_wide(int(sys.argv[2]), int(sys.argv[3]))
    elif sys.argv[1] == "given":
        _print_given(int(sys.argv[2]))
    else:
        _print_seeds(int(sys.argv[1]), int(sys.argv[2]))
