"""The procedures that the tests of the engine run: a tiny and a small invented one, and those that are shipped."""

import pytest

from tests.support.definitions import FOLDER
from workflows import registry
from workflows.definition import Procedure
from workflows.load import load_folder


@pytest.fixture(scope="session")
def tiny() -> Procedure:
    return load_folder(FOLDER / "tiny")


@pytest.fixture(scope="session")
def small() -> Procedure:
    return load_folder(FOLDER / "small")


@pytest.fixture(scope="session")
def shipped(request: pytest.FixtureRequest) -> Procedure:
    return registry.get(request.param)
