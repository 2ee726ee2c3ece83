"""What a frozen report is checked by: the rows of its people, read one after the other, where somebody is told."""

from __future__ import annotations

import json
from datetime import timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from app.clock import local_day, utc_now
from app.models.edition import ReportEdition
from app.queries import editions as query
from app.services import editions
from app.services.editions import NewEdition
from app.vocabulary.period import month
from tests.factories import facts
from tests.factories.editions import frozen, twice_frozen
from tests.factories.world import World

BY = "statistics.supervisor"
HEADS = ("agency_id", "number", "period_start", "period_end", "as_of", "metrics", "definitions", "reason", "members")
AGES = ("9-17", "18-23", "24-26", "27-30", "unknown", "not_asked", "Ž", "a;b", "a b", "a-b", "A")


def of_all_kinds(world: World) -> UUID:
    """A report on people whose codes a language would sort otherwise, some of them counted twice over."""
    then = utc_now() - timedelta(days=30)
    for age in AGES:
        facts.record(world, "investigator", ("identified", "assisted"), age_band=age, recorded_at=then)
        facts.record(world, "advocate", age_band=age, is_child=True, citizenship="MD", recorded_at=then)
    asked = NewEdition(month(2014, 3), ("identified", "assisted"), local_day(utc_now()) - timedelta(days=1))
    return editions.freeze(world.actor(BY), asked)


def lines(world: World, edition_id: UUID) -> list[list[str]]:
    with world.database.read(world.actor(BY)) as work:
        people = query.all_members(work.session, work.actor, edition_id)
        return [[f"{name}={one[name]}" for name in sorted(one)] for one in people]


def signed(world: World, edition_id: UUID) -> Any:
    with world.database.read(world.actor(BY)) as work:
        return work.session.execute(select(ReportEdition).where(ReportEdition.id == edition_id)).scalar_one()


def test_rows_are_read_in_the_order_in_which_they_are_signed(world: World) -> None:
    found = lines(world, of_all_kinds(world))

    assert len(found) == 3 * len(AGES)
    assert found == sorted(found)


def test_a_report_is_signed_by_head_numbers_and_sorted_rows_as_one_list(world: World) -> None:
    edition_id = of_all_kinds(world)
    row = signed(world, edition_id)
    head = {name: str(getattr(row, name)) for name in (*HEADS, "signed_by_id")}
    told = [head | {"signed_at": row.signed_at.isoformat()}, row.content, sorted(lines(world, edition_id))]

    assert row.digest == sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
    assert editions.open_edition(world.actor(BY), edition_id).is_whole


@pytest.mark.parametrize(("kind", "is_whole"), [("pdf", True), ("csv", None), ("xlsx", None), ("json", None)])
def test_a_file_is_checked_where_it_says_so(world: World, kind: str, is_whole: bool | None) -> None:
    facts.records(world, "investigator", 2, recorded_at=utc_now() - timedelta(days=30))

    _, edition = editions.export(world.actor(BY), frozen(world, BY), kind)

    assert edition.is_whole is is_whole


def test_a_page_of_differences_goes_through_no_more_people_than_it_shows(world: World) -> None:
    facts.records(world, "investigator", 2, recorded_at=utc_now() - timedelta(days=30))
    later = twice_frozen(world, BY)

    edition, _ = editions.differences(world.actor(BY), later)

    assert edition.is_whole is None
    assert editions.open_edition(world.actor(BY), later).is_whole
