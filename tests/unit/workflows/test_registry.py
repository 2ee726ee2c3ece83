"""The shipped versions: by name, by day, by pinned digest; and the lock on released ones."""

from datetime import date
from pathlib import Path

import pytest

from workflows import registry
from workflows.registry import DigestMismatch, UnknownProcedure


def test_the_shipped_versions_are_named() -> None:
    assert registry.names() == ("xk_2005", "xk_2013", "xk_2023")


def test_a_version_is_read_once() -> None:
    assert registry.get("xk_2013") is registry.get("xk_2013")


def test_a_pinned_case_gets_its_version_by_name_and_digest() -> None:
    current = registry.get("xk_2013")

    assert registry.get("xk_2013", current.digest) is current


def test_a_case_pinned_to_other_rules_is_refused() -> None:
    with pytest.raises(DigestMismatch, match="the case is pinned to 0000"):
        registry.get("xk_2013", "0000")


@pytest.mark.parametrize("name", ["xk_1999", "", "../xk_2005", "xk_2005/../xk_2005"])
def test_a_name_that_is_not_shipped_is_unknown(name: str) -> None:
    with pytest.raises(UnknownProcedure):
        registry.get(name)


def test_a_day_before_the_first_version_has_none() -> None:
    with pytest.raises(UnknownProcedure, match="2004-12-05"):
        registry.in_force_on(date(2004, 12, 5))


def test_every_day_since_the_first_version_has_exactly_one() -> None:
    first, second, third = (registry.get(name) for name in registry.names())

    assert (first.in_force_to, second.in_force_from) == (date(2012, 12, 31), date(2013, 1, 1))
    assert (second.in_force_to, third.in_force_from) == (date(2022, 12, 31), date(2023, 1, 1))
    assert third.in_force_to is None


def locked(folder: Path, *lines: str) -> Path:
    """A file of released digests."""
    file = folder / "released.txt"
    file.write_text("\n".join(["# name digest", "", *lines]), "utf-8")
    return file


def test_released_digests_are_read_by_name(tmp_path: Path) -> None:
    assert registry.released(locked(tmp_path, "xk_2005 aaaa", "xk_2013 bbbb")) == {"xk_2005": "aaaa", "xk_2013": "bbbb"}


def test_nothing_is_released_without_the_file(tmp_path: Path) -> None:
    assert registry.released(tmp_path / "released.txt") == {}


def test_a_released_version_that_says_something_else_now_is_found(tmp_path: Path) -> None:
    same = f"xk_2013 {registry.get('xk_2013').digest}"

    assert registry.changed_since_release(locked(tmp_path, "xk_2005 aaaa", same)) == ("xk_2005",)


def test_a_released_version_that_is_gone_is_found(tmp_path: Path) -> None:
    assert registry.changed_since_release(locked(tmp_path, "xk_1999 aaaa")) == ("xk_1999",)
