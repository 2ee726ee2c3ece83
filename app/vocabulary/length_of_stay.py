"""How long people stayed, in bands; no period of the procedure is meant by them."""

from app.vocabulary.code import OWN, CodeList, entry

LENGTH_OF_STAY = CodeList(
    "length_of_stay",
    OWN,
    (
        entry("under_week", "Under a week", "Më pak se një javë", "Manje od nedelje"),
        entry("weeks", "1 to 4 weeks", "1 deri në 4 javë", "1 do 4 nedelje"),
        entry("to_quarter", "1 to 3 months", "1 deri në 3 muaj", "1 do 3 meseca"),
        entry("to_half_year", "3 to 6 months", "3 deri në 6 muaj", "3 do 6 meseci"),
        entry("to_year", "6 to 12 months", "6 deri në 12 muaj", "6 do 12 meseci"),
        entry("over_year", "Over a year", "Më shumë se një vit", "Više od godinu dana"),
    ),
)

_FROM_NIGHTS = {"over_year": 365, "to_year": 182, "to_half_year": 91, "to_quarter": 29, "weeks": 7, "under_week": 0}
"""From how many nights on a stay falls into the band, the longest first."""

LISTS = (LENGTH_OF_STAY,)


def band_of(nights: int) -> str:
    """The band of a stay of so many nights."""
    return next(band for band, least in _FROM_NIGHTS.items() if nights >= least)
