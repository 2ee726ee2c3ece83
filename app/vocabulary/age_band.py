"""Age bands of the CTDC dataset, and the band of an age. How an age is known belongs to the record."""

from app.vocabulary.answer import UNKNOWN
from app.vocabulary.code import CTDC, Code, CodeList, entry

_LOWER_BOUNDS = (0, 9, 18, 21, 24, 27, 30, 39, 48)


def _bounded(first: int, last: int) -> Code:
    years = f"{first}\N{EN DASH}{last}"
    return entry(f"{first}-{last}", years, years, years, CTDC, f"{first}--{last}")


_BANDS = (
    *(_bounded(first, following - 1) for first, following in zip(_LOWER_BOUNDS, _LOWER_BOUNDS[1:], strict=False)),
    entry("48+", "48 and over", "48 e më shumë", "48 i više", CTDC, "48+"),
)

LISTS = (CodeList("age_band", CTDC, (*_BANDS, UNKNOWN)),)


def band(age: int | None) -> str:
    """Return the code of the band of an age in whole years, `unknown` for none; ValueError for a negative age."""
    if age is None:
        return UNKNOWN.code
    if age < 0:
        raise ValueError(f"an age cannot be negative: {age}")
    reached = [index for index, first in enumerate(_LOWER_BOUNDS) if first <= age]
    return _BANDS[reached[-1]].code


def bounds(code: str) -> tuple[int, int | None]:
    """Return the lowest and the highest age of a band; from 0 without an end where the band is not known."""
    if code == UNKNOWN.code:
        return 0, None
    first, _, last = code.partition("-")
    return int(first.rstrip("+")), int(last) if last else None
