"""Readers of pages: members signed in at the application of a world, and statements counted while they read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select

from app.models.audit import AuditEntry
from app.security.actor import system_actor
from app.services.unit_of_work import Parts
from tests.factories.world import KINDS, Template, World
from tests.support.client import Visitor
from tests.support.served import MovableClock


class Readers:
    """Hands out a browser for each member, all at one application."""

    def __init__(self, world: World, app: Flask) -> None:
        self.world, self.app = world, app

    def __call__(self, name: str) -> Visitor:
        """A browser in which the member is signed in."""
        visitor = Visitor(self.app)
        visitor.sign_in(name)
        return visitor

    @contextmanager
    def statements(self) -> Iterator[list[str]]:
        """The statements that the application sends to its database while the block runs."""
        sent: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            sent.append(statement)

        engine = self.app.extensions["database"].engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            yield sent
        finally:
            event.remove(engine, "before_cursor_execute", note)

    def entries(self, action: str) -> list[str]:
        """What the audit entries of an action tell, in the order of writing within a chain."""
        with self.world.database.read(system_actor("auditor")) as work:
            found = select(AuditEntry.detail).where(AuditEntry.action == action).order_by(AuditEntry.at)
            return list(work.session.execute(found).scalars())


@pytest.fixture
def reader(world: World) -> Readers:
    """Readers at the application of the test's world."""
    application = world.app()
    return Readers(world, application)


@pytest.fixture(params=KINDS)
def morning(request: pytest.FixtureRequest, make_world: Callable[..., World]) -> Callable[[date], Readers]:
    """Hands out readers in a country in which it is nine in the morning of a day, on each of the two databases."""
    template: Template = request.getfixturevalue(f"{request.param}_template")

    def of(day: date) -> Readers:
        world = make_world(template, Parts(clock=MovableClock(day)))
        return Readers(world, world.app())

    return of
