"""Which shelters would take her, with the reasons for and against. It shows; it never decides."""

from app.models.placement import Shelter
from app.queries.standing import Standing

ADULT = 18


def reasons_against(shelter: Shelter, known: Standing) -> list[str]:
    """Reason keys why the shelter does not take her; empty where it does."""
    is_child = known.is_child or known.age_in_doubt
    is_foreign = known.citizenship not in ("XK", "unknown")
    checks = (
        ("closed", not shelter.is_open),
        ("no_men", known.sex == "M" and not is_child and not shelter.takes_men),
        ("no_women", known.sex == "F" and not is_child and not shelter.takes_women),
        ("no_children", is_child and shelter.min_age >= ADULT),
        ("no_adults", not is_child and shelter.max_age is not None and shelter.max_age < ADULT),
        ("no_foreign", is_foreign and not shelter.takes_foreign),
        ("no_domestic", not is_foreign and not shelter.takes_domestic),
        ("no_high_risk", is_high(known) and not shelter.takes_high_risk),
    )
    return [key for key, stands in checks if stands]


def reasons_for(shelter: Shelter, known: Standing) -> list[str]:
    """Reason keys why the shelter is the one for her, by risk, age, origin and sex (field.md 9.1 A9)."""
    is_child = known.is_child or known.age_in_doubt
    is_foreign = known.citizenship not in ("XK", "unknown")
    checks = (
        ("for_high_risk", is_high(known) and shelter.kind == "high_risk"),
        ("for_children", is_child and shelter.kind == "child"),
        ("for_foreign", is_foreign and not is_child and not is_high(known) and shelter.kind == "foreign"),
        ("for_men", known.sex == "M" and not is_child and shelter.kind == "men_disabled"),
        ("for_others", not (is_child or is_foreign or is_high(known) or known.sex == "M") and shelter.kind == "ngo"),
    )
    return [key for key, stands in checks if stands]


def is_high(known: Standing) -> bool:
    """Whether the risk is rated high, provisionally or jointly."""
    return known.states.get("risk", "").endswith("_high")
