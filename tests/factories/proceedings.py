"""Steps of proceedings, recorded through the service."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from app.services import proceedings
from app.services.proceedings import NewStep
from app.services.unit_of_work import Once
from tests.factories.world import A_DAY, World

OPENING = NewStep("PP-114/14", None, "investigation_opened", A_DAY, "cck_171", "sexual_exploitation", "no")


def recorded(world: World, by: str = "prosecutor", once: Once | None = None, **told: Any) -> UUID:
    """The opening of an investigation by the prosecution, but for what is told."""
    return proceedings.record(world.actor(by), replace(OPENING, **told), once)


def convicted(world: World, accused: int = 1, by: str = "prosecutor", **told: Any) -> UUID:
    """A conviction of one of the accused."""
    return recorded(world, by, **{"step": "convicted", "accused": accused, **told})
