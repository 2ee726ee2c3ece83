"""What the numbers of a report mean, as one digest: it changes when a definition does, and with nothing else."""

import hashlib
from collections.abc import Iterable

from app.security.suppression import THRESHOLD
from app.services.audit import canonical
from app.vocabulary.breakdown import BREAKDOWN, codes_of
from app.vocabulary.metric import definition


def digest(metrics: Iterable[str]) -> str:
    """The digest of these counts' definitions, of all breakdowns with their rows, and of the threshold."""
    told = {
        "metrics": {metric: definition(metric).en for metric in metrics},
        "breakdowns": {name: list(codes_of(name)) for name in BREAKDOWN.keys()},  # noqa: SIM118 - a code list, no dict
        "threshold": THRESHOLD,
    }
    return hashlib.sha256(canonical(told).encode()).hexdigest()
