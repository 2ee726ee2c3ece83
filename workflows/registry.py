"""The versions that are shipped: by name, by the day a case is opened, and the digests of those that are released.

A country's own releases stand in its database: whoever keeps them is asked once for each, and what was read is held by
name and digest, which a release never changes.
"""

from collections.abc import Callable, Iterable
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


Keeper = Callable[[str, str], Procedure | None]
_held: dict[tuple[str, str], Procedure] = {}
_keepers: list[Keeper] = []


def ask(keeper: Keeper) -> None:
    """Ask this one too for a version, by name and digest, that is neither shipped nor held."""
    _keepers.append(keeper)


def hold(procedure: Procedure) -> Procedure:
    """Hold a released version for the process; gives it back."""
    return _held.setdefault((procedure.name, procedure.digest), procedure)


def forget() -> None:
    """Forget what is held, as a process that has just started."""
    _held.clear()


def held(name: str, digest: str) -> Procedure | None:
    """Return a released version that the process holds already."""
    return _held.get((name, digest))


def all_known() -> list[Procedure]:
    """Return the shipped versions and the released ones that the process has met."""
    return [*(get(name) for name in names()), *_held.values()]


def known() -> tuple[str, ...]:
    """Return the digests of all that is known now: what was made from it holds while this stays the same."""
    return tuple(one.digest for one in all_known())


def get(name: str, digest: str | None = None) -> Procedure:
    """Return a version, read once a process. Raises UnknownProcedure, and DigestMismatch for another digest."""
    if digest is not None and name not in names():
        kept = held(name, digest) or next(filter(None, (keeper(name, digest) for keeper in _keepers)), None)
        if kept is not None:
            return hold(kept)
    procedure = _load(name)
    if digest is not None and digest != procedure.digest:
        raise DigestMismatch(f"{name} is {procedure.digest}, the case is pinned to {digest}")
    return procedure


def in_force_on(day: date) -> Procedure:
    """Return the shipped version that a case opened on that day runs under; raises UnknownProcedure."""
    return latest_of((get(name) for name in names()), day)


def latest_of(versions: Iterable[Procedure], day: date) -> Procedure:
    """Return the one in force on a day: of several the one that came last. Raises UnknownProcedure."""
    found = [one for one in versions if one.is_in_force(day)]
    if not found:
        raise UnknownProcedure(f"no procedure is in force on {day.isoformat()}")
    return max(found, key=lambda one: one.in_force_from)


def texts(name: str) -> dict[str, str]:
    """Return the files of a shipped version by name; raises UnknownProcedure."""
    if name not in names():
        raise UnknownProcedure(name)
    return {path.name: path.read_text("utf-8") for path in sorted((FOLDER / name).glob("*.toml"))}


def released(path: Path = RELEASED) -> dict[str, str]:
    """Return the locked digest of each released version."""
    lines = path.read_text("utf-8").splitlines() if path.is_file() else []
    return dict(line.split() for line in lines if line and not line.startswith("#"))


def changed_since_release(path: Path = RELEASED) -> tuple[str, ...]:
    """Return the names of released versions whose files say something else now, or are gone."""
    return tuple(name for name, digest in released(path).items() if name not in names() or get(name).digest != digest)
