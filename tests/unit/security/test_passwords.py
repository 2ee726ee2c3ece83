"""Passwords are kept as argon2id hashes; who is unknown costs as much as who is known."""

import pytest
from argon2 import PasswordHasher
from argon2.low_level import Type

from app.security.passwords import hash_password, matches, outdated

PASSWORD = "four words of mine"


def test_password_is_hashed_by_argon2id_with_a_salt_of_its_own() -> None:
    first, second = hash_password(PASSWORD), hash_password(PASSWORD)

    assert first.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert first != second
    assert PASSWORD not in first


@pytest.mark.parametrize(
    ("typed", "is_right"), [(PASSWORD, True), (PASSWORD.upper(), False), (PASSWORD + " ", False), ("", False)]
)
def test_password_matches_as_it_was_set_and_no_other_way(typed: str, is_right: bool) -> None:
    assert matches(hash_password(PASSWORD), typed) is is_right


@pytest.mark.parametrize("typed", [PASSWORD, "nobody has this password", ""])
def test_nobody_has_a_password(typed: str) -> None:
    assert matches(None, typed) is False


def test_unknown_name_is_hashed_for_too(monkeypatch: pytest.MonkeyPatch) -> None:
    verified: list[str] = []
    monkeypatch.setattr(PasswordHasher, "verify", lambda _self, kept, _typed: bool(verified.append(kept)) or True)

    matches(None, PASSWORD)

    assert [kept.split("$")[1] for kept in verified] == ["argon2id"]


def test_what_is_no_hash_matches_nothing() -> None:
    assert matches("plain words", "plain words") is False


def test_weaker_hash_is_known_as_outdated() -> None:
    weaker = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1, type=Type.ID).hash(PASSWORD)

    assert outdated(weaker) is True
    assert outdated(hash_password(PASSWORD)) is False
