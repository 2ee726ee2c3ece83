"""Signs who acts, so that PostgreSQL believes the application and nobody who only reaches its connection (ADR 13)."""

import hashlib
import hmac
import time
from dataclasses import dataclass
from typing import Any

from app.security.keyring import Keyring

READING = "throughcare reads"
"""What others know a transaction by that only reads: nothing of it is still to be written down."""
SECONDS = 300
"""How long a signature may be told after it was made; the clocks of the two machines may differ by as much."""
BLOCK = 64  # bytes that SHA-256 takes at a time


@dataclass(frozen=True)
class Signer:
    """Signs contexts with one key."""

    key: bytes

    @classmethod
    def of(cls, keyring: Keyring) -> "Signer":
        """The application's own."""
        return cls(keyring.context)

    @property
    def pads(self) -> tuple[bytes, bytes]:
        """The key as the database keeps it: the inner and the outer pad of HMAC, for it has SHA-256 and no HMAC."""
        padded = self.key.ljust(BLOCK, b"\0")
        return bytes(one ^ 0x36 for one in padded), bytes(one ^ 0x5C for one in padded)

    def signed(self, context: str, pid: int, turn: int, seconds: int = SECONDS) -> dict[str, Any]:
        """What is told to the database process `pid` in its turn: the context and what vouches for it."""
        until = int(time.time()) + seconds
        message = f"{pid}|{turn}|{until}|{context}".encode()
        mac = hmac.digest(self.key, message, hashlib.sha256)
        return {"context": context, "turn": turn, "until": until, "mac": mac}
