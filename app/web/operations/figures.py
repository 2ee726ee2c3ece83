"""What operations came to, as lines of a table for each year."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.queries.operations import Ratio
from app.web.filters import label_of, number_words

SUMS = ("number", "screened", "presumed", "arrests", "home_searches")


@dataclass(frozen=True)
class Year:
    """A year: a line for each kind of operation, their sum, and how many operations there were to one arrest."""

    year: int
    rows: list[tuple[str, list[int]]]
    totals: list[int]

    @property
    def to_one_arrest(self) -> str:
        """How many operations there were to one arrest; empty where nobody was arrested."""
        number, arrests = self.totals[0], self.totals[3]
        return number_words(round(number / arrests, 1)) if arrests else ""


def by_year(ratios: Sequence[Ratio]) -> list[Year]:
    """The ratios by year, the latest first."""
    found = []
    for year in sorted({one.year for one in ratios}, reverse=True):
        kinds = [one for one in ratios if one.year == year]
        rows = [(label_of(one.kind, "operation_kind"), [getattr(one, name) for name in SUMS]) for one in kinds]
        found.append(Year(year, rows, [sum(values[place] for _, values in rows) for place in range(len(SUMS))]))
    return found
