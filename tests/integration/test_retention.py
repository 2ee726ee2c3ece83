"""What is over its period is shown and asked for, and nothing under a hold goes, whoever asks and whoever decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from click.testing import Result
from flask import Flask

from app.errors import Conflict, Forbidden, Invalid, NotFound
from app.factory import create_app
from app.services import erasing, retention, retention_page
from app.services.unit_of_work import Parts
from app.vocabulary.retention import PERIODS, periods
from tests.factories.closing import close
from tests.factories.placed import House
from tests.factories.world import A_DAY, KINDS, World
from tests.support.client import Visitor

ADVOCATE, SUPERVISOR, OTHERS = "advocate", "advocacy.supervisor", "police.supervisor"
LATER = date(2030, 1, 1)


@pytest.fixture
def old(house: House) -> UUID:
    """A case that was closed in 2014, more than ten years ago."""
    case_id = house.places.client()
    house.clock.at(date(2014, 4, 4))
    close(house.world, case_id, date(2014, 4, 4))
    house.clock.at(date(2024, 6, 1))
    return case_id


def _ask(house: House, case_id: UUID) -> UUID:
    return UUID(erasing.ask(house.world.actor(ADVOCATE), case_id, "period_over")["erasure_id"])


def _held(house: House, case_id: UUID) -> UUID:
    placed = retention.place(house.world.actor(SUPERVISOR), case_id, "proceedings", LATER)
    return UUID(placed["hold_id"])


def test_a_case_under_a_hold_is_not_asked_for_and_one_freed_again_is(house: House, old: UUID) -> None:
    hold_id = _held(house, old)
    with pytest.raises(Conflict, match="under_hold"):
        _ask(house, old)

    retention.lift(house.world.actor(SUPERVISOR), hold_id)

    assert _ask(house, old)


def test_a_hold_placed_after_the_asking_keeps_the_case(house: House, old: UUID) -> None:
    erasure_id = _ask(house, old)
    hold_id = _held(house, old)
    with pytest.raises(Conflict, match="under_hold"):
        erasing.approve(house.world.actor(SUPERVISOR), erasure_id)
    kept = house.places.keys_of(old, ADVOCATE)

    retention.lift(house.world.actor(SUPERVISOR), hold_id)
    erasing.approve(house.world.actor(SUPERVISOR), erasure_id)

    assert (kept, house.places.keys_of(old, ADVOCATE)) == (2, 0)


def test_a_hold_ends_with_its_last_day(house: House, old: UUID) -> None:
    _held(house, old)
    house.clock.at(date(2030, 1, 2))

    assert _ask(house, old)


def test_what_is_due_is_shown_by_pseudonym_with_what_is_held_and_what_is_asked(house: House, old: UUID) -> None:
    supervisor = house.world.actor(SUPERVISOR)
    shown = [retention.due(supervisor).cases]
    _ask(house, old)
    _held(house, old)
    shown.append(retention.due(supervisor).cases)

    assert [[(one.case_id, one.held_until, one.is_asked) for one in cases] for cases in shown] == [
        [(old, None, False)],
        [(old, LATER, True)],
    ]


def test_a_case_within_its_period_is_not_due_and_another_agencys_is_shown_to_nobody_else(
    house: House, old: UUID
) -> None:
    others = retention.due(house.world.actor(OTHERS)).cases
    house.clock.at(date(2024, 4, 1))

    assert (others, retention.due(house.world.actor(SUPERVISOR)).cases) == ((), ())


def test_holds_are_placed_and_lifted_by_the_supervisor_of_who_leads_the_case(house: House, old: UUID) -> None:
    hold_id = _held(house, old)

    with pytest.raises(Forbidden):
        retention.place(house.world.actor(ADVOCATE), old, "proceedings", LATER)
    with pytest.raises(Forbidden):
        retention.due(house.world.actor(ADVOCATE))
    with pytest.raises(NotFound):
        retention.place(house.world.actor(OTHERS), old, "proceedings", LATER)
    with pytest.raises(NotFound):
        retention.lift(house.world.actor(OTHERS), hold_id)


@pytest.mark.parametrize(("reason", "until"), [("whim", LATER), ("proceedings", date(2024, 5, 31))])
def test_a_hold_has_a_reason_of_the_list_and_a_day_to_come(house: House, old: UUID, reason: str, until: date) -> None:
    with pytest.raises(Invalid):
        retention.place(house.world.actor(SUPERVISOR), old, reason, until)


def test_by_command_what_is_due_is_asked_once_and_another_decides(house: House, old: UUID) -> None:
    runner = house.world.app().test_cli_runner()

    def run(*arguments: str) -> Result:
        return runner.invoke(args=[*arguments, "--by", SUPERVISOR])

    held = run("retention", "hold", str(old), "--reason", "proceedings", "--until", "2030-01-01")
    none = run("retention", "ask")
    lifted = run("retention", "lift", held.output.strip())
    asked, again = run("retention", "ask"), run("retention", "ask")
    alone = run("erase", "approve", asked.output.strip())

    assert (held.exit_code, none.output, lifted.output, again.output) == (0, "", "lifted\n", "")
    assert (len(asked.output.split()), alone.exit_code) == (1, 1)


def test_every_period_says_its_source_and_whether_it_was_compared_with_the_law() -> None:
    assert {one.verified for one in periods().values()} == {False}
    told = [words for one in periods().values() for words in (one.what, one.begins, one.source)]
    assert [words for words in told if not (words.en and words.sq and words.sr)] == []


def test_pages_and_commands_keep_data_as_long_as_the_installations_own_file_says(
    house: House, old: UUID, tmp_path: Path
) -> None:
    file = tmp_path / "periods.toml"
    file.write_text(PERIODS.read_text("utf-8").replace("months = 120", "months = 36"))
    house.clock.at(date(2020, 6, 1))
    world = house.world
    shipped, own = (
        create_app(replace(world.settings, retention_file=one), world.database.parts) for one in (None, file)
    )

    due = [one.test_cli_runner().invoke(args=["retention", "due", "--by", SUPERVISOR]).output for one in (shipped, own)]
    pages = [_pages(one) for one in (shipped, own)]
    _ = [one.extensions["database"].engine.dispose() for one in (shipped, own)]

    assert [str(old) in one for one in due] == [False, True]
    assert [("Ask for the erasure" in listed, "36" in told) for listed, told in pages] == [(False, False), (True, True)]


def _pages(app: Flask) -> tuple[str, str]:
    supervisor = Visitor(app)
    supervisor.sign_in(SUPERVISOR)
    return tuple(supervisor.get(one).root.all("main")[0].text for one in ("/retention", "/retention/periods"))  # type: ignore[return-value]


@pytest.mark.parametrize("wrong", ["[case]\nmonths = 0", "[case]\nmonths = 3"], ids=["no month", "no source"])
def test_a_period_that_is_none_is_refused(tmp_path: Path, wrong: str) -> None:
    file = tmp_path / "periods.toml"
    words = "{ en = 'x', sq = 'x', sr = 'x' }"
    whole = f"\nwhat = {words}\nfrom = {words}\nsource = {words}\nverified = false"
    file.write_text(wrong + (whole if "0" in wrong else ""))

    with pytest.raises(ValueError, match="case"):
        periods(file)


@pytest.mark.parametrize("kind", KINDS)
def test_were_holds_not_heeded_a_case_under_one_would_be_asked_for(
    request: pytest.FixtureRequest, make_world: Callable[..., World], kind: str
) -> None:
    world = make_world(request.getfixturevalue(f"{kind}_template"), Parts(holds_are_heeded=False))
    case_id = world.with_advocate()
    close(world, case_id, A_DAY)
    retention.place(world.actor(SUPERVISOR), case_id, "proceedings", LATER)

    assert erasing.ask(world.actor(ADVOCATE), case_id, "period_over")


def test_all_that_is_due_is_asked_for_at_once_and_neither_what_is_held_nor_what_is_another_agencys(
    house: House, old: UUID
) -> None:
    supervisor = house.world.actor(SUPERVISOR)
    hold_id = _held(house, old)
    none = [retention_page.ask_all(by, [old]) for by in (supervisor, house.world.actor(OTHERS))]
    retention.lift(supervisor, hold_id)

    asked = [retention_page.ask_all(supervisor, [old]) for _ in range(2)]

    assert (none, asked) == ([0, 0], [1, 0])
