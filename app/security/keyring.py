"""The root key and the keys derived from it, outside the database (decision 34). Made once, mode 0600."""

import json
import os
import uuid
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from app.cipher import KEY_BYTES, derive, new_key
from app.errors import Unconfigured


@dataclass(frozen=True)
class Keyring:
    """All keys of the installation, from one root."""

    root: bytes

    def agency(self, agency_id: uuid.UUID) -> bytes:
        """The key that wraps case keys for an agency, or for the linker's desk."""
        return _derived(self.root, f"wrap|{agency_id}")

    def search(self, agency_id: uuid.UUID) -> bytes:
        """The key of an agency's own search tokens (decision 7)."""
        return _derived(self.root, f"search|{agency_id}")

    @property
    def link(self) -> bytes:
        """The key of the linker's tokens."""
        return _derived(self.root, "link")

    def named(self, purpose: str) -> bytes:
        """A key for another purpose: the throttle's digests, cookie signing, the audit's checkpoints."""
        return _derived(self.root, f"purpose|{purpose}")


@lru_cache(maxsize=4096)
def _derived(root: bytes, purpose: str) -> bytes:
    return derive(root, purpose)


def ensure_key_file(path: Path) -> None:
    """Write a fresh root key where there is none; leaves an existing file as it is."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump({"version": 1, "root": new_key().hex()}, file)


def load_keyring(path: Path) -> Keyring:
    """Read the key file; raises Unconfigured where it is missing, open to others or not a key: no fallback."""
    try:
        if path.stat().st_mode & 0o077:
            raise Unconfigured(f"{path.name} can be read by others; its mode must be 0600")
        root = bytes.fromhex(json.loads(path.read_text())["root"])
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise Unconfigured(f"{path.name} holds no usable key ({type(fault).__name__})") from None
    if len(root) != KEY_BYTES:
        raise Unconfigured(f"{path.name} holds a key of the wrong length")
    return Keyring(root)
