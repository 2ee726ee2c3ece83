"""Rows about many people as a test takes them: where two must agree, it is asked by the page and another approves."""

from __future__ import annotations

from werkzeug.test import TestResponse

from app.services import approval_page, deciding
from tests.factories.world import World
from tests.support.client import Visitor

DECIDES = "administrator"


def taken(world: World, visitor: Visitor, address: str) -> TestResponse:
    """The file at an address; asked for, and agreed to by an administrator, where its rows are about many people."""
    answer = visitor.client.get(address, headers={"Accept-Language": "en"})
    if answer.status_code == 302:
        visitor.submit(visitor.get(address), "Ask another person")
        decider = world.actor(DECIDES)
        (asked,) = approval_page.page(decider).waiting
        deciding.decide(decider, asked.id, asked.digest, approves=True)
        answer = visitor.download(address)
    return answer
