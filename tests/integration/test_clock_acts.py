"""Clocks that stand still, are exempted or silent, by hand and by steps, on both databases."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from app.clock import COUNTRY_ZONE
from app.errors import Forbidden, Invalid, NotFound, Refusal
from app.models.workflow import CaseClock, ClockPause
from app.services import caseload_page, clock_acts, clock_page, corrections
from app.services.clock_acts import NewExemption
from app.services.unit_of_work import Once
from app.services.workflow_runner import find_standing
from tests.factories.placed import House, day
from tests.factories.world import World
from workflows import registry

SUPERVISOR = "advocacy.supervisor"
WHY = "The person is in hospital."


def clock_of(world: World, case_id: UUID, name: str, by: str = SUPERVISOR) -> CaseClock:
    with world.database.read(world.actor(by)) as work:
        found = select(CaseClock).where(
            CaseClock.case_id == case_id, CaseClock.name == name, CaseClock.voided_at.is_(None)
        )
        return work.session.execute(found.order_by(CaseClock.started_at.desc()).limit(1)).scalar_one()


def overdue(world: World, by: str = SUPERVISOR) -> list[str]:
    with world.database.read(world.actor(by)) as work:
        return [one.row.name for one in caseload_page.overdue(work).found.rows]


def page(world: World, case_id: UUID) -> clock_page.ClocksPage:
    with world.database.read(world.actor(SUPERVISOR)) as work:
        return clock_page.of_case(work, case_id).found


def version(world: World, case_id: UUID) -> int:
    with world.database.read(world.actor("investigator")) as work:
        return find_standing(work, case_id).row_version


def local(number: int, hour: int = 10) -> datetime:
    return datetime(2014, 3, number, hour, tzinfo=COUNTRY_ZONE)


def with_consent_due(house: House) -> UUID:
    """A case in which the advocate has arrived: consent is due a day later."""
    case_id = house.world.with_advocate()
    house.world.step("advocate", case_id, "advocacy", "record_arrival")
    return case_id


def exemption(world: World, until: int, **changes: object) -> NewExemption:
    given = {"until_on": day(until), "approved_by_id": world.actor(SUPERVISOR).member_id, "reason": WHY}
    return NewExemption(**{**given, **changes})  # type: ignore[arg-type]


def test_a_clock_that_stood_still_is_due_as_much_later(house: House) -> None:
    case_id = with_consent_due(house)
    clock, supervisor = clock_of(house.world, case_id, "consent"), house.world.actor(SUPERVISOR)
    house.clock.at(day(3), 12)
    clock_acts.pause(supervisor, clock.id, WHY)
    house.clock.at(day(6), 12)
    while_still = overdue(house.world)

    clock_acts.resume(supervisor, clock.id)

    after = clock_of(house.world, case_id, "consent")
    assert "consent" not in while_still + overdue(house.world)
    assert (after.first_due_at, after.due_at) == (local(4), local(7))
    assert after.paused_at is None


def test_a_pause_is_shown_with_who_and_why_and_the_reason_lies_sealed(house: House) -> None:
    case_id = with_consent_due(house)
    clock_acts.pause(house.world.actor(SUPERVISOR), clock_of(house.world, case_id, "consent").id, WHY)

    shown = next(one for one in page(house.world, case_id).running if one.row.name == "consent")

    assert [(one.row.by, one.reason) for one in shown.pauses] == [("Drita Selmani", WHY)]
    with house.world.database.read(house.world.actor(SUPERVISOR)) as work:
        assert b"hospital" not in (work.session.execute(select(ClockPause.reason)).scalar_one() or b"")


def test_pausing_twice_with_one_form_leaves_one_pause(house: House) -> None:
    case_id = with_consent_due(house)
    clock, once = clock_of(house.world, case_id, "consent"), Once("key", "body")

    clock_acts.pause(house.world.actor(SUPERVISOR), clock.id, WHY, once)
    clock_acts.pause(house.world.actor(SUPERVISOR), clock.id, WHY, once)

    with pytest.raises(Refusal, match="clock_stands"):
        clock_acts.pause(house.world.actor(SUPERVISOR), clock.id, WHY)


def test_a_clock_that_has_lapsed_cannot_be_made_to_stand_still(house: House) -> None:
    case_id = with_consent_due(house)
    house.clock.at(day(5))

    with pytest.raises(Refusal, match="clock_has_lapsed"):
        clock_acts.pause(house.world.actor(SUPERVISOR), clock_of(house.world, case_id, "consent").id, WHY)


def test_nothing_is_done_with_a_clock_that_has_ended_or_runs_already(house: House) -> None:
    case_id, supervisor = with_consent_due(house), house.world.actor(SUPERVISOR)
    ended, running = (clock_of(house.world, case_id, name).id for name in ("arrival", "consent"))

    with pytest.raises(Refusal, match="clock_is_over"):
        clock_acts.pause(supervisor, ended, WHY)
    with pytest.raises(Refusal, match="clock_runs"):
        clock_acts.resume(supervisor, running)
    with pytest.raises(Refusal, match="not_exempt"):
        clock_acts.end_exemption(supervisor, running)
    with pytest.raises(Invalid):
        clock_acts.pause(supervisor, running, "  ")


def test_while_an_exemption_stands_a_lapse_does_not_count(house: House) -> None:
    case_id = with_consent_due(house)
    clock_acts.exempt(
        house.world.actor(SUPERVISOR), clock_of(house.world, case_id, "consent").id, exemption(house.world, 6)
    )
    house.clock.at(day(6), 23)
    until_its_day = overdue(house.world)

    house.clock.at(day(7), 1)

    assert "consent" not in until_its_day
    assert "consent" in overdue(house.world)


def test_an_exemption_that_is_ended_lets_the_lapse_count_again(house: House) -> None:
    case_id = with_consent_due(house)
    clock, supervisor = clock_of(house.world, case_id, "consent"), house.world.actor(SUPERVISOR)
    clock_acts.exempt(supervisor, clock.id, exemption(house.world, 9))
    clock_acts.exempt(supervisor, clock.id, exemption(house.world, 20))
    house.clock.at(day(5))

    clock_acts.end_exemption(supervisor, clock.id)

    assert "consent" in overdue(house.world)
    shown = next(one for one in page(house.world, case_id).running if one.row.name == "consent")
    assert [one.row.revoked_at is not None for one in shown.exemptions] == [True, True]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"until_on": day(2)}, "until_on"),
        ({"until_on": day(3) + timedelta(days=400)}, "until_on"),
        ({"reason": " "}, "reason"),
        ({"approved_by_id": uuid4()}, "approved_by"),
    ],
    ids=["over already", "too long", "without a reason", "approved by nobody of the agency"],
)
def test_an_exemption_needs_a_day_to_come_a_supervisor_and_a_reason(
    house: House, changes: dict[str, object], field: str
) -> None:
    clock = clock_of(house.world, with_consent_due(house), "consent")

    with pytest.raises(Invalid) as refused:
        clock_acts.exempt(house.world.actor(SUPERVISOR), clock.id, exemption(house.world, 6, **changes))

    assert list(refused.value.fields) == [field]


def test_an_advocate_does_not_exempt_herself_and_does_not_approve(house: House) -> None:
    clock = clock_of(house.world, with_consent_due(house), "consent")

    with pytest.raises(Forbidden):
        clock_acts.pause(house.world.actor("advocate"), clock.id, WHY)
    member = house.world.actor("advocate").member_id
    with pytest.raises(Invalid):
        clock_acts.exempt(house.world.actor(SUPERVISOR), clock.id, exemption(house.world, 6, approved_by_id=member))


def test_a_supervisor_touches_no_clock_of_another_agency(house: House) -> None:
    case_id = with_consent_due(house)
    of_police = clock_of(house.world, case_id, "screening")
    of_advocates = clock_of(house.world, case_id, "consent")

    with pytest.raises(Forbidden):
        clock_acts.pause(house.world.actor(SUPERVISOR), of_police.id, WHY)
    with pytest.raises(NotFound):
        clock_acts.pause(house.world.actor("social.supervisor"), of_advocates.id, WHY)


def test_what_was_met_too_late_stays_visible_with_by_how_much(house: House) -> None:
    case_id = with_consent_due(house)
    house.clock.at(day(6))
    consents = {"purposes": ["assistance"], "given_by": "self", "language": "sq", "explained": True}

    house.world.step("advocate", case_id, "advocacy", "record_consent", on=day(6), **consents)

    missed = {one.row.name: one.late for one in page(house.world, case_id).missed}
    assert missed == {"consent": timedelta(days=2)}


ARRIVAL = ('action = "log_attempt"', 'action = "log_attempt"\npauses = ["arrival"]')


@pytest.fixture
def pausing_procedure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The shipped procedures, where logging a call pauses the advocate's arrival and accepting it resumes."""
    folder = tmp_path / "sop"
    shutil.copytree(registry.FOLDER, folder)
    text = (folder / "xk_2013" / "advocacy.toml").read_text("utf-8")
    assert ARRIVAL[0] in text
    text = text.replace(*ARRIVAL).replace('action = "accept_call"', 'action = "accept_call"\nresumes = ["arrival"]')
    (folder / "xk_2013" / "advocacy.toml").write_text(text, "utf-8")
    monkeypatch.setattr(registry, "FOLDER", folder)
    registry._load.cache_clear()
    yield
    registry._load.cache_clear()


