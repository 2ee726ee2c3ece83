"""The story of migration 0002: a case under a narrower text goes on under the wider one, and back."""

import json
from typing import Any

import pytest
from alembic.script import ScriptDirectory

from app.services import schema
from tests.migrations import moves
from tests.migrations.test_0001_the_first_tables import CASE, CASE_TABLES
from tests.support.databases import Addresses
from workflows import registry

MIGRATION: Any = ScriptDirectory(str(schema.MIGRATIONS)).get_revision("0002").module
STATES = {"identification": "presumed", "case": "open"}


def run_of(procedure: str, digest: str) -> dict[str, Any]:
    return {
        "case_id": CASE.hex,
        "procedure": procedure,
        "digest": digest,
        "states": json.dumps(STATES),
        "set_aside_from": "{}",
        "row_version": 4,
    }


def found(addresses: Addresses) -> tuple[str, dict[str, str], int]:
    ((digest, states, version),) = moves.read(addresses, "SELECT digest, states, row_version FROM workflow_run")
    return digest, json.loads(states) if isinstance(states, str) else states, version


@pytest.mark.parametrize("name", ["xk_2005", "xk_2013"])
def test_a_case_is_pinned_to_the_wider_text_with_the_new_tracks_where_they_begin(name: str, empty: Addresses) -> None:
    moves.up(empty, "0001")
    moves.write(empty, {**CASE_TABLES, "workflow_run": run_of(name, MIGRATION.NARROW[name])})

    moves.up(empty, "0002")

    digest, states, version = found(empty)
    assert (digest, version) == (MIGRATION.WIDE[name], 4)
    assert states == STATES | MIGRATION.BEGINNINGS[name]
    assert {registry.get(name).tracks[track].initial for track in MIGRATION.BEGINNINGS[name]} == set(
        MIGRATION.BEGINNINGS[name].values()
    )


def test_a_case_of_another_text_stays_as_it_is(empty: Addresses) -> None:
    moves.up(empty, "0001")
    moves.write(empty, {**CASE_TABLES, "workflow_run": run_of("xk_2005", "0000")})

    moves.up(empty, "0002")

    assert found(empty) == ("0000", STATES, 4)


@pytest.mark.parametrize("name", ["xk_2005", "xk_2013"])
def test_the_way_back_leaves_what_was_there(name: str, empty: Addresses) -> None:
    moves.up(empty, "0001")
    moves.write(empty, {**CASE_TABLES, "workflow_run": run_of(name, MIGRATION.NARROW[name])})
    moves.up(empty, "0002")

    moves.down(empty, "0001")

    assert found(empty) == (MIGRATION.NARROW[name], STATES, 4)


def test_the_way_back_empties_nothing_else(empty: Addresses) -> None:
    moves.up(empty, "0002")
    moves.write(empty, CASE_TABLES)

    moves.down(empty, "0001")

    assert moves.read(empty, "SELECT count(*) FROM cases") == [(1,)]
