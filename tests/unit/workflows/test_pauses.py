"""Clocks that stand still: what a definition may say of it, what the engine answers, what had lapsed on a past day."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.support.definitions import ZONE, changed, edited, facts, take
from workflows import render
from workflows.checks import lint
from workflows.clocks import (
    Calendar,
    ClockHistory,
    Exemption,
    Pause,
    RecordedPause,
    due_after,
    was_overdue,
)
from workflows.definition import Procedure, Window
from workflows.load import load_folder
from workflows.reading import DefinitionFault

CALENDAR = Calendar(ZONE)
HOUR = Window(60, "minutes")
VISIT = 'requires = ["case_not_closed"]\nstops = ["visits"]\nlabel = { en = "Visit"'


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2013, 5, 6, hour, minute, tzinfo=UTC)


def saying(into: Path, words: str) -> Path:
    """A copy of the tiny definition whose visit says something more."""
    return edited("tiny", into, "help.toml", VISIT, VISIT.replace("\nlabel", f"\n{words}\nlabel"))


def test_a_definition_names_the_clocks_that_a_step_pauses_and_resumes(tmp_path: Path) -> None:
    read = load_folder(saying(tmp_path, 'pauses = ["answer"]\nresumes = ["answer"]'))

    visit = next(one for one in read.tracks["help"].transitions if one.action == "visit")
    assert (visit.pauses, visit.resumes) == (("answer",), ("answer",))


@pytest.mark.parametrize("word", ["pauses", "resumes"])
def test_a_clock_that_is_paused_or_resumed_must_exist(tmp_path: Path, word: str) -> None:
    with pytest.raises(DefinitionFault, match=f"visit.{word}: there is no clock 'reply'"):
        load_folder(saying(tmp_path, f'{word} = ["reply"]'))


def test_a_definition_that_pauses_nothing_keeps_the_digest_that_its_cases_are_pinned_to(
    tiny: Procedure, tmp_path: Path
) -> None:
    assert load_folder(saying(tmp_path, "pauses = []")).digest == tiny.digest


def test_a_pause_changes_the_digest(tiny: Procedure, tmp_path: Path) -> None:
    assert load_folder(saying(tmp_path, 'pauses = ["answer"]')).digest != tiny.digest


def test_an_outcome_says_which_clocks_stand_still_and_which_run_again(tiny: Procedure) -> None:
    procedure = changed(tiny, "help", "visit", pauses=("answer", "answer"), resumes=("answer",))

    outcome = take(procedure, facts("advocate", "given"), "help", "visit")

    assert (outcome.clocks_paused, outcome.clocks_resumed) == (("answer",), ("answer",))


@pytest.mark.parametrize("ended", [{"stops": ("answer",)}, {"starts": ("answer",), "stops": ()}])
def test_nothing_is_left_to_pause_of_a_clock_that_the_same_act_starts_or_stops(
    tiny: Procedure, ended: dict[str, tuple[str, ...]]
) -> None:
    procedure = changed(tiny, "help", "visit", pauses=("answer",), resumes=("answer",), **ended)

    outcome = take(procedure, facts("advocate", "given"), "help", "visit")

    assert (outcome.clocks_paused, outcome.clocks_resumed) == ((), ())


def test_a_step_that_pauses_is_told_with_its_clocks(tiny: Procedure) -> None:
    procedure = changed(tiny, "help", "visit", pauses=("answer",), resumes=("visits",))

    assert "| stops visits, pauses answer, resumes visits |" in render.document(procedure)


def test_a_pause_without_its_other_half_is_found(tiny: Procedure) -> None:
    procedure = changed(tiny, "help", "visit", pauses=("answer",), resumes=("visits",))

    found = [str(one) for one in lint(procedure)]

    assert "clock answer: is paused, but nothing resumes it" in found
    assert "clock visits: is resumed, but nothing pauses it" in found


@pytest.mark.parametrize(
    ("windows", "first", "pauses", "end"),
    [
        ((HOUR,), at(11), [], at(11)),
        ((HOUR,), at(11), [Pause(at(10, 10), at(10, 20))], at(11, 10)),
        ((Window(30, "minutes"), HOUR), at(11), [Pause(at(10, 40), at(10, 50))], at(11, 10)),
        ((HOUR,), at(15), [Pause(at(10, 30), at(11))], at(15, 30)),
        ((HOUR,), at(15), [Pause(at(9), at(10, 30))], at(15, 30)),
        ((HOUR,), at(15), [Pause(at(14, 50), at(15, 10)), Pause(at(9), at(9, 30))], at(15, 20)),
        ((HOUR,), at(15), [Pause(at(15, 30), at(16))], at(15)),
        ((HOUR,), at(15), [Pause(at(12))], None),
    ],
    ids=[
        "none",
        "by its window",
        "by the window that it runs by",
        "an agreed day",
        "an agreed day, paused before the start",
        "an agreed day, one pause over before the start",
        "an agreed day, paused when it was over",
        "an agreed day, a pause that stands",
    ],
)
def test_a_clock_is_due_later_by_its_pauses(
    windows: tuple[Window, ...], first: datetime, pauses: list[Pause], end: datetime | None
) -> None:
    assert due_after(windows, at(10), first, CALENDAR, pauses) == end


RUNNING = ClockHistory((HOUR,), at(10), at(10), at(11))
PAUSED = RecordedPause(at(10, 30), at(10, 30))
ENDED = replace(PAUSED, end=at(10, 50), end_recorded=at(12))
EXEMPT = Exemption(at(10, 30), at(20))


@pytest.mark.parametrize(
    ("changes", "moment", "overdue"),
    [
        ({}, at(12), True),
        ({}, at(11), False),
        ({"started_recorded": at(13)}, at(12), False),
        ({"voided": at(13)}, at(12), True),
        ({"voided": at(11, 30)}, at(12), False),
        ({"stopped_recorded": at(11, 30)}, at(12), False),
        ({"stopped_recorded": at(12, 30)}, at(12), True),
        ({"pauses": (PAUSED,)}, at(12), False),
        ({"pauses": (replace(PAUSED, begin_recorded=at(13)),)}, at(12), True),
        ({"pauses": (replace(PAUSED, voided=at(11)),)}, at(12), True),
        ({"pauses": (replace(PAUSED, voided=at(13)),)}, at(12), False),
        ({"pauses": (ENDED,)}, at(12), False),
        ({"pauses": (ENDED,)}, at(12, 30), True),
        ({"exemptions": (EXEMPT,)}, at(12), False),
        ({"exemptions": (EXEMPT,)}, at(20), False),
        ({"exemptions": (EXEMPT,)}, at(20, 1), True),
        ({"exemptions": (replace(EXEMPT, granted=at(13)),)}, at(12), True),
        ({"exemptions": (replace(EXEMPT, revoked=at(11)),)}, at(12), True),
        ({"exemptions": (replace(EXEMPT, revoked=at(13)),)}, at(12), False),
    ],
    ids=[
        "it ran past its time",
        "due at that very moment",
        "its start was recorded later",
        "taken back later",
        "taken back before",
        "stopped late, but before",
        "stopped after",
        "it stood still",
        "its pause was recorded later",
        "its pause had been taken back",
        "its pause was taken back later",
        "the end of its pause was not known yet",
        "it ran again and lapsed",
        "exempt",
        "exempt to the last moment",
        "no longer exempt",
        "exempt only later",
        "an exemption that was ended",
        "an exemption that was ended later",
    ],
)
def test_what_had_lapsed_on_a_past_day_is_told_by_what_was_known_then(
    changes: dict[str, object], moment: datetime, overdue: bool
) -> None:
    assert was_overdue(replace(RUNNING, **changes), CALENDAR, moment) is overdue  # type: ignore[arg-type]


def test_a_clock_that_stood_still_for_ever_never_lapses() -> None:
    assert not was_overdue(replace(RUNNING, pauses=(PAUSED,)), CALENDAR, at(10) + timedelta(days=4000))
