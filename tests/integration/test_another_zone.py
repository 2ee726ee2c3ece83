"""A server whose sessions keep the time of another zone: what was signed or asked for there is still just that."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, create_engine, make_url, text

from app.security.actor import system_actor
from app.services import accounts, editions, members, unit_of_work
from app.services.members import Profile
from app.services.unit_of_work import Parts, make_engine
from tests.factories.editions import frozen
from tests.factories.granting import approve
from tests.factories.world import KINDS, Template, World, made_world
from tests.security.relations import above

ZONE = ZoneInfo("Pacific/Auckland")
"""Half a day away from UTC at any time of the year."""
ENGINES = ("ours", "that of the server")
BOTH = ("advocate", "agency_supervisor")


@pytest.fixture
def world_elsewhere(postgresql_template: Template, tmp_path: Path) -> Iterator[World]:
    """A world whose database tells its sessions another zone."""
    with made_world(postgresql_template, tmp_path) as world:
        name = make_url(world.owner_url).database
        with above(world).begin() as connection:
            connection.execute(text(f"ALTER DATABASE \"{name}\" SET timezone = '{ZONE.key}'"))
        try:
            yield world
        finally:
            with above(world).begin() as connection:
                connection.execute(text(f'ALTER DATABASE "{name}" RESET timezone'))


def told_nothing(address: str) -> Engine:
    """An engine that leaves the zone to the server."""
    return create_engine(make_url(address).set(drivername="postgresql+psycopg"))


def connected(world: World, make: Callable[[str], Engine]) -> World:
    """The world over new connections: those that were there before keep the zone that they began with."""
    world.database.engine = make(world.copy.address)
    return world


@pytest.mark.parametrize(("make", "zone"), [(make_engine, "UTC"), (told_nothing, ZONE.key)], ids=ENGINES)
def test_the_zone_of_a_session_is_utc_whatever_the_server_keeps(
    world_elsewhere: World, make: Callable[[str], Engine], zone: str
) -> None:
    world = connected(world_elsewhere, make)

    with world.database.engine.connect() as connection:
        assert connection.execute(text("SHOW timezone")).scalar_one() == zone


@pytest.mark.parametrize("make", [make_engine, told_nothing], ids=ENGINES)
def test_the_moment_of_a_use_case_is_told_in_utc(world_elsewhere: World, make: Callable[[str], Engine]) -> None:
    world = connected(world_elsewhere, make)

    with world.database.read(system_actor("setup")) as work:
        assert work.now.utcoffset() == timedelta(0)


@pytest.mark.parametrize("make", [make_engine, told_nothing], ids=ENGINES)
def test_a_report_that_is_signed_there_is_what_was_signed(
    world_elsewhere: World, make: Callable[[str], Engine]
) -> None:
    world = connected(world_elsewhere, make)

    made = frozen(world, "statistics.supervisor")

    assert editions.open_edition(world.actor("statistics.supervisor"), made).is_whole


@pytest.mark.parametrize("make", [make_engine, told_nothing], ids=ENGINES)
def test_what_is_asked_for_there_can_be_approved(world_elsewhere: World, make: Callable[[str], Engine]) -> None:
    world = connected(world_elsewhere, make)
    asked_for = world.actor("advocate2").member_id
    assert asked_for is not None
    members.change(world.actor("administrator"), asked_for, Profile("Milica Jović", BOTH))

    approve(world)

    unit_of_work.bind(world.database)
    assert accounts.load_actor("advocate2").roles == frozenset(BOTH)


@pytest.mark.parametrize("kind", KINDS)
def test_a_moment_of_another_zone_is_signed_as_it_is_read_back(
    request: pytest.FixtureRequest, make_world: Callable[..., World], kind: str
) -> None:
    world = make_world(request.getfixturevalue(f"{kind}_template"), Parts(clock=lambda: datetime.now(ZONE)))

    made = frozen(world, "statistics.supervisor")

    assert editions.open_edition(world.actor("statistics.supervisor"), made).is_whole
