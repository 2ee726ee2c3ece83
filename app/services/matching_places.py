"""Which shelters would take her, with the reasons for and against. It shows; it never decides."""

from app.models.placement import Shelter
from app.queries.standing import Standing

ADULT = 18


def reasons_against(shelter: Shelter, known: Standing) -> list[str]:
    """Reason keys why the shelter does not take her; empty where it does."""
    is_child = known.is_child or known.age_in_doubt
    is_foreign = known.citizenship not in ("XK", "unknown")
    is_high = known.states.get("risk", "").endswith("_high")
    checks = (
        ("closed", not shelter.is_open),
        ("no_men", known.sex == "M" and not is_child and not shelter.takes_men),
        ("no_women", known.sex == "F" and not is_child and not shelter.takes_women),
        ("no_children", is_child and shelter.min_age >= ADULT),
        ("no_adults", not is_child and shelter.max_age is not None and shelter.max_age < ADULT),
        ("no_foreign", is_foreign and not shelter.takes_foreign),
        ("no_domestic", not is_foreign and not shelter.takes_domestic),
        ("no_high_risk", is_high and not shelter.takes_high_risk),
    )
    return [key for key, stands in checks if stands]
