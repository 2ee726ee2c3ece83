"""What every test stands on: no call leaves the machine, one PostgreSQL cluster, one browser. Makers of rows are in
factories.
"""

import gc
import ipaddress
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.support import chromium, compiled, postgres

pytest_plugins = [
    "tests.factories.world",
    "tests.factories.placed",
    "tests.factories.erased",
    "tests.factories.reading",
]

compiled.share_what_is_compiled()

LOOPBACK_NAMES = frozenset({"localhost", ""})


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the tests that share what is dear to make: one worker has them, and small ones are left at the end."""
    items.sort(key=lambda item: "security" not in item.path.parts)


def pytest_collection_finish() -> None:
    """Let the collector pass by what stays to the end, modules and tests: it would look through it again and again."""
    gc.collect()
    gc.freeze()


class OutsideCallError(RuntimeError):
    """A test tried to reach another machine."""


@pytest.fixture(scope="session", autouse=True)
def _no_call_leaves_the_machine() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
        yield


@pytest.fixture(scope="session")
def cluster() -> Iterator[str]:
    """The superuser's address of the throw-away PostgreSQL cluster."""
    with postgres.cluster_address() as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The one Chromium of a process: a second one could not be driven from the same thread."""
    with chromium.running_browser() as running:
        yield running


def _guarded(connect: Any) -> Any:
    def connect_on_this_machine(self: socket.socket, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_loopback(address[0]):
            raise OutsideCallError(f"a test tried to reach {address[0]}")
        return connect(self, address)

    return connect_on_this_machine


def _is_loopback(host: str) -> bool:
    if host in LOOPBACK_NAMES:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
