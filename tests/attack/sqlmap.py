"""sqlmap against every form, every question of an address and every word in one: it finds what was planted, no more.

Outside the suite: `make attack`, for at most ATTACK_MINUTES (25), in an order of chance; what was covered is printed.
What it leaves untried is said there too.
"""

from __future__ import annotations

import os
import random
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Response, make_response, request
from markupsafe import escape
from sqlalchemy import select, text

from app.demo import PASSWORD
from app.factory import create_app
from app.models.agency import Agency
from app.services import unit_of_work
from app.web.guard import acting
from tests.attack.ground import HELD_BACK, Ground, embedded_ground, ground_of, long_lived
from tests.attack.program import Said, attack
from tests.attack.targets import Target, cookie_of, of_headers, targets
from tests.factories.world import KINDS, Template, made_world
from tests.security import forced, matrix
from tests.security.crossing import ENDS_SESSIONS, Crossing
from tests.security.fuzzing import Fuzz
from tests.security.related import lay_related
from tests.support.factors import signed_in

MINUTES = float(os.environ.get("ATTACK_MINUTES", "25"))
AT_ONCE = 2
TOGETHER = 6
"""So many targets for one start of sqlmap, which costs as much as a target; after it the caseload stands as before."""
A_MINUTE_OR_FIVE = 300
OPEN_LOOKS = (cell for cell in matrix.cells() if cell.is_look and not (cell.is_refused or cell.is_barred))
READ = tuple({(cell.route, cell.role): cell for cell in OPEN_LOOKS}.values())
ENDING = ENDS_SESSIONS | {cell.route for cell in forced.one_of_each() if cell.route.startswith("account.")}
"""After these somebody is signed out: each by itself, on a caseload in which all are signed in."""

View = Callable[..., Any]
Reading = Callable[[str], list[str]]


