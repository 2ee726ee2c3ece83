"""With ten thousand cases no list of daily work reads a table of cases from end to end, under scope and policies."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.factories.world import Template, World, made_world
from tests.security.plans import CASES, GROWING, Planned, load_cases, rows_of, without_indexes

pytestmark = pytest.mark.slow

NAME = {"family_name": "Gashi"}
PAGES = {
    "my work": ("advocate", "/", None),
    "my cases": ("advocate", "/cases", None),
    "my overdue cases": ("advocate", "/cases?only=overdue", None),
    "cases of a supervisor": ("advocacy.supervisor", "/cases", None),
    "referrals waiting": ("advocate", "/referrals", None),
    "beds": ("shelter.coordinator", "/beds", None),
    "search": ("advocate", "/cases/search", NAME),
    "notices": ("advocate", "/notices", None),
}
NEEDED = {
    "my work": "case_clock",
    "my cases": "case_party",
    "cases of a supervisor": "case_party",
    "referrals waiting": "referral",
    "beds": "stay",
    "search": "search_token",
    "notices": "notice",
}
"""The table whose indexes a page cannot do without."""


@pytest.fixture(scope="module")
def country(postgresql_template: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with made_world(postgresql_template, tmp_path_factory.mktemp("plans")) as world:
        load_cases(world)
        yield world


@pytest.fixture(params=PAGES)
def page(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


def scans_of(world: World, name: str, *, as_run: bool = True) -> list[str]:
    sign_in, address, sent = PAGES[name]
    app = world.app()
    try:
        planned = Planned(app, sign_in, as_run)
        found = planned.open(address, sent)
        assert planned.plans
        return found
    finally:
        app.extensions["database"].engine.dispose()


def test_the_caseload_is_large_in_every_table_that_is_looked_at(country: World) -> None:
    found = rows_of(country)

    assert set(found) == set(GROWING)
    assert found["cases"] == CASES
    assert min(found.values()) >= 2_000, found


def test_a_page_reads_no_table_of_cases_from_end_to_end(country: World, page: str) -> None:
    assert scans_of(country, page) == []


@pytest.mark.parametrize(("name", "table"), NEEDED.items(), ids=NEEDED)
def test_without_its_indexes_a_table_is_read_from_end_to_end(country: World, name: str, table: str) -> None:
    with without_indexes(country, table):
        found = scans_of(country, name, as_run=False)

    assert any(line.startswith(f"{table} in") for line in found), found
