"""The versions that are shipped: by name, by the day a case is opened, and the digests of those that are released."""

from datetime import date
from functools import lru_cache
from pathlib import Path

from workflows.definition import Procedure
from workflows.load import PROCEDURE_FILE, load_folder

FOLDER = Path(__file__).parent / "sop"
RELEASED = FOLDER / "released.txt"


class UnknownProcedure(LookupError):
    """No such version is shipped, or none is in force on the day."""


class DigestMismatch(Exception):
    """A case is pinned to rules that the shipped version of that name no longer has."""


@lru_cache(maxsize=1)
def names() -> tuple[str, ...]:
    """Return the names of the shipped versions, oldest first by name."""
    return tuple(sorted(path.parent.name for path in FOLDER.glob(f"*/{PROCEDURE_FILE}")))


@lru_cache
def _load(name: str) -> Procedure:
    if name not in names():
        raise UnknownProcedure(name)
    return load_folder(FOLDER / name)


def get(name: str, digest: str | None = None) -> Procedure:
    """Return a version, read once a process. Raises UnknownProcedure, and DigestMismatch for another digest."""
    procedure = _load(name)
    if digest is not None and digest != procedure.digest:
        raise DigestMismatch(f"{name} is {procedure.digest}, the case is pinned to {digest}")
    return procedure


def in_force_on(day: date) -> Procedure:
    """Return the version that a case opened on that day runs under; raises UnknownProcedure where there is none."""
    for name in names():
        if get(name).is_in_force(day):
            return get(name)
    raise UnknownProcedure(f"no procedure is in force on {day.isoformat()}")


def released(path: Path = RELEASED) -> dict[str, str]:
    """Return the locked digest of each released version."""
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    return dict(line.split() for line in lines if line and not line.startswith("#"))


def changed_since_release(path: Path = RELEASED) -> tuple[str, ...]:
    """Return the names of released versions whose files say something else now, or are gone."""
    return tuple(name for name, digest in released(path).items() if name not in names() or get(name).digest != digest)
