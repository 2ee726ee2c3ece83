"""The key file: made once for its owner alone; one that is missing, open to others or no key ends the start."""

import json
from pathlib import Path

import pytest

from app.errors import Unconfigured
from app.security.keyring import (
    DEMO,
    ensure_key_file,
    load_keyring,
    refuse_demo_key,
    store_keyring,
    with_new_root,
    without_old_roots,
)


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    path = tmp_path / "instance" / "keys.json"
    ensure_key_file(path)
    return path


def test_key_file_is_made_for_its_owner_alone(key_file: Path) -> None:
    assert key_file.stat().st_mode & 0o777 == 0o600


def test_key_file_that_is_there_is_left_as_it_is(key_file: Path) -> None:
    before = key_file.read_bytes()

    ensure_key_file(key_file)

    assert key_file.read_bytes() == before


def test_two_installations_have_two_roots(key_file: Path, tmp_path: Path) -> None:
    ensure_key_file(tmp_path / "other.json")

    assert load_keyring(tmp_path / "other.json").root != load_keyring(key_file).root


def test_key_file_that_is_missing_ends_the_start(tmp_path: Path) -> None:
    with pytest.raises(Unconfigured, match="no usable key"):
        load_keyring(tmp_path / "keys.json")


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
def test_key_file_that_others_can_read_ends_the_start(key_file: Path, mode: int) -> None:
    key_file.chmod(mode)

    with pytest.raises(Unconfigured, match="0600"):
        load_keyring(key_file)


@pytest.mark.parametrize(
    "text",
    ["", "no json", "[]", "{}", json.dumps({"root": 7}), json.dumps({"root": "zz"}), json.dumps({"root": "00" * 16})],
)
def test_key_file_that_holds_no_key_ends_the_start_and_shows_nothing_of_it(key_file: Path, text: str) -> None:
    key_file.write_text(text)

    with pytest.raises(Unconfigured) as refused:
        load_keyring(key_file)

    assert "00000000" not in str(refused.value)


def _renewed(path: Path) -> None:
    """A new root, and the old one taken away again."""
    store_keyring(path, with_new_root(load_keyring(path)))
    store_keyring(path, without_old_roots(load_keyring(path), []))


def test_a_new_root_leaves_the_key_that_contexts_are_signed_with(key_file: Path) -> None:
    before = load_keyring(key_file)

    _renewed(key_file)
    _renewed(key_file)

    after = load_keyring(key_file)
    assert (after.number, after.roots.keys()) == (before.number + 2, {before.number + 2})
    assert after.root != before.root
    assert after.context == before.context


def test_without_its_own_line_in_the_file_that_key_would_be_another_after_a_renewal(key_file: Path) -> None:
    before = load_keyring(key_file)
    _renewed(key_file)

    told = json.loads(key_file.read_text())
    del told["signs"]
    key_file.write_text(json.dumps(told))

    assert load_keyring(key_file).context != before.context


def test_the_key_of_a_demonstration_stays_one_when_it_is_renewed(tmp_path: Path) -> None:
    path = tmp_path / "demo.json"
    ensure_key_file(path, DEMO)

    _renewed(path)

    with pytest.raises(Unconfigured, match="demonstration"):
        refuse_demo_key(path)


def test_a_key_that_was_made_for_nothing_in_particular_does_not_become_one(key_file: Path) -> None:
    _renewed(key_file)

    refuse_demo_key(key_file)
