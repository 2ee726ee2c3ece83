"""Who works on a case inside an agency, on both databases: assigning, cover between its days, bars above all else."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from app.clock import local_day, utc_now
from app.errors import Forbidden, Invalid, NotFound, Refusal
from app.models.agency import Cover
from app.models.audit import Notice
from app.models.case import Case, CaseBar, CaseKey, CaseStaff
from app.models.record import ClientRecord
from app.models.workflow import CaseEvent, Referral
from app.queries import cases as case_queries
from app.queries import notices
from app.queries.cases import Asked
from app.services import accounts, case_search, caseload_page, members, staffing
from app.services.staffing import NewCover
from app.services.unit_of_work import Once, Parts
from app.services.workflow_runner import StepRequest, take_step
from tests.factories.granting import approve
from tests.factories.world import A_DAY, KINDS, World

SUPERVISOR = "advocacy.supervisor"


def _member(world: World, sign_in: str) -> UUID:
    member_id = world.actor(sign_in).member_id
    assert member_id
    return member_id


def _sees(world: World, by: str, case_id: UUID) -> bool:
    with world.database.read(world.actor(by)) as work:
        return work.session.get(Case, case_id) is not None


def _kinds(world: World, by: str) -> list[str]:
    with world.database.read(world.actor(by)) as work:
        return [row.kind for row in notices.unread(work.session, work.actor)]


def _overview(world: World, by: str = SUPERVISOR) -> caseload_page.Overview:
    with world.database.read(world.actor(by)) as work:
        return caseload_page.overview(work).found


def _bar(world: World, case_id: UUID, who: str, by: str = SUPERVISOR) -> None:
    staffing.bar(world.actor(by), case_id, _member(world, who), "A relative of the accused.")


def test_a_colleague_who_is_assigned_sees_the_case_and_is_told(world: World) -> None:
    case_id = world.with_advocate()
    assert not _sees(world, "advocate2", case_id)

    staffing.assign(world.actor(SUPERVISOR), case_id, _member(world, "advocate2"))

    assert _sees(world, "advocate2", case_id)
    assert "case:assigned" in _kinds(world, "advocate2")
    world.step("advocate2", case_id, "advocacy", "record_arrival")


def test_assigning_twice_leaves_one_row(world: World) -> None:
    case_id, once = world.with_advocate(), Once("key", "body")
    supervisor, member = world.actor(SUPERVISOR), _member(world, "advocate2")

    staffing.assign(supervisor, case_id, member, once)
    staffing.assign(supervisor, case_id, member, once)
    staffing.assign(supervisor, case_id, member)

    with world.database.read(supervisor) as work:
        rows = select(CaseStaff.id).where(CaseStaff.case_id == case_id, CaseStaff.member_id == member)
        assert len(work.session.execute(rows).all()) == 1


def test_a_colleague_who_is_taken_off_sees_nothing_more_and_the_case_waits_for_somebody(world: World) -> None:
    case_id = world.with_advocate()

    staffing.release(world.actor(SUPERVISOR), case_id, _member(world, "advocate"))

    assert not _sees(world, "advocate", case_id)
    assert _overview(world).unassigned == 1
    with pytest.raises(NotFound):
        take_step(world.actor("advocate"), StepRequest(case_id, "advocacy", "record_arrival", {}, A_DAY))


@pytest.mark.parametrize(
    ("by", "refusal"),
    [
        pytest.param("advocate", Forbidden, id="an advocate"),
        pytest.param("police.supervisor", Invalid, id="the supervisor of another party"),
        pytest.param("social.supervisor", NotFound, id="the supervisor of an agency that is no party"),
        pytest.param("administrator", Forbidden, id="an administrator"),
    ],
)
def test_only_the_agencys_own_supervisor_assigns_its_members(world: World, by: str, refusal: type[Refusal]) -> None:
    case_id = world.with_advocate()

    with pytest.raises(refusal):
        staffing.assign(world.actor(by), case_id, _member(world, "advocate2"))

    assert not _sees(world, "advocate2", case_id)


def test_all_cases_of_one_colleague_go_to_another_but_those_from_which_she_is_barred(world: World) -> None:
    first, second = world.with_advocate(), world.with_advocate()
    _bar(world, second, "advocate2")

    made = staffing.hand_over(world.actor(SUPERVISOR), _member(world, "advocate"), _member(world, "advocate2"))

    assert (made.moved, made.kept) == (1, 1)
    assert [_sees(world, "advocate2", first), _sees(world, "advocate2", second)] == [True, False]
    assert [_sees(world, "advocate", first), _sees(world, "advocate", second)] == [False, True]


def test_the_caseload_counts_open_cases_by_member_and_lapsed_clocks(world: World) -> None:
    world.with_advocate()
    case_id = world.with_advocate()
    staffing.release(world.actor(SUPERVISOR), case_id, _member(world, "advocate"))

    page = _overview(world)

    assert (page.cases, page.unassigned) == (2, 1)
    assert {load.member.name: load.cases for load in page.members} == {
        "Teuta Berani": 1,
        "Milica Jović": 0,
        "Drita Selmani": 0,
    }
    assert page.overdue > 0  # the cases are of 2014


def test_what_a_leaver_left_stands_as_nobodys(world: World) -> None:
    world.with_advocate()

    members.deactivate(world.actor("administrator"), _member(world, "advocate"))

    page = _overview(world)
    assert (page.cases, page.unassigned) == (1, 1)
    assert "Teuta Berani" not in [load.member.name for load in page.members]


def _clocked(
    make_world: Callable[..., World], request: pytest.FixtureRequest, kind: str
) -> tuple[World, list[datetime]]:
    now = [datetime(2014, 3, 10, 9, tzinfo=UTC)]
    template = request.getfixturevalue(f"{kind}_template")
    return make_world(template, Parts(clock=lambda: now[0])), now


@pytest.mark.parametrize("kind", KINDS)
def test_cover_opens_a_colleagues_cases_between_its_days_and_no_others(
    make_world: Callable[..., World], request: pytest.FixtureRequest, kind: str
) -> None:
    world, now = _clocked(make_world, request, kind)
    case_id = world.with_advocate()
    start = now[0]
    first, last = start.date() + timedelta(days=2), start.date() + timedelta(days=4)
    who, by = _member(world, "advocate"), _member(world, "advocate2")
    staffing.cover(world.actor(SUPERVISOR), NewCover(who, by, first, last))

    def sees_after(days: int) -> bool:
        now[0] = start + timedelta(days=days)
        with world.database.read(accounts.load_actor("advocate2")) as work:
            return work.session.get(Case, case_id) is not None

    assert [sees_after(days) for days in range(7)] == [False, False, True, True, True, False, False]


def test_cover_that_is_ended_opens_nothing_from_then_on(world: World) -> None:
    case_id = world.with_advocate()
    supervisor, today = world.actor(SUPERVISOR), local_day(utc_now())
    new = NewCover(_member(world, "advocate"), _member(world, "advocate2"), today, today + timedelta(days=9))
    made = staffing.cover(supervisor, new)
    world.actors.pop("advocate2")
    assert _sees(world, "advocate2", case_id)

    staffing.end_cover(supervisor, UUID(made["cover_id"]))

    world.actors.pop("advocate2")
    assert not _sees(world, "advocate2", case_id)


@pytest.mark.parametrize(
    ("who", "by", "first", "last", "field"),
    [
        pytest.param("advocate", "advocate", 0, 1, "covered_by", id="by herself"),
        pytest.param("advocate", "investigator", 0, 1, "covered_by", id="by somebody of another agency"),
        pytest.param("investigator", "advocate", 0, 1, "member", id="for somebody of another agency"),
        pytest.param("advocate", "advocate2", 1, 0, "to_on", id="an end before the start"),
        pytest.param("advocate", "advocate2", -9, -1, "to_on", id="over already"),
        pytest.param("advocate", "advocate2", 0, 900, "to_on", id="without an end in sight"),
    ],
)
def test_cover_that_cannot_be_is_refused_at_its_field(
    world: World, who: str, by: str, first: int, last: int, field: str
) -> None:
    today = local_day(utc_now())
    days = today + timedelta(days=first), today + timedelta(days=last)

    with pytest.raises(Invalid) as refusal:
        staffing.cover(world.actor(SUPERVISOR), NewCover(_member(world, who), _member(world, by), *days))

    assert set(refusal.value.fields) == {field}
    with world.database.read(world.actor(SUPERVISOR)) as work:
        assert work.session.execute(select(Cover.id)).first() is None


def _by_search(work: Any, case_id: UUID) -> Any:
    return case_search.by_name(work, "Arta Provë").found


LOOKS: dict[str, Callable[[Any, UUID], Any]] = {
    "the case": lambda work, case_id: work.session.get(Case, case_id),
    "the list": lambda work, case_id: case_queries.listed(work.session, work.actor, Asked(), work.now, with_names=True),
    "the record": lambda work, case_id: work.session.execute(select(ClientRecord.id)).all(),
    "the events": lambda work, case_id: work.session.execute(select(CaseEvent.id)).all(),
    "the keys": lambda work, case_id: work.session.execute(select(CaseKey.wrapped)).all(),
    "the search": _by_search,
    "the notices": lambda work, case_id: [
        row for row in notices.unread(work.session, work.actor) if row.case_id == case_id
    ],
    "the bars": lambda work, case_id: work.session.execute(select(CaseBar.id)).all(),
    "the number of notices": lambda work, case_id: (
        notices.count_unread(work.session, work.actor) - len(notices.unread(work.session, work.actor))
    ),
}


def _with_every_right(world: World, case_id: UUID) -> None:
    """A second supervisor, and an advocate who stands in for the one assigned."""
    office, today = world.agencies["advocacy_prishtine"], local_day(utc_now())
    profile = members.Profile("Second Supervisor", ("agency_supervisor",))
    members.add(world.actor("administrator"), office, "second.supervisor", profile)
    approve(world)
    new = NewCover(_member(world, "advocate"), _member(world, "advocate2"), today, today)
    staffing.cover(world.actor(SUPERVISOR), new)
    world.actors.pop("advocate2")


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
@pytest.mark.parametrize("who", ["advocate", "advocate2", "second.supervisor"])
@pytest.mark.line(23)
def test_who_is_barred_finds_the_case_nowhere_whatever_right_she_has(
    world: World, who: str, look: Callable[[Any, UUID], Any]
) -> None:
    case_id = world.with_advocate()
    _with_every_right(world, case_id)
    _bar(world, case_id, who)

    with world.database.read(world.actor(who)) as work:
        assert not look(work, case_id)


@pytest.mark.parametrize("who", ["advocate", "advocate2", "second.supervisor"])
def test_without_a_bar_the_same_rights_open_the_case(world: World, who: str) -> None:
    case_id = world.with_advocate()
    _with_every_right(world, case_id)

    assert _sees(world, who, case_id)


def test_a_barred_supervisor_finds_no_trace_in_the_numbers_of_her_team(world: World) -> None:
    case_id = world.with_advocate()
    _with_every_right(world, case_id)
    before = _overview(world, "second.supervisor")

    _bar(world, case_id, "second.supervisor")

    after = _overview(world, "second.supervisor")
    assert (before.cases, after.cases) == (1, 0)
    assert sum(load.cases for load in after.members) == 0
    assert after.overdue == 0
    assert _overview(world).cases == 1


def test_who_is_barred_finds_no_referral_of_the_case_in_the_queue(world: World) -> None:
    case_id = world.with_advocate()
    _bar(world, case_id, "advocate2")
    with world.database.read(world.actor("advocate2")) as work:
        assert work.session.execute(select(Referral.id).where(Referral.case_id == case_id)).first() is None


def test_a_bar_ends_the_assignment_and_its_end_does_not_bring_it_back(world: World) -> None:
    case_id = world.with_advocate()
    supervisor = world.actor(SUPERVISOR)
    _bar(world, case_id, "advocate")
    with world.database.read(supervisor) as work:
        found = caseload_page.one_case(work, case_id).found
    assert [bar.reason for bar in found.bars] == ["A relative of the accused."]
    assert found.staff == ()

    staffing.lift_bar(supervisor, found.bars[0].row.id)

    assert not _sees(world, "advocate", case_id)
    staffing.assign(supervisor, case_id, _member(world, "advocate"))
    assert _sees(world, "advocate", case_id)


def test_who_is_barred_cannot_be_assigned(world: World) -> None:
    case_id = world.with_advocate()
    _bar(world, case_id, "advocate2")

    with pytest.raises(Invalid) as refusal:
        staffing.assign(world.actor(SUPERVISOR), case_id, _member(world, "advocate2"))

    assert refusal.value.fields == {"member": "barred_from_this"}


@pytest.mark.parametrize(
    ("who", "reason", "refusal"),
    [
        pytest.param(SUPERVISOR, "Myself.", "bar_not_yourself", id="herself"),
        pytest.param("investigator", "Not ours.", "invalid", id="somebody of another agency"),
        pytest.param("advocate", "  ", "invalid", id="without a reason"),
    ],
)
def test_a_bar_that_cannot_be_is_refused(world: World, who: str, reason: str, refusal: str) -> None:
    case_id = world.with_advocate()

    with pytest.raises(Refusal, match=refusal):
        staffing.bar(world.actor(SUPERVISOR), case_id, _member(world, who), reason)


def test_a_bar_in_one_agency_says_nothing_to_another(world: World) -> None:
    case_id = world.with_advocate()
    _bar(world, case_id, "advocate2")

    with world.database.read(world.actor("police.supervisor")) as work:
        assert work.session.execute(select(CaseBar.id)).first() is None


def test_the_reason_of_a_bar_is_sealed(world: World) -> None:
    case_id = world.with_advocate()
    _bar(world, case_id, "advocate2")

    with world.database.read(world.actor(SUPERVISOR)) as work:
        reason = work.session.execute(select(CaseBar.reason)).scalar_one()
    assert b"relative" not in (reason or b"")


def test_a_notice_of_a_barred_case_cannot_be_put_away_by_who_is_barred(world: World) -> None:
    case_id = world.with_advocate()
    staffing.assign(world.actor(SUPERVISOR), case_id, _member(world, "advocate2"))
    with world.database.read(world.actor("advocate2")) as work:
        notice_id = work.session.execute(select(Notice.id).where(Notice.kind == "case:assigned")).scalar_one()
    _bar(world, case_id, "advocate2")

    with world.database.read(world.actor("advocate2")) as work:
        assert work.session.get(Notice, notice_id) is None
