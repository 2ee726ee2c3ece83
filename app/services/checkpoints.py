"""Signed checkpoints of the audit chains: made by the clock job or by hand, kept in a table and in a file elsewhere.

Whoever owns the database can cut off the end of a chain or write it anew; she cannot sign, and she cannot take back
what lies in the file and with the agencies. What she can hide is what came after the last checkpoint, which is why one
is made every few minutes.
"""

import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from sqlalchemy import select

from app.audit_verify import Checkpoint, checkpoint_content, read_checkpoint
from app.errors import Unconfigured
from app.models.audit import AuditChain, AuditCheckpoint
from app.security.actor import system_actor
from app.services import unit_of_work
from app.services.unit_of_work import Work

EVERY = timedelta(minutes=10)
EVERY_ENTRIES = 1_000


@dataclass(frozen=True)
class Places:
    """Where the signing key lies, and the file that checkpoints are appended to."""

    key: Path
    file: Path

    @property
    def public_key(self) -> Path:
        """The public half beside the key: what a verifier is given."""
        return self.key.with_suffix(".pub.pem")


def make_keys(places: Places) -> bool:
    """Write a fresh key and its public half where there is none; whether it was made. Never replaces one."""
    if places.key.exists():
        return False
    places.key.parent.mkdir(parents=True, exist_ok=True)
    key = Ed25519PrivateKey.generate()
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    _write_once(places.key, secret)
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    places.public_key.write_bytes(public)
    return True


def _write_once(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)


def _load_key(path: Path) -> Ed25519PrivateKey:
    try:
        if path.stat().st_mode & 0o077:
            raise Unconfigured(f"{path.name} can be read by others; its mode must be 0600")
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError) as fault:
        raise Unconfigured(f"{path.name} holds no key for checkpoints ({type(fault).__name__})") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise Unconfigured(f"{path.name} holds a key of another kind")
    return key


def public_key_of(places: Places) -> Ed25519PublicKey:
    """The key that this installation's checkpoints are verified with. Raises Unconfigured where there is none."""
    return _load_key(places.key).public_key()


def take(places: Places) -> Checkpoint:
    """Sign how long each chain is now; appended to the file, then kept in the table for the agencies.

    Raises Unconfigured where the key or the file cannot be used: nothing is kept then.
    """
    key = _load_key(places.key)
    with unit_of_work.write(system_actor("auditor")) as work:
        made = _sign(work, key)
        _append(places.file, made.line)
        row = AuditCheckpoint(
            number=made.number,
            at=work.now,
            entries=made.entries,
            content=made.content,
            signature=made.signature,
        )
        work.session.add(row)
        work.commit_unaudited()  # it tells of nobody, and an entry of its own would call for another checkpoint
    return made


def take_if_due(places: Places) -> Checkpoint | None:
    """As `take`, where enough has happened or enough time has passed since the last one and anything has happened."""
    with unit_of_work.read(system_actor("auditor")) as work:
        last = _last(work)
        since = sum(length for length, _ in _heads(work).values()) - (last.entries if last else 0)
        is_old = last is None or work.now - last.at >= EVERY
    return take(places) if since >= EVERY_ENTRIES or (since and is_old) else None


def _sign(work: Work, key: Ed25519PrivateKey) -> Checkpoint:
    last = _last(work)
    number, previous = (last.number + 1, last.digest) if last else (1, "")
    content = checkpoint_content(number, work.now, previous, _heads(work))
    return read_checkpoint(content, key.sign(content.encode()).hex())


def _append(path: Path, line: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "a", encoding="utf-8") as file:
            file.write(line + "\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as fault:
        raise Unconfigured(f"no checkpoint can be appended to {path.name} ({type(fault).__name__})") from None


def _heads(work: Work) -> dict[int, tuple[int, str]]:
    rows = work.session.execute(select(AuditChain.number, AuditChain.length, AuditChain.head))
    return {row.number: (row.length, row.head) for row in rows}


@dataclass(frozen=True)
class Kept:
    """A checkpoint of the table."""

    number: int
    at: datetime
    entries: int
    content: str
    signature: str

    @property
    def checkpoint(self) -> Checkpoint:
        """What was signed."""
        return read_checkpoint(self.content, self.signature)

    @property
    def digest(self) -> str:
        """What the next one names as the one before it."""
        return self.checkpoint.digest


def _last(work: Work) -> Kept | None:
    table = AuditCheckpoint.__table__
    row = work.session.execute(select(table).order_by(table.c.number.desc()).limit(1)).first()
    return None if row is None else Kept(*row)
