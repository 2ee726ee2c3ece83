"""The record of acts and looks, for the data protection officer: its checkpoints, and whether it is whole."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from app import audit_verify
from app.audit_verify import WHOLE, Checkpoint, Report, is_signed, read_checkpoint
from app.queries import record
from app.queries.looks import SignedLine
from app.security.actor import Actor
from app.services import auditing, unit_of_work
from app.services.checkpoints import Places
from app.services.unit_of_work import Once, Work
from app.services.viewing import Looked

CHECKED = "audit:verified"
BACK = timedelta(days=90)


@dataclass(frozen=True)
class Check:
    """What a verification found: `broken` are chains with the entry up to which each is whole."""

    at: datetime
    kind: str
    entries: int
    broken: Sequence[tuple[int, int]]
    faults: int
    last: datetime | None
    since: int


@dataclass(frozen=True)
class Kept:
    """A checkpoint of the database's table; whether it is signed with the installation's key, where that is known."""

    line: SignedLine
    is_signed: bool | None


@dataclass(frozen=True)
class RecordPage:
    """The last verifications and the last checkpoints, latest first."""

    checks: Sequence[Check]
    checkpoints: Sequence[Kept]


def shown(work: Work, *, places: Places) -> Looked[RecordPage]:
    """The last verifications and checkpoints."""
    with work.as_system("auditor"):
        checks = record.entries_of(work.session, CHECKED, work.now - BACK)
        lines = record.checkpoints(work.session)
    key = _key(places)
    return Looked(RecordPage([_check(*one) for one in checks], [Kept(line, _is_signed(line, key)) for line in lines]))


def verify(actor: Actor, places: Places, once: Once) -> str:
    """Walk the whole record as `flask audit verify` does, against the file of checkpoints where it can be read.

    What was found is an entry of the record itself; gives the verdict. A form sent again walks no second time.
    """
    with unit_of_work.read(actor) as work:
        if done := work.earlier(once):
            return done["kind"]
    found = auditing.report(*_signed(places))  # reading: nobody who writes waits for it
    with unit_of_work.write(actor) as work:
        if done := work.once(once, {"kind": found.kind}):
            return done["kind"]
        work.audit(CHECKED, **_detail(found))
        work.commit()
    return found.kind


def _detail(found: Report) -> dict[str, Any]:
    broken = [[one.chain, one.entries] for one in found.verdicts if one.kind != WHOLE]
    entries = sum(one.entries for one in found.verdicts)
    told = {"broken": broken, "faults": len(found.faults), "last": found.last, "since": found.since}
    return {"kind": found.kind, "entries": entries, **told}


def _check(at: datetime, detail: str) -> Check:
    told = json.loads(detail)
    last = told.pop("last")
    return Check(at=at, last=datetime.fromisoformat(last) if last else None, **told)


def _key(places: Places) -> Ed25519PublicKey | None:
    try:
        return audit_verify.load_public_key(places.public_key)
    except (OSError, ValueError):
        return None


def _signed(places: Places) -> tuple[list[Checkpoint], list[str]]:
    """The checkpoints of the file; none where the file or the key is not there for this process."""
    key = _key(places)
    try:
        return audit_verify.read_checkpoint_file(places.file, key) if key else ([], [])
    except OSError:
        return [], []


def _is_signed(line: SignedLine, key: Ed25519PublicKey | None) -> bool | None:
    if key is None:
        return None
    try:
        return is_signed(read_checkpoint(line.content, line.signature), key)
    except (ValueError, KeyError, TypeError):
        return False
