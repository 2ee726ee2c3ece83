"""Checks of text that is no code: locks without hosts, no machine's paths, a story for each migration."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from pathlib import PurePosixPath

ADDRESS = re.compile(r"https?:|^\s*(--?index|--extra-index|--find-links|--trusted-host|-[if]\s)", re.MULTILINE)
PINNED = re.compile(r"^[A-Za-z0-9][\w.\-]*(\[[\w,]+\])?==")
# Written in pieces, so that this file does not break its own rule.
MACHINE = re.compile(
    r"(?<![\w.$}/])/(?:" + "|".join(("work", "farm", "root", "home", "Users")) + r")/[A-Za-z]"
    r"|/opt/(?:wheels|pypi)"
    r"|\b(?:pypi" + r"\.org|files\.pythonhosted" + r"\.org|registry\.npm" + r"js\.org|deb\.deb" + r"ian\.org)"
)


def hosts_in_lock(name: str, text: str) -> list[str]:
    """A lock names packages, versions and digests; where they come from is the machine's own matter."""
    return [
        f"{name}:{text.count(chr(10), 0, match.start()) + 1}: an address in a lock; make it again with `make lock`"
        for match in ADDRESS.finditer(text)
    ]


def pins_without_hash(name: str, text: str) -> list[str]:
    """Every pinned package carries its digests."""
    logical = text.replace("\\\n", " ").splitlines()
    return [
        f"{name}: {line.split()[0]} has no hash; make it again with `make lock`"
        for line in logical
        if line and not line.lstrip().startswith("#") and (not PINNED.match(line) or "--hash=sha256:" not in line)
    ]


def packages_without_digest(name: str, text: str) -> list[str]:
    """Every front-end package carries its digest and no address."""
    return [
        f"{name}: {package or 'the project'}: without a digest or with an address; make it again with `make lock`"
        for package, entry in json.loads(text)["packages"].items()
        if package and ("integrity" not in entry or "resolved" in entry)
    ]


def machine_paths(name: str, text: str) -> list[str]:
    """Nothing in the tree depends on one machine's folders or one registry's host."""
    return [
        f"{name}:{text.count(chr(10), 0, match.start()) + 1}: {match[0]!r} belongs to one machine; leave it out"
        for match in MACHINE.finditer(text)
    ]


def migrations_without_story(names: Collection[str]) -> list[str]:
    """Each migration has a test with its name that puts rows in before it and reads them after, both ways."""
    migrations = [PurePosixPath(name) for name in names if re.fullmatch(r"migrations/versions/\w+\.py", name)]
    return [
        f"{migration}: no story; write tests/migrations/test_{migration.stem}.py"
        for migration in migrations
        if migration.stem != "__init__" and f"tests/migrations/test_{migration.stem}.py" not in names
    ]
