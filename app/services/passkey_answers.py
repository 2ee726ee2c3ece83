"""What a browser sends of a passkey, looked at before it is verified: it may be larger than it looks,
or come from a frame in a page of somebody else.

To find where a part ends the library writes it anew. A part that refers to others many times, which do the same, grows
by that: some 280 bytes to a thousand million, before any signature is looked at.
"""

from io import BytesIO
from typing import Any, NoReturn

from cbor2 import CBORDecoder
from webauthn.helpers import (
    parse_authentication_credential_json,
    parse_client_data_json,
    parse_registration_credential_json,
)
from webauthn.helpers.structs import AuthenticationCredential, RegistrationCredential

LONGEST = 20_000
"""Characters of what a browser sends of a key; it is a tenth of it."""
FLAGS, HEAD = 32, 37
CARRIES_KEY, KEY_MODEL, KEY_HEAD = 0x40, 16, 18
"""Where a device put a key into its answer: after its model, and after the length of the key's name and the name."""


class Unsound(Exception):
    """No device of anybody's answers so."""


def _refused(*_: Any) -> NoReturn:
    raise Unsound


REFERENCES = {28: _refused, 29: _refused}
"""The marks of a part that is referred to, and of what refers to it."""


def read_signed(told: str) -> AuthenticationCredential:
    """What is sent of a key that has signed. Raises anything: it is text of whoever sends it."""
    given = parse_authentication_credential_json(told[:LONGEST])
    _check(given.response.client_data_json, given.response.authenticator_data)
    return given


def read_made(told: str) -> RegistrationCredential:
    """What is sent of a key that was made. Raises as `read_signed`."""
    given = parse_registration_credential_json(told[:LONGEST])
    attestation = _parts(given.response.attestation_object)[0]
    _check(given.response.client_data_json, attestation["authData"])
    return given


def _check(client: bytes, data: bytes) -> None:
    if parse_client_data_json(client).cross_origin:  # the browser says so; our pages stand in nobody's frame
        raise Unsound
    named_at = HEAD + KEY_MODEL
    key_at = HEAD + KEY_HEAD + int.from_bytes(data[named_at : HEAD + KEY_HEAD], "big")
    _parts(data[key_at if data[FLAGS] & CARRIES_KEY else HEAD :])


def _parts(content: bytes) -> list[Any]:
    """All parts that stand there, one after the other. Raises where one refers to another."""
    file, found = BytesIO(content), []
    decoder = CBORDecoder(file, semantic_decoders=REFERENCES)
    while file.tell() < len(content):
        found.append(decoder.decode())
    return found
