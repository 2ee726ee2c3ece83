"""A file sealed to a public key, written and read in pieces: who makes backups needs no key that opens them.

The key of the file comes from an X25519 agreement with a key made for this file alone. Each piece is sealed with
AES-GCM under its number and whether it is the last one: one that was altered, moved, doubled or cut off does not open.
"""

from collections.abc import Callable, Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.cipher import KEY_BYTES, Tampered, digest

MAGIC = b"throughcare sealed stream 1\n"
PIECE = 64 * 1024
TAG = 16
KEY_ID = 8
HEADER = len(MAGIC) + KEY_BYTES + KEY_ID
OpenPiece = Callable[[bytes, bytes, bytes, bytes], bytes]


class OtherKey(Exception):
    """The file was sealed to another key than the one that is to open it."""


def new_pair() -> tuple[bytes, bytes]:
    """A fresh private key and its public half."""
    private = X25519PrivateKey.generate()
    return private.private_bytes_raw(), private.public_key().public_bytes_raw()


def public_of(private: bytes) -> bytes:
    """The public half of a private key."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def key_id(public: bytes) -> bytes:
    """What names a key in the head of a file."""
    return bytes.fromhex(digest(public))[:KEY_ID]


class SealedWriter:
    """Writes a sealed file; it is whole only once `close` was called."""

    def __init__(self, file: BinaryIO, public: bytes) -> None:
        for_this = X25519PrivateKey.generate()
        self._header = MAGIC + for_this.public_key().public_bytes_raw() + key_id(public)
        self._key = _file_key(for_this, public, self._header, public)
        self._file, self._number, self._waiting = file, 0, bytearray()
        file.write(self._header)

    def write(self, data: bytes) -> None:
        """Take in some bytes."""
        self._waiting += data
        while len(self._waiting) > PIECE:  # the last piece is kept back: it is sealed as the last
            self._put(bytes(self._waiting[:PIECE]), is_last=False)
            del self._waiting[:PIECE]

    def close(self) -> None:
        """Write the last piece."""
        self._put(bytes(self._waiting), is_last=True)
        self._waiting.clear()

    def _put(self, plain: bytes, *, is_last: bool) -> None:
        nonce = _nonce(self._number, is_last=is_last)
        self._file.write(AESGCM(self._key).encrypt(nonce, plain, self._header))
        self._number += 1


def authentic(key: bytes, nonce: bytes, sealed: bytes, header: bytes) -> bytes:
    """Open a piece; raises Tampered where it is not as it was written."""
    try:
        return AESGCM(key).decrypt(nonce, sealed, header)
    except InvalidTag:
        raise Tampered from None


def opened(file: BinaryIO, private: bytes, open_piece: OpenPiece = authentic) -> Iterator[bytes]:
    """The pieces of a sealed file in order, each of which is as it was written.

    Raises OtherKey, or Tampered at the first piece that is not what it should be; that nothing is missing is known only
    at the end: whoever acts on it walks through once before.
    """
    file.seek(0)
    header, public = file.read(HEADER), public_of(private)
    if len(header) < HEADER or not header.startswith(MAGIC):
        raise Tampered
    if header[-KEY_ID:] != key_id(public):
        raise OtherKey
    for_this = header[len(MAGIC) : -KEY_ID]
    key = _file_key(X25519PrivateKey.from_private_bytes(private), for_this, header, public)
    number, sealed = 0, file.read(PIECE + TAG)
    while True:
        following = file.read(PIECE + TAG)
        yield open_piece(key, _nonce(number, is_last=not following), sealed, header)
        if not following:
            return
        number, sealed = number + 1, following


def _file_key(own: X25519PrivateKey, other: bytes, header: bytes, recipient: bytes) -> bytes:
    try:
        shared = own.exchange(X25519PublicKey.from_public_bytes(other))
    except ValueError:  # a point of small order: nobody seals to one
        raise Tampered from None
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=header + recipient).derive(shared)


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])
