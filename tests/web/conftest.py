"""A visitor at a world of her own, and a browser that sees the same application.

A page is the same whichever database lies below. What services do is tested on both, and so is every page by who looks,
what is typed and what is refused (tests/security); a test of a page runs on one of the two, in turn, so that it takes
half the time. `DATABASES=both make test` runs each on both.
"""

import os
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, Route

from tests.factories.world import KINDS, World
from tests.support.client import Visitor

HOST = "https://throughcare.test"
HERE = Path(__file__).parent


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let go, of each pair of tests of a page, of the one whose turn it is not."""
    if os.environ.get("DATABASES") != "both":
        gone = [item for item in items if HERE in item.path.parents and not _is_its_turn(item)]
        config.hook.pytest_deselected(items=gone)
        items[:] = [item for item in items if item not in set(gone)]


def _is_its_turn(item: pytest.Item) -> bool:
    """Whether the test runs on the database that its name falls to; true of what runs on none, and of shared worlds."""
    kind = getattr(item, "callspec", None) and item.callspec.params.get("world")  # type: ignore[attr-defined]
    if kind not in KINDS:
        return True
    name = item.nodeid.replace(kind, "")
    return kind == KINDS[zlib.crc32(name.encode()) % len(KINDS)]


@pytest.fixture
def app(world: World) -> Flask:
    """The application on the world's database."""
    application: Flask = world.app()
    return application


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    """A browser that nobody has signed in with."""
    return Visitor(app)


Shown = Callable[..., Page]


@pytest.fixture
def seen(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a window whose every request an application answers directly, without a server between."""
    contexts = []

    def open_window(client: FlaskClient, width: int, scheme: str = "light") -> Page:
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
        context.route("**/*", lambda route: _answer(client, route))
        contexts.append(context)
        return context.new_page()

    yield open_window
    for context in contexts:
        context.close()


def _answer(client: FlaskClient, route: Route) -> None:
    request = route.request
    parts = urlsplit(request.url)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    answer = client.open(
        path,
        method=request.method,
        data=request.post_data_buffer,
        content_type=request.headers.get("content-type"),
        headers={"Accept-Language": "en"},
    )
    headers = {name: value for name, value in answer.headers.items() if name != "Set-Cookie"}
    route.fulfill(status=answer.status_code, headers=headers, body=answer.get_data())
    answer.close()
