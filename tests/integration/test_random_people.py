"""Random sequences of facts, corrections, links and erasures on each database, beside a model of sets.

A hundred in the suite, five hundred in the long form.

The nation's number is the size of the union of its members, always; each agency's own is its records; a report of a
past day never changes; and both databases say the same of the same seeds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from app.queries import counts
from app.queries.count_facts import Asked
from tests.factories.people_walk import ACTS
from tests.factories.watched_people import Walked, counted, walk
from tests.factories.world import Template, World
from tests.security.relations import above
from tests.support.promises import scaled

pytestmark = pytest.mark.slow
SEQUENCES = scaled(100, 500)
SEEDS = range(SEQUENCES)


@pytest.fixture(scope="module")
def walks(
    sqlite_template: Template, postgresql_template: Template, tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, Walked]:
    """The same sequences on both databases."""
    templates = {"sqlite": sqlite_template, "postgresql": postgresql_template}
    return {name: walk(template, tmp_path_factory.mktemp(name), SEEDS) for name, template in templates.items()}


@pytest.mark.long
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_numbers_are_the_models_after_each_sequence_and_past_reports_stay(
    walks: Mapping[str, Walked], kind: str, record_property: Callable[[str, object], None]
) -> None:
    walked = walks[kind]
    record_property("taken", walked.taken)

    assert walked.disagreements == []
    assert walked.sequences == SEQUENCES
    assert set(walked.taken) == set(ACTS)
    assert min(walked.taken.values()) >= scaled(4, 20)
    assert (walked.linked_most > 5, walked.most_kept > 0) == (True, True)
    assert walked.with_rows > SEQUENCES  # of two looks back after each sequence


@pytest.mark.long
def test_both_databases_give_the_same_numbers_from_the_same_seeds(walks: Mapping[str, Walked]) -> None:
    assert walks["sqlite"].numbers == walks["postgresql"].numbers


def _by_links_of_today(world: World, reader: str, asked: Asked) -> Mapping[counts.Place, int]:
    """As if nobody had kept who a record was."""
    if asked.as_of is not None:
        with above(world).begin() as connection:
            for trigger in ("former_person_no_delete", "record_person_kept", "record_person_no_update"):
                connection.execute(text(f"DROP TRIGGER IF EXISTS {trigger}"))
            connection.execute(text("DELETE FROM former_person"))
            connection.execute(text("UPDATE record_person SET since = '1970-01-01 00:00:00'"))
    return counted(world, reader, asked)


def _each_record_for_itself(world: World, reader: str, asked: Asked) -> Mapping[counts.Place, int]:
    """As if an agency's records and another's could not be one person."""
    found = dict(counted(world, reader, asked))
    for place in [place for place in found if place.dimension == counts.TOTAL]:
        own = [number for one, number in found.items() if (one.dimension, one.metric) == (counts.AGENCY, place.metric)]
        found[place] = sum(own)
    return found


def _without_late_entries(world: World, reader: str, asked: Asked) -> Mapping[counts.Place, int]:
    """As if what is told today had always been known."""
    return counted(world, reader, replace(asked, as_of=None))


@pytest.mark.parametrize("fault", [_by_links_of_today, _each_record_for_itself, _without_late_entries])
def test_a_wrong_way_of_counting_is_found(sqlite_template: Template, tmp_path: Path, fault: Callable[..., Any]) -> None:
    assert walk(sqlite_template, tmp_path, SEEDS[:100], fault).disagreements
