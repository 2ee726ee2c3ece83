"""An empty database of each kind, and moving its schema up and down."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import databases
from tests.support.databases import Addresses


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Addresses]:
    """A database without a table."""
    if request.param == "sqlite":
        with databases.empty_sqlite(tmp_path) as addresses:
            yield addresses
        return
    worker = os.environ.get("PYTEST_XDIST_WORKER", "alone")
    with databases.empty_postgres(request.getfixturevalue("cluster"), f"migrations_{worker}") as addresses:
        yield addresses