@pytest.fixture(scope="module", params=KINDS)
def ground(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    template: Template = request.getfixturevalue(f"{request.param}_template")
    with made_world(template, tmp_path_factory.mktemp("planted")) as world:
        app = create_app(long_lived(world.settings), HELD_BACK)
        try:
            with ground_of(app) as made:
                yield made
        finally:
            app.extensions["database"].engine.dispose()


def in_the_statement(typed: str) -> list[str]:
    """As nobody may write it: what is asked for becomes part of the statement."""
    statement = f"SELECT name_en FROM agency WHERE name_en LIKE '%{typed}%'"  # noqa: S608 - the fault that is planted
    with unit_of_work.read(acting()) as work:
        return list(work.session.connection().execute(text(statement)).scalars())


def beside_the_statement(typed: str) -> list[str]:
    """The same as it is written here: the value is bound."""
    found = select(Agency.name_en).where(Agency.name_en.like(f"%{typed}%"))
    with unit_of_work.read(acting()) as work:
        return list(work.session.execute(found).scalars())


def showing(own: View, read: Reading) -> View:
    """A view of ours with what was read of the agencies at the end of its page."""

    def view(**named: Any) -> Response:
        answer = make_response(own(**named))
        lines = "".join(f"<p>{escape(name)}</p>" for name in read(request.values.get("q", "")))
        answer.set_data(answer.get_data(as_text=True).replace("</main>", f"{lines}</main>"))
        return answer

    return view


def planted(ground: Ground, route: str, method: str, read: Reading) -> Said:
    """What sqlmap says of one of our pages in which what is asked for is read in such a way."""
    app = ground.app
    cookie = f"session={signed_in(app.extensions['database'], 'advocate', PASSWORD)}"
    path = app.url_map.bind("localhost").build(route)
    own, app.view_functions[route] = app.view_functions[route], showing(app.view_functions[route], read)
    try:
        target = Target(route, method, path, (("page", "1"), ("q", "a")), cookie)
        return attack(ground.address, [target], app.extensions["database"].engine.name, A_MINUTE_OR_FIVE)[0]
    finally:
        app.view_functions[route] = own


PLACES = pytest.mark.parametrize(("route", "method"), [("home.my_work", "GET"), ("meetings.call", "POST")])


@PLACES
def test_a_planted_fault_is_found(ground: Ground, route: str, method: str) -> None:
    said = planted(ground, route, method, in_the_statement)

    assert said.is_found, said.text
    assert ground.malformed


@PLACES
def test_a_value_that_is_bound_is_no_fault(ground: Ground, route: str, method: str) -> None:
    ground.malformed.clear()

    said = planted(ground, route, method, beside_the_statement)

    assert (said.is_found, said.is_ended, ground.malformed) == (False, True, []), said.text


@dataclass(frozen=True)
class Caseload:
    """The targets, and the file of the database in which they stand."""

    fuzz: Fuzz
    wanted: list[Target]
    kept: Path


@pytest.fixture(scope="module")
def caseload(sqlite_template: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Caseload]:
    folder = tmp_path_factory.mktemp("attack")
    with made_world(sqlite_template, folder) as world:
        app = create_app(long_lived(world.settings), HELD_BACK)
        try:
            fuzz = Fuzz(Crossing(app, lay_related(world)))
            fuzz.read_pages(READ)
            each = forced.one_of_each()
            wanted = [*targets(fuzz, each), *of_headers(cookie_of(fuzz, "advocate"))]
            yield Caseload(fuzz, wanted, _kept(folder / "throughcare.db"))
        finally:
            app.extensions["database"].engine.dispose()


def _kept(file: Path) -> Path:
    kept = file.with_name("kept.db")
    with sqlite3.connect(file) as source, sqlite3.connect(kept) as copy:
        source.backup(copy)
    return kept


def in_turns(wanted: list[Target]) -> list[list[Target]]:
    """The targets in an order of chance, some together; who ends a session alone, and marked ones with marked ones."""
    chance = random.SystemRandom()
    mixed = chance.sample(wanted, len(wanted))
    turns = [[one] for one in mixed if one.route in ENDING]
    for marked in (True, False):
        group = [one for one in mixed if one.route not in ENDING and one.is_marked is marked]
        turns += [group[start : start + TOGETHER] for start in range(0, len(group), TOGETHER)]
    return chance.sample(turns, len(turns))


def tried(grounds: list[Ground], caseload: Caseload) -> list[Said]:
    """What was said of as many targets as the time allows."""
    ending = time.monotonic() + MINUTES * 60
    waiting = in_turns(caseload.wanted)

    def work(ground: Ground) -> list[Said]:
        said = []
        while waiting and (left := ending - time.monotonic()) > 0:
            turn = waiting.pop()
            ground.put_back(caseload.kept)
            said += attack(ground.address, turn, "sqlite", left)
        return said

    with ThreadPoolExecutor(len(grounds)) as pool:
        return [one for found in pool.map(work, grounds) for one in found]


def test_nothing_is_found_anywhere(caseload: Caseload, tmp_path_factory: pytest.TempPathFactory) -> None:
    settings = caseload.fuzz.crossing.related.world.settings
    with ExitStack() as stack:
        folders = [tmp_path_factory.mktemp("ground") for _ in range(AT_ONCE)]
        grounds = [stack.enter_context(embedded_ground(settings, folder)) for folder in folders]
        said = tried(grounds, caseload)

    print(covered(caseload.wanted, said, sum((ground.answers for ground in grounds), Counter())))
    assert any(one.is_ended for one in said)
    assert [one.text for one in said if one.is_found] == []
    assert [one for ground in grounds for one in ground.malformed] == []


def covered(wanted: list[Target], said: list[Said], answers: Counter[int]) -> str:
    """The figures."""
    ended = [one for one in said if one.is_ended]
    routes = {one.route for one in wanted}
    left = sorted(routes - {one.target.route for one in ended})
    return (
        f"\nsqlmap: {len(ended)} of {len(wanted)} targets to the end, {sum(one.tried for one in said)} parameters,"
        f" {len(routes) - len(left)} of {len(routes)} routes, {answers.total()} requests,"
        f" answers {dict(sorted(answers.items()))}\nbroken off or not begun: {left}"
    )
