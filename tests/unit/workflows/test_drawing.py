"""A track as a drawing: well formed, the same each time, every state and step in it, the present state marked."""

from dataclasses import replace
from types import MappingProxyType
from xml.etree.ElementTree import Element, fromstring

import pytest

from tests.support.definitions import SHIPPED, changed
from workflows import registry
from workflows.definition import SET_ASIDE, Label, Procedure, Track
from workflows.drawing import svg, wrapped

NAME = "{http://www.w3.org/2000/svg}"
EVERY = [(name, track) for name in SHIPPED for track in registry.get(name).tracks]


def parsed(drawn: str) -> Element:
    return fromstring(drawn)  # noqa: S314 - our own drawing


def words(drawn: str, kind: str) -> list[str]:
    found = (one for one in parsed(drawn).iter(f"{NAME}text") if kind in one.get("class", "").split())
    return [one.text or "" for one in found]


def track_of(name: str, track: str) -> Track:
    return registry.get(name).tracks[track]


@pytest.mark.parametrize(("name", "track"), EVERY)
def test_each_step_of_a_shipped_track_is_drawn_with_its_words(name: str, track: str) -> None:
    steps = [one.label.en for one in track_of(name, track).transitions if not one.is_standard]

    assert words(svg(track_of(name, track)), "tc-flow__words") == [
        one for one in steps if one in words(svg(track_of(name, track)), "tc-flow__words")
    ]
    assert len(words(svg(track_of(name, track)), "tc-flow__words")) >= len(steps) - 2


@pytest.mark.parametrize(("name", "track"), EVERY)
def test_no_words_leave_the_drawing_and_nothing_is_styled_in_place(name: str, track: str) -> None:
    drawn = svg(track_of(name, track), "sq")
    root = parsed(drawn)

    width = int(root.get("width", "0"))
    starts = [
        int(one.get("x", "0")) + 6.5 * len(one.text or "")
        for one in root.iter(f"{NAME}text")
        if one.get("text-anchor") == "start"
    ]
    assert max(starts, default=0) <= width
    assert "style=" not in drawn
    assert "<style" not in drawn


def test_the_same_track_is_always_drawn_alike(tiny: Procedure) -> None:
    assert svg(tiny.tracks["help"]) == svg(tiny.tracks["help"])


def test_every_state_is_drawn_in_the_reader_s_language_and_setting_aside_only_where_it_is(tiny: Procedure) -> None:
    named = words(svg(tiny.tracks["help"], "sq"), "tc-flow__name")

    assert named == ["Asnjë", "E kërkuar", "I ulët", "I lartë", "E dhënë", "Përfunduar"]
    assert "Lënë mënjanë" in words(svg(tiny.tracks["help"], "sq", SET_ASIDE), "tc-flow__name")


def test_where_a_case_stands_is_marked_with_the_steps_that_leave_it(tiny: Procedure) -> None:
    drawn = svg(tiny.tracks["help"], at="given")

    assert words(drawn, "tc-flow__name--here") == ["Given"]
    assert drawn.count("tc-flow__step--open") == 2
    assert svg(tiny.tracks["help"]).count("tc-flow__step--open") == 0


def test_a_step_that_comes_from_both_sides_has_two_heads_and_one_that_stays_turns_back(tiny: Procedure) -> None:
    both = svg(changed(tiny, "help", "give", sources=("rated_low", "done")).tracks["help"])
    stays = svg(tiny.tracks["help"])

    assert both.count(" z") == svg(tiny.tracks["help"]).count(" z") + 1
    assert "stroke-dasharray" in stays


def test_words_of_a_definition_are_no_markup(tiny: Procedure) -> None:
    label = Label(sq="<b>", sr="<b>", en='<script>"&')
    track = replace(changed(tiny, "help", "ask", label=label).tracks["help"], label=label)

    drawn = svg(
        replace(track, states=MappingProxyType({**track.states, "none": replace(track.states["none"], label=label)}))
    )

    assert "<script>" not in drawn
    assert parsed(drawn).get("aria-label") == '<script>"&'


@pytest.mark.parametrize(
    ("long", "lines"),
    [
        ("In the shelter, support plan active", ["In the shelter,", "support plan", "active"]),
        ("One two three four five six seven eight nine ten", ["One two three", "four five six", "seven eight …"]),
        ("Donaudampfschifffahrt", ["Donaudampfschif…"]),
    ],
)
def test_long_words_are_broken_and_at_last_cut(long: str, lines: list[str]) -> None:
    assert wrapped(long) == lines
