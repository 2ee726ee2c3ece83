"""The keys in escrow of two: sealed under a key that two people hold in two shares, of which one opens nothing."""

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from app.cipher import KEY_BYTES, Tampered, new_key, seal, unseal
from app.services.backup_proof import BackupRefused

BOUND_TO = "escrow of two"


@dataclass(frozen=True)
class Share:
    """What one of the two keeps: her share, and the sealed keys, which both have."""

    escrow: str
    share: bytes
    sealed: bytes


def split(files: list[Path], kept_by: tuple[Path, Path]) -> None:
    """Seal the key files and write one share to each of two new files, readable by their owner alone.

    Raises BackupRefused where a file is there already, or both are one.
    """
    if len({path.resolve() for path in kept_by}) < len(kept_by):
        raise BackupRefused("the two shares must lie apart")
    key, first = new_key(), secrets.token_bytes(KEY_BYTES)
    plain = json.dumps({file.name: file.read_bytes().hex() for file in files}).encode()
    sealed, name = seal(key, plain, BOUND_TO), secrets.token_hex(4)
    for path, share in zip(kept_by, (first, _both(first, key)), strict=True):
        told = {"escrow": name, "share": share.hex(), "sealed": sealed.hex()}
        _write(path, json.dumps(told).encode())


def join(kept_by: tuple[Path, Path], folder: Path) -> list[str]:
    """Put the key files back into a folder from both shares; gives their names.

    Raises BackupRefused where the shares are not the two of one escrow, or a file of that name is there.
    """
    first, second = (_read(path) for path in kept_by)
    if first.escrow != second.escrow or first.share == second.share:
        raise BackupRefused("these are not the two shares of one escrow")
    try:
        files = json.loads(unseal(_both(first.share, second.share), first.sealed, BOUND_TO))
    except Tampered:
        raise BackupRefused("a share was altered: the keys do not open") from None
    for name, content in files.items():
        _write(folder / Path(name).name, bytes.fromhex(content))
    return sorted(files)


def _both(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


def _read(path: Path) -> Share:
    try:
        told = json.loads(path.read_text("ascii"))
        return Share(told["escrow"], bytes.fromhex(told["share"]), bytes.fromhex(told["sealed"]))
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise BackupRefused(f"{path.name} is no share ({type(fault).__name__})") from None


def _write(path: Path, content: bytes) -> None:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as fault:
        raise BackupRefused(f"{path.name} cannot be written ({type(fault).__name__})") from None
    with os.fdopen(handle, "wb") as file:
        file.write(content)
