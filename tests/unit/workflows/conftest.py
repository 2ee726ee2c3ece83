"""The procedures that the tests of the engine run: a tiny and a small invented one, and those that are shipped."""

from pathlib import Path

import pytest

from tests.support.definitions import FOLDER
from workflows import registry
from workflows.definition import Procedure
from workflows.load import load_folder


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what the runner measures: all of this folder but the slow ones, which reach nothing more."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents and item.get_closest_marker("slow") is None:
            item.add_marker("branches")


@pytest.fixture(scope="session")
def tiny() -> Procedure:
    return load_folder(FOLDER / "tiny")


@pytest.fixture(scope="session")
def small() -> Procedure:
    return load_folder(FOLDER / "small")


@pytest.fixture(scope="session")
def shipped(request: pytest.FixtureRequest) -> Procedure:
    return registry.get(request.param)
