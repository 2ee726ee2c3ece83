"""The root keys and the keys derived from them, outside the database (decision 34). Made once, mode 0600.

There is one root, but while keys are renewed: then the newest seals, and what the one before it sealed is still opened.
"""

import contextlib
import json
import os
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from app.cipher import FIRST, KEY_BYTES, RootedKey, derive, new_key
from app.errors import Unconfigured

DEMO = "demo"
LOOKED_AGAIN = 1.0
"""Seconds after which a process looks whether the key file has changed."""


@dataclass(frozen=True)
class Keyring:
    """All keys of the installation, from its newest root and those that are still read."""

    root: bytes = field(repr=False)
    number: int = FIRST
    others: tuple[tuple[int, bytes], ...] = field(default=(), repr=False)
    kept: tuple[tuple[str, bytes], ...] = field(default=(), repr=False)
    signs: bytes = field(default=b"", repr=False)

    @property
    def context(self) -> bytes:
        """The key that contexts are signed with: it stays when the root is renewed, for the database knows it too."""
        return self.signs or derive(self.root, "purpose|context")

    @property
    def roots(self) -> dict[int, bytes]:
        """Every root by its number."""
        return dict(self.others) | {self.number: self.root}

    def agency(self, agency_id: uuid.UUID) -> bytes:
        """The key that wraps case keys for an agency, or for the linker's desk."""
        return _derived(self, f"wrap|{agency_id}")

    def search(self, agency_id: uuid.UUID) -> bytes:
        """The key of an agency's own search tokens (decision 7)."""
        return _derived(self, f"search|{agency_id}")

    def fingerprints(self, agency_id: uuid.UUID) -> tuple[bytes, ...]:
        """All keys under which rows of an agency's registers may be known: that of a retired root is kept for it."""
        kept = (key for owner, key in self.kept if owner == str(agency_id))
        return (*(derive(root, f"search|{agency_id}") for root in self.roots.values()), *kept)

    @property
    def link(self) -> bytes:
        """The key of the linker's tokens."""
        return _derived(self, "link")

    def named(self, purpose: str) -> bytes:
        """A key for another purpose: the throttle's digests, cookie signing, the audit's checkpoints."""
        return _derived(self, f"purpose|{purpose}")


@lru_cache(maxsize=4096)
def _derived(keyring: Keyring, purpose: str) -> RootedKey:
    return RootedKey.of({number: derive(root, purpose) for number, root in keyring.roots.items()}, keyring.number)


class KeyFile:
    """The keyring as its file says now: another process may add a root or take one away."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._held, self._stamp, self._next_look = load_keyring(path), _stamp(path), 0.0

    def now(self) -> Keyring:
        """The keyring; a file that is away or damaged for a moment changes nothing."""
        if time.monotonic() >= self._next_look:
            self._next_look = time.monotonic() + LOOKED_AGAIN
            self._look()
        return self._held

    def _look(self) -> None:
        try:
            stamp = _stamp(self._path)
            if stamp != self._stamp:
                self._held, self._stamp = load_keyring(self._path), stamp
        except (OSError, Unconfigured):
            return


def _stamp(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_mtime_ns, found.st_ino


def ensure_key_file(path: Path, made_for: str = "") -> None:
    """Write a fresh root key where there is none, and what it is for; leaves an existing file as it is."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump({"version": 1, "root": new_key().hex(), "made_for": made_for}, file)


def refuse_demo_key(path: Path) -> None:
    """Raise Unconfigured where the key was made for a demonstration: it lay about while nobody watched it."""
    with contextlib.suppress(OSError, ValueError, TypeError):  # what is no key file is refused by load_keyring
        if json.loads(path.read_text()).get("made_for") == DEMO:
            raise Unconfigured(f"{path.name} holds the key of a demonstration; production has one of its own")


def load_keyring(path: Path) -> Keyring:
    """Read the key file; raises Unconfigured where it is missing, open to others or not a key: no fallback."""
    try:
        if path.stat().st_mode & 0o077:
            raise Unconfigured(f"{path.name} can be read by others; its mode must be 0600")
        told = json.loads(path.read_text())
        roots = {int(number): bytes.fromhex(root) for number, root in _roots(told).items()}
        kept = tuple((owner, bytes.fromhex(key)) for owner, key in told.get("kept", ()))
        number = max(roots)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
        raise Unconfigured(f"{path.name} holds no usable key ({type(fault).__name__})") from None
    if any(len(root) != KEY_BYTES for root in roots.values()) or not 0 < min(roots) <= number < 256:
        raise Unconfigured(f"{path.name} holds a key of the wrong length")
    others = tuple(sorted((one, root) for one, root in roots.items() if one != number))
    return Keyring(roots[number], number, others, kept, bytes.fromhex(str(told.get("signs", ""))))


def _roots(told: Mapping[str, Any]) -> Mapping[str, str]:
    roots: Mapping[str, str] = told["roots"] if "roots" in told else {str(FIRST): told["root"]}
    return roots


def with_new_root(keyring: Keyring) -> Keyring:
    """The keyring with one more root, which seals from now on."""
    return Keyring(new_key(), keyring.number + 1, tuple(sorted(keyring.roots.items())), keyring.kept, keyring.context)


def without_old_roots(keyring: Keyring, agencies: list[uuid.UUID]) -> Keyring:
    """The newest root alone; of the others stays what tells rows of these agencies' registers from new ones."""
    old = [root for _, root in keyring.others]
    kept = [(str(one), derive(root, f"search|{one}")) for root in old for one in agencies]
    return Keyring(keyring.root, keyring.number, (), (*keyring.kept, *kept), keyring.context)


def store_keyring(path: Path, keyring: Keyring) -> None:
    """Put another key file into the place of this one, whole or not at all, and on the disk before it is used."""
    roots = {str(number): root.hex() for number, root in keyring.roots.items()}
    told = {
        "version": 2,
        "roots": roots,
        "kept": [(owner, key.hex()) for owner, key in keyring.kept],
        "signs": keyring.context.hex(),
        "made_for": json.loads(path.read_text()).get("made_for", ""),
    }
    beside = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump(told, file)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)
