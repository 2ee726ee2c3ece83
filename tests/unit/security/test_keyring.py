"""The key file: made once for its owner alone; one that is missing, open to others or no key ends the start."""

import json
from pathlib import Path

import pytest

from app.errors import Unconfigured
from app.security.keyring import ensure_key_file, load_keyring


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
