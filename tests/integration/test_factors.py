"""The second factor: a code is taken once, nothing opens without one, recovery codes and invitations open once too."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import Uuid, bindparam, select, text, update

from app.demo import PASSWORD
from app.errors import Invalid, NotFound, Refusal
from app.models.agency import MemberSecret
from app.models.audit import Notice
from app.models.factor import Invitation, MemberFactor, RecoveryCode
from app.security.actor import Actor, system_actor
from app.services import accounts, factors, invitations, members, recovery, sessions, unit_of_work
from app.services.sessions import Limits
from app.services.unit_of_work import Parts
from tests.factories.world import KINDS, Template, World
from tests.security.relations import above
from tests.support.client import CHOSEN
from tests.support.served import MovableClock

LIMITS = Limits(timedelta(minutes=30), timedelta(hours=12), timedelta(minutes=5))
HERE, WHO = "127.0.0.1", "advocate"
STEP = timedelta(seconds=30)
OPEN = Parts(codes_are_spent=False)
"""The protection off: what was used is taken again."""


@dataclass
class Desk:
    """A world whose clock the test moves, and one member who signs in."""

    world: World
    clock: MovableClock

    @property
    def member(self) -> UUID:
        member_id = self.world.actor(WHO).member_id
        assert member_id is not None
        return member_id

    def waiting(self) -> str:
        """A right password."""
        unit_of_work.bind(self.world.database)
        return accounts.sign_in(WHO, PASSWORD, HERE, None)

    def opens(self, typed: str) -> bool:
        """Whether password and code sign her in."""
        try:
            token = factors.enter(self.member, self.waiting(), typed, HERE)
        except Refusal:
            return False
        return self.is_in(token)

    def is_in(self, token: str) -> bool:
        found = sessions.find_session(token, LIMITS)
        return found is not None and found.actor is not None

    def notices(self) -> set[str]:
        with self.world.database.read(self.world.actor(WHO)) as work:
            return set(work.session.execute(select(Notice.kind).where(Notice.member_id == self.member)).scalars())

    def invited(self) -> str:
        invited = members.invite(self.world.actor("administrator"), self.member).invitation
        assert invited is not None
        return invited


def _desk(request: pytest.FixtureRequest, make_world: Callable[..., World], kind: str, off: Parts | None) -> Desk:
    clock = MovableClock(date(2026, 3, 2))
    parts = Parts(clock=clock, codes_are_spent=off is None)
    return Desk(make_world(request.getfixturevalue(f"{kind}_template"), parts), clock)


@pytest.fixture(params=KINDS)
def desk(request: pytest.FixtureRequest, make_world: Callable[..., World]) -> Desk:
    return _desk(request, make_world, request.param, None)


@pytest.fixture(params=KINDS)
def open_desk(request: pytest.FixtureRequest, make_world: Callable[..., World]) -> Desk:
    return _desk(request, make_world, request.param, OPEN)


def _replayed(desk: Desk) -> list[bool]:
    code = factors.demo_code(WHO)
    first = desk.opens(code)
    padded = [desk.opens(typed) for typed in (code, f" {code[:3]} {code[3:]}\t", f"\u00a0{code}")]
    wrong = desk.opens("000000x")
    return [first, *padded, wrong, desk.opens(code)]


def test_a_code_opens_once_padded_or_not_and_after_a_failure_too(desk: Desk) -> None:
    assert _replayed(desk) == [True, False, False, False, False, False]


def test_without_remembering_the_step_a_code_opens_again(open_desk: Desk) -> None:
    assert _replayed(open_desk) == [True, True, True, True, False, True]


def test_a_code_of_before_the_last_one_that_was_taken_is_refused(desk: Desk) -> None:
    earlier = factors.demo_code(WHO)
    desk.clock.leap += STEP
    later = factors.demo_code(WHO)

    assert (desk.opens(later), desk.opens(earlier)) == (True, False)


@pytest.mark.parametrize(("steps", "is_taken"), [(1, True), (2, False)])
def test_a_code_is_taken_for_as_long_as_clocks_differ_and_no_longer(desk: Desk, steps: int, is_taken: bool) -> None:
    code = factors.demo_code(WHO)
    desk.clock.leap += STEP * steps

    assert desk.opens(code) is is_taken


def test_a_password_alone_opens_nothing_and_waits_ten_minutes(desk: Desk) -> None:
    waiting = desk.waiting()
    found = sessions.find_session(waiting, LIMITS)
    assert found is not None
    assert (found.actor, found.waiting) == (None, desk.member)

    desk.clock.leap += timedelta(minutes=10, seconds=1)

    assert sessions.find_session(waiting, LIMITS) is None


def test_the_token_that_waited_is_dead_once_the_code_is_given(desk: Desk) -> None:
    waiting = desk.waiting()
    token = factors.enter(desk.member, waiting, factors.demo_code(WHO), HERE)

    assert (desk.is_in(token), sessions.find_session(waiting, LIMITS)) == (True, None)


def test_a_code_without_a_password_before_it_signs_nobody_in(desk: Desk) -> None:
    with pytest.raises(NotFound):
        factors.enter(desk.member, "no such token", factors.demo_code(WHO), HERE)


def test_wrong_codes_are_held_up_like_wrong_passwords(desk: Desk) -> None:
    waiting = desk.waiting()
    wrong = [pytest.raises(Refusal, factors.enter, desk.member, waiting, "12", HERE).value.key for _ in range(6)]

    assert wrong == ["code_wrong"] * 5 + ["sign_in_throttled"]
    held = pytest.raises(Refusal, factors.enter, desk.member, waiting, factors.demo_code(WHO), HERE)
    assert held.value.key == "sign_in_throttled"


def test_the_secret_stands_nowhere_in_the_database_as_it_is(desk: Desk) -> None:
    page = above(desk.world)
    with unit_of_work.read(system_actor("sign_in")) as work:
        row = factors._factor(work, desk.member)
        secret = factors._secret(work, row)
    with page.connect() as connection:
        kept = connection.execute(select(MemberFactor.secret)).scalars().all()

    assert len(secret) == 32
    assert [sealed for sealed in kept if secret.encode() in bytes(sealed)] == []


def _recovered(desk: Desk) -> tuple[list[bool], tuple[str, ...]]:
    codes = recovery.renew(desk.world.actor(WHO))
    return [desk.opens(codes[0]), desk.opens(codes[0].upper()), desk.opens(codes[1].replace("-", " "))], codes


def test_a_recovery_code_opens_once_and_its_member_is_told(desk: Desk) -> None:
    opened, codes = _recovered(desk)

    assert opened == [True, False, True]
    assert (len(set(codes)), recovery.left(desk.world.actor(WHO))) == (10, 8)
    assert {"account:recovery_renewed", "account:recovery_used"} <= desk.notices()


def test_without_spending_them_a_recovery_code_opens_again(open_desk: Desk) -> None:
    assert _recovered(open_desk)[0] == [True, True, True]


def test_fresh_recovery_codes_kill_those_before_and_none_is_kept_as_it_is(desk: Desk) -> None:
    before, after = recovery.renew(desk.world.actor(WHO)), recovery.renew(desk.world.actor(WHO))
    with above(desk.world).connect() as connection:
        kept = set(connection.execute(select(RecoveryCode.digest)).scalars())

    assert (desk.opens(before[0]), desk.opens(after[0])) == (False, True)
    assert kept.isdisjoint({*after, *(recovery.bare(code) for code in after)})


def test_an_invitation_opens_once_keeps_the_factor_and_is_told(desk: Desk) -> None:
    code = desk.invited()

    waiting = invitations.accept(code.upper(), CHOSEN, HERE, None)
    again = pytest.raises(Invalid, invitations.accept, code, "another set of words", HERE, None)
    token = factors.enter(desk.member, waiting, factors.demo_code(WHO), HERE)

    assert again.value.fields == {"invitation": "invitation_dead"}
    assert desk.is_in(token)
    assert {"account:invited", "account:invitation_used"} <= desk.notices()


def test_without_ending_it_an_invitation_opens_again(open_desk: Desk) -> None:
    code = open_desk.invited()
    invitations.accept(code, CHOSEN, HERE, None)

    assert invitations.accept(code, "another set of words", HERE, None)


@pytest.mark.parametrize(("hours", "is_open"), [(71, True), (73, False)])
def test_an_invitation_is_open_for_three_days(desk: Desk, hours: int, is_open: bool) -> None:
    code = desk.invited()
    desk.clock.leap += timedelta(hours=hours)

    assert _accepts(code) is is_open


def _accepts(code: str) -> bool:
    try:
        return bool(invitations.accept(code, CHOSEN, HERE, None))
    except Invalid:
        return False


def test_a_later_invitation_ends_the_one_before(desk: Desk) -> None:
    first, second = desk.invited(), desk.invited()

    assert (_accepts(first), _accepts(second)) == (False, True)


def test_an_invitation_kills_the_password_and_the_sessions_at_once_and_is_kept_as_a_digest(desk: Desk) -> None:
    token = factors.enter(desk.member, desk.waiting(), factors.demo_code(WHO), HERE)
    code = desk.invited()
    with above(desk.world).connect() as connection:
        kept = set(connection.execute(select(Invitation.digest)).scalars())

    assert desk.is_in(token) is False
    with pytest.raises(Refusal, match="sign_in_failed"):
        desk.waiting()
    assert kept.isdisjoint({code, recovery.bare(code)})


def test_a_reset_factor_is_set_up_anew_before_anything_opens(desk: Desk) -> None:
    made = members.invite(desk.world.actor("administrator"), desk.member, renews_factor=True)
    waiting = invitations.accept(made.invitation or "", CHOSEN, HERE, None)

    assert factors.enrolment(desk.member) is not None
    with pytest.raises(NotFound):
        factors.enter(desk.member, waiting, factors.demo_code(WHO), HERE)
    token = factors.enter(desk.member, waiting, factors.demo_code(WHO), HERE, enrolling=True)
    assert desk.is_in(token)
    assert "account:factor_renewed" in desk.notices()


def test_a_password_that_holds_ones_own_name_is_refused_and_the_invitation_stays(desk: Desk) -> None:
    code = desk.invited()
    with unit_of_work.read(system_actor("sign_in")) as work:
        name = work.session.execute(text("SELECT name FROM member WHERE sign_in = 'advocate'")).scalar_one()

    refused = pytest.raises(Invalid, invitations.accept, code, f"{name}123", HERE, None)

    assert refused.value.fields == {"password": "password_common"}
    assert _accepts(code)


def test_the_command_tells_the_code_of_an_invented_person_and_of_nobody_else(desk: Desk) -> None:
    run = desk.world.app().test_cli_runner().invoke
    with above(desk.world).begin() as connection:
        connection.execute(
            text("UPDATE member_secret SET is_demo = :no WHERE member_id = :who").bindparams(
                bindparam("no", False), bindparam("who", desk.world.actor("investigator").member_id, type_=Uuid())
            )
        )

    told, real, unknown = (run(args=["demo", "code", name]) for name in (WHO, "investigator", "nobody"))

    assert factors.DIGITS.fullmatch(told.output.strip())
    assert (real.exit_code, unknown.exit_code) == (1, 1)
    assert "nobody who signs in as" in real.output + unknown.output


def test_an_administrator_writes_no_password_and_no_factor_not_even_by_a_statement_of_her_own(
    postgresql_template: Template, make_world: Callable[..., World]
) -> None:
    world = make_world(postgresql_template)

    assert _written_by(world, world.actor("administrator")) == (0, 0)


def test_who_signs_in_writes_both(postgresql_template: Template, make_world: Callable[..., World]) -> None:
    passwords, secrets = _written_by(make_world(postgresql_template), system_actor("sign_in"))

    assert passwords == secrets > 0


def _written_by(world: World, actor: Actor) -> tuple[int, int]:
    with world.database.write(actor) as work:
        return work.change(update(MemberSecret).values(password_hash="hers")), work.change(
            update(MemberFactor).values(last_step=0)
        )
