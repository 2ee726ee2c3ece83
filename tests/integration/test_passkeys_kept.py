"""Whose role asks for a passkey, how one is kept and taken away, and who may touch it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import delete, select, text

from app.demo import PASSWORD
from app.errors import NotFound, Refusal
from app.models.factor import Passkey
from app.security.actor import Actor, system_actor
from app.services import factors, invitations, members, passkeys, recovery
from tests.factories.passkeys import ADMIN, HERE, OTHER, OURS, Desk, desk_of, tried
from tests.factories.world import KINDS, Template, World
from tests.security.relations import above
from tests.support.authenticator import Device
from tests.support.client import CHOSEN
from tests.support.factors import code_of, signed_in
from tests.support.served import MovableClock


@pytest.fixture(params=KINDS)
def desk(request: pytest.FixtureRequest, make_world: Callable[..., World]) -> Desk:
    return desk_of(request, make_world, request.param)


@pytest.fixture(params=KINDS)
def undemanded(request: pytest.FixtureRequest, make_world: Callable[..., World]) -> Desk:
    return desk_of(request, make_world, request.param, passkeys_are_demanded=False)


def _with_code(desk: Desk, name: str) -> list[str]:
    """What becomes of a code of an app: before she has a passkey, and after, at signing in and at the question."""
    whose = Desk(desk.world, desk.clock, name)
    before = tried(lambda: signed_in(desk.world.database, name, PASSWORD))
    whose.add()
    token = whose.enter()
    return [
        before,
        tried(lambda: signed_in(desk.world.database, name, PASSWORD)),
        tried(lambda: factors.step_up(whose.actor, token, code_of(desk.world.database, name), HERE)),
    ]


DEMANDED = ["administrator", "national.coordinator", "shelter.coordinator", "shelter.supervisor"]


@pytest.mark.parametrize("name", DEMANDED)
def test_of_whose_role_asks_for_a_passkey_no_code_is_taken_once_she_has_one(desk: Desk, name: str) -> None:
    assert _with_code(desk, name) == ["taken", "passkey_asked", "passkey_asked"]


@pytest.mark.parametrize("name", DEMANDED)
def test_without_the_rule_a_code_is_taken_of_her_all_the_same(undemanded: Desk, name: str) -> None:
    assert _with_code(undemanded, name) == ["taken"] * 3


@pytest.mark.parametrize("name", ["advocate", "investigator", "advocacy.supervisor"])
def test_of_others_a_code_is_taken_all_the_same(desk: Desk, name: str) -> None:
    assert _with_code(desk, name) == ["taken"] * 3


def test_a_recovery_code_opens_where_a_code_does_not_and_is_written_down_and_told(desk: Desk) -> None:
    whose = Desk(desk.world, desk.clock, ADMIN)
    whose.add()
    codes = recovery.renew(whose.actor)

    token = factors.enter(whose.member, whose.waiting(), codes[0], HERE)

    assert whose.is_in(token)
    assert "factor:recovery_used" in whose.acts()
    assert "account:recovery_used" in whose.notices()


def _ids(desk: Desk) -> list[UUID]:
    return [one.id for one in passkeys.mine(desk.actor)]


def test_a_passkey_that_is_taken_away_opens_nothing(desk: Desk) -> None:
    desk.add()
    desk.add(second := Device(OURS.address))

    passkeys.remove(desk.actor, _ids(desk)[0])

    assert tried(desk.enter) == "passkey_refused"
    assert desk.is_in(desk.enter(second))
    assert {"passkey:removed"} <= desk.acts()
    assert {"account:passkey_removed"} <= desk.notices()


def test_the_last_one_goes_but_for_whose_role_asks_for_one(desk: Desk) -> None:
    desk.add()
    strict = Desk(desk.world, desk.clock, ADMIN)
    strict.add()

    passkeys.remove(desk.actor, _ids(desk)[0])
    kept = pytest.raises(Refusal, passkeys.remove, strict.actor, _ids(strict)[0])

    assert (kept.value.key, _ids(desk), len(_ids(strict))) == ("passkey_last", [], 1)


def test_nobody_takes_away_the_passkey_of_another(desk: Desk) -> None:
    desk.add()

    with pytest.raises(NotFound):
        passkeys.remove(desk.world.actor(OTHER), _ids(desk)[0])
    assert len(_ids(desk)) == 1


def test_an_administrator_who_resets_the_factor_takes_all_passkeys_away(desk: Desk) -> None:
    desk.add()

    made = members.invite(desk.world.actor(ADMIN), desk.member, renews_factor=True)
    waiting = invitations.accept(made.invitation or "", CHOSEN, HERE, None)

    assert passkeys.mine(desk.actor) == []
    assert passkeys.asked_to_sign(desk.member, waiting, OURS) is None


def test_a_key_is_kept_once_and_ten_at_most(desk: Desk) -> None:
    desk.add()
    again = pytest.raises(Refusal, Desk(desk.world, desk.clock, OTHER, desk.device).add)
    others = [desk.add(Device(OURS.address)) for _ in range(9)]
    eleventh = pytest.raises(Refusal, desk.add, Device(OURS.address))

    assert (again.value.key, others, eleventh.value.key) == ("passkey_known", [True] * 9, "passkey_many")


def test_nobody_is_asked_in_a_browser_that_is_not_hers(desk: Desk) -> None:
    desk.add()
    theirs = Desk(desk.world, desk.clock, OTHER).waiting()

    with pytest.raises(NotFound):
        desk.asked(theirs)
    with pytest.raises(NotFound):
        passkeys.asked_to_make(desk.actor, theirs, OURS)


def test_the_public_half_lies_sealed_and_the_private_one_nowhere(desk: Desk) -> None:
    desk.add()
    point = desk.device.key.public_key().public_numbers().x.to_bytes(32, "big")
    with above(desk.world).connect() as connection:
        kept = connection.execute(select(Passkey.public_key)).scalars().all()

    assert [point in sealed for sealed in kept] == [False]


def test_nobody_but_signing_in_reads_or_writes_passkeys_not_even_by_a_statement_of_her_own(
    postgresql_template: Template, make_world: Callable[..., World]
) -> None:
    desk = Desk(make_world(postgresql_template), MovableClock(date(2026, 3, 2)), ADMIN)
    desk.add()

    assert _touched_by(desk, desk.actor) == (0, 0)
    assert _touched_by(desk, system_actor("sign_in")) == (1, 1)


def _touched_by(desk: Desk, actor: Actor) -> tuple[int, int]:
    with desk.world.database.write(actor) as work:
        seen = len(work.session.execute(text("SELECT id FROM passkey")).all())
        return seen, work.change(delete(Passkey))
