"""Verifies the record of acts and looks: chains of digests, and signed checkpoints of their heads.

Needs no database and nothing else of the application: a data protection officer runs it on a machine of her own, with
`python -m app.audit_verify EXPORT --checkpoints FILE --public-key FILE`.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

WHOLE, ALTERED, SHORTENED = "whole", "altered", "shortened"


@dataclass(frozen=True)
class Chain:
    """One chain as it was found: what its head says, and its entries in order."""

    number: int
    length: int
    head: str
    entries: Iterable[Mapping[str, Any]]


@dataclass(frozen=True)
class Checkpoint:
    """What was signed at a moment: how long each chain was, and the digest of its last entry."""

    number: int
    at: str
    previous: str
    chains: Mapping[int, tuple[int, str]]
    content: str
    signature: str

    @property
    def entries(self) -> int:
        """How many entries all chains had."""
        return sum(length for length, _ in self.chains.values())

    @property
    def digest(self) -> str:
        """What the next checkpoint names as the one before it."""
        return sha256(self.content)

    @property
    def line(self) -> str:
        """How it stands in a file."""
        return json.dumps({"content": self.content, "signature": self.signature})


@dataclass(frozen=True)
class Verdict:
    """What was found of one chain; `fault` is empty where it is whole."""

    chain: int
    entries: int
    fault: str = ""
    kind: str = WHOLE


@dataclass(frozen=True)
class Report:
    """The verdict on each chain, what is wrong with the checkpoints themselves, and what they cannot show."""

    verdicts: Sequence[Verdict]
    faults: Sequence[str] = ()
    last: str = ""
    since: int = 0

    @property
    def kind(self) -> str:
        """The verdict on the whole: shortened where nothing else is wrong."""
        kinds = {verdict.kind for verdict in self.verdicts} - {WHOLE} | ({ALTERED} if self.faults else set())
        return ALTERED if ALTERED in kinds else SHORTENED if kinds else WHOLE

    @property
    def window(self) -> str:
        """What a cut of the tail could hide, in words: the honest limit of every checkpoint."""
        if not self.last:
            return "no checkpoint was given: a cut end or a chain written anew cannot be seen"
        return f"last checkpoint {self.last}: of the {self.since} entries after it a cut end could not be seen"


def sha256(text: str) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def microseconds(moment: datetime) -> int:
    """A moment as whole microseconds since 1970, the same on both databases."""
    return round(moment.timestamp() * 1_000_000)


def entry_digest(row: Mapping[str, Any]) -> str:
    """SHA-256 over everything in the entry and the digest before it."""
    parts = (
        row["chain"],
        row["position"],
        microseconds(row["at"]),
        row["member_id"] or "",
        row["agency_id"] or "",
        row["action"],
        row["case_id"] or "",
        row["detail"],
        row["previous"],
    )
    return sha256("|".join(str(part) for part in parts))


# --- chains ---


@dataclass
class _Walk:
    """A chain on the way from its first entry to its last, and the checkpoints that wait for their entry."""

    chain: Chain
    checkpoints: Sequence[Checkpoint]
    previous: str = ""
    position: int = 0
    vouched: int = 0
    waiting: dict[int, list[Checkpoint]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for checkpoint in self.checkpoints:
            length, _ = checkpoint.chains.get(self.chain.number, (0, ""))
            if length:
                self.waiting.setdefault(length, []).append(checkpoint)

    def verdict(self, fault: str = "", kind: str = ALTERED) -> Verdict:
        return Verdict(self.chain.number, self.position, fault, kind if fault else WHOLE)

    def fault_of(self, entry: Mapping[str, Any]) -> str:
        self.position += 1
        if entry["position"] != self.position or entry["chain"] != self.chain.number:
            return f"entry {self.position} is missing"
        if entry["previous"] != self.previous:
            return f"entry {self.position} was altered"
        if entry["digest"] != entry_digest(entry):
            return f"entry {self.position} was altered"
        self.previous = entry["digest"]
        return self._fault_before()

    def _fault_before(self) -> str:
        for checkpoint in self.waiting.pop(self.position, ()):
            if checkpoint.chains[self.chain.number][1] != self.previous:
                between = f"between entry {self.vouched + 1} and entry {self.position}"
                return f"altered {between}: the checkpoint of {checkpoint.at} says otherwise"
            self.vouched = self.position
        return ""


def verify_chain(chain: Chain, checkpoints: Sequence[Checkpoint] = ()) -> Verdict:
    """Walk one chain from its first entry: positions without a gap, digests that match, the head that closes it, and
    the heads that checkpoints have vouched for.
    """
    walk = _Walk(chain, checkpoints)
    for entry in chain.entries:
        if fault := walk.fault_of(entry):
            return walk.verdict(fault)
    if walk.waiting:
        cut = walk.waiting[min(walk.waiting)][0]
        return walk.verdict(f"shortened to {walk.position} entries since the checkpoint of {cut.at}", SHORTENED)
    if (walk.position, walk.previous) != (chain.length, chain.head):
        return walk.verdict("the head does not match the last entry")
    return walk.verdict()


def verify(chains: Iterable[Chain], checkpoints: Sequence[Checkpoint] = (), faults: Sequence[str] = ()) -> Report:
    """The verdict on all chains against all checkpoints, whose own `faults` are part of it."""
    verdicts = [verify_chain(chain, checkpoints) for chain in chains]
    there = {verdict.chain for verdict in verdicts}
    gone = sorted({number for one in checkpoints for number, (length, _) in one.chains.items() if length} - there)
    verdicts += [Verdict(number, 0, "the chain is gone", SHORTENED) for number in gone]
    last = max(checkpoints, key=lambda one: one.entries, default=None)
    if last is None:
        return Report(verdicts, faults)
    return Report(verdicts, faults, last.at, sum(verdict.entries for verdict in verdicts) - last.entries)


# --- checkpoints ---


def checkpoint_content(number: int, at: datetime, previous: str, chains: Mapping[int, tuple[int, str]]) -> str:
    """What is signed, as text that comes out the same every time."""
    told = {"number": number, "at": at.isoformat(), "previous": previous, "chains": sorted_chains(chains)}
    return json.dumps(told, sort_keys=True, separators=(",", ":"))


def sorted_chains(chains: Mapping[int, tuple[int, str]]) -> list[list[object]]:
    """Number, length and head of each chain."""
    return [[number, *chains[number]] for number in sorted(chains)]


def read_checkpoint(content: str, signature: str) -> Checkpoint:
    """One checkpoint, whoever has signed it; raises ValueError, KeyError or TypeError where it is none."""
    told = json.loads(content)
    chains = {int(number): (int(length), str(head)) for number, length, head in told["chains"]}
    return Checkpoint(int(told["number"]), str(told["at"]), str(told["previous"]), chains, content, signature)


def is_signed(checkpoint: Checkpoint, key: Ed25519PublicKey) -> bool:
    """Whether the key has signed it."""
    try:
        key.verify(bytes.fromhex(checkpoint.signature), checkpoint.content.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def read_checkpoints(lines: Iterable[str], key: Ed25519PublicKey) -> tuple[list[Checkpoint], list[str]]:
    """The checkpoints of a file that the key has signed, and what is wrong with the others and with their order."""
    found, faults = [], []
    for number, line in enumerate(lines, start=1):
        try:
            told = json.loads(line)
            checkpoint = read_checkpoint(told["content"], told["signature"])
        except (ValueError, KeyError, TypeError):
            faults.append(f"line {number} is no checkpoint")
            continue
        if is_signed(checkpoint, key):
            found.append(checkpoint)
        else:
            faults.append(f"checkpoint {checkpoint.number} is not signed with this key")
    return found, faults + _broken_links(found)


def _broken_links(found: Sequence[Checkpoint]) -> list[str]:
    """Where the one before is there, it must be the one that was named."""
    by_number: dict[int, set[str]] = {}
    for one in found:
        by_number.setdefault(one.number, set()).add(one.digest)
    return [
        f"checkpoint {one.number} does not follow the one before it"
        for one in found
        if one.number - 1 in by_number and one.previous not in by_number[one.number - 1]
    ]


# --- a file that was exported ---


def export_lines(chains: Iterable[Chain]) -> Iterator[str]:
    """The chains as lines of JSON: before the entries of each chain its head."""
    for chain in chains:
        yield json.dumps({"chain": chain.number, "length": chain.length, "head": chain.head})
        for entry in chain.entries:
            yield json.dumps({**entry, "at": entry["at"].isoformat()}, default=str)


def read_export(lines: Iterable[str]) -> Iterator[Chain]:
    """The chains of an exported file, one after the other; raises ValueError or KeyError where it is none."""
    told = (json.loads(line) for line in lines)
    heads: dict[str, Any] = {}
    for is_head, rows in groupby(told, key=lambda row: "length" in row):
        if is_head:
            *empty, heads = rows
            yield from (Chain(one["chain"], one["length"], one["head"], ()) for one in empty)
            continue
        yield Chain(heads["chain"], heads["length"], heads["head"], map(_entry, rows))
        heads = {}
    if heads:
        yield Chain(heads["chain"], heads["length"], heads["head"], ())


def _entry(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "at": datetime.fromisoformat(row["at"])}


def load_public_key(path: Path) -> Ed25519PublicKey:
    """The key that checkpoints are verified with; raises ValueError where the file holds another thing."""
    key = load_pem_public_key(path.read_bytes())
    if not isinstance(key, Ed25519PublicKey):
        raise ValueError("not an Ed25519 key")
    return key


def read_checkpoint_file(path: Path, key: Ed25519PublicKey) -> tuple[list[Checkpoint], list[str]]:
    """As `read_checkpoints`, of a file."""
    return read_checkpoints(path.read_text("utf-8").splitlines(), key)


def report_lines(report: Report) -> Iterator[str]:
    """A report in words, the verdict last."""
    for verdict in report.verdicts:
        yield f"chain {verdict.chain:2}: {verdict.entries} entries, {verdict.fault or WHOLE}"
    yield from report.faults
    yield report.window
    yield f"VERDICT: {report.kind.upper()}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Verify an exported file; 0 where it is whole, 1 where it is not, 2 where nothing could be verified."""
    asked = argparse.ArgumentParser(description="Verify an exported record of acts and looks against checkpoints.")
    asked.add_argument("export", type=Path)
    asked.add_argument("--checkpoints", type=Path, required=True)
    asked.add_argument("--public-key", type=Path, required=True)
    given = asked.parse_args(arguments)
    try:
        checkpoints, faults = read_checkpoint_file(given.checkpoints, load_public_key(given.public_key))
        with given.export.open(encoding="utf-8") as lines:
            report = verify(read_export(lines), checkpoints, faults)
    except (OSError, ValueError, KeyError, TypeError) as fault:
        sys.stderr.write(f"nothing was verified: {type(fault).__name__}\n")
        return 2
    sys.stdout.write("\n".join(report_lines(report)) + "\n")
    return 0 if report.kind == WHOLE else 1


if __name__ == "__main__":
    sys.exit(main())
