"""Which files the rules read. What is git-ignored is not ours; what is not yet added already counts."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
Check = Callable[[str, str], list[str]]


@cache
def files() -> tuple[str, ...]:
    """Return every file of the repository, relative to its root."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return tuple(sorted(name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()))


def python_files(*folders: str) -> tuple[str, ...]:
    """Return the Python files below the folders, or all of them."""
    return tuple(name for name in files() if name.endswith(".py") and (not folders or name.startswith(folders)))


def faults(names: Iterable[str], check: Check) -> list[str]:
    """Run one check over files and return all that it says; a file that is no text has no faults."""
    found: list[str] = []
    for name in names:
        content = (ROOT / name).read_bytes()
        if b"\0" not in content:
            found += check(name, content.decode("utf-8"))
    return found