def test_a_step_lets_a_clock_stand_still_and_another_lets_it_run_on(pausing_procedure: None, house: House) -> None:
    world, case_id = house.world, house.world.open_signal()
    world.call_advocate(case_id)
    due = clock_of(world, case_id, "arrival", "investigator").due_at
    world.step("investigator", case_id, "advocacy", "log_attempt", outcome="no_answer")
    paused = clock_of(world, case_id, "arrival", "investigator")
    house.clock.at(day(4))

    world.accept("advocate", case_id, on=day(4))

    after = clock_of(world, case_id, "arrival")
    assert paused.paused_at == local(3)
    assert (after.paused_at, after.first_due_at, after.due_at) == (None, due, due + timedelta(days=1))


def test_a_step_that_is_taken_back_takes_its_pause_with_it(pausing_procedure: None, house: House) -> None:
    world, case_id = house.world, house.world.open_signal()
    world.call_advocate(case_id)
    due = clock_of(world, case_id, "arrival", "investigator").due_at
    made = world.step("investigator", case_id, "advocacy", "log_attempt", outcome="no_answer")

    corrections.take_back(
        world.actor("investigator"), case_id, UUID(made["event_id"]), "The wrong case.", version(world, case_id)
    )

    after = clock_of(world, case_id, "arrival", "investigator")
    assert (after.paused_at, after.first_due_at, after.due_at) == (None, None, due)
