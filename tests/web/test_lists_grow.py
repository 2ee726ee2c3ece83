"""Every list costs the same number of statements for a thousand cases as for ten, on both databases."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from bench.caseload import Copier, Place, Templates, batches, load_postgresql, load_sqlite
from tests.factories.reading import Readers
from tests.factories.world import A_DAY, World
from tests.security.relations import above

MANY = 1000
MOST = 20
DRAWN = 25
"""Five pictures, each from a source of its own, for whom each source asks for is said anew."""
LISTS = {
    "investigator": (
        "/",
        "/cases",
        "/cases?state=",
        "/referrals",
        "/notices",
        "/signals/",
        "/meetings",
        "/operations/",
    ),
    "advocate": (
        "/",
        "/cases",
        "/cases?state=",
        "/cases?only=overdue",
        "/referrals",
        "/notices",
        "/signals/",
        "/places/waiting",
    ),
    "advocacy.supervisor": (
        "/caseload",
        "/caseload/unassigned",
        "/caseload/overdue",
        "/caseload/overdue?as_of-day=31&as_of-month=12&as_of-year=2014",
        "/cases",
        "/counts?year=2014",
        "/counts/pictures?year=2014",
        "/counts/members?metric=assisted&year=2014",
        "/registers",
        "/training/",
    ),
    "statistics.supervisor": (
        "/counts?year=2014",
        "/counts/pictures?year=2014",
        "/counts/members?metric=assisted&year=2014",
        "/meetings",
        "/places/unmet",
    ),
    "administrator": ("/people",),
    "national.coordinator": ("/counts?year=2014", "/counts/pictures?year=2014"),
    "shelter.coordinator": ("/beds", "/referrals"),
    "link.reviewer": ("/links",),
}


def few_cases(world: World) -> None:
    """Ten cases: five signals, and five that an advocate has taken on."""
    for number in range(5):
        world.open_signal(on=A_DAY + timedelta(days=number))
        world.with_advocate()


def many_cases(world: World) -> None:
    """Copies of the ten, at the same office, with the same advocate."""
    engine = above(world)
    office = Place(world.agencies["advocacy_prishtine"], (world.actor("advocate").member_id or UUID(int=0),))
    found = batches(Templates(engine, world.database.vault), Copier(world.database.vault, office, [office]), MANY - 10)
    if world.database.is_postgresql:
        load_postgresql(world.owner_url, found)
    else:
        load_sqlite(world.database.engine, found)
    engine.dispose()


def statements(reader: Readers, name: str) -> dict[str, int]:
    """How many statements each list takes, the second time it is read."""
    visitor, counted = reader(name), {}
    for path in LISTS[name]:
        visitor.get(path)
        with reader.statements() as sent:
            visitor.get(path)
        counted[path] = len(sent)
    return counted


@pytest.mark.slow
def test_no_list_takes_more_statements_for_a_thousand_cases_than_for_ten(reader: Readers, world: World) -> None:
    few_cases(world)
    before = {name: statements(reader, name) for name in LISTS}

    many_cases(world)

    assert "Next page" in reader("advocate").get("/cases").links
    assert {name: statements(reader, name) for name in LISTS} == before
    pictures = [number for counted in before.values() for path, number in counted.items() if "/pictures" in path]
    lists = [number for counted in before.values() for path, number in counted.items() if "/pictures" not in path]
    assert max(lists) <= MOST
    assert max(pictures) <= DRAWN


def test_a_list_that_asks_once_a_row_is_seen(reader: Readers, world: World) -> None:
    few_cases(world)
    before = statements(reader, "advocate")
    _ = [world.with_advocate() for _ in range(3)]
    after = statements(reader, "advocate")

    with reader.statements() as sent:
        visitor = reader("advocate")
        _ = [visitor.get(url) for words, url in visitor.get("/cases").links.items() if words.startswith("KS-")]

    assert after == before
    assert len(sent) > MOST
