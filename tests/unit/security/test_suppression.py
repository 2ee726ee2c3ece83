"""Withholding cells: whatever table comes, nobody can work out a withheld number from the shown ones."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.security.suppression import THRESHOLD, Line, Withheld, is_small, withhold
from tests.support.attacker import recovered

Cell = tuple[int, int]
Grid = list[list[int]]
TOTAL = -1


def table_of(grid: Grid) -> tuple[dict[Cell, int], list[Line[Cell]]]:
    """A table with its totals: rows and columns are numbered, -1 is the total."""
    rows, columns = range(len(grid)), range(len(grid[0]))
    values = {(row, column): grid[row][column] for row in rows for column in columns}
    values |= {(row, TOTAL): sum(grid[row]) for row in rows}
    values |= {(TOTAL, column): sum(grid[row][column] for row in rows) for column in columns}
    values[TOTAL, TOTAL] = sum(map(sum, grid))
    every_row, every_column = (*rows, TOTAL), (*columns, TOTAL)
    lines = [Line((TOTAL, column), tuple((row, column) for row in rows)) for column in every_column]
    lines += [Line((row, TOTAL), tuple((row, column) for column in columns)) for row in every_row]
    return values, lines


def small_cells(values: Mapping[Cell, int]) -> set[Cell]:
    return {cell for cell, value in values.items() if is_small(value)}


def chosen(grid: Grid) -> tuple[dict[Cell, int], list[Line[Cell]], Withheld[Cell]]:
    values, lines = table_of(grid)
    return values, lines, withhold(values, lines, small_cells(values))


numbers = st.one_of(st.integers(0, 4), st.integers(0, 12))
grids = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(numbers, min_size=width, max_size=width), min_size=1, max_size=4)
)


@settings(max_examples=300, deadline=None)
@given(grids)
def test_no_withheld_cell_of_a_table_can_be_worked_out(grid: Grid) -> None:
    values, lines, withheld = chosen(grid)
    assume(withheld.holds)

    assert recovered(values, lines, withheld.cells) == []


@settings(max_examples=300, deadline=None)
@given(grids)
def test_a_table_shows_no_cell_under_the_threshold_but_zero(grid: Grid) -> None:
    values, _, withheld = chosen(grid)

    shown = {value for cell, value in values.items() if cell not in withheld.cells}

    assert [value for value in shown if 0 < value < THRESHOLD] == []


@settings(max_examples=200, deadline=None)
@given(st.lists(numbers, min_size=1, max_size=9))
def test_a_list_with_a_shown_total_can_always_be_protected(row: list[int]) -> None:
    values, lines, withheld = chosen([row])
    assume(sum(row) >= THRESHOLD + len(row))
    assume(len([value for value in row if value]) > 1)

    assert withheld.holds
    assert (TOTAL, TOTAL) not in withheld.cells
    assert recovered(values, lines, withheld.cells) == []


def test_a_list_that_only_just_can_be_protected_keeps_its_total() -> None:
    _, _, withheld = chosen([[1, 1, 1, 1, 1, 6]])

    assert withheld.holds
    assert (TOTAL, TOTAL) not in withheld.cells


def test_cells_under_the_threshold_alone_do_not_protect_themselves() -> None:
    values, lines = table_of([[3, 9, 8], [7, 6, 9]])
    small = frozenset(small_cells(values))

    assert recovered(values, lines, small) == [(0, 0)]


def test_a_withheld_cell_takes_another_of_its_row_and_of_its_column_with_it() -> None:
    _, _, withheld = chosen([[3, 9, 8], [7, 6, 9]])

    assert len([cell for cell in withheld.cells if cell[0] == 0]) >= 2
    assert len([cell for cell in withheld.cells if cell[1] == 0]) >= 2


def test_two_small_cells_are_not_left_to_add_up_to_a_small_number() -> None:
    values, _, withheld = chosen([[1, 2, 9, 20]])

    assert withheld.cells >= {(0, 0), (0, 1), (0, 2)}


def test_rows_that_must_all_be_one_are_not_left_alone() -> None:
    values, lines, withheld = chosen([[1, 1, 1, 1, 1, 20]])

    assert recovered(values, lines, withheld.cells) == []


def test_a_bridge_between_two_blocks_of_withheld_cells_is_not_left() -> None:
    grid = [[3, 3, 9, 9], [3, 3, 9, 9], [9, 3, 4, 9], [9, 9, 4, 3]]
    values, lines, withheld = chosen(grid)

    assert withheld.holds
    assert recovered(values, lines, withheld.cells) == []


def test_a_cell_that_was_decided_elsewhere_stays_as_it_was() -> None:
    values, lines = table_of([[3, 9, 8, 12], [7, 6, 9, 11]])

    withheld = withhold(values, lines, small_cells(values), {(0, 1): True, (1, 3): False})

    assert (0, 1) not in withheld.cells
    assert (1, 3) in withheld.cells


def test_a_table_that_nothing_can_protect_says_so() -> None:
    values, lines = table_of([[3, 9]])

    withheld = withhold(values, lines, {(0, 0)}, {(0, 1): True, (0, TOTAL): True})

    assert not withheld.holds


@pytest.mark.parametrize(("value", "expected"), [(0, False), (1, True), (4, True), (5, False)])
def test_small_is_from_one_to_four(value: int, expected: bool) -> None:
    assert is_small(value) is expected
