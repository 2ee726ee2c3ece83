"""Passkeys: one signs in and is asked again by a key that signs once, for us alone. What is none is refused."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import cbor2
import pytest
from sqlalchemy import delete, update

from app.errors import Refusal
from app.models.factor import Passkey
from app.services import factors, passkeys, sessions
from app.services.passkeys import Signed
from tests.factories.passkeys import HERE, LIMITS, OTHER, OURS, Desk, desk_of, tried
from tests.factories.world import KINDS, World
from tests.security.relations import above
from tests.support.authenticator import Device

FALSE = "https://ours.test.false.test"


@pytest.fixture(params=KINDS)
def desk(request: pytest.FixtureRequest, make_world: Callable[..., World]) -> Desk:
    return desk_of(request, make_world, request.param)


@pytest.fixture(params=KINDS)
def unchecked(request: pytest.FixtureRequest, make_world: Callable[..., World]) -> Desk:
    return desk_of(request, make_world, request.param, passkeys_are_checked=False)


@pytest.fixture(params=KINDS)
def unspent(request: pytest.FixtureRequest, make_world: Callable[..., World]) -> Desk:
    return desk_of(request, make_world, request.param, codes_are_spent=False)


def test_a_member_signs_in_with_her_password_and_a_passkey(desk: Desk) -> None:
    desk.add()

    assert desk.is_in(desk.enter())
    assert {"passkey:added"} <= desk.acts()
    assert {"account:passkey_added"} <= desk.notices()
    (kept,) = passkeys.mine(desk.actor)
    assert (kept.name, kept.last_used_at is not None) == ("Key on my ring", True)


def test_a_passkey_is_asked_again_in_a_session_that_is_signed_in(desk: Desk) -> None:
    desk.add()
    token = desk.enter()
    desk.clock.leap += timedelta(minutes=6)
    before = sessions.find_session(token, LIMITS)

    factors.step_up(desk.actor, token, Signed(desk.device.sign(desk.asked(token)), OURS), HERE)
    after = sessions.find_session(token, LIMITS)

    assert before is not None
    assert after is not None
    assert (before.is_fresh, after.is_fresh) == (False, True)


def test_who_has_no_passkey_is_asked_for_none(desk: Desk) -> None:
    assert passkeys.asked_to_sign(desk.member, desk.waiting(), OURS) is None


def test_a_code_still_opens_to_whose_role_asks_for_no_passkey(desk: Desk) -> None:
    desk.add()

    assert desk.is_in(desk.token_by_code())


# --- what is no signature of hers, made now, for us ---

GROWS = bytes.fromhex("82 d81c 8a 00000000000000000000 d81d 00")
"""A list of ten, and where it stands in its place: a few more of these in one another make thousands of millions."""
CHEATS: dict[str, dict[str, Any]] = {
    "asked by a false page": {"origin": FALSE},
    "for another host": {"host_signed": "ours.test.false.test"},
    "of another question": {"challenge_signed": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"},
    "without a finger or a number": {"is_verified": False},
    "in a frame of a false page": {"is_framed": True},
    "over another port": {"origin": "https://ours.test:8443"},
    "without TLS": {"origin": "http://ours.test"},
    "from a page below ours": {"origin": "https://pages.ours.test"},
    "for another purpose": {"kind_signed": "payment.get"},
    "that refers to a part of itself": {"extension": GROWS},
}
EACH_CHEAT = pytest.mark.parametrize("cheat", CHEATS.values(), ids=list(CHEATS))


def _refused(desk: Desk, **cheat: Any) -> str:
    return tried(lambda: desk.enter(**cheat))


@EACH_CHEAT
def test_what_is_not_signed_now_for_us_by_her_is_refused_and_written_down(desk: Desk, cheat: dict[str, Any]) -> None:
    desk.add()

    assert _refused(desk, **cheat) == "passkey_refused"
    assert "factor:refused" in desk.acts()


@EACH_CHEAT
def test_without_looking_each_of_them_opens(unchecked: Desk, cheat: dict[str, Any]) -> None:
    unchecked.add()

    assert _refused(unchecked, **cheat) == "taken"


@EACH_CHEAT
def test_a_key_is_not_kept_where_it_was_not_made_now_for_us_by_her(desk: Desk, cheat: dict[str, Any]) -> None:
    assert pytest.raises(Refusal, desk.add, **cheat).value.key == "passkey_refused"
    assert passkeys.mine(desk.actor) == []


def test_a_key_is_made_in_the_browser_that_was_asked_within_five_minutes(desk: Desk) -> None:
    theirs = Desk(desk.world, desk.clock, OTHER)
    token, other, foreign = desk.token_by_code(), desk.token_by_code(), theirs.token_by_code()
    made = Signed(desk.device.make(passkeys.asked_to_make(desk.actor, token, OURS)), OURS)
    elsewhere = tried(lambda: passkeys.add(desk.actor, other, "Mine", made))
    of_another = tried(lambda: passkeys.add(theirs.actor, foreign, "Mine", made))
    desk.clock.leap += timedelta(seconds=301)

    late = tried(lambda: passkeys.add(desk.actor, token, "Mine", made))

    assert [elsewhere, of_another, late] == ["passkey_refused"] * 3


def test_a_question_for_a_new_key_is_no_question_for_a_signature(desk: Desk) -> None:
    desk.add()
    token = desk.enter()
    made = desk.device.make(passkeys.asked_to_make(desk.actor, token, OURS), kind_signed="webauthn.get")
    signed = desk.device.sign(desk.asked(token), kind_signed="webauthn.create")

    kept = tried(lambda: passkeys.add(desk.actor, token, "Mine", Signed(made, OURS)))

    assert (kept, _stepped_up(desk, token, Signed(signed, OURS))) == ("passkey_refused", "passkey_refused")


NO_KEYS: dict[str, dict[int, Any]] = {
    "not on the curve": {-3: bytes(32)},
    "a number": {-2: 7},
    "on no curve": {-1: 99},
    "of no kind": {1: 99},
    "without a procedure": {3: 0},
    "of a procedure that is broken": {1: 3, 3: -65535, -1: b"\xff" * 256, -2: b"\1\0\1"},
}


@pytest.mark.parametrize("told_key", NO_KEYS.values(), ids=list(NO_KEYS))
def test_a_key_that_could_never_sign_is_not_kept(desk: Desk, told_key: dict[int, Any]) -> None:
    assert pytest.raises(Refusal, desk.add, told_key=told_key).value.key == "passkey_refused"
    assert passkeys.mine(desk.actor) == []


@pytest.mark.parametrize("length", [1024, 3000])
def test_a_key_with_a_longer_name_than_any_device_gives_is_refused(desk: Desk, length: int) -> None:
    named = Device(OURS.address, credential=secrets.token_bytes(length))

    assert pytest.raises(Refusal, desk.add, named).value.key == "passkey_refused"


def test_a_key_with_the_longest_name_that_the_standard_knows_signs_in(desk: Desk) -> None:
    desk.add(named := Device(OURS.address, credential=secrets.token_bytes(1023)))

    assert desk.is_in(desk.enter(named))


def test_what_a_device_adds_unasked_is_no_fault_of_hers(desk: Desk) -> None:
    added = cbor2.dumps({"credProtect": 2})

    desk.add(extension=added)

    assert desk.is_in(desk.enter(extension=added))


def test_the_signature_of_another_key_under_the_name_of_hers_is_refused(desk: Desk) -> None:
    desk.add()

    assert _refused(desk, device=Device(OURS.address, credential=desk.device.credential)) == "passkey_refused"


def test_without_looking_another_key_opens(unchecked: Desk) -> None:
    unchecked.add()

    assert _refused(unchecked, device=Device(OURS.address, credential=unchecked.device.credential)) == "taken"


def test_the_passkey_of_another_member_opens_nothing_of_hers(desk: Desk) -> None:
    desk.add()
    theirs = Desk(desk.world, desk.clock, OTHER)
    theirs.add()

    assert _refused(desk, device=theirs.device) == "passkey_refused"
    assert theirs.is_in(theirs.enter())


def test_what_was_asked_in_one_browser_is_not_taken_in_another(desk: Desk) -> None:
    desk.add()
    one, other = desk.waiting(), desk.waiting()
    told = desk.device.sign(desk.asked(one))
    desk.asked(other)

    refused = pytest.raises(Refusal, factors.enter, desk.member, other, Signed(told, OURS), HERE)

    assert refused.value.key == "passkey_refused"
    assert desk.is_in(factors.enter(desk.member, one, Signed(told, OURS), HERE))


def _replayed(desk: Desk) -> list[str]:
    """The same answer of a device that does not count, three times in one session."""
    desk.add(shared := Device(OURS.address, counts=False))
    token = desk.enter(shared)
    told = Signed(shared.sign(desk.asked(token)), OURS)
    return [_stepped_up(desk, token, told) for _ in range(3)]


def _stepped_up(desk: Desk, token: str, told: Signed) -> str:
    return tried(lambda: factors.step_up(desk.actor, token, told, HERE))


def test_an_answer_is_taken_once(desk: Desk) -> None:
    assert _replayed(desk) == ["taken", "passkey_refused", "passkey_refused"]


def test_without_spending_what_was_asked_an_answer_is_taken_again(unspent: Desk) -> None:
    assert _replayed(unspent) == ["taken"] * 3


def test_what_is_asked_is_over_once_something_is_asked_anew_and_once_it_was_answered_wrongly(desk: Desk) -> None:
    desk.add()
    token = desk.enter()
    first = Signed(desk.device.sign(desk.asked(token)), OURS)
    second = Signed(desk.device.sign(desk.asked(token)), OURS)

    answers = [_stepped_up(desk, token, told) for told in (first, second)]

    assert answers == ["passkey_refused", "passkey_refused"]


@pytest.mark.parametrize(("seconds", "is_taken"), [(290, True), (301, False)])
def test_what_is_asked_waits_five_minutes(desk: Desk, seconds: int, is_taken: bool) -> None:
    desk.add()
    waiting = desk.waiting()
    told = Signed(desk.device.sign(desk.asked(waiting)), OURS)
    desk.clock.leap += timedelta(seconds=seconds)

    assert _enters(desk, waiting, told) is is_taken


def _enters(desk: Desk, waiting: str, told: Signed) -> bool:
    return tried(lambda: factors.enter(desk.member, waiting, told, HERE)) == "taken"


def _copied(desk: Desk) -> list[str]:
    """The device is used, and then a copy of it that was made before."""
    desk.add()
    desk.device.count = 7
    first = _refused(desk)
    desk.device.count = 3
    return [first, _refused(desk)]


def test_a_device_that_has_counted_back_is_a_copy_refused_written_down_and_told(desk: Desk) -> None:
    assert _copied(desk) == ["taken", "passkey_refused"]
    assert {"passkey:copied", "factor:refused"} <= desk.acts()
    assert "account:passkey_copied" in desk.notices()


def test_without_comparing_a_copy_opens(unchecked: Desk) -> None:
    assert _copied(unchecked) == ["taken", "taken"]


def test_a_device_that_stopped_counting_is_a_copy_too(desk: Desk) -> None:
    desk.add()
    desk.device.count, desk.device.counts = 0, False

    assert _refused(desk) == "passkey_refused"


def test_wrong_passkeys_are_held_up_like_wrong_codes(desk: Desk) -> None:
    desk.add()
    waiting = desk.waiting()
    answers = [tried(lambda: factors.enter(desk.member, waiting, Signed("{}", OURS), HERE)) for _ in range(6)]

    assert answers == ["passkey_refused"] * 5 + ["sign_in_throttled"]
    assert _enters(desk, waiting, Signed(desk.device.sign(desk.asked(waiting)), OURS)) is False


RUBBISH = (
    "",
    "null",
    "[]",
    "[" * 9000,
    '{"id": "\\ud800", "rawId": "\\ud800", "type": "public-key", "response": {}}',
    "\x00",
    "9" * 5000,
    '{"id": 1}',
)


@pytest.mark.parametrize("told", RUBBISH, ids=range(len(RUBBISH)))
def test_whatever_a_browser_sends_is_refused(desk: Desk, told: str) -> None:
    desk.add()
    waiting, token = desk.waiting(), desk.token_by_code()
    desk.asked(waiting)
    passkeys.asked_to_make(desk.actor, token, OURS)

    kept = pytest.raises(Refusal, passkeys.add, desk.actor, token, "Mine", Signed(told, OURS))
    entered = pytest.raises(Refusal, factors.enter, desk.member, waiting, Signed(told, OURS), HERE)

    assert (kept.value.key, entered.value.key) == ("passkey_refused", "passkey_refused")


@pytest.mark.parametrize("part", ["authenticatorData", "signature", "clientDataJSON"])
def test_an_answer_with_a_part_cut_off_or_turned_is_refused(desk: Desk, part: str) -> None:
    desk.add()
    waiting = desk.waiting()
    whole = json.loads(desk.device.sign(desk.asked(waiting)))
    whole["response"][part] = whole["response"][part][:-8]

    assert _enters(desk, waiting, Signed(json.dumps(whole), OURS)) is False


def test_a_passkey_put_into_the_database_without_our_keys_is_not_taken(desk: Desk) -> None:
    desk.add()
    theirs = Desk(desk.world, desk.clock, OTHER)
    theirs.add()
    with above(desk.world).begin() as connection:
        connection.execute(delete(Passkey).where(Passkey.member_id == desk.member))
        connection.execute(update(Passkey).values(member_id=desk.member))

    assert _refused(desk, device=theirs.device) == "passkey_refused"
