"""The numbers of a page's tables, by table, row and column, as they stand there."""

from __future__ import annotations

from tests.support.page import Element, Page

Place = tuple[str, str, str]


def numbers(page: Page) -> dict[Place, str]:
    """What stands in each cell, by the table's caption, the words that head its row, and those that head its column.

    A row without a heading of its own is known by the words of all its cells but the last.
    """
    return {place: words for table in page.root.all("table") for place, words in _cells(table)}


def _cells(table: Element) -> list[tuple[Place, str]]:
    caption = next((one.text for one in table.all("caption")), "")
    rows = [[cell.text for cell in row.all("th", "td")] for row in table.all("tr")]
    head, *body = rows or [[]]
    found = []
    for row in body:
        is_words = not row[1].isdecimal() if len(row) == 3 else False
        named, first = (" / ".join(row[:-1]), len(row) - 1) if is_words else (row[0], 1)
        found += [((caption, named, head[place]), row[place]) for place in range(first, min(len(row), len(head)))]
    return found


def changed(before: dict[Place, str], after: dict[Place, str]) -> dict[Place, tuple[str, str]]:
    """The places where two looks at a page differ, with both numbers; what is not there is empty."""
    places = {*before, *after}
    pairs = {place: (before.get(place, ""), after.get(place, "")) for place in places}
    return {place: pair for place, pair in pairs.items() if pair[0] != pair[1]}
