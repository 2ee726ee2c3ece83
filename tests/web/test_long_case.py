"""A case on all tracks with two hundred events opens as one with few does: by a constant number of statements."""

from __future__ import annotations

from uuid import UUID

from tests.factories.reading import Readers
from tests.factories.world import World
from tests.security.relations import above
from tests.support.long_case import BEGUN, add_events, begin_all_tracks
from workflows import registry

EVENTS = 200
MOST = 24


def on_all_tracks(world: World) -> UUID:
    """A case that stands somewhere on every track that an adult's can."""
    case_id = world.with_advocate()
    world.step("advocate", case_id, "advocacy", "record_arrival")
    begin_all_tracks(above(world), case_id)
    return case_id


def statements(reader: Readers, case_id: UUID) -> int:
    visitor = reader("advocate")
    visitor.get(f"/cases/{case_id}")
    with reader.statements() as sent:
        visitor.get(f"/cases/{case_id}")
    return len(sent)


def test_a_long_case_on_all_tracks_opens_with_as_many_statements_as_a_short_one(reader: Readers, world: World) -> None:
    case_id = on_all_tracks(world)
    before = statements(reader, case_id)

    add_events(above(world), case_id, EVENTS)
    page = reader("advocate").get(f"/cases/{case_id}")

    assert set(BEGUN) <= set(registry.get("xk_2013").tracks)
    assert "Earlier ones (198)" in page.text
    assert statements(reader, case_id) == before
    assert before <= MOST
