"""How an audit entry is written down and digested, and the verification of the chains (decisions 16 and 44)."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.cipher import digest


def canonical(detail: Mapping[str, object]) -> str:
    """The detail as JSON that comes out the same every time."""
    return json.dumps(detail, sort_keys=True, separators=(",", ":"), default=str)


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
    return digest("|".join(str(part) for part in parts))


@dataclass(frozen=True)
class Verdict:
    """What the verification of one chain found; `fault` is empty where the chain is whole."""

    chain: int
    entries: int
    fault: str = ""


def verify_chain(number: int, entries: Iterable[Any], length: int, head: str) -> Verdict:
    """Walk one chain from its first entry: positions without a gap, digests that match, the head that closes it."""
    previous, position = "", 0
    for entry in entries:
        position += 1
        if entry["position"] != position:
            return Verdict(number, position, f"entry {position} is missing")
        if entry["previous"] != previous or entry["digest"] != entry_digest(entry):
            return Verdict(number, position, f"entry {position} was altered")
        previous = entry["digest"]
    if (position, previous) != (length, head):
        return Verdict(number, position, "the head does not match the last entry")
    return Verdict(number, position)
