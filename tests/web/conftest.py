"""A visitor at a world of her own, on each database, and a browser that sees the same application."""

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, Route

from tests.factories.world import World
from tests.support.client import Visitor

HOST = "https://throughcare.test"


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
