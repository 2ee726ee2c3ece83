"""Where the marks of a chart stand, and that a number which may not be shown cannot be read from it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.web import charts
from app.web.charts import Chart, Series

VALUES = st.lists(st.one_of(st.none(), st.integers(0, 200_000)), min_size=1, max_size=24)


def drawn(*values: int | None) -> Chart:
    return charts.columns(
        "c", "Title", "Words", "Month", [str(place) for place in range(len(values))], [Series("A", values)]
    )


@given(values=VALUES)
def test_every_mark_stands_inside_the_drawing(values: list[int | None]) -> None:
    chart = drawn(*values)

    assert all(mark.x >= 0 and mark.x + mark.width <= chart.right + 0.2 for mark in chart.marks)
    assert all(charts.TOP - 0.2 <= mark.y <= charts.TOP + charts.PLOT_HEIGHT for mark in chart.marks)


@given(largest=st.integers(0, 10_000_000))
def test_axis_is_whole_numbered_and_reaches_over_the_largest(largest: int) -> None:
    top, steps = charts.scale(largest)

    assert top >= max(largest, 1)
    assert steps[0] == 0
    assert steps[-1] == top
    assert len(steps) < 250


@pytest.mark.parametrize(
    ("largest", "steps"), [(0, [0, 1]), (3, [0, 1, 2, 3]), (7, [0, 2, 4, 6, 8]), (33, [0, 10, 20, 30, 40])]
)
def test_axis_takes_round_steps(largest: int, steps: list[int]) -> None:
    assert charts.scale(largest)[1] == steps


def test_series_stand_upon_each_other() -> None:
    chart = charts.columns("c", "T", "D", "Month", ["Jan"], [Series("A", [3]), Series("B", [1])])

    lower, upper = chart.marks
    assert upper.y + upper.height == pytest.approx(lower.y, abs=0.2)
    assert lower.height == pytest.approx(3 * upper.height, abs=0.5)


def test_number_that_may_not_be_shown_has_always_the_same_height_and_no_sum() -> None:
    alone, beside = drawn(None), charts.columns("c", "T", "D", "M", ["Jan"], [Series("A", [4]), Series("B", [None])])

    assert [mark.height for mark in (alone.marks[0], beside.marks[1])] == [charts.WITHHELD_HEIGHT] * 2
    assert (alone.sums, beside.sums) == ([], [])


def test_table_beside_has_a_row_for_each_label() -> None:
    chart = charts.columns("c", "T", "D", "M", ["Jan", "Feb"], [Series("A", [4, 0]), Series("B", [None, 2])])

    assert chart.rows == [("Jan", [4, None]), ("Feb", [0, 2])]


def test_uneven_series_are_refused() -> None:
    with pytest.raises(ValueError, match="each series"):
        charts.columns("c", "T", "D", "M", ["Jan", "Feb"], [Series("A", [4])])


@pytest.mark.parametrize(("value", "largest", "share"), [(5, 10, 50.0), (10, 10, 100.0), (None, 10, 0.0), (0, 0, 0.0)])
def test_bar_takes_its_share(value: int | None, largest: int, share: float) -> None:
    assert charts.share(value, largest) == share
