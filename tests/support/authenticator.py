"""A device that makes passkeys and signs with them, in software: what a browser would send, and what a cheat would.

Every key and signature is real; only the finger on the device is not. `sign` and `make` answer the options that the
application shows, honestly, unless they are told to do otherwise.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

PRESENT, VERIFIED, CARRIES_KEY, EXTENDED = 0x01, 0x04, 0x40, 0x80
EC2, ES256, P256 = 2, -7, 1
NO_MODEL = bytes(16)


@dataclass
class Device:
    """One device at one address. `counts` is off for those that are shared between devices: they always say nought."""

    origin: str
    counts: bool = True
    credential: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    count: int = 0

    def make(self, options: str, **otherwise: Any) -> str:
        """What the browser sends once the device has made a key."""
        asked = json.loads(options)
        data = self._data(asked["rp"]["id"], self._attested(**otherwise), **otherwise)
        attestation = {"fmt": "none", "attStmt": {}, "authData": data}
        told = {"attestationObject": _plain(cbor2.dumps(attestation))}
        return self._answer("webauthn.create", asked["challenge"], told, **otherwise)

    def sign(self, options: str, **otherwise: Any) -> str:
        """What the browser sends once the device has signed."""
        asked = json.loads(options)
        data = self._data(asked["rpId"], **otherwise)
        client = self._client("webauthn.get", asked["challenge"], **otherwise)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        told = {"authenticatorData": _plain(data), "signature": _plain(signature), "userHandle": None}
        return self._answer("webauthn.get", asked["challenge"], told, **otherwise)

    def _data(
        self,
        host: str,
        attested: bytes = b"",
        *,
        host_signed: str = "",
        is_verified: bool = True,
        extension: bytes = b"",
        **_: Any,
    ) -> bytes:
        self.count += self.counts
        flags = PRESENT | (VERIFIED if is_verified else 0)
        flags |= (CARRIES_KEY if attested else 0) | (EXTENDED if extension else 0)
        host_digest = hashlib.sha256((host_signed or host).encode()).digest()
        return host_digest + bytes([flags]) + self.count.to_bytes(4, "big") + attested + extension

    def _attested(self, *, told_key: dict[int, Any] | None = None, **_: Any) -> bytes:
        point = self.key.public_key().public_numbers()
        cose = {1: EC2, 3: ES256, -1: P256, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")}
        cose |= told_key or {}
        return NO_MODEL + len(self.credential).to_bytes(2, "big") + self.credential + cbor2.dumps(cose)

    def _client(
        self,
        kind: str,
        challenge: str,
        *,
        origin: str = "",
        challenge_signed: str = "",
        kind_signed: str = "",
        is_framed: bool = False,
        **_: Any,
    ) -> bytes:
        told = {
            "type": kind_signed or kind,
            "challenge": challenge_signed or challenge,
            "origin": origin or self.origin,
        }
        return json.dumps({**told, "crossOrigin": is_framed}).encode()

    def _answer(self, kind: str, challenge: str, told: dict[str, Any], **otherwise: Any) -> str:
        named = _plain(self.credential)
        response = {"clientDataJSON": _plain(self._client(kind, challenge, **otherwise)), **told}
        return json.dumps({"id": named, "rawId": named, "type": "public-key", "response": response})


def _plain(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
