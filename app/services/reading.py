"""Runs a query for an actor in a reading unit of work. Pages that name people go through viewing instead."""

from collections.abc import Callable
from typing import Any, TypeVar

from app.security.actor import Actor
from app.services import unit_of_work

Result = TypeVar("Result")


def look(actor: Actor, query: Callable[..., Result], **asked: Any) -> Result:
    """What the query finds within the actor's scope."""
    with unit_of_work.read(actor) as work:
        return query(work.session, actor, **asked)
