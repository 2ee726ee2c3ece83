"""Authenticated encryption, key wrapping, key derivation and keyed tokens. Knows bytes only: no tables, no cases."""

import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

VERSION = b"\x01"
NONCE_BYTES = 12
KEY_BYTES = 32


class Tampered(Exception):
    """A sealed value that was altered, moved or is opened with the wrong key. Says nothing of the value."""


def new_key() -> bytes:
    """A fresh 256-bit key."""
    return os.urandom(KEY_BYTES)


def derive(root: bytes, purpose: str) -> bytes:
    """A 256-bit key of its own for each purpose, from the root (HKDF-SHA256)."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose.encode()).derive(root)


def seal(key: bytes, plain: bytes, bound_to: str) -> bytes:
    """Encrypt with AES-256-GCM under a random nonce; `bound_to` (table|column|row) must be given again to open."""
    nonce = os.urandom(NONCE_BYTES)
    return VERSION + nonce + AESGCM(key).encrypt(nonce, plain, VERSION + bound_to.encode())


def unseal(key: bytes, sealed: bytes, bound_to: str) -> bytes:
    """Open what `seal` made; raises Tampered for any other bytes, key or place."""
    if len(sealed) < 1 + NONCE_BYTES + 16 or sealed[:1] != VERSION:
        raise Tampered
    nonce, body = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, body, VERSION + bound_to.encode())
    except InvalidTag:
        raise Tampered from None


def token(key: bytes, text: str) -> bytes:
    """A keyed fingerprint cut to 64 bits (design decision 43): equal texts, equal tokens, and nothing else told."""
    return hmac.new(key, text.encode(), hashlib.sha256).digest()[:8]


def digest(text: str | bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()
