"""What drawings say of their numbers, that they hide what may not be shown, and that no word of theirs is markup."""

import pathlib
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.web import charts
from app.web.drawings import svg
from app.web.drawings.flow import Band, flow
from app.web.drawings.funnel import MIDDLE, funnel
from app.web.drawings.months import drawing_of
from app.web.drawings.rows import rows
from app.web.drawings.sets import Group, Shared, sets
from app.web.drawings.shapes import Drawing, Path, Rect, Table, Words

NUMBERS = st.lists(st.one_of(st.none(), st.integers(0, 200_000)), min_size=1, max_size=9)
HOSTILE = '</text><script>alert("x")</script>&'


def funnel_of(*numbers: int | None) -> Drawing:
    stages = [(f"Stage {place}", number) for place, number in enumerate(numbers)]
    return funnel("f", "Title", "Words", "Count", "People", stages)


def rows_of(*numbers: int | None) -> Drawing:
    return rows("r", "Title", "Words", "Kind", ["A"], [(str(place), [one]) for place, one in enumerate(numbers)])


def rects(drawing: Drawing, look: str) -> list[Rect]:
    return [shape for shape in drawing.shapes if isinstance(shape, Rect) and shape.look == look]


def paths(drawing: Drawing, look: str) -> list[Path]:
    return [shape for shape in drawing.shapes if isinstance(shape, Path) and shape.look == look]


def texts(drawing: Drawing) -> list[str]:
    return [shape.text for shape in drawing.shapes if isinstance(shape, Words)]


def stands_inside(drawing: Drawing) -> bool:
    return all(
        one.x >= 0 and one.x + one.width <= drawing.width + 0.2 and 0 <= one.y <= drawing.height
        for one in drawing.shapes
        if isinstance(one, Rect)
    )


@given(numbers=NUMBERS)
def test_bars_of_a_funnel_stand_inside_and_about_one_middle(numbers: list[int | None]) -> None:
    drawing = funnel_of(*numbers)

    assert stands_inside(drawing)
    assert all(abs(bar.x + bar.width / 2 - MIDDLE) < 0.2 for bar in rects(drawing, "fill-1"))


@given(numbers=NUMBERS)
def test_rows_stand_inside_and_are_as_long_as_their_numbers(numbers: list[int | None]) -> None:
    drawing = rows_of(*numbers)

    lengths = [bar.width for bar in rects(drawing, "fill-1")]
    shown = [number for number in numbers if number]
    assert stands_inside(drawing)
    assert all(
        (one >= other) == (long >= short) or abs(long - short) < 0.2
        for (one, long), (other, short) in pairwise(zip(shown, lengths, strict=False))
    )


@pytest.mark.parametrize("draw", [funnel_of, rows_of])
def test_a_number_that_may_not_be_shown_cannot_be_read_from_a_drawing(draw: Callable[..., Drawing]) -> None:
    drawing = draw(40, None, 20)

    marks = rects(drawing, "withheld")
    assert [mark.width for mark in marks] == [10.0]
    assert "*" in texts(drawing)
    assert [values for _, values in drawing.table.rows] == [[40], [None], [20]]


def test_a_funnel_leads_from_number_to_number_and_not_past_one_that_is_hidden() -> None:
    assert len(paths(funnel_of(49, 38, 20, 14), "band")) == 3
    assert len(paths(funnel_of(49, None, 20, 14), "band")) == 1


def test_a_flow_keeps_both_ways_apart_and_its_bands_are_as_thick_as_many() -> None:
    bands = [Band("Police", "Advocates", 12), Band("Advocates", "Police", 3)]

    drawing = flow("f", "Title", "Words", ("Before", "next", "People"), bands)

    assert drawing.table.rows == [("Police → Advocates", [12]), ("Advocates → Police", [3])]
    assert [text for text in texts(drawing) if text.isdigit()] == ["12", "3", "12", "3"]
    nodes = [one.height for one in (*rects(drawing, "fill-1"), *rects(drawing, "fill-2")) if one.x < 300]
    assert nodes == [176.0, 44.0]


def test_a_flow_draws_the_largest_and_tells_all() -> None:
    bands = [Band(f"From {number}", "To", number) for number in range(1, 21)]

    drawing = flow("f", "Title", "Words", ("Before", "next", "People"), bands, most=5)

    assert len(drawing.table.rows) == 20
    assert "From 20" in texts(drawing)
    assert "From 15" not in texts(drawing)


