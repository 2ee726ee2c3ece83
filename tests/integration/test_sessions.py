"""Sessions lie on the server and end in time; whoever tries passwords is held up, whichever name she tries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text, update
from werkzeug.test import Client

from app.demo import PASSWORD
from app.models.agency import Member, SignInAttempt, SignInSession
from app.services.unit_of_work import Parts
from tests.factories.world import KINDS, World
from tests.security.crossing import token_of
from tests.security.relations import above
from tests.support.factors import give_code
from tests.support.served import MovableClock

A_DAY = date(2026, 3, 2)
IDLE, LONGEST, WINDOW = timedelta(minutes=15), timedelta(hours=12), timedelta(minutes=15)
SEALED_IDLE = timedelta(minutes=5)
A_MOMENT = timedelta(seconds=30)
TRIES = 5


@pytest.fixture(params=KINDS)
def timed(request: pytest.FixtureRequest, make_world: Callable[..., World]) -> tuple[World, MovableClock]:
    """A world on each database whose time the test moves."""
    clock = MovableClock(A_DAY)
    return make_world(request.getfixturevalue(f"{request.param}_template"), Parts(clock=clock)), clock


def _later(clock: MovableClock, how_long: timedelta) -> None:
    clock.leap += how_long


def _tries(client: Client, name: str = "advocate", password: str = PASSWORD, **environment: Any) -> int:
    form = {"csrf_token": token_of(client.get("/sign-in")), "sign_in": name, "password": password}
    return client.post("/sign-in", data=form, environ_overrides=environment).status_code


def _signed_in(world: World) -> Client:
    client = world.app().test_client()
    assert _tries(client) == 302
    assert give_code(client.application, client, "advocate") == 302
    return client


def _is_in(client: Client) -> bool:
    return client.get("/").status_code == 200


def _cookie(client: Client) -> str:
    found = client.get_cookie("session")
    assert found is not None
    return found.value


def test_a_session_that_lies_idle_ends(timed: tuple[World, MovableClock]) -> None:
    world, clock = timed
    client = _signed_in(world)

    _later(clock, IDLE - A_MOMENT)
    in_time = _is_in(client)
    _later(clock, IDLE - A_MOMENT)
    in_time_again = _is_in(client)
    _later(clock, IDLE + A_MOMENT)

    assert (in_time, in_time_again, _is_in(client)) == (True, True, False)


def test_a_session_that_is_used_all_the_time_ends_too(timed: tuple[World, MovableClock]) -> None:
    world, clock = timed
    client = _signed_in(world)
    steps = LONGEST // (IDLE / 2)

    seen = [(_later(clock, IDLE / 2), _is_in(client))[1] for _ in range(steps + 1)]

    assert seen == [True] * (steps - 1) + [False] * 2


def test_the_cookie_is_a_random_token_that_scripts_and_other_sites_do_not_get(world: World) -> None:
    first, second = _signed_in(world), _signed_in(world)
    cookie = first.get_cookie("session")

    assert cookie is not None
    assert len({_cookie(first), _cookie(second)}) == 2
    assert (len(cookie.value), cookie.http_only, cookie.same_site, cookie.path) == (43, True, "Strict", "/")
    assert "advocate" not in cookie.value


def test_the_database_keeps_no_token_that_would_sign_anybody_in(world: World) -> None:
    token = _cookie(_signed_in(world))

    with above(world).connect() as connection:
        kept = [str(row) for row in connection.execute(select(SignInSession.__table__))]
        stolen = connection.execute(select(SignInSession.token_digest)).scalars().all()
    thief = world.app().test_client()
    thief.set_cookie("session", stolen[-1])

    assert kept
    assert [row for row in kept if token in row] == []
    assert _is_in(thief) is False


def test_signing_in_gives_another_token_and_the_one_before_is_dead(world: World) -> None:
    client = world.app().test_client()
    client.get("/sign-in")
    before = _cookie(client)

    _tries(client)
    waiting = _cookie(client)
    give_code(client.application, client, "advocate")
    planted = world.app().test_client()
    planted.set_cookie("session", before)

    assert len({_cookie(client), waiting, before}) == 3
    assert (_is_in(client), _is_in(planted)) == (True, False)


def test_signing_out_kills_the_token_on_the_server(world: World) -> None:
    client = _signed_in(world)
    token = _cookie(client)

    client.post("/sign-out", data={"csrf_token": token_of(client.get("/"))})
    again = world.app().test_client()
    again.set_cookie("session", token)

    assert _is_in(again) is False


def test_a_session_of_one_who_was_let_go_opens_nothing(world: World) -> None:
    client = _signed_in(world)

    with above(world).begin() as connection:
        connection.execute(update(Member).where(Member.sign_in == "advocate").values(is_active=False))

    assert _is_in(client) is False


@pytest.mark.parametrize("name", ["advocate", "nobody.by.this.name"])
def test_after_five_wrong_passwords_the_right_one_waits_too_whether_the_name_is_known_or_not(
    timed: tuple[World, MovableClock], name: str
) -> None:
    world, clock = timed
    client = world.app().test_client()

    wrong = [_tries(client, name, "wrong") for _ in range(TRIES)]
    held = client.post(
        "/sign-in", data={"csrf_token": token_of(client.get("/sign-in")), "sign_in": name, "password": PASSWORD}
    )
    others = _tries(world.app().test_client(), "investigator")
    _later(clock, WINDOW + A_MOMENT)

    assert wrong == [422] * TRIES
    assert "too many" in held.get_data(as_text=True).lower()
    assert others == 302
    assert _tries(client) == 302


def test_who_tries_many_names_from_one_place_is_held_up_there_alone(world: World) -> None:
    client, elsewhere = world.app().test_client(), world.app().test_client()

    _ = [_tries(client, f"name{number}", "wrong", REMOTE_ADDR="192.0.2.7") for number in range(50)]

    assert _tries(client, REMOTE_ADDR="192.0.2.7") == 422
    assert _tries(elsewhere, REMOTE_ADDR="192.0.2.8") == 302


def test_where_tries_cannot_be_counted_nobody_signs_in(world: World) -> None:
    client = world.app().test_client()
    client.application.config["PROPAGATE_EXCEPTIONS"] = False
    with above(world).begin() as connection:
        connection.execute(text(f"ALTER TABLE {SignInAttempt.__tablename__} RENAME TO elsewhere"))

    answered = _tries(client)

    assert answered in (422, 500, 503)
    assert _is_in(client) is False


def test_a_try_is_kept_without_the_name_and_the_place(world: World) -> None:
    _tries(world.app().test_client(), "advocate", "wrong", REMOTE_ADDR="192.0.2.7")

    with above(world).connect() as connection:
        (row,) = connection.execute(select(SignInAttempt.name_digest, SignInAttempt.network_digest)).all()

    assert ("advocate" in row.name_digest, "192" in row.network_digest) == (False, False)
    assert len(row.name_digest) == len(row.network_digest) == 16


def test_a_session_whose_last_page_showed_what_is_sealed_ends_sooner(timed: tuple[World, MovableClock]) -> None:
    world, clock = timed
    case_id = world.with_advocate()
    client, other = _signed_in(world), _signed_in(world)
    shown = [one.get(f"/cases/{case_id}").status_code for one in (client, other)]
    other.get("/password")

    _later(clock, SEALED_IDLE + A_MOMENT)

    assert shown == [200, 200]
    assert (_is_in(client), _is_in(other)) == (False, True)


def test_a_session_keeps_the_first_part_of_the_address_and_no_more(world: World) -> None:
    _tries(world.app().test_client(), REMOTE_ADDR="2001:db8:7:8::1")
    _tries(world.app().test_client(), REMOTE_ADDR="192.0.2.77")

    with above(world).connect() as connection:
        kept = (
            connection.execute(select(SignInSession.network).where(SignInSession.member_id.is_not(None)))
            .scalars()
            .all()
        )

    assert sorted(kept) == ["192.0.2.0/24", "2001:db8:7::/48"]
