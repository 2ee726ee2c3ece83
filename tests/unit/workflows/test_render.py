"""A procedure on paper: tables, diagrams, and two versions side by side."""

import re
from dataclasses import replace

import pytest

from tests.support.definitions import SHIPPED, UNLIKE, changed
from workflows import registry, render
from workflows.definition import Also, Procedure


def test_a_document_has_every_track_state_and_step(tiny: Procedure) -> None:
    text = render.document(tiny)

    assert "# Tiny\n\n`tiny`, in force from 2010-01-01 to today." in text
    assert "## Help (`help`)" in text
    assert "| Asked for (`asked`) | advocate | - |" in text
    assert "| Done (`done`) | - | yes |" in text
    assert "| Answer (`answer`) | 30 minutes | advocate | agency_supervisor | invented * |" in text
    assert "| Visits (`visits`) | 1 months, 3 months | - | - | invented |" in text


@pytest.mark.parametrize(
    "line",
    [
        "| Ask (`ask`) | none | asked | investigator; for a child also social_worker | case_not_closed, private | F1 "
        "| starts answer | case.open when case_not_open, refers to advocacy | invented * |",
        "| Rate (`rate`) | asked, rated_low, rated_high | by level: low → rated_low, high → rated_high "
        "| signed by investigator + advocate; for a child also social_worker "
        "| case_not_closed, not_kept_apart, safe_contact, place_fits | F1 | stops answer | - | invented * |",
        "| Give (`give`) | rated_low, rated_high | given | advocate "
        "| case_not_closed, consent to assistance for advocacy unless care_decision or life_at_risk "
        "| F2 | starts visits | add_party, counts assisted | invented * |",
        "| Visit (`visit`) | given | stays | advocate | case_not_closed | - | stops visits | - | invented * |",
        "| Take up again (`take_up`) | set_aside | where it was | advocate, investigator, agency_supervisor; "
        "for a child also social_worker | case_not_closed | reason | - | - | design.md decision 38 * |",
        "| Open (`open`) | start | open | another act | - | - | - | - | invented * |",
    ],
    ids=["referral", "joint act", "consent", "staying", "standing step", "only through another act"],
)
def test_a_step_is_told_with_all_that_the_definition_says(tiny: Procedure, line: str) -> None:
    assert line in render.document(tiny).splitlines()


@pytest.mark.parametrize(("language", "heading"), [("sq", "# E vogël"), ("sr", "# Mala")])
def test_a_document_is_written_in_each_language(tiny: Procedure, language: str, heading: str) -> None:
    assert render.document(tiny, language).splitlines()[0] == heading


def test_a_version_that_was_replaced_says_until_when(tiny: Procedure) -> None:
    replaced = replace(tiny, in_force_to=tiny.in_force_from)

    assert "in force from 2010-01-01 to 2010-01-01" in render.document(replaced)


def test_a_bar_in_a_text_does_not_break_the_table(tiny: Procedure) -> None:
    cites = replace(tiny.tracks["help"].transitions[0].cites, source="a | b")

    assert "| a \\| b * |" in render.document(changed(tiny, "help", "ask", cites=cites))


def test_a_diagram_shows_moves_and_ends_without_setting_aside(tiny: Procedure) -> None:
    assert render.diagram(tiny.tracks["help"]).splitlines() == [
        "```mermaid",
        "stateDiagram-v2",
        "    [*] --> none",
        "    none --> asked: ask",
        "    asked --> rated_low: rate",
        "    asked --> rated_high: rate",
        "    rated_low --> rated_low: rate",
        "    rated_low --> rated_high: rate",
        "    rated_high --> rated_low: rate",
        "    rated_high --> rated_high: rate",
        "    rated_low --> given: give",
        "    rated_high --> given: give",
        "    given --> done: finish",
        "    done --> [*]",
        "```",
    ]


def test_two_versions_that_say_the_same_have_no_differences(tiny: Procedure) -> None:
    assert render.differences(tiny, tiny).splitlines()[2:] == ["| What | `tiny` | `tiny` |", "| --- | --- | --- |"]


def test_what_differs_between_two_versions_stands_side_by_side(tiny: Procedure, small: Procedure) -> None:
    steps = changed(tiny, "help", "visit", by=("social_worker",), also=(Also("case", "close"),))
    later = changed(steps, "help", "finish", gone=True)
    clocks = {"answer": replace(tiny.clocks["answer"], window=tiny.clocks["visits"].windows[0])}
    later = replace(later, name="later", clocks=clocks, tracks={**later.tracks, "child": small.tracks["child"]})

    assert render.differences(tiny, later).splitlines()[2:] == [
        "| What | `tiny` | `later` |",
        "| --- | --- | --- |",
        "| clock `answer` | 30 minutes | 1 months |",
        "| clock `visits` | 1 months, 3 months | - |",
        "| `help.visit`: by | advocate | social_worker |",
        "| `help.visit`: also | - | case.close |",
        "| `help.finish` | given → done (advocate, tick) | - |",
        "| `child.presume_child` | - | adult → attending (investigator, social_worker) |",
        "| `child.come_of_age` | - | attending → adult (tick, social_worker) |",
    ]


@pytest.mark.parametrize("shipped", SHIPPED, indirect=True)
def test_every_row_of_a_shipped_procedure_has_as_many_cells_as_its_heading(shipped: Procedure) -> None:
    tables = re.findall(r"(?:^\|.*\n)+", render.document(shipped), re.MULTILINE)

    widths = [{len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()} for table in tables]
    assert [width for width in widths if len(width) != 1] == []
    assert len(tables) == 1 + 2 * len(shipped.tracks)


def test_the_differences_of_the_shipped_procedures_name_the_joint_rating() -> None:
    text = render.differences(*(registry.get(name) for name in UNLIKE))

    assert "| `risk.rate_risk` | " in text
    assert "| `risk.sign_rating` | - | proposed → " in text
