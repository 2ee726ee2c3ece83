"""Many threads at one database at the same moment, each with units of work of its own; what each of them got."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from app.errors import Refusal
from app.services import unit_of_work
from app.services.unit_of_work import Database
from tests.factories.world import World

Made = dict[str, str]


def widened(world: World, connections: int) -> World:
    """The same world through a pool in which nobody waits for a connection: the database decides who is first."""
    keyring = world.database.vault.keyring
    world.database.engine.dispose()
    world.database = Database(world.settings.database_url, keyring, world.database.parts, pool_size=connections)
    unit_of_work.bind(world.database)
    return world


def at_once(world: World, times: int, act: Callable[[], Made]) -> list[Made]:
    """What an act gives to each of so many threads that begin it at the same moment."""
    barrier = Barrier(times)

    def press(_number: int) -> Made:
        unit_of_work.bind(world.database)
        barrier.wait(timeout=30)
        return act()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(press, range(times)))


def side_by_side(world: World, editors: Iterable[Callable[[], int]]) -> list[int]:
    """What each editor counts, all at work at the same time."""
    acts = list(editors)
    barrier = Barrier(len(acts))

    def edit(act: Callable[[], int]) -> int:
        unit_of_work.bind(world.database)
        barrier.wait(timeout=30)
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(edit, acts))


def refused(act: Callable[[], object], *kinds: type[Refusal]) -> bool:
    """Whether the act was refused in one of these ways."""
    try:
        act()
    except kinds:
        return True
    return False
