"""A session that was ended opens nothing from the commit on, however many browsers replay its cookie meanwhile."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest
from flask import Flask
from werkzeug.test import Client

from app.demo import PASSWORD
from app.services import accounts, members, signed_in, unit_of_work
from app.services.members import Profile
from app.services.unit_of_work import Parts
from tests.factories.granting import approve
from tests.factories.world import KINDS, World
from tests.security.crossing import token_of
from tests.support.factors import give_code
from tests.support.promises import scaled, tell

THREADS, AFTERWARDS = 8, 5
DATABASE = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
OTHER_ROLES = Profile("Advocate with another role", ("advocate", "agency_supervisor"))


@dataclass
class Replay:
    """Eight threads that send one cookie again and again: before an act, during it, and some times afterwards."""

    app: Flask
    cookie: str
    is_done: threading.Event = field(default_factory=threading.Event)
    got_in: list[float] = field(default_factory=list)
    sent: list[float] = field(default_factory=list)

    def around(self, act: Callable[[], object]) -> float:
        """Replay around an act; gives when it was committed."""
        with ThreadPoolExecutor(THREADS) as pool:
            runs = [pool.submit(self._send_on) for _ in range(THREADS)]
            _wait_for(lambda: len(self.got_in) >= THREADS)
            act()
            committed = time.perf_counter()
            self.is_done.set()
            _ = [run.result() for run in runs]
        return committed

    def _send_on(self) -> None:
        client = self.app.test_client()
        left = AFTERWARDS
        while left > 0:
            client.set_cookie("session", self.cookie)
            left -= self.is_done.is_set()
            began = time.perf_counter()
            self.sent.append(began)
            if client.get("/password").status_code == 200:
                self.got_in.append(began)


def _wait_for(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < until, "nobody got in before the act"
        time.sleep(0.005)


def _sign_in(app: Flask, name: str = "advocate") -> Client:
    client = app.test_client()
    form = {"csrf_token": token_of(client.get("/sign-in")), "sign_in": name, "password": PASSWORD}
    assert client.post("/sign-in", data=form).status_code == 302
    assert give_code(app, client, name) == 302
    return client


def _cookie(client: Client) -> str:
    found = client.get_cookie("session")
    assert found is not None
    return found.value


def _posts(path: str) -> Callable[[World, Client], object]:
    return lambda _, client: client.post(path, data={"csrf_token": token_of(client.get("/password"))})


def _hers(world: World) -> tuple[object, object]:
    return world.actor("administrator"), world.actor("advocate").member_id


def _other_roles(world: World) -> None:
    """Asked for and approved: the second ends her sessions."""
    members.change(*_hers(world), OTHER_ROLES)  # type: ignore[arg-type]
    approve(world)


ENDINGS: dict[str, Callable[[World, Client], object]] = {
    "she signs out": _posts("/sign-out"),
    "she leaves": _posts("/leave"),
    "she signs the others out": lambda world, _: signed_in.end_others(world.actor("advocate"), "another"),
    "she replaces her password": lambda world, _: accounts.replace_password(
        world.actor("advocate"), PASSWORD, "four words of mine", keeping="another"
    ),
    "she is let go": lambda world, _: members.deactivate(*_hers(world)),  # type: ignore[arg-type]
    "she gets other roles": lambda world, _: _other_roles(world),
    "she gets an invitation": lambda world, _: members.invite(*_hers(world)),  # type: ignore[arg-type]
    "she is signed out": lambda world, _: signed_in.end_of_member(*_hers(world)),  # type: ignore[arg-type]
    "everyone is signed out": lambda world, _: signed_in.end_everyone(world.actor("administrator"), "another"),
}


def _later(make: Callable[[], World], end: Callable[[World, Client], object], parts: Parts) -> tuple[int, int, int]:
    """How many got in before the end, how many were sent after it, and how many of these got in."""
    world = make()
    client = _sign_in(world.app(parts))
    unit_of_work.bind(world.database)
    _ = [world.actor(name) for name in ("advocate", "administrator")]
    client.get("/password")  # the token of its forms is made with the first page, and by one thread
    replay = Replay(client.application, _cookie(client))
    committed = replay.around(lambda: end(world, client))
    before = sum(began < committed for began in replay.got_in)
    return before, sum(began > committed for began in replay.sent), sum(began > committed for began in replay.got_in)


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def make(request: pytest.FixtureRequest, kind: str, make_world: Callable[..., World]) -> Callable[[], World]:
    template = request.getfixturevalue(f"{kind}_template")
    return lambda: make_world(template)


@pytest.mark.promise("T7.2")
@pytest.mark.parametrize("end", ENDINGS.values(), ids=ENDINGS)
def test_nobody_gets_in_with_the_cookie_of_a_session_that_was_ended(
    make: Callable[[], World], end: Callable[[World, Client], object], kind: str, request: pytest.FixtureRequest
) -> None:
    rounds = [_later(make, end, Parts()) for _ in range(scaled(1, 10))]

    assert all(before >= THREADS for before, _, _ in rounds)
    assert sum(after for _, after, _ in rounds) >= len(rounds) * THREADS * (AFTERWARDS - 1)
    assert [got_in for _, _, got_in in rounds] == [0] * len(rounds)
    ending = request.node.callspec.id.replace(f"{kind}-", "").replace(f"-{kind}", "")
    tell("T7.2", DATABASE[kind], f"{ending}: {sum(after for _, after, _ in rounds)} requests later, 0 got in")


@pytest.mark.promise("T7.2")
@pytest.mark.parametrize("ending", ["she is let go", "she replaces her password", "everyone is signed out"])
def test_where_a_session_is_not_looked_up_again_its_cookie_goes_on_opening_everything(
    make: Callable[[], World], ending: str
) -> None:
    _, after, got_in = _later(make, ENDINGS[ending], Parts(sessions_end_at_once=False))

    assert got_in == after > 0