def test_sets_have_a_dot_for_each_member_of_a_combination_and_one_joint() -> None:
    groups = [Group("Police", 12), Group("Advocates", 9), Group("Shelter", 4)]
    shared = [Shared(frozenset({0}), 7), Shared(frozenset({0, 1}), 5), Shared(frozenset({1, 2}), 4)]

    drawing = sets("s", "Title", "Words", ("Counted by", "People"), groups, shared)

    assert len(paths(drawing, "dot")) == 5
    assert len(paths(drawing, "no-dot")) == 4
    assert len(paths(drawing, "joint")) == 2
    assert drawing.table.rows == [("Police", [7]), ("Police + Advocates", [5]), ("Advocates + Shelter", [4])]


def test_a_set_that_no_drawn_combination_has_takes_no_row() -> None:
    groups = [Group("Police", 9), Group("Nobody's", 1)]
    shared = [Shared(frozenset({0}), 9), Shared(frozenset({1}), 1)]

    drawing = sets("s", "Title", "Words", ("Counted by", "People"), groups, shared, most=1)

    assert "Nobody's" not in texts(drawing)
    assert len(drawing.table.rows) == 2


def test_a_chart_of_columns_has_the_same_marks_as_shapes() -> None:
    series = [charts.Series("Slept", [3, None, 5]), charts.Series("Kept", [1, 2, 0])]
    chart = charts.columns("c", "Title", "Words", "Day", ["1", "2", "3"], series, charts.Series("Beds", [9, 9, 9]))

    drawing = drawing_of(chart)

    assert len(rects(drawing, "fill-1")) == 2
    assert len(rects(drawing, "fill-2")) == len(rects(drawing, "hatch-2")) == 2
    assert len(rects(drawing, "withheld")) == 1
    assert drawing.legend == [("Slept", "fill-1"), ("Kept", "fill-2"), ("Beds", "limit")]
    assert drawing.table.rows == [("1", [3, 1, 9]), ("2", [None, 2, 9]), ("3", [5, 0, 9])]


def test_rows_with_too_few_numbers_are_refused() -> None:
    with pytest.raises(ValueError, match="each row"):
        rows("r", "Title", "Words", "Kind", ["Kept", "Missed"], [("One", [1])])


def every_look() -> Drawing:
    shapes = [Rect(0, 0, 10, 10, look) for look in (*svg.PAINT, *(f"hatch-{number}" for number in range(2, 7)))]
    return Drawing("d", HOSTILE, HOSTILE, 640, 10, [*shapes, Words(0, 0, HOSTILE)], Table("Kind", [], []))


@pytest.mark.parametrize("write", [svg.inline, svg.standalone])
def test_words_of_a_drawing_are_never_markup(write: Callable[[Drawing], str]) -> None:
    written = str(write(every_look()))

    root = ElementTree.fromstring(written)  # noqa: S314 - written by ourselves a line before
    assert [one for one in root.iter() if one.tag.endswith("script")] == []
    assert HOSTILE in [one.text for one in root.iter() if one.tag.endswith("text")]


def test_a_drawing_on_a_page_carries_no_style_and_is_named() -> None:
    written = str(svg.inline(every_look()))

    root = ElementTree.fromstring(written)  # noqa: S314 - written by ourselves a line before
    names = {name for one in root.iter() for name in one.attrib}
    assert names.isdisjoint({"style", "stroke", "fill-opacity", "font-family"})
    assert [one.get("id") for one in root if one.tag in ("title", "desc")] == ["d-title", "d-desc"]
    assert root.get("aria-labelledby") == "d-title d-desc"


def test_every_look_has_its_paint_in_the_style_sheet() -> None:
    text = (pathlib.Path(charts.__file__).parents[1] / "static/src/_chart.scss").read_text(encoding="utf-8")

    missing = [look for look in svg.PAINT if f".tc-draw-{look}" not in text and not look.startswith("fill-")]

    assert missing == ["words"]
    assert ".tc-draw-fill-#{$number}" in text


def test_a_look_that_nobody_paints_is_refused() -> None:
    drawing = Drawing("d", "Title", "Words", 10, 10, [Rect(0, 0, 1, 1, "glitter")], Table("Kind", [], []))

    with pytest.raises(KeyError):
        svg.inline(drawing)
