"""Admitting somebody and recording that she leaves take so many statements, however many children come along."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest

from app.services import companions
from tests.factories.placed import GONE, HOUSE, Places
from tests.factories.world import Template, World
from tests.integration.test_statement_counts import listened

SHELTER = "shelter.coordinator"
MOST_TO_ADMIT, MOST_TO_LEAVE = 30, 17


@pytest.fixture
def places(make_world: Callable[..., World], postgresql_template: Template) -> Places:
    """The shelters of a world on PostgreSQL."""
    return Places(make_world(postgresql_template))


def _expected(places: Places) -> UUID:
    case_id = places.client()
    places.ask(case_id)
    places.expect(case_id)
    return case_id


def _leave(places: Places, children: int) -> list[str]:
    case_id = _expected(places)
    stay_id = places.admit(case_id)
    for _ in range(children):
        companions.add(places.world.actor(SHELTER), stay_id, "under_1")
    with listened(places.world) as heard:
        places.world.step(SHELTER, case_id, "shelter", "leave", **GONE)
    return heard


def test_an_admission_takes_so_many_statements_and_no_more(places: Places) -> None:
    case_id, asked = _expected(places), {"bed": str(places.bed("1A")), **HOUSE}

    with listened(places.world) as heard:
        places.world.step(SHELTER, case_id, "shelter", "admit", **asked)

    assert 0 < len(heard) <= MOST_TO_ADMIT, "\n".join(heard)


def test_a_departure_takes_as_many_with_three_children_as_with_none(places: Places) -> None:
    alone, with_children = _leave(places, 0), _leave(places, 3)

    assert len(with_children) == len(alone) <= MOST_TO_LEAVE, "\n".join(alone)
