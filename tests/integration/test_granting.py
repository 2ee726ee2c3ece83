"""A role is given by two people: who asks and who decides, what is done and how often; and each refusal is recorded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from threading import Barrier, Thread
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import DBAPIError

from app.errors import Conflict, Forbidden, NotFound, Refusal
from app.models.agency import MemberRole
from app.models.approval import Approval
from app.models.audit import AuditEntry, Notice
from app.security.actor import Actor
from app.services import accounts, approval_page, deciding, members, ticking, unit_of_work
from app.services.members import Profile
from app.services.unit_of_work import Once, Parts
from tests.factories.granting import SUPERVISOR, approve, waiting
from tests.factories.world import KINDS, World
from tests.security.relations import above
from tests.support.served import MovableClock

ADMIN, SECOND_ADMIN = "administrator", "administrator2"
BOTH = ("advocate", "agency_supervisor")
WEEK = timedelta(days=7, seconds=1)


def _member(world: World, name: str) -> UUID:
    member_id = world.actor(name).member_id
    assert member_id is not None
    return member_id


def _ask(world: World, name: str = "advocate2", roles: tuple[str, ...] = BOTH, by: str = ADMIN) -> dict[str, str]:
    return members.change(world.actor(by), _member(world, name), Profile("Milica Jović", roles))


def _roles(world: World, name: str = "advocate2") -> frozenset[str]:
    unit_of_work.bind(world.database)
    return accounts.load_actor(name).roles


def _decide(world: World, by: str, one: approval_page.Request, *, approves: bool = True, shown: str = "") -> None:
    deciding.decide(world.actor(by), one.id, shown or one.digest, approves=approves)


def _acts(world: World) -> list[str]:
    with above(world).connect() as connection:
        return list(connection.execute(select(AuditEntry.action)).scalars())


def _notices(world: World, by: str) -> list[str]:
    with world.database.read(world.actor(by)) as work:
        return list(work.session.execute(select(Notice.kind)).scalars())


def test_a_role_is_hers_once_the_supervisor_has_approved_it_and_not_before(world: World) -> None:
    _ask(world)
    before = _roles(world)

    approve(world)

    assert (before, _roles(world)) == (frozenset({"advocate"}), frozenset(BOTH))
    assert {"approval:asked", "approval:approved", "member:roles_given"} <= set(_acts(world))


@pytest.mark.parametrize("kind", KINDS)
def test_without_the_second_person_it_would_be_hers_at_once(
    request: pytest.FixtureRequest, make_world: Callable[..., World], kind: str
) -> None:
    world = make_world(request.getfixturevalue(f"{kind}_template"), Parts(two_give_a_role=False))

    _ask(world)

    assert _roles(world) == frozenset(BOTH)


def test_the_agency_is_told_and_who_asked(world: World) -> None:
    _ask(world)
    asked = _notices(world, SUPERVISOR)

    approve(world)

    assert "role:asked" in asked
    assert "role:done" in _notices(world, "advocate")
    assert "role:approved" in _notices(world, ADMIN)


def test_what_was_refused_is_not_given(world: World) -> None:
    _ask(world)

    _decide(world, SUPERVISOR, waiting(world), approves=False)

    assert _roles(world) == {"advocate"}
    assert "role:refused" in _notices(world, ADMIN)
    assert approval_page.page(world.actor(SUPERVISOR)).waiting == ()


def test_who_asked_and_whoever_does_not_decide_on_it_approves_nothing(world: World) -> None:
    _ask(world)
    one = waiting(world)

    with pytest.raises(Forbidden, match="another_approves"):
        _decide(world, ADMIN, one)
    with pytest.raises(Forbidden, match="another_approves"):
        _decide(world, SECOND_ADMIN, one)
    with pytest.raises(NotFound):
        _decide(world, "police.supervisor", one)
    with pytest.raises(NotFound):
        _decide(world, "advocate2", one)

    assert _roles(world) == {"advocate"}


def test_nobody_decides_on_her_own_role_another_administrator_does(world: World) -> None:
    _ask(world, SUPERVISOR)
    one = waiting(world)

    with pytest.raises(Forbidden, match="another_approves"):
        _decide(world, SUPERVISOR, one)
    _decide(world, SECOND_ADMIN, one)

    assert _roles(world, SUPERVISOR) == frozenset(BOTH)


def test_where_an_agency_has_no_supervisor_another_administrator_decides(world: World) -> None:
    _ask(world, "statistics.supervisor", ("statistics_supervisor", "link_reviewer"))

    approve(world, SECOND_ADMIN)

    assert _roles(world, "statistics.supervisor") == {"statistics_supervisor", "link_reviewer"}


def test_where_nobody_else_is_there_nothing_can_be_asked(world: World) -> None:
    members.deactivate(world.actor(ADMIN), _member(world, SECOND_ADMIN))

    with pytest.raises(Refusal, match="nobody_to_approve"):
        _ask(world, "statistics.supervisor", ("statistics_supervisor", "link_reviewer"))


def test_an_administrator_who_gives_herself_a_role_is_refused_and_that_is_recorded(world: World) -> None:
    with world.database.write(world.actor(SECOND_ADMIN)) as work:
        with work.as_system("setup"):
            work.change(update(MemberRole).where(MemberRole.member_id == _member(world, ADMIN)).values(role="none"))
        work.audit("test:prepared")
        work.commit()

    with pytest.raises(Refusal, match="not_to_yourself"):
        _ask(world, ADMIN, ("administrator",))

    assert _roles(world, ADMIN) == {"none"}
    assert "approval:refused_to_oneself" in _acts(world)


def test_what_was_shown_is_what_is_approved(world: World) -> None:
    _ask(world)
    shown = waiting(world)
    _ask(world, roles=BOTH)

    with pytest.raises(NotFound):
        _decide(world, SUPERVISOR, shown)
    with pytest.raises(Conflict, match="approval_changed"):
        _decide(world, SUPERVISOR, waiting(world), shown=shown.digest)
    with above(world).begin() as connection:
        connection.execute(update(Approval).values(asked='{"gives":["agency_supervisor"],"takes":["advocate"]}'))
    with pytest.raises(Conflict, match="approval_changed"):
        _decide(world, SUPERVISOR, waiting(world))

    assert _roles(world) == {"advocate"}


def test_a_decision_that_is_sent_twice_is_taken_once(world: World) -> None:
    _ask(world)
    one, once = waiting(world), Once("same-key", "same-body")

    deciding.decide(world.actor(SUPERVISOR), one.id, one.digest, approves=True, once=once)
    deciding.decide(world.actor(SUPERVISOR), one.id, one.digest, approves=True, once=once)
    with pytest.raises(NotFound):
        _decide(world, SUPERVISOR, one, approves=False)

    assert _acts(world).count("member:roles_given") == 1


def test_two_supervisors_who_decide_at_once_decide_once(world: World) -> None:
    _ask(world)
    approve(world)
    world.actors.pop("advocate2")
    _ask(world, "advocate", BOTH)

    outcomes = _at_once(world, waiting(world), [world.actor(SUPERVISOR), world.actor("advocate2")])

    assert sorted(outcomes) == ["done", "too late"]


def _at_once(world: World, one: approval_page.Request, actors: list[Actor]) -> list[str]:
    start, outcomes = Barrier(len(actors)), list[str]()

    def sends(actor: Actor) -> None:
        unit_of_work.bind(world.database)
        start.wait()
        try:
            deciding.decide(actor, one.id, one.digest, approves=True)
            outcomes.append("done")
        except NotFound:
            outcomes.append("too late")

    threads = [Thread(target=sends, args=(actor,)) for actor in actors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.mark.parametrize("kind", KINDS)
def test_after_seven_days_nobody_approves_it_and_who_asked_is_told(
    request: pytest.FixtureRequest, make_world: Callable[..., World], kind: str
) -> None:
    clock = MovableClock(date(2026, 3, 2))
    world = make_world(request.getfixturevalue(f"{kind}_template"), Parts(clock=clock))
    _ask(world)
    one = waiting(world)
    clock.leap += WEEK

    with pytest.raises(Conflict, match="approval_over"):
        _decide(world, SUPERVISOR, one)
    ticking.tick()
    ticking.tick()

    assert _roles(world) == {"advocate"}
    assert _notices(world, ADMIN).count("role:expired") == 1


def test_a_role_is_taken_at_once_and_in_the_place_of_all_she_has_when_the_new_one_comes(world: World) -> None:
    _ask(world)
    approve(world)

    _ask(world, roles=("agency_supervisor",))
    taken = _roles(world)
    _ask(world, roles=("advocate",))
    kept = _roles(world)
    approve(world)

    assert (taken, kept, _roles(world)) == ({"agency_supervisor"}, {"agency_supervisor"}, {"advocate"})


def test_who_is_let_go_gets_no_role_and_who_is_taken_back_waits_for_hers(world: World) -> None:
    _ask(world)
    one, admin = waiting(world), world.actor(ADMIN)
    members.deactivate(admin, _member(world, "advocate2"))
    with pytest.raises(NotFound):
        _decide(world, SUPERVISOR, one)

    members.activate(admin, _member(world, "advocate2"))
    between = _roles(world)
    approve(world)

    assert (between, _roles(world)) == (frozenset(), {"advocate"})
    assert "member:invited" in _notices(world, SUPERVISOR)


@pytest.mark.parametrize("world", ["postgresql"], indirect=True)
def test_the_database_takes_no_role_and_no_word_of_a_request_from_an_administrator(world: World) -> None:
    _ask(world)
    role = {"member_id": _member(world, ADMIN), "role": "agency_supervisor"}
    statements: tuple[Any, ...] = (
        insert(MemberRole).values(**role),
        update(MemberRole).values(role="agency_supervisor"),
        update(Approval).values(asked="{}"),
        update(Approval).values(state="approved", decided_by_id=_member(world, SUPERVISOR), decided_at=func.now()),
        update(Approval).values(state="approved", decided_by_id=_member(world, ADMIN), decided_at=func.now()),
    )

    refused = [_refused(world, one) for one in statements]

    assert refused == [True] * len(statements)


def _refused(world: World, statement: Any) -> bool:
    """Whether an administrator's own statement, past all services, changes nothing."""
    try:
        with world.database.write(world.actor(ADMIN)) as work:
            return work.session.connection().execute(statement).rowcount == 0
    except DBAPIError:
        return True


@pytest.mark.parametrize("world", ["postgresql"], indirect=True)
def test_where_the_policy_of_before_stood_an_administrator_would_write_herself_a_role(world: World) -> None:
    with above(world).begin() as connection:
        connection.exec_driver_sql("ALTER POLICY member_role_insert ON member_role WITH CHECK (true)")

    role = {"member_id": _member(world, ADMIN), "role": "agency_supervisor"}

    assert not _refused(world, insert(MemberRole).values(**role))


def test_requests_of_another_agency_are_shown_to_no_supervisor(world: World) -> None:
    _ask(world)

    assert approval_page.page(world.actor("police.supervisor")) == approval_page.Page((), ())
    assert [waiting(world, by).is_hers for by in (ADMIN, SUPERVISOR)] == [False, True]
