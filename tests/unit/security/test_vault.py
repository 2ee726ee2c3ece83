"""What is sealed opens under its own key in its own place and nowhere else; a wrapped key, for its holder alone."""

from uuid import UUID

import pytest

from app.cipher import KEY_BYTES, Tampered, derive, new_key, seal, unseal
from app.security.keyring import Keyring
from app.security.vault import CONTENT, IDENTITY, Vault, fresh_case_keys

ROW, OTHER_ROW = UUID(int=1), UUID(int=2)
POLICE, OFFICE = UUID(int=3), UUID(int=4)
KEY = derive(b"k" * KEY_BYTES, "a test")
VAULT = Vault(Keyring(b"r" * KEY_BYTES))
NAME = {"given_name": "Arta", "family_name": "Provë"}


def sealed() -> bytes:
    return VAULT.seal(KEY, NAME, "client_record", "identity", ROW)


def test_what_was_sealed_opens_in_its_place() -> None:
    assert VAULT.open(KEY, sealed(), "client_record", "identity", ROW) == NAME


def test_nothing_of_it_stands_in_the_bytes() -> None:
    assert [word for word in ("Arta", "Prov", "given_name") if word.encode() in sealed()] == []


def test_the_same_words_are_sealed_into_other_bytes_each_time() -> None:
    assert sealed() != sealed()


@pytest.mark.parametrize(
    ("table", "column", "row"),
    [
        pytest.param("note", "identity", ROW, id="another table"),
        pytest.param("client_record", "safe_contact", ROW, id="another column"),
        pytest.param("client_record", "identity", OTHER_ROW, id="another row"),
    ],
)
def test_what_was_moved_elsewhere_does_not_open(table: str, column: str, row: UUID) -> None:
    with pytest.raises(Tampered):
        VAULT.open(KEY, sealed(), table, column, row)


def test_without_what_binds_it_to_its_place_it_would_open_anywhere() -> None:
    loose = seal(KEY, b"Arta", "")

    assert unseal(KEY, loose, "") == b"Arta"


def test_another_key_does_not_open_it() -> None:
    with pytest.raises(Tampered):
        VAULT.open(new_key(), sealed(), "client_record", "identity", ROW)


@pytest.mark.parametrize("place", range(len(seal(KEY, b"Arta", "note|text|1"))))
def test_a_byte_that_was_changed_is_seen_wherever_it_stands(place: int) -> None:
    changed = bytearray(seal(KEY, b"Arta", "note|text|1"))
    changed[place] ^= 1

    with pytest.raises(Tampered):
        unseal(KEY, bytes(changed), "note|text|1")


@pytest.mark.parametrize("length", [0, 1, 12, 28, -1])
def test_what_was_cut_short_does_not_open(length: int) -> None:
    with pytest.raises(Tampered):
        unseal(KEY, seal(KEY, b"Arta", "note|text|1")[:length], "note|text|1")


@pytest.mark.parametrize(
    ("case", "kind", "holder"),
    [
        pytest.param(ROW, CONTENT, OFFICE, id="another holder"),
        pytest.param(ROW, IDENTITY, POLICE, id="the other key of the case"),
        pytest.param(OTHER_ROW, CONTENT, POLICE, id="another case"),
    ],
)
def test_a_wrapped_key_is_unwrapped_for_its_holder_and_its_case_alone(case: UUID, kind: str, holder: UUID) -> None:
    key = new_key()
    wrapped = VAULT.wrap(key, ROW, CONTENT, POLICE)

    assert VAULT.unwrap(wrapped, ROW, CONTENT, POLICE) == key
    with pytest.raises(Tampered):
        VAULT.unwrap(wrapped, case, kind, holder)


def test_no_two_keys_of_an_installation_are_alike() -> None:
    keyring = VAULT.keyring
    keys = [
        *(keyring.agency(POLICE), keyring.agency(OFFICE), keyring.search(POLICE), keyring.search(OFFICE)),
        *(keyring.link, keyring.named("forms"), keyring.named("throttle"), keyring.root),
    ]

    assert len(set(keys)) == len(keys)
    assert {len(key) for key in keys} == {KEY_BYTES}


def test_another_root_makes_other_keys() -> None:
    assert Keyring(b"s" * KEY_BYTES).agency(POLICE) != VAULT.keyring.agency(POLICE)


def test_each_case_has_two_keys_of_its_own() -> None:
    first, second = fresh_case_keys(), fresh_case_keys()

    assert set(first) == {IDENTITY, CONTENT}
    assert len({*first.values(), *second.values()}) == 4
