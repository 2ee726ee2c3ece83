"""The only place that seals and opens case data and wraps its keys (decision 8). Reads and writes no table."""

import json
import uuid
from typing import Any

from app.cipher import new_key, seal, unseal
from app.security.keyring import KeyFile, Keyring

IDENTITY, CONTENT = "identity", "content"


class Vault:
    """Seals values to their place (table, column, row) under a key of the case, packet or stay."""

    def __init__(self, keyring: Keyring | KeyFile) -> None:
        self._keys = keyring

    @property
    def keyring(self) -> Keyring:
        """The keys as they are now: a file may have been renewed meanwhile."""
        return self._keys.now() if isinstance(self._keys, KeyFile) else self._keys

    def wrap(self, key: bytes, owner_id: uuid.UUID, kind: str, holder_id: uuid.UUID) -> bytes:
        """Wrap a key of a case (or packet, or stay) for one holder."""
        return seal(self.keyring.agency(holder_id), key, f"key|{owner_id}|{kind}|{holder_id}")

    def unwrap(self, wrapped: bytes, owner_id: uuid.UUID, kind: str, holder_id: uuid.UUID) -> bytes:
        """Unwrap it again; raises cipher.Tampered for another case, kind or holder."""
        return unseal(self.keyring.agency(holder_id), wrapped, f"key|{owner_id}|{kind}|{holder_id}")

    def seal(self, key: bytes, value: Any, table: str, column: str, row_id: uuid.UUID) -> bytes:
        """Seal any JSON value to its place."""
        return seal(key, json.dumps(value, ensure_ascii=False).encode(), f"{table}|{column}|{row_id}")

    def open(self, key: bytes, sealed: bytes, table: str, column: str, row_id: uuid.UUID) -> Any:
        """Open it again; raises cipher.Tampered where the bytes were altered or moved."""
        return json.loads(unseal(key, sealed, f"{table}|{column}|{row_id}"))

    def seal_bytes(self, key: bytes, content: bytes, table: str, column: str, row_id: uuid.UUID) -> bytes:
        """Seal bytes as they are to their place: a file."""
        return seal(key, content, f"{table}|{column}|{row_id}")

    def open_bytes(self, key: bytes, sealed: bytes, table: str, column: str, row_id: uuid.UUID) -> bytes:
        """Open them again; raises cipher.Tampered as `open` does."""
        return unseal(key, sealed, f"{table}|{column}|{row_id}")


def fresh_case_keys() -> dict[str, bytes]:
    """The two keys of a new case: identity and content."""
    return {IDENTITY: new_key(), CONTENT: new_key()}
