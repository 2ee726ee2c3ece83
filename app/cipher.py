"""Authenticated encryption, key wrapping, key derivation and keyed tokens. Knows bytes only: no tables, no cases."""

import hashlib
import hmac
import os
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

VERSION, NUMBERED = b"\x01", b"\x02"
FIRST = 1
"""The number of the root that every value without a number was sealed under."""
NONCE_BYTES = 12
KEY_BYTES = 32
TAG_BYTES = 16


class Tampered(Exception):
    """A sealed value that was altered, moved or is opened with the wrong key. Says nothing of the value."""


class RootedKey(bytes):
    """A key derived from the newest root: it seals, and what it seals names the root's number. It opens under any."""

    number: int
    every: Mapping[int, bytes]

    @classmethod
    def of(cls, every: Mapping[int, bytes], number: int) -> "RootedKey":
        """The key of the root with this number, and its like from each root that is known."""
        key = cls(every[number])
        key.number, key.every = number, dict(every)
        return key


def header_of(number: int) -> bytes:
    """How a value begins that was sealed under the root with this number."""
    return NUMBERED + bytes([number])


def new_key() -> bytes:
    """A fresh 256-bit key."""
    return os.urandom(KEY_BYTES)


def derive(root: bytes, purpose: str) -> bytes:
    """A 256-bit key of its own for each purpose, from the root (HKDF-SHA256)."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose.encode()).derive(root)


def seal(key: bytes, plain: bytes, bound_to: str) -> bytes:
    """Encrypt with AES-256-GCM under a random nonce; `bound_to` (table|column|row) must be given again to open."""
    head = header_of(key.number) if isinstance(key, RootedKey) else VERSION
    nonce = os.urandom(NONCE_BYTES)
    return head + nonce + AESGCM(bytes(key)).encrypt(nonce, plain, head + bound_to.encode())


def unseal(key: bytes, sealed: bytes, bound_to: str) -> bytes:
    """Open what `seal` made; raises Tampered for any other bytes, key or place."""
    head, opener = _opener(key, sealed)
    nonce, body = sealed[len(head) : len(head) + NONCE_BYTES], sealed[len(head) + NONCE_BYTES :]
    if opener is None or len(body) < TAG_BYTES:
        raise Tampered
    try:
        return AESGCM(opener).decrypt(nonce, body, head + bound_to.encode())
    except InvalidTag:
        raise Tampered from None


def _opener(key: bytes, sealed: bytes) -> tuple[bytes, bytes | None]:
    """The header of a sealed value and the key that it asks for; None where that is not known."""
    if sealed[:1] == VERSION:
        return VERSION, key.every.get(FIRST) if isinstance(key, RootedKey) else key
    if sealed[:1] == NUMBERED and len(sealed) > 1 and isinstance(key, RootedKey):
        return sealed[:2], key.every.get(sealed[1])
    return b"", None


def token(key: bytes, text: str) -> bytes:
    """A keyed fingerprint cut to 64 bits (design decision 43): equal texts, equal tokens, and nothing else told."""
    return hmac.new(key, text.encode(), hashlib.sha256).digest()[:8]


def tokens(key: bytes, text: str) -> tuple[bytes, ...]:
    """The fingerprints that the text may be kept under while keys are renewed, the newest key's first."""
    every = key.every.values() if isinstance(key, RootedKey) else ()
    return tuple(dict.fromkeys(token(one, text) for one in (key, *every)))


def digest(text: str | bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()
